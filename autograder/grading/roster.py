"""The roster: who is in the class, from a CSV file into the gradebook.

The gradebook keeps names and addresses, which nbgrader has columns for; groups, which it has none
for, are kept in `classroom/roster.csv`.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from nbgrader.api import Gradebook, Student
from sqlalchemy.exc import SQLAlchemyError

from autograder import paths
from autograder.grading import intake
from autograder.grading.gradebook import GradingError, graded_students, open_gradebook
from autograder.grading.lock import lock_classroom

MAX_BYTES = 5_000_000
"""A line has a hundred bytes: this is a class of fifty thousand."""
MAX_FIELD = 128
"""Characters; the width of nbgrader's columns, which PostgreSQL enforces."""
NAMED = 5
"""Ids that a message lists; of more only the number is given."""

_ALIASES = {
    **{"student": "id", "student_id": "id", "username": "id", "account": "id"},
    **{"name": "last_name", "surname": "last_name", "family_name": "last_name"},
    **{"given_name": "first_name", "forename": "first_name"},
    **{"e_mail": "email", "mail": "email", "group_name": "group"},
}
"""Other headings for the same column. A `name` that is not split stands whole in `last_name`."""
_ID = re.compile(r"[^/\\+*\0\s.][^/\\+*\0\n\r\t]*")
"""An id names folders here, and parts of names in nbgrader's exchange, which `+` separates."""


class RosterError(GradingError):
    """A roster cannot be used; the message says where and why, and nothing was changed."""


@dataclass(frozen=True)
class RosterEntry:
    """One student of a class; all but the id may be empty."""

    id: str
    last_name: str = ""
    first_name: str = ""
    email: str = ""
    group: str = ""


COLUMNS = tuple(field.name for field in fields(RosterEntry))


@dataclass(frozen=True)
class RosterChange:
    """What reading a roster has changed: ids of students.

    Attributes
    ----------
    entries : tuple of RosterEntry
        The class as it is now.
    added : tuple of str
        Who was not in the gradebook before.
    dropped : tuple of str
        Who was in the roster before and is not in this one; nothing of theirs was removed.
    """

    entries: tuple[RosterEntry, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def read_roster(path: Path) -> tuple[RosterEntry, ...]:
    """Read a roster: a heading with `id`, and a line for each student.

    Columns are separated by commas, semicolons or tabs, whichever the heading has.

    Raises
    ------
    RosterError
        If the file cannot be read, has an unknown column, or a student's line is not one: without
        an id, with one that names no folder, or twice the same.
    """
    text = _read_text(path)
    heading = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=heading.count)
    try:
        rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
        lines = [(rows.line_num, row) for row in rows if any(field.strip() for field in row)]
    except csv.Error as error:
        raise RosterError(f"{path} is not a table of comma-separated values: {error}") from error
    if not lines:
        raise RosterError(f"{path} is empty; its first line names the columns: {','.join(COLUMNS)}")
    columns = _read_heading(path, lines[0][1])
    entries = [_read_line(path, number, columns, row) for number, row in lines[1:]]
    if not entries:
        raise RosterError(f"{path} has a heading but no student")
    # Folders may lie on a disk that takes upper and lower case for the same.
    counted = Counter(entry.id.casefold() for entry in entries)
    doubles = sorted({entry.id for entry in entries if counted[entry.id.casefold()] > 1})
    if doubles:
        raise RosterError(f"{path} has more than one line for {join(doubles)}; leave one of each")
    return tuple(entries)


def take_roster(path: Path) -> RosterChange:
    """Read a roster into the gradebook, and keep it: all of it or nothing.

    Raises
    ------
    RosterError
        If it cannot be used; nothing was changed.
    GradingError
        If the gradebook cannot be written, or a grading is under way.
    """
    entries = read_roster(path)
    paths.classroom().mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock_classroom(), open_gradebook() as gradebook:
        before = {entry.id for entry in load_roster()}
        fresh = _roster_file().with_suffix(".part")
        try:
            write_roster(entries, fresh)
            added = _enter(gradebook, entries)
            fresh.replace(_roster_file())
        except (SQLAlchemyError, OSError) as error:
            gradebook.db.rollback()
            fresh.unlink(missing_ok=True)
            why = str(getattr(error, "strerror", None) or getattr(error, "orig", None) or error)
            raise RosterError(f"the roster was not taken: {why}") from error
    dropped = sorted(before - {entry.id for entry in entries})
    return RosterChange(entries, tuple(added), tuple(dropped))


def load_roster() -> tuple[RosterEntry, ...]:
    """Return the class as its last roster has it; nobody if there was none."""
    return read_roster(_roster_file()) if _roster_file().exists() else ()


def groups() -> dict[str, str]:
    """Return the group of each student who has one, by id."""
    return {entry.id: entry.group for entry in load_roster() if entry.group}


def drop_from_roster(student: str) -> bool:
    """Remove a student from the roster that is kept; tell whether there was one."""
    entries = load_roster()
    rest = [entry for entry in entries if entry.id != student]
    if len(rest) == len(entries):
        return False
    if rest:
        fresh = _roster_file().with_suffix(".part")
        write_roster(rest, fresh)
        fresh.replace(_roster_file())
    else:
        _roster_file().unlink()
    return True


def not_handed_in(unit: str) -> list[str]:
    """Return the students of the class who have handed in nothing for a unit, by id."""
    with open_gradebook() as gradebook:
        known = {student for (student,) in gradebook.db.query(Student.id)}
    try:
        handed_in = {item.student for item in intake.find_submissions(unit)}
    except GradingError:  # no folder of submissions yet
        handed_in = set()
    return sorted(known - handed_in - graded_students(unit))


def describe_strangers() -> list[str]:
    """Return a line on those who have handed in and are not in the roster; none without one."""
    listed = {entry.id for entry in load_roster()}
    strange = [student for student in intake.student_ids() if student not in listed]
    if not listed or not strange:
        return []
    return [f"handed in, but not in the roster: {join(strange)}"]


def join(ids: Iterable[str]) -> str:
    """Return ids as a sentence gives them: the first few, and how many more."""
    names = list(ids)
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")


def write_roster(entries: Iterable[RosterEntry], path: Path) -> None:
    """Write a roster as a CSV file that `read_roster` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(asdict(entry) for entry in entries)


def _roster_file() -> Path:
    return paths.classroom() / "roster.csv"


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RosterError(f"{path} is no roster: it has more than {MAX_BYTES / 1e6:.0f} MB")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RosterError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RosterError(
            f"{path} is not UTF-8 text (byte {error.start}): save it as CSV UTF-8, not as a "
            "workbook or in another encoding"
        ) from error


def _read_heading(path: Path, row: list[str]) -> list[str]:
    """Return the columns' names as the roster has them."""
    plain = [re.sub(r"[\s_-]+", "_", cell.strip()).lower() for cell in row]
    columns = [_ALIASES.get(name, name) for name in plain]
    unknown = [cell for cell, name in zip(row, columns, strict=True) if name not in COLUMNS]
    if unknown:
        named = ", ".join(repr(cell[:40]) for cell in unknown[:NAMED])
        raise RosterError(
            f"{path} has the unknown columns {named}; known are {', '.join(COLUMNS)}. Remove them, "
            "or name the columns in the first line"
        )
    twice = sorted(name for name, count in Counter(columns).items() if count > 1)
    if twice or "id" not in columns:
        why = f"names the column {', '.join(twice)} twice" if twice else "has no column 'id'"
        raise RosterError(f"{path} {why}")
    return columns


def _read_line(path: Path, number: int, columns: list[str], row: list[str]) -> RosterEntry:
    where = f"{path}, line {number}"
    if len(row) != len(columns):
        raise RosterError(f"{where} has {len(row)} fields; the heading has {len(columns)}")
    given = dict(zip(columns, (cell.strip() for cell in row), strict=True))
    if not given["id"]:
        raise RosterError(f"{where} has no id")
    if not _ID.fullmatch(given["id"]):
        raise RosterError(
            f"{where}: {given['id']!r} cannot be an id, which names a folder: it begins with no "
            "full stop and has no slash, backslash, plus sign or asterisk"
        )
    if long := next((name for name, cell in given.items() if len(cell) > MAX_FIELD), ""):
        raise RosterError(f"{where}: {long} has more than {MAX_FIELD} characters")
    return RosterEntry(**given)


def _enter(gradebook: Gradebook, entries: Iterable[RosterEntry]) -> list[str]:
    """Write all students into the gradebook at once; return who is new in it.

    nbgrader's own method commits each student, so that a failure would leave half a class.
    """
    known = {student.id: student for student in gradebook.db.query(Student)}
    added = []
    for entry in entries:
        student = known.get(entry.id)
        if student is None:
            student = Student(id=entry.id)
            gradebook.db.add(student)
            added.append(entry.id)
        for name in ("first_name", "last_name", "email"):
            if value := getattr(entry, name):
                setattr(student, name, value)
    gradebook.db.commit()
    return added
