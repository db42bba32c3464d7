"""The names that a cell binds, and its text without some of its lines."""

import ast
import functools
import re
from collections.abc import Iterable, Iterator

MAX_CELL_LENGTH = 100_000
"""Characters up to which a cell is parsed: nobody writes more, and parsing takes memory."""

NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What parsing a student's text may raise."""

_IN_THE_NOTEBOOK = re.compile(r"\s*%%(?:time|capture|prun|debug)\b.*")
"""Cell magics that run the lines below them as if they stood alone."""

_LINE_MAGIC = re.compile(
    r"(?P<indent>\s*)(?P<target>[\w\s,.*\[\]()]+=\s*)?[!%](?!=).*|[^\s#].*\?\s*"
)


def python_of(source: str) -> str:
    """Return a cell's text as Python, line by line: IPython's own lines bind a name or nothing."""
    lines = _dedent(source.split("\n"))
    for place, line in enumerate(lines):
        if not _IN_THE_NOTEBOOK.fullmatch(line):
            if line.strip():
                break
            continue
        lines[place] = ""
    goes_on = False
    for place, line in enumerate(lines):
        magic = _LINE_MAGIC.fullmatch(line)
        if goes_on or not line.strip():
            lines[place] = ""
        elif magic:
            lines[place] = (magic["indent"] or "") + (
                f"{magic['target']}None" if magic["target"] else "pass"
            )
        else:
            continue
        goes_on = line.endswith("\\")
    return "\n".join(lines)


def _dedent(lines: list[str]) -> list[str]:
    """Take off the first line's indentation, as IPython does."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines]


def parse_source(source: str) -> ast.Module:
    """Parse a cell, with IPython's own lines left out.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        If the cell is not Python, or too long to look into.
    """
    if len(source) > MAX_CELL_LENGTH:
        raise ValueError(f"a cell of {len(source)} characters")
    try:
        return ast.parse(source)
    except SyntaxError:
        if source.lstrip().startswith("%%") and not _IN_THE_NOTEBOOK.match(source):
            raise  # its lines are another program's
        return ast.parse(python_of(source))


@functools.lru_cache(maxsize=4096)  # most cells are the same in a whole class
def bound_names(source: str) -> tuple[str, ...]:
    """Return the names that a cell binds at its top level; none if it is not Python."""
    try:
        return tuple(
            sorted({name for node in parse_source(source).body for name in bound_by(node)})
        )
    except NOT_PYTHON:
        return ()


def bound_by(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds, where it stands at a cell's top level."""
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
                continue
            case ast.Lambda():
                continue
            case ast.Name(ctx=ast.Store()):
                yield node.id
            case ast.alias():
                yield (node.asname or node.name).split(".")[0]
        pending.extend(ast.iter_child_nodes(node))


def lines_of(statement: ast.stmt) -> tuple[int, int]:
    """Return the first and the last line of a statement, with its decorators."""
    decorators = getattr(statement, "decorator_list", [])
    first = min(node.lineno for node in (statement, *decorators))
    return first, statement.end_lineno or first


def without_lines(source: str, left_out: Iterable[tuple[int, int]]) -> str:
    """Return a cell's text with empty lines in place of some.

    The others keep their numbers, so that an error is shown where it stands.
    """
    lines = source.split("\n")
    for first, last in left_out:
        lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(lines)
