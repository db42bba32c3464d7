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
        if isinstance(node.func, ast.Attribute) and node.func.attr in MAKERS:
            others = [keyword for keyword in node.keywords if keyword.arg != "dtype"]
            whole = ast.keyword("dtype", ast.Name("int", ast.Load()))
            yield node, ast.Call(node.func, node.args, [*others, whole])


def copies(answer: AnswerTree) -> Changes:
    """Leave out a copy; change in place what the caller, or a list, holds too."""
    for node in answer.nodes(ast.Call):
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr == "array"
            and not _is_new(node.args[:1])
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


def _is_new(arguments: list[ast.expr]) -> bool:
    """Tell whether an argument is a list that nobody else holds."""
    return isinstance(arguments[0], ast.List | ast.ListComp) if arguments else True


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
