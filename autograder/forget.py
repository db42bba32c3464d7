"""`autograder forget`: remove a student from the gradebook, the files, the logs and the pages."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, Student
from nbgrader.exchange.default import Exchange
from nbgrader.utils import notebook_hash
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from autograder import nbgrader_bridge, paths
from autograder.feedback.changes import forget_page
from autograder.grading.export import export
from autograder.grading.gradebook import GradingError, gradebook_exists, open_gradebook
from autograder.grading.lock import lock_classroom
from autograder.grading.roster import drop_from_roster, load_roster
from autograder.grading.rules.unit_rules import drop_extensions
from autograder.report.render import write_report

FOLDERS = ("submitted", "autograded", "feedback", "handed_in")
"""Folders of the classroom with a folder for each student."""
FILES = ("verdicts", "fingerprints")
"""Folders of the classroom with a file for each unit and student."""
LOGS = ("grading.log", ".nbgrader.log", "service.log")
_RECORD = re.compile(r"^(?:[A-Z]+:|\[|\d{4}-)")
"""How a record of a log begins; other lines belong to the one before."""


@dataclass(frozen=True)
class Forgotten:
    """What was removed of a student, and where else there may be something.

    Attributes
    ----------
    removed : tuple of str
        Files, folders and entries, in words.
    elsewhere : tuple of str
        A sentence on each thing that this account cannot tell or change.
    """

    removed: tuple[str, ...]
    elsewhere: tuple[str, ...]


def forget(student: str) -> Forgotten:
    """Remove all that the classroom, its gradebook and nbgrader's exchange hold of a student.

    Files go first and the gradebook last, so that a run that was stopped can be repeated.

    Raises
    ------
    paths.UnknownNameError
        If nothing bears this name.
    GradingError
        If a grading is under way, or something cannot be removed.
    """
    if not paths.classroom().is_dir():
        raise GradingError(f"there is no classroom at {paths.classroom()}: nobody to forget")
    with lock_classroom():
        known = known_students()
        if student not in known:
            raise paths.UnknownNameError("student", student, sorted(known))
        try:
            removed = [*_remove_files(student), *_remove_entries(student)]
            elsewhere = [*_rewrite_pages(), *_copies()]
        except (OSError, SQLAlchemyError) as error:
            why = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
            where = getattr(error, "filename", None) or paths.gradebook().partition("@")[0]
            raise GradingError(f"{student} is only partly removed: {where}: {why}") from error
    return Forgotten(tuple(removed), tuple(elsewhere))


def known_students() -> set[str]:
    """Return every name under which the classroom or its gradebook holds something."""
    classroom = paths.classroom()
    known = {entry.id for entry in load_roster()}
    for folder in FOLDERS:
        known |= {path.name for path in (classroom / folder).glob("*") if path.is_dir()}
    for folder in FILES:
        known |= {path.stem for path in (classroom / folder).glob("*/*.json")}
    if gradebook_exists():
        with open_gradebook() as gradebook:
            known |= {name for (name,) in gradebook.db.query(Student.id)}
    return known


def _remove_files(student: str) -> Iterator[str]:
    classroom = paths.classroom()
    for path in _in_exchange(student):
        _remove(path)
        yield str(path)
    found = [classroom / folder / student for folder in FOLDERS]
    found += [path for folder in FILES for path in (classroom / folder).glob("*/*.json")]
    for path in found:
        mine = path.stem == student if path.suffix == ".json" else True
        if mine and (path.exists() or path.is_symlink()):
            _remove(path)
            yield str(path.relative_to(classroom))
    for unit in paths.units():
        forget_page(unit, student)
    for folder in {classroom, paths.FOLDER}:
        for name in LOGS:
            if count := _strike_out(folder / name, student):
                yield f"{count} records of {name}"


def _remove_entries(student: str) -> Iterator[str]:
    if drop_from_roster(student):
        yield "a line of roster.csv"
    if drop_extensions(student):
        yield "an extension in rules.json"
    if not gradebook_exists():
        return
    with open_gradebook() as gradebook:
        entry = gradebook.db.get(Student, student)
        if entry is None:
            return
        units = [submission.assignment.name for submission in entry.submissions]
        for unit in units:
            gradebook.remove_submission(unit, student)
        gradebook.remove_student(student)
        _overwrite(gradebook)
        yield f"the gradebook's entry with {len(units)} submissions"


def _overwrite(gradebook: Gradebook) -> None:
    """Make SQLite write its file anew: what is deleted stays in free pages until then."""
    engine = gradebook.engine
    gradebook.db.remove()
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))


def _rewrite_pages() -> Iterator[str]:
    """Write report and CSV again without the student, or remove them if nothing is left to show."""
    for name, write in (("report.html", _report), ("grades.csv", export)):
        path = paths.classroom() / name
        if path.exists():
            try:
                write()
            except GradingError:
                path.unlink()
                yield f"{name} was removed: nothing is graded now"


def _report() -> Any:
    return write_report(paths.units())


def _copies() -> Iterator[str]:
    """Name what may still hold something: copies, which are not the grader's to change."""
    database = paths.gradebook().removeprefix("sqlite:///")
    copies = sorted(paths.classroom().glob(f"{Path(database).name}?*"))
    if copies:
        named = ", ".join(str(path) for path in copies)
        yield f"older copies of the gradebook were left as they are: {named}"
    yield (
        "backups, files exported elsewhere, the roster you read from and the student's own home "
        "are yours to clear"
    )


def _in_exchange(student: str) -> Iterator[Path]:
    """Yield a student's hand-ins in nbgrader's exchange, and the feedback released on them."""
    settings = nbgrader_bridge.config()
    root = Path(Exchange(config=settings).root, settings.CourseDirectory.course_id)
    handed_in = [
        path for path in (root / "inbound").glob("*+*+*") if path.name.partition("+")[0] == student
    ]
    yield from handed_in
    classroom = paths.classroom()
    kept = [*classroom.glob(f"*/{_escaped(student)}/**/submission_secret.txt")]
    for secret in {*kept, *(path / "submission_secret.txt" for path in handed_in)}:
        if secret.is_file():
            for unit in paths.units():
                name = notebook_hash(secret=secret.read_text(), notebook_id=unit)
                page = root / "feedback" / f"{name}.html"
                if page.exists():
                    yield page


def _escaped(student: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", student)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for folder, _, _ in os.walk(path):
            Path(folder).chmod(0o700)  # graded files are for reading only
        shutil.rmtree(path)
    else:
        path.unlink()


def _strike_out(log: Path, student: str) -> int:
    """Remove from a log, in place, each record that names the student; return how many."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    except FileNotFoundError:
        return 0
    records: list[list[str]] = []
    for line in lines:
        if _RECORD.match(line) or not records:
            records.append([])
        records[-1].append(line)
    word = re.compile(rf"(?<![\w.+@-]){re.escape(student)}(?![\w@-])")
    kept = ["".join(record) for record in records if not word.search("".join(record))]
    if len(kept) < len(records):
        # The file itself: a grader may hold it open, and appends.
        with log.open("r+", encoding="utf-8") as file:
            file.truncate()
            file.write("".join(kept))
    return len(records) - len(kept)
