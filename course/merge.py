"""Merge a mended notebook with a student's, who has worked in the old one.

A released notebook tells of each cell whether it is as it was handed out: nbgrader's checksum is in
the metadata of the cells it knows by name, and the id of every other cell is made from its text. So
no copy of the old release is needed to see what a student has changed.
"""

import ast
import contextlib
import copy
import difflib
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode

ALIKE = 0.6
"""Share of two cells' letters that agree if one is a changed version of the other."""
_COURSE_KEYS = ("deletable", "editable", "nbgrader", "tags")
"""Metadata of a cell that are the course's to set."""


@dataclass(frozen=True)
class Merged:
    """A notebook that holds what the course released and what the student wrote.

    Attributes
    ----------
    notebook : NotebookNode
    notes : tuple of str
        A sentence on each place where both have changed the same; both are kept.
    """

    notebook: NotebookNode
    notes: tuple[str, ...] = ()


@dataclass
class _Plan:
    """Where each cell of a student's goes.

    Attributes
    ----------
    match : dict of int to int
        The place in the release of each cell of the student's that has a counterpart there.
    own : set of int
        Cells of the student's that are kept beside the course's; all others are of an old release.
    beside : dict of int to int
        Of own cells that are changed versions of a cell which the course has changed too, the place
        of that cell in the release.
    """

    match: dict[int, int] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    beside: dict[int, int] = field(default_factory=dict)


def merge(mine: NotebookNode, fresh: NotebookNode) -> Merged:
    """Put what a student wrote into a new release of the notebook.

    The course's cells come in its order, with its text; answers, and cells that the student has
    edited although no name protects them, keep the student's. Cells of the student's own stay
    behind the cell they stood behind. Neither argument is changed.

    Parameters
    ----------
    mine : NotebookNode
        The student's notebook, of any earlier release.
    fresh : NotebookNode
        The released notebook.
    """
    plan = _plan(mine, fresh)
    place_of = {there: here for here, there in plan.match.items()}
    before, after = _place_own(mine, fresh, plan)
    cells: list[NotebookNode] = []
    notes: list[str] = []
    for there, released in enumerate(fresh.cells):
        cells += (_own_cell(mine.cells[here]) for here in before[there])
        if there in place_of:
            cells += _combine(mine.cells[place_of[there]], released, notes)
        else:
            cells.append(copy.deepcopy(released))
        cells += (_own_cell(mine.cells[here]) for here in after[there])
    first = (_own_cell(mine.cells[here]) for here in after[-1])
    last = (_own_cell(mine.cells[here]) for here in before[len(fresh.cells)])
    notebook = copy.deepcopy(fresh)
    notebook.cells = _with_single_ids([*first, *cells, *last])
    notebook.metadata.update(copy.deepcopy(mine.metadata))
    notebook.nbformat_minor = max(mine.nbformat_minor, fresh.nbformat_minor, 5)
    notes += _describe_dropped(mine, fresh)
    notes += ["a cell that you had changed has changed in the course too; yours is below it"] * len(
        plan.beside
    )
    return Merged(notebook, tuple(notes))


def _plan(mine: NotebookNode, fresh: NotebookNode) -> _Plan:
    plan = _Plan()
    named = {name: place for place, cell in enumerate(fresh.cells) if (name := _name(cell))}
    copies: dict[str, list[int]] = defaultdict(list)
    free = []
    given = {_name(cell) for cell in mine.cells}
    for place, cell in enumerate(mine.cells):
        name = _name(cell) or (cell.id if cell.id in named and cell.id not in given else "")
        if name in named:
            copies[name].append(place)
        elif not name:
            free.append(place)
        elif not _is_untouched(cell):
            plan.own.add(place)
    for name, places in copies.items():
        released = fresh.cells[named[name]]
        written = [place for place in places if not _is_as_released(mine.cells[place], released)]
        chosen = written[-1] if written and _is_solution(released) else places[0]
        plan.match[chosen] = named[name]
        plan.own.update(place for place in written if place != chosen)
    _match_unnamed(mine, fresh, free, plan)
    _match_answers(mine, fresh, plan)
    _match_changed(mine, fresh, plan)
    return plan


def _match_unnamed(mine: NotebookNode, fresh: NotebookNode, free: list[int], plan: _Plan) -> None:
    """Find the cells without a name again, by their id or else by their text."""
    by_id, by_text = {}, defaultdict(list)
    for place, cell in enumerate(fresh.cells):
        by_text[cell.cell_type, _plain(cell.source)].append(place)
        if not _name(cell):
            by_id[cell.id] = place
    taken = set(plan.match.values())
    for place in free:
        there = by_id.get(mine.cells[place].id)
        if there is not None and there not in taken:
            plan.match[place] = there
            taken.add(there)
    for place in free:
        cell = mine.cells[place]
        if place in plan.match:
            continue
        same = [item for item in by_text[cell.cell_type, _plain(cell.source)] if item not in taken]
        if same:
            plan.match[place] = same[0]
            taken.add(same[0])
        elif not _is_untouched(cell):
            plan.own.add(place)


def _match_answers(mine: NotebookNode, fresh: NotebookNode, plan: _Plan) -> None:
    """Give an answer whose cell has lost its name to the exercise whose function it defines."""
    taken = set(plan.match.values())
    for there, released in enumerate(fresh.cells):
        wanted = _defined(released) if _is_solution(released) else set()
        if there in taken or not wanted:
            continue
        found = [place for place in sorted(plan.own) if wanted <= _defined(mine.cells[place])]
        if found:
            plan.match[found[-1]] = there
            plan.own.discard(found[-1])


def _match_changed(mine: NotebookNode, fresh: NotebookNode, plan: _Plan) -> None:
    """Find the own cells that are much like a cell of the course's, new in this release."""
    taken = set(plan.match.values())
    new = [
        there for there, cell in enumerate(fresh.cells) if there not in taken and not _name(cell)
    ]
    for here in sorted(plan.own):
        given = mine.cells[here]
        for there in new:
            cell = fresh.cells[there]
            if cell.cell_type != given.cell_type or there in plan.beside.values():
                continue
            alike = difflib.SequenceMatcher(None, given.source, cell.source, autojunk=False)
            if alike.quick_ratio() >= ALIKE and alike.ratio() >= ALIKE:
                plan.beside[here] = there
                break


def _place_own(
    mine: NotebookNode, fresh: NotebookNode, plan: _Plan
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Say which own cells stand before and behind which place of the release.

    What stood behind a cell of the course that is gone stands before the next one that is there:
    whatever replaces the lost cell comes first.
    """
    before: dict[int, list[int]] = defaultdict(list)
    after: dict[int, list[int]] = defaultdict(list)
    waiting: list[int] = []
    last, gap = -1, False
    for here in range(len(mine.cells)):
        if here in plan.beside:
            after[plan.beside[here]].append(here)
        elif here in plan.own:
            (waiting if gap else after[last]).append(here)
        elif here in plan.match:
            there = plan.match[here]
            (before[there] if there > last else after[last]).extend(waiting)
            last, waiting, gap = there, [], False
        else:
            gap = True
    before[len(fresh.cells)].extend(waiting)
    return before, after


def _combine(mine: NotebookNode, released: NotebookNode, notes: list[str]) -> list[NotebookNode]:
    """Return a cell of the course's as it is now, with what the student wrote into it."""
    name = _name(released)
    kept = copy.deepcopy(mine)
    kept.id = released.id
    for key in _COURSE_KEYS:
        kept.metadata.pop(key, None)
    kept.metadata.update(copy.deepcopy(released.metadata))
    if mine.cell_type == released.cell_type and _plain(mine.source) == _plain(released.source):
        kept.source = released.source
        return [kept]
    if not name:
        return [kept]
    if _is_as_released(mine, released):
        return [copy.deepcopy(released)]
    if not _is_solution(released):
        notes.append(f"{name}: you had changed this cell of the course; your text is kept below it")
        return [copy.deepcopy(released), _own_cell(mine)]
    if mine.cell_type != released.cell_type:
        notes.append(f"{name}: you had changed the kind of this cell; your text is kept below it")
        return [copy.deepcopy(released), _own_cell(mine)]
    if not _name(mine) or _started_from(mine, released.source):
        return [kept]
    notes.append(f"{name}: the course has changed what you started from; it is shown above yours")
    return [_shown(released, name), kept]


def _shown(released: NotebookNode, name: str) -> NotebookNode:
    """Return a text that shows a new stub: as code it would take the answer's place when run."""
    ticks = "`" * (1 + max([2, *map(len, re.findall(r"`+", released.source))]))
    language = "python" if released.cell_type == "code" else ""
    text = (
        f"**The course has changed the start of `{name}`.** Your answer below is as you left it. "
        f"This is the new start; take over what you need.\n\n{ticks}{language}\n"
        f"{released.source}\n{ticks}"
    )
    shown = nbformat.v4.new_markdown_cell(text)
    shown.id = f"new-{_digest(text)}"
    return shown


def _own_cell(cell: NotebookNode) -> NotebookNode:
    """Return a cell that the student can edit and delete, and that no name binds."""
    own = copy.deepcopy(cell)
    for key in _COURSE_KEYS if _name(cell) else ():
        own.metadata.pop(key, None)
    if _name(cell):
        own.id = f"own-{_digest(cell.source)}"
    return own


def _describe_dropped(mine: NotebookNode, fresh: NotebookNode) -> list[str]:
    there = {_name(cell) for cell in fresh.cells}
    gone = [
        name
        for cell in mine.cells
        if (name := _name(cell)) and name not in there and not _is_untouched(cell)
    ]
    return [f"{name}: the course no longer has this; what you wrote is kept" for name in gone]


def _with_single_ids(cells: list[NotebookNode]) -> list[NotebookNode]:
    taken: set[str] = set()
    for cell in cells:
        wanted, number = cell.id, 2
        while cell.id in taken:
            cell.id, number = f"{wanted[:56]}-{number}", number + 1
        taken.add(cell.id)
    return cells


def _name(cell: NotebookNode) -> str:
    """Return the name that nbgrader knows a cell by; empty if there is none."""
    label = cell.metadata.get("nbgrader")
    name = label.get("grade_id") if isinstance(label, dict) else None
    return name if isinstance(name, str) else ""


def _is_solution(cell: NotebookNode) -> bool:
    return bool(_name(cell) and cell.metadata.nbgrader.get("solution"))


def _is_as_released(mine: NotebookNode, released: NotebookNode) -> bool:
    """Tell whether nothing of the student's is in a named cell."""
    return _is_untouched(mine) or _plain(mine.source) == _plain(released.source)


def _is_untouched(cell: NotebookNode) -> bool:
    """Tell whether a cell is as some release made it."""
    if _name(cell):
        return cell.metadata.nbgrader.get("checksum") == checksum(cell)
    return str(cell.id).split("-")[0] == hashlib.sha256(cell.source.encode()).hexdigest()[:8]


def _started_from(mine: NotebookNode, stub: str) -> bool:
    """Tell whether a named cell was released with this text; the number of points may differ."""
    start = NotebookNode(mine, source=stub)
    return mine.metadata.nbgrader.get("checksum") in (None, checksum(start))


def checksum(cell: NotebookNode) -> str:
    """Return nbgrader's checksum of a cell, which students' computers need not have nbgrader for.

    A test compares it with `nbgrader.utils.compute_checksum`.
    """
    label = cell.metadata.nbgrader
    grade, solution = bool(label.get("grade")), bool(label.get("solution"))
    locked = True if grade and not solution else bool(label.get("locked"))
    parts = [cell.source, cell.cell_type, str(grade), str(solution)]
    parts += [str(locked and not solution), label["grade_id"]]
    with contextlib.suppress(TypeError, ValueError):
        parts += [str(float(label.get("points")))] if grade else []
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def _defined(cell: NotebookNode) -> set[str]:
    """Return the functions and classes that a cell of code defines."""
    if cell.cell_type != "code":
        return set()
    try:
        body = ast.parse(cell.source).body
    except (SyntaxError, ValueError):
        return set(re.findall(r"^(?:def|class)\s+(\w+)", cell.source, re.MULTILINE))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in body if isinstance(node, kinds)}


def _plain(text: str) -> str:
    """Return a text without what editors change at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
