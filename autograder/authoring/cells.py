"""The names by which nbgrader knows cells."""

from nbformat import NotebookNode


def name_of(cell: NotebookNode) -> str | None:
    """Return the `grade_id` of a cell, or None where it has none."""
    label = cell.metadata.get("nbgrader")
    name = label.get("grade_id") if isinstance(label, dict) else None
    return name if isinstance(name, str) and name else None
