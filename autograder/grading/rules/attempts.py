"""The hand-ins that are kept of a student, which of them counts, and why another does not.

A school's service keeps each in `classroom/handed_in/STUDENT/UNIT/TIME`, and beside them in
`points.json` what each got when it was graded. What counts stands in `classroom/submitted`.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder import nbgrader_bridge, paths
from autograder.grading.rules.late_rule import LateRule
from autograder.grading.rules.unit_rules import (
    UnitRules,
    configured_late,
    due_dates,
    load_rules,
    show_date,
)
from autograder.submission.timestamp import TimestampError, read_timestamp
from autograder.whole_file import write_whole


@dataclass(frozen=True)
class Attempt:
    """A hand-in.

    Attributes
    ----------
    folder : Path
        Named after the time.
    stamp : str
        What its timestamp.txt says.
    when : datetime or None
        The same, in UTC; None if it cannot be read.
    points : float or None
        What the grader has given for it, before any penalty; None if it was not graded.
    """

    folder: Path
    stamp: str = ""
    when: datetime | None = None
    points: float | None = None

    def is_late(self, due: datetime | None) -> bool:
        """Tell whether it came after a date."""
        return bool(due and self.when and self.when > due)

    def net(self, rules: UnitRules, due: datetime | None) -> float:
        """Return its points, less what the unit's rule takes for lateness."""
        points = self.points or 0.0
        if due is None or self.when is None:
            return points
        rule = LateRule.parse(rules.late or configured_late())
        return points - rule.penalty(points, self.when - due)


def load_attempts(student: str, unit: str) -> list[Attempt]:
    """Return what a student has handed in of a unit, the earliest first."""
    place = _place(student, unit)
    try:
        points = json.loads(_points_file(place).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        points = {}
    folders = [path for path in place.glob("[!.]*") if path.is_dir()]
    zone = nbgrader_bridge.config().Exchange.get("timezone")
    found = [_attempt(folder, points.get(folder.name), zone) for folder in folders]
    return sorted(found, key=lambda item: (item.when or datetime.min, item.folder.name))


def allowed(attempts: Sequence[Attempt], rules: UnitRules) -> Sequence[Attempt]:
    """Return the attempts that can count: the first ones, if their number is limited."""
    return attempts[: rules.attempts] if rules.attempts else attempts


def counting(attempts: Sequence[Attempt], rules: UnitRules, due: datetime | None) -> Attempt:
    """Return the attempt that counts; of two that are as good, the later one.

    Parameters
    ----------
    attempts : sequence of Attempt
        At least one, the earliest first.
    rules : UnitRules
    due : datetime or None
        For this student.
    """
    able = allowed(attempts, rules)
    if rules.counts == "last":
        return able[-1]
    if rules.counts == "best":
        return max(reversed(able), key=lambda item: item.net(rules, due))
    return ([item for item in able if not item.is_late(due)] or able)[-1]


def next_to_grade(attempts: Sequence[Attempt], rules: UnitRules, due: datetime | None) -> Attempt:
    """Return the attempt to look at now: one whose points are not known, or the one that counts."""
    if rules.counts == "best":
        for item in allowed(attempts, rules):
            if item.points is None:
                return item
    return counting(attempts, rules, due)


def why_not_counted(
    item: Attempt, attempts: Sequence[Attempt], rules: UnitRules, due: datetime | None
) -> str:
    """Say why a hand-in that was not graded does not count, and which does."""
    counts = counting(attempts, rules, due)
    other = f"your hand-in of {show_date(counts.when)} counts"
    if item not in allowed(attempts, rules):
        return f"All {rules.attempts} attempts of this unit were used up before; {other}."
    if item.is_late(due):
        return f"It came after {show_date(due)}, when the unit was due; {other}."
    return f"You handed in again; {other}."


def describe_standing(
    when: datetime | None, attempts: Sequence[Attempt], rules: UnitRules, due: datetime | None
) -> str:
    """Say which of several hand-ins a page is about, and which counts; nothing if there is one."""
    known = [item.when for item in attempts]
    if len(attempts) < 2 or when not in known:
        return ""
    most = f" of {rules.attempts}" if rules.attempts else ""
    number = f"This is your hand-in of {show_date(when)}, number {known.index(when) + 1}{most}."
    counts = counting(attempts, rules, due)
    which = "it is this one" if counts.when == when else f"that of {show_date(counts.when)}"
    order = "best" if rules.counts == "best" else "last"
    on_time = " on time" if due and rules.counts == "on-time" else ""
    return f"{number} The {order} one{on_time} counts: {which}."


def place(attempt: Attempt, student: str, unit: str) -> None:
    """Put an attempt where it is graded, unless it is there."""
    there = paths.classroom() / "submitted" / student / unit
    if read_stamp(there) == attempt.stamp and there.is_dir():
        return
    half = there.with_name(f".{unit}")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(attempt.folder, half, symlinks=True)
    shutil.rmtree(there, ignore_errors=True)
    half.rename(there)


def place_counting(unit: str) -> None:
    """Put of each student what is to be graded by the present rules where it is graded."""
    if students := students_of(unit):
        rules, (due, others) = load_rules([unit])[unit], due_dates(unit)
        for student in students:
            if attempts := load_attempts(student, unit):
                place(next_to_grade(attempts, rules, others.get(student, due)), student, unit)


def keep_points(attempt: Attempt, student: str, unit: str, points: float) -> None:
    """Note what an attempt got."""
    file = _points_file(_place(student, unit))
    kept = {item.folder.name: item.points for item in load_attempts(student, unit)}
    kept[attempt.folder.name] = points
    write_whole(file, json.dumps(kept, indent=1) + "\n")


def students_of(unit: str) -> list[str]:
    """Return the students of whom hand-ins for a unit are kept."""
    found = paths.classroom().joinpath("handed_in").glob(f"*/{unit}")
    return sorted(path.parent.name for path in found)


def read_stamp(folder: Path) -> str:
    """Return what the timestamp.txt in a folder says; nothing if there is none."""
    try:
        return (folder / "timestamp.txt").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _attempt(folder: Path, points: float | None, zone: str | None) -> Attempt:
    stamp = read_stamp(folder)
    try:
        when, _ = read_timestamp(stamp, zone)
    except TimestampError:
        return Attempt(folder, stamp, None, points)
    return Attempt(folder, stamp, when, points)


def _place(student: str, unit: str) -> Path:
    return paths.classroom() / "handed_in" / student / unit


def _points_file(place: Path) -> Path:
    return place / "points.json"
