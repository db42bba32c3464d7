"""What is noted in a submission's metadata for the steps that follow: reasons, and how it ran."""

from collections.abc import Iterable

from nbformat import NotebookNode

KEY = "descent"
"""Under this key of the notebook's metadata."""


def unusual(notebook: NotebookNode) -> list[str]:
    """Return the reasons that were noted in a notebook's metadata."""
    return list(notebook.metadata.get(KEY, {}).get("reasons", []))


def details(notebook: NotebookNode) -> list[str]:
    """Return what was noted for staff alone: how an interpreter violated the protocol."""
    return list(notebook.metadata.get(KEY, {}).get("details", []))


def unreadable(notebook: NotebookNode) -> str:
    """Return why there was nothing to grade; empty where there was."""
    return str(notebook.metadata.get(KEY, {}).get("unreadable", ""))


def confined(notebook: NotebookNode) -> bool:
    """Tell whether the student's code ran in a sandbox, or not at all."""
    return bool(notebook.metadata.get(KEY, {}).get("confined", True))


def note(notebook: NotebookNode, reasons: list[str], unreadable: str = "") -> None:
    """Note in a notebook's metadata what was unusual about the submission.

    `unreadable` says why there was nothing to grade; the notebook is then not run.
    """
    notebook.metadata[KEY] = NotebookNode(reasons=reasons, unreadable=unreadable)


def note_examined(
    notebook: NotebookNode, reasons: Iterable[str], details: Iterable[str], confined: bool
) -> None:
    """Add what the examination found, and whether the student's code ran in a sandbox."""
    note(notebook, [*unusual(notebook), *reasons], unreadable(notebook))
    notebook.metadata[KEY].details = list(details)
    notebook.metadata[KEY].confined = confined
