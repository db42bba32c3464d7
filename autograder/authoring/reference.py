"""A unit's right answers, taken from its text: the locked cells and the solutions, in order."""

import hashlib
import os
from functools import cache
from typing import Any

from autograder import paths


@cache
def code(unit: str) -> str:
    """Return the code of a unit's locked set-up cells and solution cells.

    It is kept below `build/`, under the hash of the text it was taken from: every graded notebook
    needs it, and reading a text notebook takes longer than all hidden tests together.
    """
    text = (paths.SOURCE / f"{unit}.py").read_bytes()
    kept = paths.BUILD / "reference" / f"{unit}-{hashlib.sha256(text).hexdigest()[:16]}.py"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_text(_code(unit), encoding="utf-8")
        fresh.replace(kept)
    return kept.read_text(encoding="utf-8")


def _code(unit: str) -> str:
    from autograder.authoring.unit_text import read_unit  # takes a second to import

    cells = read_unit(paths.SOURCE / f"{unit}.py").cells
    return "\n\n".join(
        cell.source
        for cell in cells
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade", True)
    )


@cache
def _executed(unit: str) -> dict[str, Any]:
    scope: dict[str, Any] = {"__name__": f"reference_{unit}"}
    exec(compile(code(unit), f"<right answers of {unit}>", "exec"), scope)
    return scope


def namespace(unit: str) -> dict[str, Any]:
    """Return a fresh namespace in which a unit's right answers are defined.

    Functions among them see each other in one namespace shared by all callers: change the copy that
    is returned, never what a function holds.
    """
    return dict(_executed(unit))
