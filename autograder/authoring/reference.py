"""A unit's right answers: the locked cells and the solutions of its text, in order."""

import hashlib
import os
from functools import cache
from typing import Any

from autograder import paths, permissions


@cache
def code(unit: str) -> str:
    """Return the code of a unit's locked set-up cells and solution cells.

    It is cached below `build/` by the hash of the unit's text: every graded notebook needs it, and
    parsing the text takes longer than all hidden tests together.
    """
    text = (paths.SOURCE / f"{unit}.py").read_bytes()
    cached = paths.BUILD / "reference" / f"{unit}-{hashlib.sha256(text).hexdigest()[:16]}.py"
    if not cached.exists():
        permissions.make_private(paths.BUILD)
        cached.parent.mkdir(exist_ok=True)
        fresh = cached.with_suffix(f".{os.getpid()}")
        fresh.write_text(_code(unit), encoding="utf-8")
        fresh.replace(cached)
    return cached.read_text(encoding="utf-8")


def _code(unit: str) -> str:
    from autograder.authoring.unit_text import read_unit  # importing this takes a second

    cells = read_unit(paths.SOURCE / f"{unit}.py").cells
    return "\n\n".join(
        cell.source
        for cell in cells
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade", True)
    )


@cache
def _execute(unit: str) -> dict[str, Any]:
    scope: dict[str, Any] = {"__name__": f"reference_{unit}"}
    exec(compile(code(unit), f"<right answers of {unit}>", "exec"), scope)
    return scope


def namespace(unit: str) -> dict[str, Any]:
    """Return a new namespace that defines a unit's right answers.

    The functions' own globals are one namespace shared by all callers: change the returned copy,
    never a function's globals.
    """
    return dict(_execute(unit))
