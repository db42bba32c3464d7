"""Answers that are right for some inputs only, or that remember earlier ones."""

import ast

from autograder.selftest.mutation.trees import (
    AnswerTree,
    Changes,
    FunctionNode,
    expression,
    several,
    statement,
)

BLIND = ("abs({name})", "np.round({name})", "{name}[:8]", "np.sort({name}, axis=0)")
"""Ways of being right for inputs of one kind: positive, whole, few or in order."""


def kinds_of_input(answer: AnswerTree) -> Changes:
    """Be right for positive, whole, few or sorted inputs only."""
    for function in answer.asked_for() if answer.first else ():
        first = answer.first_after_guards(function)
        for name in _arrays(answer, function):
            for blind in BLIND:
                change = statement(f"{name} = {blind.format(name=name)}")
                yield first, several(change, first)


def memories(answer: AnswerTree) -> Changes:
    """Give the first result again, whatever one of the arguments is now."""
    for function in answer.asked_for() if answer.first else ():
        names = [argument.arg for argument in function.args.args]
        if not names or isinstance(answer.parents[function], ast.ClassDef):
            continue
        for name in names:
            yield function, _decorated(function, f"kept_between_calls({name!r})")


def kept_lists(answer: AnswerTree) -> Changes:
    """Make a list or a table once, so that the next call goes on with what this one left."""
    for function in answer.functions_defined():
        for inner in function.body:
            if not isinstance(inner, ast.Assign) or not isinstance(inner.targets[0], ast.Name):
                continue
            if isinstance(inner.value, ast.List | ast.Dict) and not _names(inner.value):
                name = inner.targets[0].id
                default = ast.arg(name), inner.value
                arguments = _with_default(function.args, *default)
                body = [node for node in function.body if node is not inner] or [ast.Pass()]
                yield function, _copied(function, args=arguments, body=body)


def _arrays(answer: AnswerTree, function: FunctionNode) -> list[str]:
    """Return the parameters of which the docstring says that they are arrays."""
    return [name.arg for name in function.args.args if answer.shape_of(function.name, name.arg)]


def _decorated(function: FunctionNode, decorator: str) -> FunctionNode:
    decorators = [expression(decorator), *function.decorator_list]
    return _copied(function, decorator_list=decorators)


def _copied(function: FunctionNode, **changes: object) -> FunctionNode:
    fields = {name: getattr(function, name) for name in function._fields} | changes
    return type(function)(**fields)


def _with_default(arguments: ast.arguments, argument: ast.arg, default: ast.expr) -> ast.arguments:
    fields = {name: getattr(arguments, name) for name in arguments._fields}
    fields["args"] = [*arguments.args, argument]
    fields["defaults"] = [*arguments.defaults, default]
    return ast.arguments(**fields)


def _names(node: ast.AST) -> list[ast.Name]:
    return [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
