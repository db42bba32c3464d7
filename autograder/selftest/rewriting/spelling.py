"""The same answer in other words: names, temporaries, branches, loops, NumPy's other spellings."""

import ast
from collections.abc import Callable
from typing import Any

from autograder.selftest.mutation.trees import AnswerTree, FunctionNode, expression

METHODS = {"sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "cumsum", "argsort"}
"""Array methods that NumPy also has as functions."""


def renamed_variables(answer: AnswerTree) -> ast.Module:
    """Give every variable another name; parameters keep theirs."""
    tree = answer.copy()
    for function in _outermost(tree):
        parameters = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
        names = _assigned_names(function) - parameters
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in names:
                node.id = f"my_{node.id}"
    return tree


def named_results(answer: AnswerTree) -> ast.Module:
    """Give every result a name before it is returned."""

    class Named(ast.NodeTransformer):
        def visit_Return(self, node: ast.Return) -> Any:
            if node.value is None:
                return node
            result = ast.Name("result", ast.Store())
            return [
                ast.Assign([result], node.value),
                ast.Return(ast.Name("result", ast.Load())),
            ]

    return Named().visit(answer.copy())


def early_returns(answer: AnswerTree) -> ast.Module:
    """Return in branches: no conditional expression, no else after a return."""

    class Early(ast.NodeTransformer):
        def visit_Return(self, node: ast.Return) -> Any:
            value = node.value
            if not isinstance(value, ast.IfExp):
                return node
            return [ast.If(value.test, [ast.Return(value.body)], []), ast.Return(value.orelse)]

        def visit_If(self, node: ast.If) -> Any:
            self.generic_visit(node)
            if not (node.orelse and isinstance(node.body[-1], ast.Return)):
                return node
            return [ast.If(node.test, node.body, []), *node.orelse]

    return Early().visit(answer.copy())


def generator_expressions(answer: AnswerTree) -> ast.Module:
    """Make lists from generator expressions."""

    class Generated(ast.NodeTransformer):
        def visit_ListComp(self, node: ast.ListComp) -> ast.expr:
            self.generic_visit(node)
            return expression("list(x)", x=ast.GeneratorExp(node.elt, node.generators))

    return Generated().visit(answer.copy())


def while_loops(answer: AnswerTree) -> ast.Module:
    """Go through the items of a loop by hand."""

    class While(ast.NodeTransformer):
        rounds = 0

        def visit_For(self, node: ast.For) -> Any:
            self.generic_visit(node)
            if node.orelse:
                return node
            self.rounds += 1
            name = f"rounds_{self.rounds}"
            loop = ast.parse(
                f"{name} = iter(())\nwhile True:\n    try:\n        x = next({name})\n"
                "    except StopIteration:\n        break"
            ).body
            loop[0].value.args[0] = node.iter  # type: ignore[attr-defined]
            attempt = loop[1].body[0]  # type: ignore[attr-defined]
            attempt.body[0].targets = [node.target]
            loop[1].body += node.body  # type: ignore[attr-defined]
            return loop

    return While().visit(answer.copy())


def other_spellings(answer: AnswerTree) -> ast.Module:
    """Use NumPy's functions for methods and operators, and exchange factors."""

    class Spelled(ast.NodeTransformer):
        def visit_Call(self, node: ast.Call) -> ast.expr:
            self.generic_visit(node)
            if not isinstance(node.func, ast.Attribute) or node.func.attr not in METHODS:
                return node
            owner = node.func.value
            if ast.unparse(owner) != "np":
                function = expression(f"np.{node.func.attr}")
                return ast.Call(function, [owner, *node.args], node.keywords)
            return node

        def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
            self.generic_visit(node)
            if isinstance(node.op, ast.MatMult):
                return expression("np.matmul(a, b)", a=node.left, b=node.right)
            if isinstance(node.op, ast.Pow) and ast.unparse(node.right) == "2":
                return expression("a * a", a=node.left) if _is_name(node.left) else node
            if isinstance(node.op, ast.Mult):
                return ast.BinOp(node.right, ast.Mult(), node.left)
            return node

        def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
            self.generic_visit(node)
            return expression("np.transpose(x)", x=node.value) if node.attr == "T" else node

        def visit_Compare(self, node: ast.Compare) -> ast.expr:
            self.generic_visit(node)
            turned = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}
            if len(node.ops) > 1 or type(node.ops[0]) not in turned:
                return node
            operator = turned[type(node.ops[0])]()
            return ast.Compare(node.comparators[0], [operator], [node.left])

    return Spelled().visit(answer.copy())


def methods(answer: AnswerTree) -> ast.Module:
    """Use array methods for NumPy's functions, and powers by name."""

    class Spelled(ast.NodeTransformer):
        def visit_Call(self, node: ast.Call) -> ast.expr:
            self.generic_visit(node)
            name = ast.unparse(node.func)
            if name.startswith("np.") and name[3:] in METHODS and len(node.args) == 1:
                method = expression(f"np.asarray(x).{name[3:]}", x=node.args[0])
                return ast.Call(method, [], node.keywords)
            return node

        def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
            self.generic_visit(node)
            if isinstance(node.op, ast.Pow) and ast.unparse(node.right) == "2":
                return expression("np.square(x)", x=node.left)
            return node

    return Spelled().visit(answer.copy())


def loops_for_products(answer: AnswerTree) -> ast.Module | None:
    """Multiply matrices by loops over rows and columns."""

    class Looped(ast.NodeTransformer):
        found = False

        def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
            self.generic_visit(node)
            if not isinstance(node.op, ast.MatMult):
                return node
            self.found = True
            return expression("product_by_loops(a, b)", a=node.left, b=node.right)

    looped = Looped()
    tree = looped.visit(answer.copy())
    tree.body.insert(0, ast.parse(PRODUCT).body[0])
    return tree if looped.found else None


PRODUCT = """
def product_by_loops(A, B):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    rows = A if A.ndim > 1 else A[None]
    columns = B.T if B.ndim > 1 else B[None]
    table = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            for a, b in zip(row, column):
                table[i, j] += a * b
    return table.reshape(A.shape[:-1] + B.shape[1:])[()]
"""


def keyword_arguments(answer: AnswerTree) -> ast.Module | None:
    """Call the unit's other functions with their arguments by name."""

    class Named(ast.NodeTransformer):
        found = False

        def visit_Call(self, node: ast.Call) -> ast.expr:
            self.generic_visit(node)
            names = _parameters(answer, node.func)
            if not names or any(isinstance(item, ast.Starred) for item in node.args):
                return node
            self.found = True
            given = [ast.keyword(*pair) for pair in zip(names, node.args, strict=False)]
            return ast.Call(node.func, [], given + node.keywords)

    named = Named()
    tree = named.visit(answer.copy())
    return tree if named.found else None


def _parameters(answer: AnswerTree, function: ast.expr) -> tuple[str, ...]:
    """Return the parameters of one of the unit's own functions; none for any other."""
    defined = answer.scope.get(function.id) if isinstance(function, ast.Name) else None
    if getattr(defined, "__globals__", {}).get("__name__") != answer.scope.get("__name__"):
        return ()
    code = defined.__code__  # type: ignore[union-attr]
    return tuple(code.co_varnames[: code.co_argcount])


def _outermost(tree: ast.Module) -> list[FunctionNode]:
    found: list[FunctionNode] = []
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        found += [inner for inner in inside if isinstance(inner, FunctionNode)]
    return found


def _assigned_names(function: FunctionNode) -> set[str]:
    """Return the variables that a function binds."""
    return {
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name)


RULES: dict[str, Callable[[AnswerTree], ast.Module | None]] = {
    "other names of variables": renamed_variables,
    "named results": named_results,
    "early returns": early_returns,
    "generator expressions": generator_expressions,
    "while loops": while_loops,
    "NumPy's functions": other_spellings,
    "array methods": methods,
    "loops for products": loops_for_products,
    "keyword arguments": keyword_arguments,
}
