"""Paths of the course's folders, names of its units, and the school's secret.

In the source tree everything is below its root. The wheel carries the folders that only staff needs
as data of this package (listed in `pyproject.toml`), so the sandbox hides them with it; output then
goes to the folder in which the grader is run.
"""

import difflib
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The folder of the packages `course` and `autograder`: the source tree, or site-packages."""
PACKAGED_DATA = Path(__file__).resolve().with_name("data")
INSTALLED = PACKAGED_DATA.is_dir()
"""Whether this is installed from a wheel, which can grade but not build."""

_STAFF_ROOT = PACKAGED_DATA if INSTALLED else ROOT
SOURCE = _STAFF_ROOT / "source"
ANSWERS = _STAFF_ROOT / "answers"
ATTACKS = _STAFF_ROOT / "attacks"
SOLUTIONS = _STAFF_ROOT / "solutions"
RELEASED = ROOT / "course" / "notebooks"

FOLDER = Path(os.environ.get("DESCENT_FOLDER") or os.curdir).resolve() if INSTALLED else ROOT
"""The folder of `classroom` and `build`. Examiners work elsewhere; `DESCENT_FOLDER` tells them."""
BUILD = FOLDER / "build"


class UnknownNameError(ValueError):
    """There is no unit, student or exercise of the given name; the message suggests others."""

    def __init__(self, kind: str, given: str, known: list[str]) -> None:
        near = difflib.get_close_matches(given, known, n=3, cutoff=0.3) or known[:8]
        there = f"Did you mean {', '.join(near)}?" if near else f"There is no {kind} yet."
        super().__init__(f"no {kind} is called {given!r}. {there}")


def classroom() -> Path:
    """Return the folder that holds students' work and grades.

    `DESCENT_CLASSROOM` overrides it, for demonstrations and tests.
    """
    return Path(os.environ.get("DESCENT_CLASSROOM") or FOLDER / "classroom").resolve()


def gradebook() -> str:
    """Return the URL of nbgrader's gradebook: a file in the classroom.

    `DESCENT_GRADEBOOK` overrides it, for example with PostgreSQL's.
    """
    return os.environ.get("DESCENT_GRADEBOOK") or f"sqlite:///{classroom() / 'gradebook.db'}"


def units() -> list[str]:
    """Return the names of all units, in order."""
    return sorted(path.stem for path in SOURCE.glob("[0-9][0-9]_*.py"))


def unit_named(name: str) -> str:
    """Return the full name of a unit, given its name or number.

    Raises
    ------
    UnknownNameError
        If there is none; the message suggests similar names.
    """
    known = units()
    for unit in known:
        if name in (unit, unit.split("_")[0]):
            return unit
    raise UnknownNameError("unit", name, known)


def secret() -> str:
    """Return the school's secret, which seeds the inputs of hidden tests.

    It is `DESCENT_SECRET`, or the file `secret` in the classroom, created if missing.
    """
    given = os.environ.get("DESCENT_SECRET")
    if given:
        return given
    path = classroom() / "secret"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(16) + "\n", encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8").strip()
