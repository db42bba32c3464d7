"""Grades hand-ins as they come: from nbgrader's exchange and back, kept running as staff's account.

Every hand-in is kept in `classroom/handed_in`; the one that counts by the unit's rules is graded.
What is still to do is told by the folders, so a service that was killed goes on where it was.
"""

import logging
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from autograder import nbgrader_bridge, paths, permissions
from autograder.exam.process import SlowMachineError
from autograder.feedback.annotated import annotated_page
from autograder.feedback.pages import unit_title, write_feedback
from autograder.grading.gradebook import GradingError
from autograder.grading.rules import attempts
from autograder.grading.rules.attempts import Attempt
from autograder.grading.rules.published import exchange_folder, publish
from autograder.grading.rules.unit_rules import UnitRules, due_dates, load_rules, utc_now
from autograder.grading.run import grade
from autograder.grading.verdict import load_verdicts
from autograder.plugins.examine import NoSandboxError
from autograder.school.arrivals import Intake
from autograder.templates import render_page
from autograder.whole_file import write_whole

log = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks into the exchange."""
LOOK_AT_RULES = 5.0
"""Seconds between two looks at the rules, which formgrader may change too."""

NOTE = "This hand-in is kept and does not count."

Dates = tuple[datetime | None, dict[str, datetime]]
"""When a unit is due, and for whom it is due later."""


class GradingService:
    """Takes what arrives, grades it, and gives the feedback back.

    Parameters
    ----------
    workers : int
        Number of processes that mark when several hand-ins have come.
    """

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._intake = Intake()
        self._tried: dict[tuple[str, str], str] = {}
        self._kept: dict[tuple[str, str], tuple[int, list[Attempt]]] = {}
        self._told: set[tuple[Path, str]] = set()
        self._rules: dict[str, UnitRules] = {}
        self._dates: dict[str, Dates] = {}
        self._shown: dict[str, object] = {}
        self._outdated: set[str] = set()
        self._next_look = 0.0

    def run(self) -> None:
        """Look for hand-ins for ever."""
        said = ""
        while True:
            try:
                busy = self.step()
            except OSError as error:  # a disk that is full, a folder that is closed
                busy, why = False, f"all hand-ins wait: {error}"
                if why != said:
                    log.error("%s", why)
                said = why
            if not busy:
                time.sleep(LOOK)

    def step(self) -> bool:
        """Do all that there is to do now; tell whether there was anything."""
        try:
            self._look_at_rules()
        except GradingError as error:
            log.error("all waits: %s", error)
            return False
        came = self._intake.take_all()
        todo = self._place_waiting()
        for unit in sorted({*todo, *self._outdated}):
            students = todo.get(unit, {})
            try:
                self._grade(unit, students)
                self._outdated.discard(unit)
            except (GradingError, NoSandboxError, SlowMachineError, OSError) as error:
                log.error("%s waits: %s", unit, error)
                time.sleep(LOOK)
                for student in students:  # the next step tries again
                    self._tried.pop((student, unit), None)
        self._tell_what_does_not_count()
        return came or bool(todo)

    def _look_at_rules(self) -> None:
        """Read the rules now and then; note the units whose pages may show something else now."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_AT_RULES
        self._rules = load_rules()
        self._dates = {unit: due_dates(unit) for unit in self._rules}
        publish()
        now = utc_now()
        for unit, rules in self._rules.items():
            due, others = self._dates[unit]
            over = [date <= now for date in (due, *others.values()) if date]
            shown = rules, others, over
            if self._shown.get(unit) != shown and load_verdicts(unit):
                self._outdated.add(unit)
            self._shown[unit] = shown

    def _place_waiting(self) -> dict[str, dict[str, Attempt]]:
        """Put what is to be graded where it is graded; return it by unit and student."""
        todo: dict[str, dict[str, Attempt]] = defaultdict(dict)
        for student, unit, found in self._handed_in():
            attempt = attempts.next_to_grade(found, self._rules[unit], self._due(unit, student))
            shown = attempts.read_stamp(annotated_page(student, unit).parent)
            if attempt.points is not None and attempt.stamp == shown:
                continue
            if self._tried.get((student, unit)) != attempt.stamp:
                self._tried[student, unit] = attempt.stamp
                try:
                    attempts.place(attempt, student, unit)
                    todo[unit][student] = attempt
                except OSError as error:  # one student's files stop nobody else
                    log.error("%s of %s cannot be graded: %s", unit, student, error)
        return todo

    def _handed_in(self) -> Iterator[tuple[str, str, list[Attempt]]]:
        """Yield student, unit and attempts, of all that is kept."""
        for folder in paths.classroom().joinpath("handed_in").glob("*/*"):
            student, unit = folder.parent.name, folder.name
            if unit not in self._rules or not folder.is_dir():
                continue
            changed = folder.stat().st_mtime_ns
            if self._kept.get((student, unit), (0, []))[0] != changed:
                self._kept[student, unit] = changed, attempts.load_attempts(student, unit)
            if found := self._kept[student, unit][1]:
                yield student, unit, found

    def _due(self, unit: str, student: str) -> datetime | None:
        due, others = self._dates[unit]
        return others.get(student, due)

    def _grade(self, unit: str, students: Mapping[str, Attempt]) -> None:
        if students:
            graded = grade(unit, sorted(students), workers=min(self._workers, len(students)))
            for verdict in graded:
                points, _ = verdict.automatic
                attempts.keep_points(students[verdict.student], verdict.student, unit, points)
            log.warning("%s: graded %s", unit, ", ".join(sorted(students)))
        write_feedback([unit])
        everybody = (path.name for path in paths.classroom().joinpath("feedback").glob("*"))
        for student in sorted(everybody if unit in self._outdated else students):
            if _has_news(student, unit):
                release(unit, student)

    def _tell_what_does_not_count(self) -> None:
        """Give a page to who has handed in what is not graded, so that nobody waits for points."""
        if not (exchange_folder() / "feedback").is_dir():
            return
        for student, unit, found in self._handed_in():
            rules, due = self._rules[unit], self._due(unit, student)
            able = attempts.allowed(found, rules)
            for item in found:
                waits = item in able and rules.counts == "best"
                if item.points is not None or waits:
                    continue
                if item == attempts.counting(found, rules, due):
                    continue
                why = attempts.why_not_counted(item, found, rules, due)
                if (item.folder, why) not in self._told:
                    self._told.add((item.folder, why))
                    _write_note(item.folder, unit, why)


def _has_news(student: str, unit: str) -> bool:
    """Tell whether a student's page is not in the exchange as it is here."""
    page = annotated_page(student, unit)
    try:
        secret = page.with_name("submission_secret.txt").read_text(encoding="utf-8")
        released = _page_in_exchange(secret, unit)
        return not released.exists() or released.read_bytes() != page.read_bytes()
    except OSError:  # there is none, or it was not handed in through the exchange
        return False


def _page_in_exchange(secret: str, unit: str) -> Path:
    name = notebook_hash(secret=secret, notebook_id=unit)
    return exchange_folder() / "feedback" / f"{name}.html"


def release(unit: str, student: str) -> None:
    """Release a student's feedback in the exchange."""
    settings = nbgrader_bridge.config()
    settings.CourseDirectory.assignment_id = unit
    settings.CourseDirectory.student_id = student
    directory = CourseDirectory(config=settings)
    who = Authenticator(config=settings)
    ExchangeReleaseFeedback(coursedir=directory, authenticator=who, config=settings).start()


def _write_note(folder: Path, unit: str, why: str) -> None:
    """Write a page of feedback that says why a hand-in does not count."""
    try:
        secret = (folder / "submission_secret.txt").read_text(encoding="utf-8")
    except (OSError, ValueError):  # it did not come through the exchange
        return
    page = _page_in_exchange(secret, unit)
    if page.exists() and NOTE not in page.read_text(encoding="utf-8"):
        return  # it was graded before points were noted
    text = render_page("not_counted.html", title=unit_title(unit), note=NOTE, why=why)
    write_whole(page, text, 0o644)


def main() -> None:
    """Run the service in the folder of staff's."""
    os.umask(permissions.denied())
    permissions.close()
    for folder in ("handed_in", "submitted"):
        (paths.classroom() / folder).mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=paths.classroom() / "service.log",
        format="%(asctime)s %(message)s",
        level=logging.WARNING,
    )
    GradingService().run()


if __name__ == "__main__":
    main()
