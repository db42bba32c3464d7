"""The syntax tree of a right answer: what may be changed in it, and the text after a change."""

import ast
import copy
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Changes = Iterator[tuple[ast.AST, ast.AST]]
"""Pairs of a node of an answer's tree and what takes its place."""


@dataclass(frozen=True)
class AnswerTree:
    """A right answer as a syntax tree.

    Attributes
    ----------
    source : str
        The code, as a student would write it.
    functions : tuple of str
        The functions or classes that the exercise asks for.
    scope : mapping
        The names that the unit defines: with them a guard is told from other calls, and the
        docstring of a function is found, which answers of the catalogue leave out.
    whole_results : bool
        Whether all that the right answer returns is whole numbers.
    first : bool
        Whether this is the exercise's first right answer. Changes that leave the body as it is
        (guards, inputs, memories) are made there only: in the others they would be the same.
    """

    source: str
    functions: tuple[str, ...]
    scope: Mapping[str, Any] = field(default_factory=dict)
    whole_results: bool = False
    first: bool = True

    @cached_property
    def tree(self) -> ast.Module:
        """Return the tree, without docstrings."""
        return _without_docstrings(ast.parse(self.source))

    @cached_property
    def text(self) -> str:
        """Return the code in normal form: no comments, no docstrings."""
        return ast.unparse(self.tree)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """Return the node around each node."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def copy(self) -> ast.Module:
        """Return a copy of the tree, to be changed."""
        return copy.deepcopy(self.tree)

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[Any]:
        """Yield the nodes of these kinds that may be changed, in the order of the code.

        Guards, signatures, imports and the words of an error are left alone: they stand in the stub
        and students are told to leave them.
        """
        return self._below(self.tree, kinds)

    def _below(self, node: ast.AST, kinds: tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
        if isinstance(node, ast.arguments | ast.Import | ast.ImportFrom | ast.Raise):
            return
        if isinstance(node, ast.stmt) and self.is_guard(node):
            return
        if isinstance(node, kinds):
            yield node
        for child in ast.iter_child_nodes(node):
            yield from self._below(child, kinds)

    def statements(self) -> Iterator[ast.stmt]:
        """Yield every statement inside of a function, guards included."""
        for function in self.functions_defined():
            for node in ast.walk(function):
                if isinstance(node, ast.stmt) and node is not function:
                    yield node

    def functions_defined(self) -> Iterator[FunctionNode]:
        """Yield the functions and methods, without those inside of others."""
        for node in ast.walk(self.tree):
            if isinstance(node, FunctionNode) and self.function_around(node) is None:
                yield node

    def asked_for(self) -> Iterator[FunctionNode]:
        """Yield the functions that the exercise asks for."""
        return (node for node in self.functions_defined() if node.name in self.functions)

    def function_around(self, node: ast.AST) -> FunctionNode | None:
        """Return the innermost function around a node."""
        around = self.parents.get(node)
        while around is not None and not isinstance(around, FunctionNode):
            around = self.parents.get(around)
        return around

    def is_guard(self, statement: ast.stmt) -> bool:
        """Tell whether a statement is one of the stub's guards, which convert or refuse inputs."""
        if isinstance(statement, ast.If):
            return all(isinstance(inner, ast.Raise) for inner in statement.body) and bool(
                self._guards_in(statement.test)
            )
        simple = isinstance(statement, ast.Assign | ast.Expr | ast.AnnAssign)
        return simple and bool(self._guards_in(statement))

    def _guards_in(self, node: ast.AST) -> list[ast.Call]:
        return [
            call
            for call in ast.walk(node)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id.startswith(("as_", "require_"))
            and _module(self.scope.get(call.func.id)).startswith("course.validation")
        ]

    def first_after_guards(self, function: FunctionNode) -> ast.stmt:
        """Return the first statement of a function that is not a guard."""
        return next((node for node in function.body if not self.is_guard(node)), function.body[-1])

    def shape_of(self, function: str, parameter: str) -> str:
        """Return what a docstring says of the shape of a parameter; empty if it is no array."""
        for names, kind in self._described(function):
            if parameter in names and re.search("array|shape", kind):
                shapes = re.findall(r"\([^()]*\)", kind)
                if len(shapes) == len(names):
                    return str(shapes[names.index(parameter)])
                return shapes[0] if len(shapes) == 1 else "array"
        return ""

    def takes_lists(self, function: str, parameter: str) -> bool:
        """Tell whether a docstring promises that a parameter may be a list."""
        described = self._described(function)
        return any(parameter in names and "array_like" in kind for names, kind in described)

    def _described(self, function: str) -> Iterator[tuple[list[str], str]]:
        """Yield names and what is said of them, from the lines of a docstring on parameters."""
        text = getattr(self.scope.get(function), "__doc__", None) or ""
        for line in re.split(r"\n *(?:Returns|Raises)\n", text)[0].splitlines():
            names, colon, kind = line.partition(" : ")
            yield re.findall(r"\w+", names), kind if colon else line

    def after(self, target: ast.AST, replacement: ast.AST) -> str:
        """Return the code with `target` replaced; a module stands for several statements."""
        changed = copy.deepcopy(self.tree, {id(target): replacement})
        return ast.unparse(ast.fix_missing_locations(_flattened(changed)))


def several(*statements: ast.stmt) -> ast.Module:
    """Return statements that take the place of one."""
    return ast.Module(body=list(statements), type_ignores=[])


def statement(code: str) -> ast.stmt:
    """Return the one statement of `code`."""
    return ast.parse(code).body[0]


def expression(code: str, **parts: ast.expr) -> ast.expr:
    """Return the expression of `code`, in which each name of `parts` stands for a subtree."""
    tree = ast.parse(code, mode="eval").body
    return _Filled(parts).visit(tree)


def changed_lines(before: str, after: str) -> tuple[str, str]:
    r"""Return the lines of a code that a change takes away, and those that it puts in.

    Lines are without indentation and joined by ``; ``; a line that only moved says so. Of a block
    that is dropped the first line stands for all.

    Examples
    --------
    >>> changed_lines("a = 1\nb = 2", "a = 1\nb = 3")
    ('b = 2', 'b = 3')
    >>> changed_lines("for i in x:\n    y = i", "for i in x:\n    y = i\n    break")
    ('', 'break')
    """
    old, new = before.splitlines(), after.splitlines()
    gone: list[str] = []
    come: list[str] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[a:b]
            come += new[c:d]
    if [line.strip() for line in come] == ["pass"]:
        gone = gone[:1]
    return _joined(gone), "; ".join(_moved(line, gone) for line in come)


def _joined(lines: list[str]) -> str:
    return "; ".join(line.strip() for line in lines)


def _moved(line: str, gone: list[str]) -> str:
    """Return a line that is new, with a word if it stood elsewhere before."""
    text = line.strip()
    before = [other for other in gone if other.strip() == text]
    if not before:
        return text
    depth, old = (len(item) - len(item.lstrip()) for item in (line, before[0]))
    return f"{text}  # {'further in' if depth > old else 'further out' if depth < old else 'moved'}"


class _Filled(ast.NodeTransformer):
    def __init__(self, parts: Mapping[str, ast.expr]) -> None:
        self.parts = parts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.parts.get(node.id, node)


def _flattened(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and any(isinstance(item, ast.Module) for item in block):
                flat = [
                    inner
                    for item in block
                    for inner in (item.body if isinstance(item, ast.Module) else [item])
                ]
                setattr(node, name, flat)
    return tree


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | FunctionNode):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = node.body[1:] or [ast.Pass()]
    return tree


def _module(item: Any) -> str:
    return getattr(item, "__module__", None) or ""
