"""Changes of places: indices, axes, slices, ranges."""

import ast
from collections.abc import Iterator

from autograder.selftest.mutation.trees import AnswerTree, Changes, expression


def indices(answer: AnswerTree) -> Changes:
    """Take the next place or the one before."""
    for node in answer.nodes(ast.Subscript):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        for part in parts:
            if isinstance(part, ast.Name | ast.BinOp):
                yield part, expression("i + 1", i=part)
                yield part, expression("i - 1", i=part)


def axes(answer: AnswerTree) -> Changes:
    """Take another axis, leave an option out, leave out a transposition."""
    for node in answer.nodes(ast.Call):
        for keyword in node.keywords:
            if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
                yield keyword.value, ast.Constant(1 if keyword.value.value in (0, -1) else 0)
            if keyword.arg:
                rest = [other for other in node.keywords if other is not keyword]
                yield node, ast.Call(node.func, node.args, rest)
    for node in answer.nodes(ast.Attribute):
        if node.attr == "T":
            yield node, node.value
    for node in answer.nodes(ast.Subscript):
        if isinstance(node.slice, ast.Tuple) and any(map(_is_new_axis, node.slice.elts)):
            turned = ast.Tuple(node.slice.elts[::-1], ast.Load())
            yield node, ast.Subscript(node.value, turned, node.ctx)


def _is_new_axis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def slices(answer: AnswerTree) -> Changes:
    """Begin or end a slice one place earlier or later, or do not cut at all."""
    for node in answer.nodes(ast.Slice):
        for lower in _ends(node.lower, expression("1")):
            yield node, ast.Slice(lower, node.upper, node.step)
        for upper in _ends(node.upper, expression("-1")):
            yield node, ast.Slice(node.lower, upper, node.step)
        if node.step:
            yield node, ast.Slice(node.lower, node.upper, None)


def _ends(end: ast.expr | None, if_open: ast.expr) -> Iterator[ast.expr | None]:
    if end is None:
        yield if_open
        return
    yield None
    if not isinstance(end, ast.Constant | ast.UnaryOp):  # numbers are changed as constants
        yield expression("i + 1", i=end)
        yield expression("i - 1", i=end)


def ranges(answer: AnswerTree) -> Changes:
    """Leave out the first or the last of a loop, or go one too far."""
    for node in answer.nodes(ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id == "range":
            yield from _range(node)
    for node in answer.nodes(ast.For, ast.comprehension):
        if not (isinstance(node.iter, ast.Call) and _name(node.iter.func) == "range"):
            yield node.iter, expression("list(x)[1:]", x=node.iter)
            yield node.iter, expression("list(x)[:-1]", x=node.iter)


def _range(node: ast.Call) -> Changes:
    start = node.args[0] if len(node.args) > 1 else expression("0")
    stop, step = node.args[min(1, len(node.args) - 1)], node.args[2:]
    for other in (expression("i - 1", i=stop), expression("i + 1", i=stop)):
        yield node, ast.Call(node.func, [*node.args[:1][: len(node.args) - 1], other, *step], [])
    later = ast.Constant(1) if len(node.args) == 1 else expression("i + 1", i=start)
    yield node, ast.Call(node.func, [later, stop, *step], [])
    if step:
        yield node, ast.Call(node.func, [start, stop], [])


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""
