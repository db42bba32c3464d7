"""Notes in a submission's metadata for later steps: anything unusual, and how its code was run."""

import re
from collections.abc import Iterable

from nbformat import NotebookNode

METADATA_KEY = "descent"
"""The key of the notebook's metadata that holds the notes."""


def noted_reasons(notebook: NotebookNode) -> list[str]:
    """Return everything that was noted as unusual, one sentence each."""
    return list(notebook.metadata.get(METADATA_KEY, {}).get("reasons", []))


def noted_details(notebook: NotebookNode) -> list[str]:
    """Return what was noted for staff alone: how an interpreter violated the protocol."""
    return list(notebook.metadata.get(METADATA_KEY, {}).get("details", []))


def unreadable_reason(notebook: NotebookNode) -> str:
    """Return why there was nothing to grade; empty if there was a notebook."""
    return str(notebook.metadata.get(METADATA_KEY, {}).get("unreadable", ""))


def ran_sandboxed(notebook: NotebookNode) -> bool:
    """Tell whether the student's code ran in a sandbox, or not at all."""
    return bool(notebook.metadata.get(METADATA_KEY, {}).get("sandboxed", True))


def set_notes(notebook: NotebookNode, reasons: list[str], unreadable: str = "") -> None:
    """Replace a notebook's notes.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.
    reasons : list of str
        Everything unusual about the submission, one sentence each.
    unreadable : str
        Why there was nothing to grade; the notebook is then not run.
    """
    notebook.metadata[METADATA_KEY] = NotebookNode(reasons=fold(reasons), unreadable=unreadable)


def fold(reasons: Iterable[str]) -> list[str]:
    """Put one sentence in the place of many that say the same of different cells.

    >>> fold(["test cell 'a' had been edited", "test cell 'b' had been edited", "x"])
    ["test cells 'a', 'b' each had been edited", 'x']
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for reason in reasons:
        found = _ABOUT_A_CELL.fullmatch(reason)
        kind, name, what = found.groups() if found else (reason, "", "")
        names = groups.setdefault((kind, what), [])
        if name not in names:
            names.append(name)
    return [_of_many(kind, names, what) for (kind, what), names in groups.items()]


_ABOUT_A_CELL = re.compile(r"(?P<kind>(?:\w+ )?cell) (?P<name>'[^']*') (?P<what>.*)", re.DOTALL)
SHOWN_NAMES = 8
"""Names of cells that one sentence lists; more are counted."""


def _of_many(kind: str, names: list[str], what: str) -> str:
    if not what:
        return kind
    if len(names) == 1:
        return f"{kind} {names[0]} {what}"
    shown = ", ".join(names[:SHOWN_NAMES])
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return f"{kind}s {shown}{more} each {what}"


def add_examination_notes(
    notebook: NotebookNode, reasons: Iterable[str], details: Iterable[str], sandboxed: bool
) -> None:
    """Add what the examination found, and whether the student's code ran in a sandbox."""
    set_notes(notebook, [*noted_reasons(notebook), *reasons], unreadable_reason(notebook))
    notebook.metadata[METADATA_KEY].details = list(details)
    notebook.metadata[METADATA_KEY].sandboxed = sandboxed
