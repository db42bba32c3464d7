"""What lies in `submitted/`: the submissions of a unit, and all that cannot be taken for one.

A submission is a folder `submitted/STUDENT/UNIT`. A unit's folder whose name differs in a way that
leaves no doubt (another case, spaces, the mark of a copy) is graded with a reason; every other
thing is named, with what was expected in its place.
"""

import difflib
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from autograder import paths
from autograder.grading.gradebook import GradingError
from autograder.grading.marking import Submission, is_linked, is_readable
from autograder.submission.choose_notebook import notebooks_in
from autograder.submission.unit_names import (
    is_archive,
    is_system_file,
    means_unit,
    notebook_means_unit,
)

PLACE = "submitted/STUDENT/UNIT/UNIT.ipynb"
_EXCHANGE = re.compile(r"(?P<student>[^+]+)\+(?P<unit>[^+]+)\+\d{4}-\d\d-\d\d[^+]*(?:\+.*)?")
"""A folder of nbgrader's exchange: student, unit and date, and a key."""
NEAR = 0.85
"""How alike two names must be for one to be suggested for the other."""


def submissions_folder() -> Path:
    """Return the folder of submissions.

    Raises
    ------
    GradingError
        If it does not exist; the message says what to do first.
    """
    folder = paths.classroom() / "submitted"
    if not folder.is_dir():
        raise GradingError(
            f"there is no folder {_relative_path(folder)} yet. Put each student's notebook at "
            f"{_relative_path(folder)}/STUDENT/UNIT/UNIT.ipynb, or try a made-up class with "
            "`autograder demo`"
        )
    return folder


def student_ids() -> list[str]:
    """Return the ids of all students with a submission: the names of their folders."""
    return sorted(path.name for path in submissions_folder().iterdir() if _is_folder(path))


def find_submissions(unit: str, chosen: Iterable[str] | None = None) -> list[Submission]:
    """Return the submissions for a unit, of all students or of those chosen.

    Raises
    ------
    paths.UnknownNameError
        If a chosen student has submitted nothing for any unit.
    """
    known = student_ids()
    chosen = list(dict.fromkeys(chosen or known))
    for name in chosen:
        if name not in known:
            raise paths.UnknownNameError("student", name, known)
    found = (_submission(submissions_folder() / name, unit) for name in chosen)
    return [item for item in found if item is not None]


def describe_ungraded(chosen: Iterable[str] | None = None) -> list[str]:
    """Return a line for each kind of thing in `submitted/` that is no submission, naming all.

    Parameters
    ----------
    chosen : iterable of str, optional
        Look into the folders of these students only.
    """
    found: dict[str, list[str]] = defaultdict(list)
    top = submissions_folder()
    for path in sorted(top / name for name in chosen) if chosen else _entries(top):
        for misplaced, why in _look_at(path):
            found[why].append(repr(os.fspath(misplaced.relative_to(top))))
    return [f"not graded ({why}): {', '.join(names)}" for why, names in found.items()]


def _submission(folder: Path, unit: str) -> Submission | None:
    """Return a student's submission for a unit; None if there is none, or several could be it."""
    expected = folder / unit
    if _exists(expected):
        return _with_inner_folder(Submission(folder.name, unit, expected))
    meant = [path for path in _entries(folder) if path.is_dir() and means_unit(path.name, unit)]
    if len(meant) != 1:
        return None
    reason = f"the folder was called {meant[0].name!r}; graded as {unit!r}"
    return Submission(folder.name, unit, meant[0], (reason,))


def _with_inner_folder(item: Submission) -> Submission:
    """Return a submission, with the folder inside its own that alone holds the notebook.

    Unpacking an archive often makes one folder more than there should be.
    """
    if is_linked(item.folder) or not is_readable(item.folder) or notebooks_in(item.folder):
        return item
    inner = [
        path
        for path in _entries(item.folder)
        if path.is_dir() and not path.is_symlink() and is_readable(path)
        if any(notebook_means_unit(file.name, item.unit) for file in notebooks_in(path))
    ]
    if len(inner) != 1:
        return item
    reason = f"the notebook lay one folder deeper, in {inner[0].name!r}"
    return replace(item, folder=inner[0], reasons=(reason,))


def _look_at(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield all that is misplaced at an entry of `submitted/`, and why."""
    if not path.is_dir():
        yield path, _why_no_folder(path, "lies outside any student's folder")
    elif _is_exchange_folder(path.name):
        yield path, _why_exchange(path.name)
    else:
        graded = {item.folder for unit in paths.units() if (item := _submission(path, unit))}
        graded |= {folder.parent for folder in graded}
        others = [entry for entry in _entries(path) if entry not in graded]
        if others and not graded and (unit := _unit_meant(path.name)):
            yield path, f"is named after {unit}, where a student's folder was expected: {PLACE}"
            return
        for entry in others:
            if why := _why_not_a_unit(entry):
                yield entry, why


def _why_not_a_unit(path: Path) -> str:
    """Say why an entry of a student's folder is not graded; nothing if it holds nothing."""
    if not path.is_dir():
        return _why_no_folder(path, "lies in a student's folder, not in a unit's")
    if _is_exchange_folder(path.name):
        return _why_exchange(path.name)
    if not _entries(path):
        return ""
    if unit := _unit_meant(path.name):
        exact = path.with_name(unit)
        if _exists(exact):
            return f"stands beside {unit!r}, which was graded"
        return f"could be {unit!r}, but another folder could too; leave one of them under that name"
    near = difflib.get_close_matches(path.name.casefold(), paths.units(), 1, NEAR)
    if near:
        return f"is no unit's name; rename it to {near[0]!r} if that is meant"
    if any(_unit_meant(entry.name) for entry in _entries(path) if entry.is_dir()):
        return f"holds a unit's folder one level too deep; expected {PLACE}"
    return f"is no unit's name; expected {PLACE}"


def _why_no_folder(path: Path, where: str) -> str:
    if "\\" in path.name:
        return (
            "has backslashes in its name, as unpacking an archive from Windows leaves them; "
            f"each part is meant to be a folder: {PLACE}"
        )
    if is_archive(path.name):
        return f"is an archive; unpack it, so that its notebook is at {PLACE}"
    return f"{where}; expected {PLACE}"


def _is_exchange_folder(name: str) -> bool:
    return bool(_EXCHANGE.fullmatch(name))


def _why_exchange(name: str) -> str:
    found = _EXCHANGE.fullmatch(name)
    unit = found["unit"] if found else "UNIT"
    return (
        "is a folder of nbgrader's exchange, not one it has collected: run "
        f"`nbgrader collect {unit}`, or move what it holds to submitted/STUDENT/{unit}"
    )


def _unit_meant(name: str) -> str | None:
    return next((unit for unit in paths.units() if means_unit(name, unit)), None)


def _entries(folder: Path) -> list[Path]:
    """Return what people have put into a folder; nothing if this account may not read it."""
    try:
        return sorted(path for path in folder.iterdir() if not is_system_file(path.name))
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not is_system_file(path.name)


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except OSError as error:  # a folder this account may not read gets a verdict that says so
        return not isinstance(error, FileNotFoundError)
    return True


def _relative_path(path: Path) -> Path:
    return path.relative_to(paths.FOLDER) if path.is_relative_to(paths.FOLDER) else path
