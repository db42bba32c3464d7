"""Notes in a submission's metadata for later steps: anything unusual, and how its code was run."""

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


def is_doubtful(notebook: NotebookNode) -> bool:
    """Tell whether the machine, and not the notebook, may be why something did not end well."""
    return bool(notebook.metadata.get(METADATA_KEY, {}).get("doubtful", False))


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
    notebook.metadata[METADATA_KEY] = NotebookNode(reasons=reasons, unreadable=unreadable)


def add_examination_notes(
    notebook: NotebookNode,
    reasons: Iterable[str],
    details: Iterable[str],
    sandboxed: bool,
    doubtful: bool,
) -> None:
    """Add what the examination found, and whether the student's code ran in a sandbox."""
    set_notes(notebook, [*noted_reasons(notebook), *reasons], unreadable_reason(notebook))
    notebook.metadata[METADATA_KEY].details = list(details)
    notebook.metadata[METADATA_KEY].sandboxed = sandboxed
    notebook.metadata[METADATA_KEY].doubtful = doubtful
