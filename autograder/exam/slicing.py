"""A backward slice over names: the cells that points depend on; display cells are not run again.

Most of a notebook's time goes to demonstrations: figures, explorables, training to look at, and the
data they show. A released cell that is unchanged, and is neither an answer nor a test, is skipped
unless it binds a name that a cell to run reads. Every cell that a student has written or changed is
run. If any cell to run may reach names that its text does not show, all cells are run.
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
from autograder.submission.bindings import MAX_CELL_LENGTH, NOT_PYTHON, bound_names

DYNAMIC_NAMES = re.compile(
    r"globals|locals|vars|dir|eval|exec|get_ipython|__import__|import_module"
    r"|In|Out|_ih|_oh|_+|_i+|_i?\d+"
)
"""Names by which code reaches other names that its text does not contain."""

DYNAMIC_ATTRIBUTES = re.compile(
    r"__main__|__globals__|__builtins__|f_globals|f_locals|modules|user_ns"
)
"""Modules and attributes by which it does."""


@dataclass(frozen=True)
class Names:
    """The names of a notebook that a cell reads and binds.

    Attributes
    ----------
    read, bound : frozenset of str
    dynamic_access : bool
        Whether it may read others as well.
    """

    read: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    dynamic_access: bool = False


ANY_NAME = Names(dynamic_access=True)


def cells_to_run(cells: Sequence[NotebookNode]) -> frozenset[int]:
    """Return the indices of the code cells to run, of a notebook that nbgrader has sanitized."""
    texts = released_texts()
    code = {index: cell for index, cell in enumerate(cells) if cell.cell_type == "code"}
    display_only = {index for index, cell in code.items() if _is_display_only(cell, texts)}
    names = {index: names_of(cell.source) for index, cell in code.items()}
    run = code.keys() - display_only
    if any(names[index].dynamic_access for index in run):
        return frozenset(code)
    # No released cell changes a name bound by a locked cell.
    shown = _union(names[index].bound for index in display_only if not is_locked(code[index]))
    while True:
        read = _union(names[index].read for index in run)
        # A display cell that mutates a needed value must run too.
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


def _is_display_only(cell: NotebookNode, texts: frozenset[str]) -> bool:
    """Tell whether a cell stands as released and is neither an answer nor a test.

    A locked cell that binds no name is run for its effect.
    """
    kept = is_solution(cell) or is_grade(cell) or (is_locked(cell) and not bound_names(cell.source))
    return not kept and cell.source.strip() in texts


def released_texts() -> frozenset[str]:
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
    """Return the names of a cell; one that cannot be parsed (a magic, a typo) may read any."""
    try:
        return _names_of(text) if len(text) <= MAX_CELL_LENGTH else ANY_NAME
    except NOT_PYTHON:
        return ANY_NAME


@functools.lru_cache(maxsize=4096)  # most cells are the same in a whole class
def _names_of(text: str) -> Names:
    tree = ast.parse(text)
    rebound = set(_rebound(tree.body))
    written = {word for node in ast.walk(tree) for word in _attributes(node)}
    as_generators = ast.unparse(_AsGenerators().visit(tree))
    read = rebound.union(_global_names(symtable.symtable(as_generators, "cell", "exec")))
    dynamic_access = any(map(DYNAMIC_NAMES.fullmatch, read)) or any(
        map(DYNAMIC_ATTRIBUTES.fullmatch, written)
    )
    return Names(frozenset(read), frozenset(bound_names(text)), dynamic_access)


class _AsGenerators(ast.NodeTransformer):
    """Turns comprehensions into generators, which have their own table of names in any Python."""

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        return self._generator(node, node.elt)

    def visit_SetComp(self, node: ast.SetComp) -> ast.AST:
        return self._generator(node, node.elt)

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        return self._generator(node, ast.Tuple([node.key, node.value], ast.Load()))

    def _generator(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp, element: ast.expr
    ) -> ast.AST:
        return self.generic_visit(ast.GeneratorExp(element, node.generators))


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the names that are looked up in the notebook's namespace."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        looked_up = symbol.is_referenced() and (top or symbol.is_global())
        if looked_up or symbol.is_declared_global():
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names(child)


def _rebound(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that are changed or deleted outside of functions, so must exist before."""
    for node in nodes:
        match node:
            case ast.AugAssign(target=ast.Name(name)) | ast.Name(name, ast.Del()):
                yield name
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _rebound(ast.iter_child_nodes(node))


def _attributes(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute():
            yield node.attr
        case ast.alias():
            yield node.name
