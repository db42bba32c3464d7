"""Cells by the names that nbgrader gives them."""

from nbformat import NotebookNode


def name_of(cell: NotebookNode) -> str | None:
    """Return the `grade_id` of a cell, or None if it has none."""
    label = cell.metadata.get("nbgrader")
    name = label.get("grade_id") if isinstance(label, dict) else None
    return name if isinstance(name, str) and name else None


def named_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Return the cells that have a `grade_id`, by that name."""
    return {name: cell for cell in notebook.cells if (name := name_of(cell))}
