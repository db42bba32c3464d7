"""Which definition counts for an exercise when its names are defined in more cells than its own.

The rule, for each exercise:

1. The last definition above its test counts, as in the student's own kernel.
2. What stands as handed out is no definition: it is not run if the student's own stands above it.
3. If all that the student has written stands below the test, the test is moved below the last.

Whether a definition is right plays no part: writing several earns nothing.
"""

import ast
import copy
import difflib
import importlib.util
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.authoring.cells import name_of
from autograder.submission.bindings import (
    NOT_PYTHON,
    bound_by,
    bound_names,
    lines_of,
    parse_source,
    without_lines,
)
from autograder.submission.landmarks import content_of
from autograder.submission.notes import leave_out
from autograder.submission.recover_metadata import join_names
from autograder.submission.released_cells import (
    TEST_PREFIX,
    ReleasedCell,
    ReleasedUnit,
    UngradedCell,
)


@dataclass(frozen=True)
class _Binding:
    """A statement, in a cell of the student's, that binds a name an exercise asks for."""

    cell: int
    lines: tuple[int, int]
    as_handed_out: bool


def apply_definitions(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Apply the rule in place; return a sentence for each answer in another cell or misnamed."""
    bindings = _bindings(notebook, unit)
    _leave_out_stubs(notebook, bindings)
    cells = list(notebook.cells)
    places = {name_of(cell): index for index, cell in enumerate(cells)}
    elsewhere: dict[tuple[int, ...], list[str]] = {}
    below: dict[int, list[str]] = {}
    for answer in filter(lambda cell: cell.is_answer, unit.cells):
        end = places.get(f"{TEST_PREFIX}{answer.name}", len(cells))
        counting = {
            place
            for name in bound_names(answer.source)
            if (place := _counting(bindings[name], end)) is not None
        }
        last = max(counting, default=0)
        if last > end:
            below.setdefault(last, []).append(answer.name)
        others = tuple(sorted(counting - {places.get(answer.name), last if last > end else None}))
        if others:
            elsewhere.setdefault(others, []).append(answer.name)
    for place, names in below.items():
        tests = [cells[places[f"{TEST_PREFIX}{name}"]] for name in names]
        _move_tests(notebook, tests, cells[place])
    numbers = {id(cell): number for number, cell in enumerate(notebook.cells, 1)}
    return [
        *(
            _describe_place(
                names, [numbers[id(cells[place])] for place in found], "and {} taken from there"
            )
            for found, names in sorted(elsewhere.items())
        ),
        *(
            _describe_place(
                names, [numbers[id(cells[place])]], "below the test, and {} tested there"
            )
            for place, names in sorted(below.items())
        ),
        *_misspelled(notebook, unit, bindings),
    ]


ALIKE = 0.75
"""How alike two names must be, by difflib's ratio, to be taken for a slip: "csot" for "cost"."""


def _misspelled(
    notebook: NotebookNode, unit: ReleasedUnit, bindings: Mapping[str, list[_Binding]]
) -> Iterator[str]:
    """Yield a sentence for each missing answer that a name in a student's cell resembles."""
    known = {name for cell in unit.sequence for name in bound_names(cell.source)} | set(bindings)
    places: dict[str, int] = {}
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code":
            continue
        for node in _statements(cell.source):
            if isinstance(node, _DEFINITIONS) and node.name not in known:
                places[node.name] = number
    spellings = {name.casefold(): name for name in places}
    for name, found in bindings.items():
        if any(not binding.as_handed_out for binding in found):
            continue
        for close in difflib.get_close_matches(name.casefold(), spellings, n=1, cutoff=ALIKE):
            other = spellings[close]
            yield (
                f"no cell defines {name!r}, but cell {places[other]} defines {other!r}: "
                "if that is the answer, it needs the name that is asked for"
            )


def _describe_place(names: list[str], numbers: list[int], what: str) -> str:
    if len(numbers) > 1:
        where = f"cells {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
    else:
        where = f"cell {numbers[0]}"
    if len(names) > 1:
        return f"the answers to {join_names(names)} stand in {where}, {what.format('were')}"
    return f"the answer to {names[0]!r} stands in {where}, {what.format('was')}"


def _move_tests(notebook: NotebookNode, tests: list[NotebookNode], target: NotebookNode) -> None:
    moved = {id(test) for test in tests}
    rest = [cell for cell in notebook.cells if id(cell) not in moved]
    place = next(index for index, cell in enumerate(rest) if cell is target)
    notebook.cells = [*rest[: place + 1], *tests, *rest[place + 1 :]]


def _counting(bindings: list[_Binding], end: int) -> int | None:
    """Return the cell whose definition counts for a test in cell `end`, if any is written."""
    written = [binding.cell for binding in bindings if not binding.as_handed_out]
    above = [place for place in written if place < end]
    return next((places[-1] for places in (above, written) if places), None)


def _leave_out_stubs(notebook: NotebookNode, bindings: Mapping[str, list[_Binding]]) -> None:
    """Do not run a stub that stands below a definition of the student's own, or below a file's."""
    left_out: dict[int, set[tuple[int, int]]] = {}
    unseen = _first_unseen(notebook)
    for found in bindings.values():
        written = False
        for binding in found:
            if binding.as_handed_out and (written or unseen < binding.cell):
                left_out.setdefault(binding.cell, set()).add(binding.lines)
            written = written or not binding.as_handed_out
    for place, lines in left_out.items():
        leave_out(notebook.cells[place], sorted(lines))


def _bindings(notebook: NotebookNode, unit: ReleasedUnit) -> dict[str, list[_Binding]]:
    """Return where each name that an exercise asks for is bound, in the notebook's order."""
    stubs = _Stubs(unit)
    shown = {
        content_of(cell.kind, cell.source)
        for cell in unit.sequence
        if isinstance(cell, UngradedCell)
    }
    answers = {cell.name for cell in unit.cells if cell.is_answer}
    found: dict[str, list[_Binding]] = {name: [] for name in stubs.names}
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or name_of(cell) not in {None, *answers}:
            continue
        if name_of(cell) is None and content_of(cell.cell_type, cell.source) in shown:
            continue
        for statement in _statements(cell.source):
            for name in stubs.names.intersection(bound_by(statement)):
                binding = _Binding(place, lines_of(statement), stubs.holds(statement))
                found[name].append(binding)
    return found


def _first_unseen(notebook: NotebookNode) -> int:
    """Return the first cell that may bind any name, from a file of the student's own."""
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or name_of(cell) is not None:
            continue
        if _RUN_FILE.search(cell.source) or any(map(_imports_all, _statements(cell.source))):
            return place
    return len(notebook.cells)


_RUN_FILE = re.compile(r"^[ \t]*%run[ \t]+\S", re.MULTILINE)


def _imports_all(statement: ast.stmt) -> bool:
    """Tell whether a statement imports whatever a module of the student's own holds."""
    match statement:
        case ast.ImportFrom(module=str(module), names=[ast.alias("*")], level=0):
            try:
                return importlib.util.find_spec(module.split(".")[0]) is None
            except ValueError:  # a module that was not imported from a file, such as __main__
                return False
    return False


class _Stubs:
    """What a unit's answer cells hold when they are handed out.

    Attributes
    ----------
    names : frozenset of str
        The names that its exercises ask for.
    """

    def __init__(self, unit: ReleasedUnit) -> None:
        answers = [cell for cell in unit.cells if cell.is_answer]
        statements = [node for cell in answers for node in _statements(cell.source)]
        self.names = frozenset(name for node in statements for name in bound_by(node))
        self._contents = frozenset(filter(None, map(_content, statements)))

    def holds(self, statement: ast.stmt) -> bool:
        """Tell whether a statement is as handed out, but for its docstrings, or only says so."""
        return _always_raises(statement) or _content(statement) in self._contents


def _statements(source: str) -> list[ast.stmt]:
    try:
        return parse_source(source).body
    except NOT_PYTHON:
        return []


def _content(statement: ast.stmt) -> str:
    """Return what a statement does, without docstrings; empty if it is nested too deeply."""
    try:
        bare = copy.deepcopy(statement)
        for node in ast.walk(bare):
            if isinstance(node, _DEFINITIONS) and ast.get_docstring(node, clean=False) is not None:
                node.body = node.body[1:]
        return ast.dump(bare)
    except RecursionError:
        return ""


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_AT_ONCE = (ast.Assign, ast.AnnAssign, ast.Expr, ast.Pass, ast.Import, ast.ImportFrom)
"""Statements that neither branch nor return."""


def _always_raises(statement: ast.stmt) -> bool:
    """Tell whether a function raises NotImplementedError before it can branch or return."""
    if not isinstance(statement, ast.FunctionDef):
        return False
    for node in statement.body:
        match node:
            case ast.Raise(exc=ast.Name("NotImplementedError")):
                return True
            case ast.Raise(exc=ast.Call(func=ast.Name("NotImplementedError"))):
                return True
        if not isinstance(node, _AT_ONCE):
            return False
    return False


def rescue(text: str, released: ReleasedCell, unit: ReleasedUnit) -> NotebookNode | None:
    """Return a cell with what a student has defined in a locked cell; None if that is nothing.

    Parameters
    ----------
    text : str
        The locked cell's text as it was handed in.
    released : ReleasedCell
    unit : ReleasedUnit
    """
    stubs = _Stubs(unit)
    known = {_content(node) for node in _statements(released.source)}
    foreign = [node for node in _statements(text) if _content(node) not in known]
    if not any(
        stubs.names.intersection(bound_by(node)) and not stubs.holds(node) for node in foreign
    ):
        return None
    rest = [node for node in _statements(text) if _content(node) in known]
    return new_code_cell(without_lines(text, map(lines_of, rest)).strip("\n"))
