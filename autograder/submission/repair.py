"""Put a submission into a state that can be graded, and say what was unusual about it.

The text of locked and test cells, and what nbgrader's metadata says, come from the gradebook. What
a student wrote into an answer cell or a cell of their own is left alone.
"""

from collections import defaultdict
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.cells import name_of
from autograder.submission.notes import KEY
from autograder.submission.released_cells import ReleasedCell, ReleasedUnit

SKIPPING = {"skip-execution"}
ALTERING = SKIPPING | {"raises-exception"}
"""Tags that change how a cell is run: stock nbgrader gives a skipped test full marks."""

FIELDS = ("grade", "solution", "locked", "task", "points")


def repair(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Mend `notebook` in place; return what a teacher should know, one sentence each."""
    notebook.metadata.pop(KEY, None)
    known = {cell.name: cell for cell in unit.cells}
    reasons = _kernel(notebook, unit.kernel)
    reasons += _tags(notebook)
    reasons += _strangers(notebook, known)
    reasons += _copies(notebook, known)
    reasons += _recognised(notebook, known)
    for cell in notebook.cells:
        name = name_of(cell)
        if name:
            reasons += _restored(cell, known[name])
    reasons += _order(notebook, unit.cells)
    reasons += _missing(notebook, unit.cells)
    return reasons


def _kernel(notebook: NotebookNode, kernel: NotebookNode) -> list[str]:
    given: Any = notebook.metadata.get("kernelspec")
    name = given.get("name") if isinstance(given, dict) else None
    notebook.metadata.kernelspec = NotebookNode(kernel)
    notebook.metadata.language_info = NotebookNode(name="python")
    if name and name != kernel.get("name"):
        return [f"written with the kernel {str(name)[:40]!r}; graded with {kernel.get('name')!r}"]
    return []


def _tags(notebook: NotebookNode) -> list[str]:
    reasons = []
    for cell in notebook.cells:
        tags = cell.metadata.pop("tags", [])
        tags = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
        if SKIPPING & set(tags):
            what = name_of(cell)
            where = f"cell {what!r}" if what else "a cell"
            reasons.append(f"{where} was tagged to be skipped; the tag was removed")
        kept = [tag for tag in tags if tag not in ALTERING]
        if kept:
            cell.metadata.tags = kept
    return reasons


def _strangers(notebook: NotebookNode, known: dict[str, ReleasedCell]) -> list[str]:
    reasons = []
    for cell in notebook.cells:
        name = name_of(cell)
        if name in known:
            continue
        label = cell.metadata.pop("nbgrader", None)
        if name and isinstance(label, dict) and any(label.get(field) for field in FIELDS):
            reasons.append(f"a cell is named {name[:60]!r}, which this unit does not have")
    return reasons


def _copies(notebook: NotebookNode, known: dict[str, ReleasedCell]) -> list[str]:
    """Let one copy of each cell count; the others stay, as cells of the student's own.

    All copies are run. Of an answer that is code the last definition holds, whichever copy counts;
    of a written answer the last one that says something is meant. Of a test the last one is asked,
    because it stands after all the student's work.
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
        source = known[name]
        changed = [i for i in indices if notebook.cells[i].source.strip() != source.source.strip()]
        counts = (changed or indices)[-1] if source.solution else indices[-1]
        for index in indices:
            if index != counts:
                del notebook.cells[index].metadata["nbgrader"]
        number = indices.index(counts) + 1
        reasons.append(
            f"{source.what} {name!r} stands {len(indices)} times; number {number} counts"
        )
    return reasons


def _recognised(notebook: NotebookNode, known: dict[str, ReleasedCell]) -> list[str]:
    """Recognise cells that lost their metadata by their id: some editors drop the one only."""
    there = {name_of(cell) for cell in notebook.cells}
    reasons = []
    for cell in notebook.cells:
        if name_of(cell) is None and cell.id in known and cell.id not in there:
            there.add(cell.id)
            cell.metadata.nbgrader = known[cell.id].metadata()
            reasons.append(f"cell {cell.id!r} had lost its grading metadata; its id told it")
    return reasons


def _restored(cell: NotebookNode, source: ReleasedCell) -> list[str]:
    reasons = []
    told = f"{source.what} {source.name!r}"
    if cell.cell_type != source.kind:
        reasons.append(f"{told} had been made a {cell.cell_type} cell and was turned back")
        fresh = source.cell()
        fresh.id, fresh.source, fresh.metadata = cell.id, cell.source, cell.metadata
        cell.clear()
        cell.update(fresh)
    right = source.metadata()
    given = cell.metadata.nbgrader
    changed = [field for field in FIELDS if _field(given, field) != _field(right, field)]
    if changed:
        reasons.append(f"{told} had other {' and '.join(changed)}; restored")
    cell.metadata.nbgrader = right
    if source.locked or (source.grade and not source.solution):
        text = cell.source.strip()
        if text not in (source.released().strip(), source.source.strip()):
            reasons.append(f"{told} had been edited and was restored")
        cell.source = source.source
    return reasons


def _field(label: dict[str, Any], field: str) -> Any:
    value = label.get(field)
    if field != "points":
        return bool(value)
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return value


def _order(notebook: NotebookNode, cells: tuple[ReleasedCell, ...]) -> list[str]:
    rank = {cell.name: position for position, cell in enumerate(cells)}
    given = [rank[name] for name in map(name_of, notebook.cells) if name]
    if given != sorted(given):
        return ["the cells stand in another order than in the released notebook"]
    return []


def _missing(notebook: NotebookNode, cells: tuple[ReleasedCell, ...]) -> list[str]:
    """Put back what was deleted, right after the cell that stands before it in the unit.

    So an answer typed into a fresh cell comes after the restored stub, and counts.
    """
    reasons = []
    there = {name_of(cell) for cell in notebook.cells}
    for position, source in enumerate(cells):
        if source.name in there:
            continue
        places = {name_of(cell): index for index, cell in enumerate(notebook.cells)}
        before = [places[cell.name] for cell in cells[:position] if cell.name in places]
        taken = {cell.id for cell in notebook.cells}
        cell = source.cell()
        if cell.id in taken:
            cell.id = next(
                f"{cell.id}-{n}" for n in range(2, 9999) if f"{cell.id}-{n}" not in taken
            )
        notebook.cells.insert(before[-1] + 1 if before else 0, cell)
        reasons.append(f"{source.what} {source.name!r} had been deleted and was restored")
    return reasons
