"""Where a cell runs, and which names it binds, by its metadata and its text."""

import ast
import enum
import functools

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution


class Role(enum.Enum):
    """Where a cell runs."""

    NOWHERE = "nowhere"
    CANDIDATE = "candidate"
    BOTH = "both"
    EXAMINER = "examiner"


def role(cell: NotebookNode) -> Role:
    """Return where a cell runs, after nbgrader has restored its metadata and locked text.

    A test runs in the examiner only. A locked cell runs in both: the student's code needs what it
    defines, and the tests must not take that from the student. Every other cell runs in the
    candidate. Tags are ignored: a student can set them.
    """
    if cell.cell_type != "code" or not cell.source.strip():
        return Role.NOWHERE
    if is_grade(cell) and not is_solution(cell):
        return Role.EXAMINER
    return Role.BOTH if is_locked(cell) else Role.CANDIDATE


def is_test(cell: NotebookNode) -> bool:
    """Tell whether points depend on a code cell's outputs."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


@functools.lru_cache(maxsize=1024)  # locked cells are the same in a whole class
def bound_names(source: str) -> tuple[str, ...]:
    """Return the names that a cell binds at its top level; none if it is not Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    names: set[str] = set()
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
                continue
            case ast.Lambda():
                continue
            case ast.Name(ctx=ast.Store()):
                names.add(node.id)
            case ast.alias():
                names.add((node.asname or node.name).split(".")[0])
        pending.extend(ast.iter_child_nodes(node))
    return tuple(sorted(names))
