"""Repair a submission so that it can be graded, and report everything unusual about it.

Locked cells, test cells and nbgrader's metadata are restored from the gradebook. Answer cells and
the student's own cells keep their content.
"""

from collections import defaultdict
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.cells import name_of
from autograder.submission.committed_predictions import reasons_ignored
from autograder.submission.definitions import apply_definitions, rescue
from autograder.submission.landmarks import Landmarks, is_same
from autograder.submission.notes import clear_notes
from autograder.submission.recover_metadata import join_names, recover_metadata
from autograder.submission.released_cells import TEST_PREFIX, ReleasedCell, ReleasedUnit
from autograder.submission.written_answers import place_writing

SKIPPING = {"skip-execution"}
ALTERING = SKIPPING | {"raises-exception"}
"""Tags that change how a cell is run: plain nbgrader gives a skipped test full points."""

FIELDS = ("grade", "solution", "locked", "task", "points")


def repair(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Repair `notebook` in place; return what a teacher should know, one sentence each."""
    clear_notes(notebook)
    known = {cell.name: cell for cell in unit.cells}
    reasons = _repair_kernel(notebook, unit.kernel)
    reasons += _remove_tags(notebook)
    reasons += _drop_unknown_names(notebook, known)
    reasons += _resolve_duplicates(notebook, known)
    reasons += recover_metadata(notebook, unit)
    for cell in list(notebook.cells):
        name = name_of(cell)
        if name:
            reasons += _restore_cell(cell, known[name])
            reasons += _restore_text(notebook, cell, unit, known[name])
    reasons += _check_order(notebook, unit.cells)
    reasons += _insert_missing(notebook, unit)
    reasons += apply_definitions(notebook, unit)
    reasons += place_writing(notebook, unit)
    reasons += reasons_ignored(notebook)
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

    Of a test the last copy is graded, because it follows all of the student's work; of another
    locked cell it is the first, on which the rest builds. Of an answer it is the last edited copy
    above its test; copies as handed out are not run below it.
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
        chosen = indices[-1 if known[name].grade else 0]
        if known[name].solution:
            end = places.get(f"{TEST_PREFIX}{name}", [len(notebook.cells)])[-1]
            changed = [i for i in indices if not is_same(notebook.cells[i], known[name])]
            above = [i for i in changed if i < end]
            chosen = (above or changed or indices)[-1]
        for index in indices:
            if index != chosen:
                del notebook.cells[index].metadata["nbgrader"]
        number = indices.index(chosen) + 1
        reasons.append(
            f"{known[name].role} {name!r} appears {len(indices)} times; number {number} was graded"
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
    return reasons


def _restore_text(
    notebook: NotebookNode, cell: NotebookNode, unit: ReleasedUnit, released: ReleasedCell
) -> list[str]:
    """Restore a locked cell's text; keep an answer that was typed into it, in a cell of its own."""
    if released.solution or not (released.locked or released.grade):
        return []
    given, same = cell.source, is_same(cell, released)
    cell.source = released.source
    if same:
        return []
    reason = f"{released.role} {released.name!r} had been edited and was restored"
    own = rescue(given, released, unit) if released.kind == "code" else None
    if own is None:
        return [reason]
    place = next(index for index, other in enumerate(notebook.cells) if other is cell)
    notebook.cells.insert(place if released.grade else place + 1, own)
    return [f"{reason}; your own definitions in it were kept, in a cell beside it"]


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


def _insert_missing(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Insert deleted cells again, each right after what precedes it in the unit.

    An answer typed into a new cell is taken from there: see `definitions`.
    """
    there = {name_of(cell) for cell in notebook.cells}
    missing = [cell for cell in unit.cells if cell.name not in there]
    for released in missing:
        place = Landmarks(notebook, unit.sequence).section(released.name).start
        taken = {cell.id for cell in notebook.cells}
        cell = released.cell()
        if cell.id in taken:
            cell.id = next(
                f"{cell.id}-{n}" for n in range(2, 9999) if f"{cell.id}-{n}" not in taken
            )
        notebook.cells.insert(place, cell)
    reasons = []
    for role in dict.fromkeys(cell.role for cell in missing):
        names = [cell.name for cell in missing if cell.role == role]
        subject = f"{role}s {join_names(names)}" if len(names) > 1 else f"{role} {names[0]!r}"
        verb = "were" if len(names) > 1 else "was"
        reasons.append(f"{subject} had been deleted and {verb} restored")
    return reasons
