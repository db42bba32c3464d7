"""Changes of what is returned or shared: narrowed numbers, missing copies."""

import ast

from autograder.selftest.mutation.trees import AnswerTree, Changes, FunctionNode, expression

MAKERS = {"zeros", "ones", "empty", "full", "zeros_like", "ones_like", "array"}


def number_types(answer: AnswerTree) -> Changes:
    """Return whole or half-precision numbers, or collect results in a table of whole ones.

    Where right results are whole numbers this changes nothing, and no such mutant is made.
    """
    if answer.whole_results:
        return
    for node in answer.nodes(ast.Return):
        function = answer.function_around(node)
        if node.value is None or function is None or function.name not in answer.functions:
            continue
        parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        for part in parts:
            yield part, expression("whole(value)", value=part)
            yield part, expression("half_precision(value)", value=part)
    for node in answer.nodes(ast.Call):
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in MAKERS
            and _is_filled(answer, node)
        ):
            others = [keyword for keyword in node.keywords if keyword.arg != "dtype"]
            whole = ast.keyword("dtype", ast.Name("int", ast.Load()))
            yield node, ast.Call(node.func, node.args, [*others, whole])


def _is_filled(answer: AnswerTree, table: ast.Call) -> bool:
    """Tell whether numbers are written into a table that is made here; else its type is free."""
    function, around = answer.function_around(table), answer.parents[table]
    if isinstance(around, ast.Tuple):
        around = answer.parents[around]
    if function is None or not isinstance(around, ast.Assign):
        return False
    names = {node.id for node in ast.walk(around.targets[0]) if isinstance(node, ast.Name)}
    for node in ast.walk(function):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AugAssign):
            targets = [node.target]
        for target in targets:
            written = isinstance(target, ast.Subscript) or isinstance(node, ast.AugAssign)
            inner = target.value if isinstance(target, ast.Subscript) else target
            if written and isinstance(inner, ast.Name) and inner.id in names:
                return True
    return False


def copies(answer: AnswerTree) -> Changes:
    """Leave out a copy; change in place what the caller, or a list, holds too."""
    for node in answer.nodes(ast.Call):
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr == "array"
            and _is_given(answer, node)
        ):
            plain = ast.Attribute(node.func.value, "asarray", ast.Load())
            yield node, ast.Call(plain, node.args, node.keywords)
    for node in answer.nodes(ast.Assign):
        function = answer.function_around(node)
        target = node.targets[0]
        if function is None or not isinstance(target, ast.Name):
            continue
        value = node.value
        if (
            isinstance(value, ast.BinOp)
            and isinstance(value.left, ast.Name)
            and value.left.id == target.id
            and _is_shared(function, target.id)
        ):
            yield node, ast.AugAssign(ast.Name(target.id, ast.Store()), value.op, value.right)


def _is_given(answer: AnswerTree, call: ast.Call) -> bool:
    """Tell whether the first argument of a call is a parameter, which the caller holds too."""
    function = answer.function_around(call)
    if function is None or not call.args or not isinstance(call.args[0], ast.Name):
        return False
    return call.args[0].id in {argument.arg for argument in function.args.args}


def _is_shared(function: FunctionNode, name: str) -> bool:
    """Tell whether others may hold what a variable holds: the caller, or a list."""
    if any(argument.arg == name for argument in function.args.args):
        return True
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("append", "insert")
        and any(isinstance(item, ast.Name) and item.id == name for item in node.args)
        for node in ast.walk(function)
    )
