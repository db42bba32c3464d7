"""Walls between accounts: what is staff's is closed to every other account of the machine.

On a shared server each student has an account. None may read a hidden test, an answer, a grade or
another's work, nor write into any of it. One closed folder around all of that is enough, whatever
the modes within: nbgrader's exchange, for one, leaves folders that everybody may write into.
"""

import ast
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder import paths

STAFF = ("source", "answers", "attacks", "solutions", "tests", "autograder/hidden_tests", ".git")
"""Folders of the source tree that are staff's; the last holds all of them, as they were.

The rest may be read: kernels that one fork server forks for all students import `course`, from the
environment that the tree's `.venv` is.
"""

CONFIG_FILE = "nbgrader_config.py"


@dataclass(frozen=True)
class Walls:
    """What was closed, and a sentence on each thing that another account can still read."""

    closed: tuple[Path, ...] = ()
    open: tuple[str, ...] = ()


def group_shared() -> bool:
    """Tell whether a group of graders shares the classroom: `c.CourseDirectory.groupshared`.

    The file's text is read, since executing it takes a second: the value must stand there as True
    or False.
    """
    try:
        tree = ast.parse((paths.FOLDER / CONFIG_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):  # nbgrader itself will say what is wrong
        return False
    shared = False
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[target], value=ast.Constant(bool(value))):
                if ast.unparse(target) == "c.CourseDirectory.groupshared":
                    shared = value
    return shared


def denied() -> int:
    """Return the bits of a mode that nothing of staff's has: all others', and mostly a group's."""
    return 0o007 if group_shared() else 0o077


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Create files without these bits of their mode, here and in what is started from here."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def make_private(folder: Path) -> None:
    """Create a folder of staff's if it is missing; close it if it is this account's."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close(folder)


def private_places() -> list[Path]:
    """Return what must be closed: the classroom, the gradebook if elsewhere, `build`, staff's."""
    classroom = paths.classroom()
    gradebook = Path(paths.gradebook().removeprefix("sqlite:///"))
    found = [classroom, paths.BUILD]
    if paths.gradebook().startswith("sqlite:///") and not gradebook.is_relative_to(classroom):
        found.append(gradebook)
    return [path for path in (*found, *_staff_folders()) if path.exists()]


def close(packages: bool = not paths.INSTALLED) -> Walls:
    """Close what belongs to this account; say what else other accounts can read.

    Every start of `autograder` does so at once: whoever has to run a command of repair first leaves
    the folders open until somebody has looked. It takes a millisecond, for nothing within is
    visited. An installed copy's own folders are left to `autograder doctor`: an environment that
    root has made may be used by several accounts of staff's, whom a closed folder locks out.

    Parameters
    ----------
    packages : bool
        Whether to close staff's folders among the packages of an installed copy, too.
    """
    closed, still_open = [], []
    for path in private_places():
        mine = packages or path not in _staff_folders()
        before = path.stat().st_mode
        if mine:
            _close(path)
        mode = path.stat().st_mode
        if mode != before:
            closed.append(path)
        if mode & denied() and _reachable(path):
            still_open.append(_describe(path, mine))
    secret = paths.classroom() / "secret"
    if group_shared() and secret.exists() and secret.stat().st_uid == os.geteuid():
        secret.chmod(0o640)  # all graders' hidden tests draw from it
    return Walls(tuple(closed), tuple(still_open))


def _staff_folders() -> list[Path]:
    if paths.INSTALLED:
        return [paths.PACKAGED_DATA, paths.PACKAGED_DATA.with_name("hidden_tests")]
    folders = [paths.ROOT / name for name in STAFF]
    return [path for path in folders if path.is_dir()]  # in a work tree of git's, .git is a file


def _close(path: Path) -> None:
    """Take the denied bits from a mode; do nothing where the account may not."""
    found = path.stat()
    wanted = found.st_mode & ~denied()
    if path == paths.classroom() and group_shared():
        wanted |= 0o2770  # as nbgrader has it: what one grader creates belongs to the group
    if found.st_mode != wanted and found.st_uid == os.geteuid():
        path.chmod(wanted)


def _reachable(path: Path) -> bool:
    """Tell whether every folder above lets another account pass."""
    return all(above.stat().st_mode & denied() & 0o011 for above in path.resolve().parents)


def _describe(path: Path, mine: bool) -> str:
    """Say that a path is open, to whom it belongs and what to do."""
    found = path.stat()
    try:
        owner = pwd.getpwuid(found.st_uid).pw_name
    except KeyError:
        owner = f"account {found.st_uid}"
    bits = "o-rwx" if group_shared() else "go-rwx"
    if found.st_uid != os.geteuid():
        todo = f"it belongs to {owner}, who can close it: chmod {bits} {path}"
    elif mine:
        todo = "it cannot be closed: its file system keeps no permissions. Move it to one that does"
    else:
        todo = (
            "close it by `autograder doctor` if no other account grades with this copy; otherwise "
            f"let a group of graders own it: chgrp -R GROUP {path} && chmod 750 {path}"
        )
    return f"other accounts of this machine can read {path}; {todo}"
