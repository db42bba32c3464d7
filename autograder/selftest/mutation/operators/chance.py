"""Changes of chance: shuffled or sorted only in part, a generator of the answer's own."""

import ast

from autograder.selftest.mutation.trees import (
    AnswerTree,
    Changes,
    expression,
    several,
    statement,
)

SHUFFLES = ("unshuffled", "rolled", "half_shuffled", "last_stays")
GENERATORS = ("np.random.default_rng(0)", "np.random.default_rng()")


def shuffles(answer: AnswerTree) -> Changes:
    """Shuffle in part, or draw rows more than once."""
    for node in answer.nodes(ast.Call):
        if not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr == "permutation":
            for slip in SHUFFLES:
                yield node, expression(f"{slip}(order)", order=node)
            yield node, expression("unshuffled(order)[::-1]", order=node)
            rng = node.func.value
            yield node, expression("with_repeats(order, rng)", order=node, rng=rng)
        elif node.func.attr == "shuffle" and node.args:
            yield from _in_place(answer, node)


def _in_place(answer: AnswerTree, node: ast.Call) -> Changes:
    around = answer.parents[node]
    if not isinstance(around, ast.Expr):
        return
    rows, rng = ast.unparse(node.args[0]), ast.unparse(node.func)
    for part in ("1:", ":-1", f":len({rows}) // 2"):
        yield around, statement(f"{rows}[{part}] = {rng[:-8]}.permutation({rows}[{part}])")
    yield around, statement(f"{rows}[:] = {rows}[::-1]")


def sorts(answer: AnswerTree) -> Changes:
    """Sort all but the last."""
    for node in answer.nodes(ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if isinstance(node.func, ast.Name):
            name = node.func.id
        if name in ("sort", "sorted") and len(node.args) == 1:
            part = expression("list(x)[:-1]", x=node.args[0])
            rest = expression("list(x)[-1:]", x=node.args[0])
            fewer = ast.Call(node.func, [part], node.keywords)
            yield node, expression("[*fewer, *rest]", fewer=fewer, rest=rest)
        elif name == "argsort":
            yield node, expression("half_shuffled(order)", order=node)


def generators(answer: AnswerTree) -> Changes:
    """Draw from a generator of the answer's own, the same at every call or another one."""
    for function in answer.functions_defined():
        if any(argument.arg == "rng" for argument in function.args.args):
            first = answer.first_after_guards(function)
            for own in GENERATORS:
                yield first, several(statement(f"rng = {own}"), first)
    for node in answer.nodes(ast.Name):
        if node.id == "rng" and isinstance(node.ctx, ast.Load):
            for own in GENERATORS:
                yield node, expression(own)
