"""Repair a submission so that it can be graded, and report everything unusual about it.

Locked cells, test cells and nbgrader's metadata are restored from the gradebook. Answer cells and
the student's own cells keep their content.
"""

from collections import defaultdict
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.cells import name_of
from autograder.submission.notes import METADATA_KEY
from autograder.submission.released_cells import ReleasedCell, ReleasedUnit

SKIPPING = {"skip-execution"}
ALTERING = SKIPPING | {"raises-exception"}
"""Tags that change how a cell is run: plain nbgrader gives a skipped test full points."""

FIELDS = ("grade", "solution", "locked", "task", "points")


def repair(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Repair `notebook` in place; return what a teacher should know, one sentence each."""
    notebook.metadata.pop(METADATA_KEY, None)
    known = {cell.name: cell for cell in unit.cells}
    reasons = _repair_kernel(notebook, unit.kernel)
    reasons += _remove_tags(notebook)
    reasons += _drop_unknown_names(notebook, known)
    reasons += _resolve_duplicates(notebook, known)
    reasons += _recover_names(notebook, known)
    for cell in notebook.cells:
        name = name_of(cell)
        if name:
            reasons += _restore_cell(cell, known[name])
    reasons += _check_order(notebook, unit.cells)
    reasons += _insert_missing(notebook, unit.cells)
    return reasons


def _repair_kernel(notebook: NotebookNode, kernel: NotebookNode) -> list[str]:
    given: Any = notebook.metadata.get("kernelspec")
    name = given.get("name") if isinstance(given, dict) else None
    notebook.metadata.kernelspec = NotebookNode(kernel)
    notebook.metadata.language_info = NotebookNode(name="python")
    if name and name != kernel.get("name"):
        return [f"written with the kernel {str(name)[:40]!r}; graded with {kernel.get('name')!r}"]
    return []


def _remove_tags(notebook: NotebookNode) -> list[str]:
    reasons = []
    for cell in notebook.cells:
        tags = cell.metadata.pop("tags", [])
        tags = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
        if SKIPPING & set(tags):
            name = name_of(cell)
            where = f"cell {name!r}" if name else "a cell"
            reasons.append(f"{where} was tagged to be skipped; the tag was removed")
        harmless = [tag for tag in tags if tag not in ALTERING]
        if harmless:
            cell.metadata.tags = harmless
    return reasons


def _drop_unknown_names(notebook: NotebookNode, known: dict[str, ReleasedCell]) -> list[str]:
    reasons = []
    for cell in notebook.cells:
        name = name_of(cell)
        if name in known:
            continue
        metadata = cell.metadata.pop("nbgrader", None)
        if name and isinstance(metadata, dict) and any(metadata.get(field) for field in FIELDS):
            reasons.append(f"a cell is named {name[:60]!r}, which this unit does not have")
    return reasons


def _resolve_duplicates(notebook: NotebookNode, known: dict[str, ReleasedCell]) -> list[str]:
    """Choose which copy of a duplicated cell is graded; the others become the student's own cells.

    All copies are run. Of a code answer the last definition is in effect whichever copy is chosen;
    of a written answer the last edited copy is taken. Of a test the last copy is graded, because it
    follows all of the student's work.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, cell in enumerate(notebook.cells):
        name = name_of(cell)
        if name:
            places[name].append(index)
    reasons = []
    for name, indices in places.items():
        if len(indices) == 1:
            continue
        released = known[name]
        changed = [
            i for i in indices if notebook.cells[i].source.strip() != released.source.strip()
        ]
        chosen = (changed or indices)[-1] if released.solution else indices[-1]
        for index in indices:
            if index != chosen:
                del notebook.cells[index].metadata["nbgrader"]
        number = indices.index(chosen) + 1
        reasons.append(
            f"{released.role} {name!r} appears {len(indices)} times; number {number} was graded"
        )
    return reasons


def _recover_names(notebook: NotebookNode, known: dict[str, ReleasedCell]) -> list[str]:
    """Identify cells that lost their metadata by their id: some editors drop only the metadata."""
    there = {name_of(cell) for cell in notebook.cells}
    reasons = []
    for cell in notebook.cells:
        if name_of(cell) is None and cell.id in known and cell.id not in there:
            there.add(cell.id)
            cell.metadata.nbgrader = known[cell.id].metadata()
            reasons.append(
                f"cell {cell.id!r} had lost its grading metadata, which was restored by its id"
            )
    return reasons


def _restore_cell(cell: NotebookNode, released: ReleasedCell) -> list[str]:
    reasons = []
    subject = f"{released.role} {released.name!r}"
    if cell.cell_type != released.kind:
        reasons.append(f"{subject} had been changed to a {cell.cell_type} cell and was restored")
        fresh = released.cell()
        fresh.id, fresh.source, fresh.metadata = cell.id, cell.source, cell.metadata
        cell.clear()
        cell.update(fresh)
    right = released.metadata()
    given = cell.metadata.nbgrader
    changed = [
        field for field in FIELDS if _field_value(given, field) != _field_value(right, field)
    ]
    if changed:
        reasons.append(f"{subject} had its {' and '.join(changed)} changed and was restored")
    cell.metadata.nbgrader = right
    if released.locked or (released.grade and not released.solution):
        text = cell.source.strip()
        if text not in (released.released_source().strip(), released.source.strip()):
            reasons.append(f"{subject} had been edited and was restored")
        cell.source = released.source
    return reasons


def _field_value(metadata: dict[str, Any], field: str) -> Any:
    value = metadata.get(field)
    if field != "points":
        return bool(value)
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return value


def _check_order(notebook: NotebookNode, cells: tuple[ReleasedCell, ...]) -> list[str]:
    rank = {cell.name: position for position, cell in enumerate(cells)}
    given = [rank[name] for name in map(name_of, notebook.cells) if name]
    if given != sorted(given):
        return ["the cells are in a different order from the released notebook"]
    return []


def _insert_missing(notebook: NotebookNode, cells: tuple[ReleasedCell, ...]) -> list[str]:
    """Insert deleted cells again, each right after the cell that precedes it in the unit.

    An answer typed into a new cell then comes after the restored stub, and is the one in effect.
    """
    reasons = []
    there = {name_of(cell) for cell in notebook.cells}
    for position, released in enumerate(cells):
        if released.name in there:
            continue
        places = {name_of(cell): index for index, cell in enumerate(notebook.cells)}
        before = [places[cell.name] for cell in cells[:position] if cell.name in places]
        taken = {cell.id for cell in notebook.cells}
        cell = released.cell()
        if cell.id in taken:
            cell.id = next(
                f"{cell.id}-{n}" for n in range(2, 9999) if f"{cell.id}-{n}" not in taken
            )
        notebook.cells.insert(before[-1] + 1 if before else 0, cell)
        reasons.append(f"{released.role} {released.name!r} had been deleted and was restored")
    return reasons
