"""Which cells points depend on: what a notebook only shows to its reader is not run again.

Most of a notebook's time goes to demonstrations: figures, explorables, training for the sake of
seeing it, and the data they show. A cell that stands as it was released, and neither answers nor
tests, is left out, unless it binds a name that a cell which is run takes from the notebook. What a
student has written or changed is run. Where names may be reached in ways that no text shows, all is
run.
"""

import ast
import functools
import json
import re
import symtable
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

from autograder import paths
from autograder.exam.roles import bound_names

DYNAMIC_NAMES = re.compile(
    r"globals|locals|vars|dir|eval|exec|get_ipython|__import__|import_module"
    r"|In|Out|_ih|_oh|_+|_i+|_i?\d+"
)
"""Names by which others are reached without being written."""

DYNAMIC_ATTRIBUTES = re.compile(
    r"__main__|__globals__|__builtins__|f_globals|f_locals|modules|user_ns"
)
"""Modules and attributes by which they are."""


@dataclass(frozen=True)
class Names:
    """What a cell takes from a notebook's names and adds to them.

    Attributes
    ----------
    read, bound : frozenset of str
    sideways : bool
        Whether it may read others.
    """

    read: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    dynamic_access: bool = False


ANY = Names(dynamic_access=True)

MAX_LENGTH = 100_000
"""Characters of a cell that is looked into: no person writes more, and it takes memory."""


def cells_to_run(cells: Sequence[NotebookNode]) -> frozenset[int]:
    """Return the indices of the code cells to run, of a notebook that nbgrader has sanitized."""
    texts = released()
    code = {index: cell for index, cell in enumerate(cells) if cell.cell_type == "code"}
    display_only = {index for index, cell in code.items() if _only_shows(cell, texts)}
    names = {index: names_of(cell.source) for index, cell in code.items()}
    run = code.keys() - display_only
    if any(names[index].dynamic_access for index in run):
        return frozenset(code)
    # What is locked no cell of the course's changes.
    shown = _union(names[index].bound for index in display_only if not is_locked(code[index]))
    while True:
        read = _union(names[index].read for index in run)
        # What a spare cell does to a value that another makes is needed with that value.
        more = {
            index
            for index in display_only - run
            if names[index].bound & read or names[index].read & read & shown
        }
        if not more:
            return frozenset(run)
        run |= more


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _only_shows(cell: NotebookNode, texts: frozenset[str]) -> bool:
    """Tell whether a cell is one of the course's that answers and tests nothing.

    A locked one that binds no name is there for what it does.
    """
    kept = is_solution(cell) or is_grade(cell) or (is_locked(cell) and not bound_names(cell.source))
    return not kept and cell.source.strip() in texts


def released() -> frozenset[str]:
    """Return the texts of the code cells of all released notebooks."""
    files = sorted(paths.RELEASED.glob("*/*.ipynb"))
    return _texts(tuple((path, path.stat().st_mtime_ns) for path in files))


@functools.lru_cache(maxsize=1)
def _texts(files: tuple[tuple[Path, int], ...]) -> frozenset[str]:
    return frozenset(
        "".join(cell["source"]).strip()
        for path, _ in files
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    )


def names_of(text: str) -> Names:
    """Return the names of a cell; one that is not Python alone (a magic, a slip) reads any."""
    try:
        return _names_of(text) if len(text) <= MAX_LENGTH else ANY
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ANY


@functools.lru_cache(maxsize=4096)  # most cells are the same in a whole class
def _names_of(text: str) -> Names:
    tree = ast.parse(text)
    read = {*_read(symtable.symtable(text, "cell", "exec")), *_changed(tree.body)}
    written = {word for node in ast.walk(tree) for word in _words(node)}
    dynamic_access = any(map(DYNAMIC_NAMES.fullmatch, read)) or any(
        map(DYNAMIC_ATTRIBUTES.fullmatch, written)
    )
    return Names(frozenset(read), frozenset(bound_names(text)), dynamic_access)


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield what is looked up among the notebook's names."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        looked_up = symbol.is_referenced() and (top or symbol.is_global())
        if looked_up or symbol.is_declared_global():
            yield symbol.get_name()
    for child in table.get_children():
        yield from _read(child)


def _changed(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield what must have been there to be changed or deleted, functions left aside."""
    for node in nodes:
        match node:
            case ast.AugAssign(target=ast.Name(name)) | ast.Name(name, ast.Del()):
                yield name
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _changed(ast.iter_child_nodes(node))


def _words(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute():
            yield node.attr
        case ast.alias():
            yield node.name
