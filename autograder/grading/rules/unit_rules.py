"""The rules of each unit, where they are kept, and how they are changed.

nbgrader's gradebook holds what it has a field for: a unit's due date, which formgrader shows and
changes too, and the extension of a student who has handed in. The rest is in
`classroom/rules.json`: late rule, attempts, what counts and what is shown, and the extensions of
students of whom the gradebook has no submission yet; with the first one they move there.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nbgrader.api import Assignment, Gradebook, Student, SubmittedAssignment
from sqlalchemy.exc import SQLAlchemyError

from autograder import nbgrader_bridge, paths
from autograder.grading.gradebook import gradebook_exists, open_gradebook, register_unit
from autograder.grading.rules.late_rule import LateRule, RulesError
from autograder.nbgrader_settings import LATE_PLUGIN
from autograder.submission.timestamp import EXAMPLE, TimestampError, read_timestamp

COUNTS = {
    "on-time": "the last one that is on time; a late one only where none is",
    "last": "the last one, late or not",
    "best": "the one with the most points, less what lateness costs",
}
"""Which of several hand-ins counts, and in words; the first is what holds if nothing is set."""
BEFORE_DUE = {"points": "points and hints", "hints": "hints alone"}
"""What feedback shows before the due date; the first is what holds if nothing is set."""
MAX_ATTEMPTS = 1000


@dataclass(frozen=True)
class UnitRules:
    """The rules of a unit.

    Attributes
    ----------
    due : datetime or None
        In UTC and without a zone, as nbgrader has it.
    late : str
        A `LateRule`; empty if nbgrader's configuration says what late work costs.
    attempts : int
        How many hand-ins of a student's count, from the first; 0 if all do.
    counts : str
        A key of `COUNTS`.
    before_due : str
        A key of `BEFORE_DUE`.
    """

    due: datetime | None = None
    late: str = ""
    attempts: int = 0
    counts: str = "on-time"
    before_due: str = "points"


def load_rules(units: Iterable[str] | None = None) -> dict[str, UnitRules]:
    """Return the rules of these units, or of all, by unit.

    Raises
    ------
    RulesError
        If the file with the rules cannot be read.
    GradingError
        If the gradebook cannot be opened.
    """
    kept = _read_file()["units"]
    due: dict[str, datetime | None] = {}
    if gradebook_exists():
        with open_gradebook() as gradebook:
            due = dict(iter(gradebook.db.query(Assignment.name, Assignment.duedate)))
    return {
        unit: replace(kept.get(unit, UnitRules()), due=due.get(unit))
        for unit in (paths.units() if units is None else units)
    }


def late_rule(unit: str) -> str:
    """Return what late work of a unit costs; empty if nbgrader's configuration says it."""
    return str(_read_file()["units"].get(unit, UnitRules()).late)


def configured_late() -> str:
    """Return what late work costs by nbgrader's configuration; "none" where a plugin decides."""
    settings = nbgrader_bridge.config()
    method = settings.LateSubmissionPlugin.get("penalty_method", "none")
    return "none" if own_plugin() else str(method)


def own_plugin() -> str:
    """Return the school's own plugin for late work; empty if there is none."""
    named = nbgrader_bridge.config().AssignLatePenalties.get("plugin_class", LATE_PLUGIN)
    return "" if named == LATE_PLUGIN else str(named)


def set_rules(
    unit: str,
    due: str | None = None,
    late: str | None = None,
    attempts: str | None = None,
    counts: str | None = None,
    before_due: str | None = None,
) -> UnitRules:
    """Change rules of a unit, as they are typed; return those that hold now.

    The caller holds the classroom's lock, here and in `extend`.

    Parameters
    ----------
    unit : str
        Its full name.
    due : str, optional
        A date with its time zone, or "none", which ends all extensions too.
    late : str, optional
        As `LateRule.parse` reads it, or "default" for what nbgrader's configuration says.
    attempts : str, optional
        A number, or "any".
    counts, before_due : str, optional
        Keys of `COUNTS` and `BEFORE_DUE`.

    Raises
    ------
    RulesError
        If one of them cannot be; none was changed then.
    GradingError
        If the gradebook cannot be written.
    """
    date = None if due in (None, "none") else read_date(str(due))
    changes: dict[str, Any] = {}
    if late is not None:
        changes["late"] = "" if late == "default" else str(LateRule.parse(late))
        _refuse_own_plugin(late)
    if attempts is not None:
        changes["attempts"] = _read_attempts(attempts)
    for name, given, known in (
        ("counts", counts, COUNTS),
        ("before_due", before_due, BEFORE_DUE),
    ):
        if given is not None:
            if given not in known:
                raise RulesError(f"{given!r} is none of {', '.join(known)}")
            changes[name] = given
    if due is not None:
        register_unit(unit)
    content = _read_file()
    content["units"][unit] = replace(content["units"].get(unit, UnitRules()), **changes)
    if due == "none":
        content["extensions"].pop(unit, None)
    with open_gradebook() as gradebook:
        if due is not None:
            assignment = gradebook.find_assignment(unit)
            assignment.duedate = date
            for submission in assignment.submissions if date is None else ():
                submission.extension = None  # nbgrader adds it to the date that is gone
        _commit(gradebook, content)
    return load_rules([unit])[unit]


def extensions(unit: str) -> dict[str, timedelta]:
    """Return who has an extension for a unit, and how much later it is due for them."""
    found = dict(_read_file()["extensions"].get(unit, {}))
    if gradebook_exists():
        with open_gradebook() as gradebook:
            found |= _held(gradebook, unit)
    return found


def due_dates(unit: str) -> tuple[datetime | None, dict[str, datetime]]:
    """Return when a unit is due, and the students for whom it is due later."""
    due = load_rules([unit])[unit].due
    return due, {name: due + more for name, more in extensions(unit).items()} if due else {}


def extend(student: str, unit: str, until: str) -> timedelta | None:
    """Give a student more time for a unit; return how much, None if it was taken back.

    Parameters
    ----------
    student, unit : str
        The student is known to the caller.
    until : str
        A date with its time zone, or "none".

    Raises
    ------
    RulesError
        If the unit has no due date, or the new one is not after it; nothing was changed.
    GradingError
        If the gradebook cannot be written.
    """
    date = None if until == "none" else read_date(until)
    due = load_rules([unit])[unit].due
    if date and not due:
        raise RulesError(
            f"{unit} has no due date, so nothing is late: `autograder rules {unit[:2]} --due DATE`"
        )
    more = date - due if date and due else None
    if more is not None and more <= timedelta(0):
        raise RulesError(f"{show_date(date)} is not after {show_date(due)}, when {unit} is due")
    content = _read_file()
    waiting = content["extensions"].setdefault(unit, {})
    waiting.pop(student, None)
    with open_gradebook() as gradebook:
        submission = _submissions(gradebook, unit).filter(Student.id == student).one_or_none()
        if submission is not None:
            submission.extension = more
        elif more:
            waiting[student] = more
        _commit(gradebook, content)
    return more


def waiting_extension(unit: str, student: str) -> timedelta:
    """Return the extension of a student of whom the gradebook has no submission yet."""
    found = _read_file()["extensions"].get(unit, {}).get(student)
    return found if found else timedelta(0)


def move_extensions(gradebook: Gradebook, unit: str) -> None:
    """Put extensions that wait for a student's first submission into the gradebook's entry."""
    content = _read_file()
    waiting = content["extensions"].get(unit, {})
    if not waiting:
        return
    for submission in _submissions(gradebook, unit).filter(Student.id.in_(waiting)):
        submission.extension = waiting.pop(submission.student_id)
    _commit(gradebook, content)


def drop_extensions(student: str) -> bool:
    """Remove a student's extensions from the file; tell whether there was one."""
    content = _read_file()
    found = [waiting.pop(student, None) for waiting in content["extensions"].values()]
    if not any(found):
        return False
    _write_file(content).replace(_file())
    return True


def hidden_until(
    rules: UnitRules, extension: timedelta | None, now: datetime | None = None
) -> datetime | None:
    """Return when a student may see points, if that is not yet.

    Parameters
    ----------
    rules : UnitRules
    extension : timedelta or None
        The student's.
    now : datetime, optional
        In UTC and without a zone.
    """
    if rules.before_due != "hints" or rules.due is None:
        return None
    due = rules.due + (extension or timedelta(0))
    return due if (now or utc_now()) < due else None


def utc_now() -> datetime:
    """Return the present time as nbgrader's gradebook has dates: in UTC and without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def read_date(text: str) -> datetime:
    """Read a date with its time zone; return it in UTC and without one, as nbgrader has it.

    Raises
    ------
    RulesError
        If it cannot be read or names no zone.
    """
    try:
        when, zoned = read_timestamp(text, nbgrader_bridge.config().Exchange.get("timezone"))
    except TimestampError as error:
        raise RulesError(str(error)) from error
    if not zoned:
        raise RulesError(f"{text!r} names no time zone; write it as {EXAMPLE}")
    return when


def show_date(when: datetime | None) -> str:
    """Return a date of the gradebook's as people read it, in the zone of the exchange."""
    if when is None:
        return "none"
    zone = ZoneInfo(nbgrader_bridge.config().Exchange.get("timezone") or "UTC")
    return when.replace(tzinfo=UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")


def _read_attempts(text: str) -> int:
    if text == "any":
        return 0
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) <= MAX_ATTEMPTS:
        raise RulesError(
            f"{text!r} is no number of attempts: write 1 to {MAX_ATTEMPTS}, or any for no limit"
        )
    return int(text)


def _refuse_own_plugin(late: str) -> None:
    """Refuse a rule that a school's own plugin would not follow."""
    if late != "default" and (named := own_plugin()):
        raise RulesError(
            f"nbgrader_config.py names {named} for late work, which decides alone; remove "
            "c.AssignLatePenalties.plugin_class there, then set a rule here"
        )


def _submissions(gradebook: Gradebook, unit: str) -> Any:
    return (
        gradebook.db.query(SubmittedAssignment)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Student, SubmittedAssignment.student_id == Student.id)
        .filter(Assignment.name == unit)
    )


def _held(gradebook: Gradebook, unit: str) -> dict[str, timedelta]:
    found = _submissions(gradebook, unit).filter(SubmittedAssignment.extension.is_not(None))
    return {submission.student_id: submission.extension for submission in found}


def _commit(gradebook: Gradebook, content: Mapping[str, Any]) -> None:
    """Write the file and the gradebook: both or neither."""
    try:
        fresh = _write_file(content)
        gradebook.db.commit()
        fresh.replace(_file())
    except (SQLAlchemyError, OSError) as error:
        gradebook.db.rollback()
        _part().unlink(missing_ok=True)
        why = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
        raise RulesError(f"nothing was changed: {why}") from error


def _file() -> Path:
    return paths.classroom() / "rules.json"


def _part() -> Path:
    return _file().with_suffix(".part")


def _read_file() -> dict[str, dict[str, Any]]:
    """Return units with their rules, and extensions that wait, by unit and student."""
    try:
        stored = json.loads(_file().read_text(encoding="utf-8"))
        return {
            "units": {unit: _checked(rules) for unit, rules in stored["units"].items()},
            "extensions": {
                unit: {name: timedelta(seconds=seconds) for name, seconds in waiting.items()}
                for unit, waiting in stored["extensions"].items()
            },
        }
    except FileNotFoundError:
        return {"units": {}, "extensions": {}}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RulesError) as error:
        raise RulesError(
            f"{_file()} cannot be read ({error}). Mend it, or move it away and set the rules again "
            "with `autograder rules`"
        ) from error


def _checked(stored: dict[str, Any]) -> UnitRules:
    """Return the rules of a unit in the file, which a person may have edited."""
    rules = UnitRules(**stored)
    if rules.late:
        LateRule.parse(rules.late)
    if rules.attempts:
        _read_attempts(str(rules.attempts))
    for value, known in ((rules.counts, COUNTS), (rules.before_due, BEFORE_DUE)):
        if value not in known:
            raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return rules


def _write_file(content: Mapping[str, Any]) -> Path:
    """Write the file beside its place; return it."""
    units = {unit: asdict(rules) for unit, rules in sorted(content["units"].items())}
    for rules in units.values():
        del rules["due"]  # the gradebook's
    waiting = {
        unit: {name: more.total_seconds() for name, more in sorted(names.items())}
        for unit, names in sorted(content["extensions"].items())
        if names
    }
    text = json.dumps({"units": units, "extensions": waiting}, indent=1, ensure_ascii=False)
    _part().write_text(text + "\n", encoding="utf-8")
    return _part()
