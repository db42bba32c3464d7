"""Notes in a submission's metadata for later steps: anything unusual, and how its code is run."""

import re
from collections.abc import Iterable

from nbformat import NotebookNode

from autograder.submission.bindings import without_lines

METADATA_KEY = "descent"
"""The key of a notebook's and of a cell's metadata that holds the notes."""


def noted_reasons(notebook: NotebookNode) -> list[str]:
    """Return everything that was noted as unusual, one sentence each."""
    return list(notebook.metadata.get(METADATA_KEY, {}).get("reasons", []))


def noted_details(notebook: NotebookNode) -> list[str]:
    """Return what was noted for staff alone: what a student is told in general terms only."""
    return list(notebook.metadata.get(METADATA_KEY, {}).get("details", []))


def unreadable_reason(notebook: NotebookNode) -> str:
    """Return why there was nothing to grade; empty if there was a notebook."""
    return str(notebook.metadata.get(METADATA_KEY, {}).get("unreadable", ""))


def ran_sandboxed(notebook: NotebookNode) -> bool:
    """Tell whether the student's code ran in a sandbox, or not at all."""
    return bool(notebook.metadata.get(METADATA_KEY, {}).get("sandboxed", True))


def is_doubtful(notebook: NotebookNode) -> bool:
    """Tell whether the machine, and not the notebook, may be why something did not end well."""
    return bool(notebook.metadata.get(METADATA_KEY, {}).get("doubtful", False))


def set_notes(
    notebook: NotebookNode, reasons: list[str], unreadable: str = "", details: Iterable[str] = ()
) -> None:
    """Replace a notebook's notes.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.
    reasons : list of str
        Everything unusual about the submission, one sentence each.
    unreadable : str
        Why there was nothing to grade; the notebook is then not run.
    details : iterable of str
        For staff alone: what a student is told in general terms only.
    """
    notebook.metadata[METADATA_KEY] = NotebookNode(
        reasons=fold(reasons), unreadable=unreadable, details=list(details)
    )


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


def add_notes(notebook: NotebookNode, reasons: Iterable[str], details: Iterable[str] = ()) -> None:
    """Add sentences to a notebook's notes: reasons, and details for staff alone."""
    set_notes(
        notebook,
        [*noted_reasons(notebook), *reasons],
        unreadable_reason(notebook),
        [*noted_details(notebook), *details],
    )


def add_examination_notes(
    notebook: NotebookNode,
    reasons: Iterable[str],
    details: Iterable[str],
    sandboxed: bool,
    doubtful: bool,
) -> None:
    """Add what the examination found, and whether the student's code ran in a sandbox."""
    add_notes(notebook, reasons, details)
    notebook.metadata[METADATA_KEY].sandboxed = sandboxed
    notebook.metadata[METADATA_KEY].doubtful = doubtful


def clear_notes(notebook: NotebookNode) -> None:
    """Take away all notes: in a file that was handed in they are not ours."""
    for owner in (notebook, *notebook.cells):
        owner.metadata.pop(METADATA_KEY, None)


def leave_out(cell: NotebookNode, lines: Iterable[tuple[int, int]]) -> None:
    """Note the lines of a cell, from a first to a last one, that are not run."""
    cell.metadata[METADATA_KEY] = NotebookNode(left_out=[list(pair) for pair in lines])


def source_to_run(cell: NotebookNode) -> str:
    """Return a cell's text without the lines that are not run; empty if no statement is left."""
    left_out = cell.metadata.get(METADATA_KEY, {}).get("left_out", [])
    if not left_out:
        return str(cell.source)
    rest = without_lines(cell.source, left_out)
    lines = (line.strip() for line in rest.split("\n"))
    return rest if any(line and not line.startswith("#") for line in lines) else ""
