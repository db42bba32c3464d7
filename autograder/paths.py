"""Where things are: the folders of a course, its units, and the school's secret.

In the source tree all lies below its root. The wheel carries the folders that only staff needs as
data of this package (`pyproject.toml` says which), where the sandbox hides them with it; what is
written then goes to the folder in which the grader is run.
"""

import difflib
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""Where the packages `course` and `autograder` lie: the source tree, or an environment's."""
CARRIED = Path(__file__).resolve().with_name("data")
INSTALLED = CARRIED.is_dir()
"""Whether this is a wheel's copy, which grades and builds nothing."""

_STAFF = CARRIED if INSTALLED else ROOT
SOURCE = _STAFF / "source"
ANSWERS = _STAFF / "answers"
ATTACKS = _STAFF / "attacks"
SOLUTIONS = _STAFF / "solutions"
RELEASED = ROOT / "course" / "notebooks"

FOLDER = Path(os.environ.get("DESCENT_FOLDER") or os.curdir).resolve() if INSTALLED else ROOT
"""Where classroom and build are. Examiners work elsewhere, and get it as `DESCENT_FOLDER`."""
BUILD = FOLDER / "build"


class UnknownNameError(ValueError):
    """A unit or a student was asked for that does not exist."""

    def __init__(self, kind: str, given: str, known: list[str]) -> None:
        near = difflib.get_close_matches(given, known, n=3, cutoff=0.3) or known[:8]
        there = f"Did you mean {', '.join(near)}?" if near else f"There is no {kind} yet."
        super().__init__(f"no {kind} is called {given!r}. {there}")


def classroom() -> Path:
    """Return the folder that holds students' work and grades.

    `DESCENT_CLASSROOM` names another one, for demonstrations and tests.
    """
    return Path(os.environ.get("DESCENT_CLASSROOM") or FOLDER / "classroom").resolve()


def gradebook() -> str:
    """Return the URL of nbgrader's gradebook: a file in the classroom.

    `DESCENT_GRADEBOOK` names another one, PostgreSQL's for example.
    """
    return os.environ.get("DESCENT_GRADEBOOK") or f"sqlite:///{classroom() / 'gradebook.db'}"


def units() -> list[str]:
    """Return the names of all units, in order."""
    return sorted(path.stem for path in SOURCE.glob("[0-9][0-9]_*.py"))


def unit_named(name: str) -> str:
    """Return the unit that `name` means: its full name or its number.

    Raises
    ------
    UnknownNameError
        Which names the nearest units.
    """
    known = units()
    for unit in known:
        if name in (unit, unit.split("_")[0]):
            return unit
    raise UnknownNameError("unit", name, known)


def secret() -> str:
    """Return the school's secret, from which hidden tests draw their inputs.

    It is `DESCENT_SECRET`, or the file `secret` in the classroom, which is made when it is missing.
    """
    given = os.environ.get("DESCENT_SECRET")
    if given:
        return given
    path = classroom() / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(16) + "\n", encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8").strip()
