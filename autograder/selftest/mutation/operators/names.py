"""Changes of names: one variable for another, one function for another, arguments exchanged."""

import ast
from collections.abc import Sequence

from autograder.selftest.mutation.trees import AnswerTree, Changes, FunctionNode

PAIRS = (
    ("sum", "mean"),
    ("max", "min"),
    ("maximum", "minimum"),
    ("argmax", "argmin"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("floor", "ceil"),
    ("any", "all"),
    ("sin", "cos"),
    ("std", "var"),
    ("mean", "median"),
    ("round", "floor"),
    ("round", "int"),
    ("rint", "floor"),
    ("triu", "tril"),
    ("repeat", "tile"),
    ("exp", "expm1"),
    ("log1p", "log"),
    ("inner", "outer"),
)
CONVERSIONS = {"float", "list", "tuple", "bool", "asarray", "array", "tolist", "item"}
"""Calls that change the type at most; dropping them changes no number."""

SYMMETRIC = {"min", "max", "minimum", "maximum", "add", "multiply", "logaddexp", "isclose"}
"""Functions whose arguments may be exchanged."""


def variables(answer: AnswerTree) -> Changes:
    """Use the variable that is bound before, or after, in place of the right one."""
    for function in answer.functions_defined():
        known = _bound(function)
        for node in answer.nodes(ast.Name):
            inside = answer.function_around(node) is function
            if not inside or not isinstance(node.ctx, ast.Load) or node.id not in known:
                continue
            place = known.index(node.id)
            for other in {known[place - 1], known[(place + 1) % len(known)]} - {node.id}:
                if _is_length(answer, node) and _as_long(answer, function, node.id, other):
                    continue
                yield node, ast.Name(other, ast.Load())


def _is_length(answer: AnswerTree, node: ast.Name) -> bool:
    """Tell whether a variable is asked for its length alone."""
    around = answer.parents[node]
    if isinstance(around, ast.Call):
        return isinstance(around.func, ast.Name) and around.func.id == "len"
    return isinstance(around, ast.Attribute) and around.attr in ("shape", "size")


def _as_long(answer: AnswerTree, function: FunctionNode, one: str, other: str) -> bool:
    """Tell whether the docstring gives two arrays the same first length."""
    shapes = (answer.shape_of(function.name, name) for name in (one, other))
    first, second = (shape.strip("()").partition(",")[0] for shape in shapes)
    return first == second and first not in ("", "array")


def _bound(function: FunctionNode) -> list[str]:
    names = [argument.arg for argument in ast.walk(function.args) if isinstance(argument, ast.arg)]
    stored = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    stored.sort(key=lambda node: (node.lineno, node.col_offset))
    names += [node.id for node in stored]
    return [name for name in dict.fromkeys(names) if name != "_"]


def order(answer: AnswerTree) -> Changes:
    """Exchange neighbours among arguments and in tuples."""
    for node in answer.nodes(ast.Call):
        if _called(node) in SYMMETRIC:
            continue
        for exchanged in _exchanged(node.args):
            yield node, ast.Call(node.func, exchanged, node.keywords)
    for node in answer.nodes(ast.Tuple):
        around = answer.parents[node]
        if isinstance(node.ctx, ast.Load) and not isinstance(around, ast.Subscript):
            for exchanged in _exchanged(node.elts):
                yield node, ast.Tuple(exchanged, ast.Load())


def _exchanged(items: Sequence[ast.expr]) -> list[list[ast.expr]]:
    return [
        [*items[:i], items[i + 1], items[i], *items[i + 2 :]]
        for i in range(len(items) - 1)
        if ast.dump(items[i]) != ast.dump(items[i + 1])
    ]


def functions(answer: AnswerTree) -> Changes:
    """Call a related function, or leave a call out and take its argument."""
    for node in answer.nodes(ast.Call):
        name = _called(node)
        if name == "int" and "rng." in ast.unparse(node):  # a whole number already
            continue
        for pair in PAIRS:
            if name in pair:
                other = pair[1 - pair.index(name)]
                yield node, ast.Call(_renamed(node.func, other), node.args, node.keywords)
        if name in CONVERSIONS:
            continue
        if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred | ast.GeneratorExp):
            yield node, node.args[0]
        elif not node.args and isinstance(node.func, ast.Attribute):
            yield node, node.func.value


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _renamed(function: ast.expr, name: str) -> ast.expr:
    if isinstance(function, ast.Attribute):
        return ast.Attribute(function.value, name, ast.Load())
    return ast.Name(name, ast.Load())
