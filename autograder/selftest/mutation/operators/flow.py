"""Changes of the course of events: dropped and moved statements, conditions, loops."""

import ast

from autograder.selftest.mutation.trees import AnswerTree, Changes, several

Loop = ast.For | ast.While


def statements(answer: AnswerTree) -> Changes:
    """Drop a statement."""
    for node in answer.statements():
        if isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom | ast.Pass | ast.Raise):
            continue
        if isinstance(node, ast.Return) and _is_last(answer, node):
            continue
        if answer.is_guard(node) and not answer.first:
            continue
        yield node, ast.Pass()


def _is_last(answer: AnswerTree, node: ast.stmt) -> bool:
    function = answer.parents[node]
    return isinstance(function, ast.FunctionDef) and function.body[-1] is node


def conditions(answer: AnswerTree) -> Changes:
    """Take always one branch, whatever the condition says."""
    for node in answer.nodes(ast.If):
        yield node.test, ast.Constant(True)
        yield node.test, ast.Constant(False)
    for node in answer.nodes(ast.IfExp):
        yield node, node.body
        yield node, node.orelse
    for node in answer.nodes(ast.comprehension):
        for place in range(len(node.ifs)):
            rest = node.ifs[:place] + node.ifs[place + 1 :]
            yield node, ast.comprehension(node.target, node.iter, rest, node.is_async)


def loops(answer: AnswerTree) -> Changes:
    """Go round once only; do once what belongs to every round; do in every round what follows."""
    for node in answer.nodes(ast.For, ast.While):
        yield node, _with_body(node, [*node.body, ast.Break()])
        for place, inner in enumerate(node.body):
            if isinstance(inner, ast.Assign | ast.Expr) and len(node.body) > 1:
                rest = node.body[:place] + node.body[place + 1 :]
                yield node, several(inner, _with_body(node, rest))
        if len(node.body) > 1:
            yield node, several(_with_body(node, node.body[:-1]), node.body[-1])
        following = _following(answer, node)
        if isinstance(following, ast.Return):
            yield node, _with_body(node, [*node.body, following])


def _with_body(node: Loop, body: list[ast.stmt]) -> Loop:
    if isinstance(node, ast.For):
        return ast.For(node.target, node.iter, body, node.orelse)
    return ast.While(node.test, body, node.orelse)


def _following(answer: AnswerTree, node: ast.stmt) -> ast.stmt | None:
    around = answer.parents[node]
    for block in (getattr(around, name, None) for name in ("body", "orelse")):
        if isinstance(block, list) and node in block and node is not block[-1]:
            return block[block.index(node) + 1]
    return None
