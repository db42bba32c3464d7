"""A unit's right answers, taken from its text: the locked cells and the solutions, in order."""

from functools import cache
from typing import Any

from autograder import layout
from autograder.text import read_unit


@cache
def code(unit: str) -> str:
    """Return the code of a unit's locked set-up cells and solution cells."""
    cells = read_unit(layout.SOURCE / f"{unit}.py").cells
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
