"""Changes of arithmetic, comparisons and constants."""

import ast

from autograder.selftest.mutation.trees import AnswerTree, Changes

OTHER_OPERATOR: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
STRICTER_OR_TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SMALL = 0.01
"""Constants below are steps and tolerances: twice as large changes nothing that matters."""


def operators(answer: AnswerTree) -> Changes:
    """Exchange an operator, drop an operand, exchange the operands."""
    for node in answer.nodes(ast.BinOp):
        if _is_seed(node):
            continue
        yield node, ast.BinOp(node.left, OTHER_OPERATOR[type(node.op)](), node.right)
        if isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div | ast.Pow):
            yield node, node.left
        if isinstance(node.op, ast.Add | ast.Sub | ast.Mult):
            yield node, node.right
        if isinstance(node.op, ast.Sub) and _without_sign(answer.parents[node]):
            continue
        if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult):
            yield node, ast.BinOp(node.right, node.op, node.left)
    for node in answer.nodes(ast.AugAssign):
        yield node, ast.AugAssign(node.target, OTHER_OPERATOR[type(node.op)](), node.value)
        yield node, ast.Assign([node.target], node.value)
    for node in answer.nodes(ast.UnaryOp):
        if not (isinstance(node.operand, ast.Constant) and isinstance(node.op, ast.USub)):
            yield node, node.operand


def _is_seed(node: ast.AST) -> bool:
    """Tell whether an expression is the range of a seed, 2**32 or 2**31: any large one will do."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Pow)
        and all(isinstance(part, ast.Constant) for part in (node.left, node.right))
        and ast.unparse(node.right) in ("31", "32", "63", "64")
    )


def _without_sign(around: ast.AST) -> bool:
    """Tell whether an expression squares what is in it, or takes its size."""
    if isinstance(around, ast.BinOp) and isinstance(around.op, ast.Pow):
        return ast.unparse(around.right) == "2"
    called = ast.unparse(around.func) if isinstance(around, ast.Call) else ""
    return called.rpartition(".")[2] in ("abs", "square", "norm", "fabs")


def comparisons(answer: AnswerTree) -> Changes:
    """Turn a comparison, take or leave the equal case, drop a condition.

    Between a number drawn at random and a probability, the equal case has no probability: it is
    left alone.
    """
    for node in answer.nodes(ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in STRICTER_OR_TURNED[type(operator)]:
                if {type(operator), other} in STRICTNESS and _is_drawn(node):
                    continue
                yield node, _compare(node, place, other)
    for node in answer.nodes(ast.BoolOp):
        turned = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield node, ast.BoolOp(turned, node.values)
        for place in range(len(node.values)):
            left = node.values[:place] + node.values[place + 1 :]
            yield node, left[0] if len(left) == 1 else ast.BoolOp(node.op, left)


STRICTNESS: tuple[set[type[ast.cmpop]], ...] = ({ast.Lt, ast.LtE}, {ast.Gt, ast.GtE})


def _compare(node: ast.Compare, place: int, operator: type[ast.cmpop]) -> ast.Compare:
    changed = [*node.ops[:place], operator(), *node.ops[place + 1 :]]
    return ast.Compare(node.left, changed, node.comparators)


def _is_drawn(node: ast.AST) -> bool:
    return any(
        isinstance(inner, ast.Name) and inner.id in ("rng", "chance") for inner in ast.walk(node)
    )


def constants(answer: AnswerTree) -> Changes:
    """Change a number by one or by a factor, a truth value, or a word for another of the answer."""
    words = sorted({node.value for node in answer.nodes(ast.Constant) if _is_word(node)})
    for node in answer.nodes(ast.Constant):
        around = answer.parents[node]
        negative = isinstance(around, ast.UnaryOp) and isinstance(around.op, ast.USub)
        if _is_seed(around):
            continue
        if isinstance(node.value, bool):
            yield node, ast.Constant(not node.value)
        elif isinstance(node.value, int | float):
            value = -node.value if negative else node.value
            for other in _other_numbers(value):
                yield (around if negative else node), ast.Constant(other)
        elif _is_word(node) and len(words) > 1:
            yield node, ast.Constant(words[(words.index(node.value) + 1) % len(words)])


def _is_word(node: ast.Constant) -> bool:
    return isinstance(node.value, str)


def _other_numbers(value: float) -> list[float]:
    if value == int(value):
        return [value + 1, value - 1]
    return [value * 1000] if abs(value) < SMALL else [value * 2, value / 2]
