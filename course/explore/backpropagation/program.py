"""A short program as a computation graph: its nodes, its arrows, and their numbers at a point.

A program is a line such as ``t = x**2; J = cos(sin(t) + 3*t)``. Names that it uses but does not
define are its inputs; the value of its last statement is its output. It is parsed, not executed,
unless a student's own class computes it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.explore.base.student import StudentMistakeError, failed
from course.models.autodiff_node import parents_first

# Value, and the local derivative from the operand x and the result y.
FUNCTIONS: Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "sin": (np.sin, lambda x, y: np.cos(x)),
    "cos": (np.cos, lambda x, y: -np.sin(x)),
    "tanh": (np.tanh, lambda x, y: 1 - y**2),
    "exp": (np.exp, lambda x, y: y),
    "log": (np.log, lambda x, y: 1 / x),
    "sqrt": (np.sqrt, lambda x, y: 0.5 / y),
}

# Value, and the local derivatives with respect to both operands.
OPERATORS: Mapping[str, tuple[Callable[..., Any], Callable[..., tuple[Any, Any]]]] = {
    "+": (lambda a, b: a + b, lambda a, b: (1.0, 1.0)),
    "−": (lambda a, b: a - b, lambda a, b: (1.0, -1.0)),
    "·": (lambda a, b: a * b, lambda a, b: (b, a)),
    "/": (lambda a, b: a / b, lambda a, b: (1 / b, -a / b**2)),
    "^": (lambda a, b: a**b, lambda a, b: (b * a ** (b - 1), np.nan)),
}

_SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "·", ast.Div: "/", ast.Pow: "^"}
_EXAMPLE = "expected an expression or lines such as 't = x*x; f = t + exp(t)'"
_ALLOWED = "numbers, names, + − * / **, and " + ", ".join(FUNCTIONS)

Operand = int | float
"""The index of a node, or a constant (always a float)."""


@dataclass(frozen=True)
class ProgramNode:
    """One node: its name, its operation and its operands."""

    name: str
    kind: str = "input"
    operands: tuple[Operand, ...] = ()


@dataclass(frozen=True)
class NodeNumbers:
    """The numbers of nodes and arrows at one point.

    Attributes
    ----------
    values : (n,) array
    local : (arrows,) array
        The local derivative along each arrow.
    reported : (inputs,) array or None
        The derivatives of the inputs, computed by a student's own `backward`.
    """

    values: np.ndarray
    local: np.ndarray
    reported: np.ndarray | None = None


@dataclass
class Program:
    """A program, parsed.

    Parameters
    ----------
    text : str

    Raises
    ------
    ValueError
        If it is not such a program; the message says what is allowed.
    """

    text: str
    nodes: list[ProgramNode] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise ValueError(f"{self.text!r} is {type(self.text).__name__}, no text; {_EXAMPLE}")
        try:
            body = ast.parse(self.text.strip()).body
        except SyntaxError as wrong:
            raise ValueError(f"{self.text!r} is no program: {wrong.msg}; {_EXAMPLE}") from None
        self._scope: dict[str, Operand] = {}
        self.inputs = _free_names(body)
        if not body or not self.inputs:
            raise ValueError(f"{self.text!r} uses no name that could be its input; {_EXAMPLE}")
        for name in self.inputs:
            self._scope[name] = self._add(ProgramNode(name))
        for statement in body:
            self._run(statement, last=statement is body[-1])

    @property
    def arrows(self) -> list[tuple[int, int]]:
        """Pairs (from, to), in the order of nodes and of their operands."""
        return arrows_of(self.nodes)

    def numbers(self, at: Mapping[str, Any]) -> NodeNumbers:
        """Return the numbers of nodes and arrows at the inputs `at`; arrays work elementwise."""
        values: list[Any] = []
        local: list[Any] = []
        with np.errstate(all="ignore"):
            for node in self.nodes:
                if node.kind == "input":
                    values.append(np.asarray(at[node.name], dtype=float))
                    continue
                given = [values[o] if isinstance(o, int) else o for o in node.operands]
                if node.kind in FUNCTIONS:
                    f, slope = FUNCTIONS[node.kind]
                    values.append(f(given[0]))
                    slopes: tuple[Any, ...] = (slope(given[0], values[-1]),)
                else:
                    f, slope = OPERATORS[node.kind]
                    values.append(f(*given))
                    slopes = slope(*given)
                local += [
                    s for s, o in zip(slopes, node.operands, strict=True) if isinstance(o, int)
                ]
        return NodeNumbers(
            np.array(np.broadcast_arrays(*values)), np.array(np.broadcast_arrays(*local))
        )

    def _add(self, node: ProgramNode) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _run(self, statement: ast.stmt, last: bool) -> None:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                result = self._read(value)
            case ast.Expr(value=value):
                name, result = "f" if last else "", self._read(value)
            case _:
                raise ValueError(f"{ast.unparse(statement)!r}: expected name = expression")
        if not isinstance(result, int):
            raise ValueError(f"{ast.unparse(statement)!r} depends on no input")
        if name and self.nodes[result].kind != "input" and not self.nodes[result].name:
            old = self.nodes[result]
            self.nodes[result] = ProgramNode(name, old.kind, old.operands)
        self._scope[name] = result

    def _read(self, expression: ast.expr) -> Operand:
        match expression:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return float(number)
            case ast.Name(id=name) if name in self._scope:
                return self._scope[name]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._apply("·", (-1.0, self._read(operand)))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
                pair = (self._read(left), self._read(right))
                if isinstance(op, ast.Div) and pair[1] == 0 and not isinstance(pair[1], int):
                    raise ValueError(
                        f"{ast.unparse(expression)!r} divides by 0; expected another divisor, "
                        "a number or an input"
                    )
                if isinstance(op, ast.Pow) and isinstance(pair[1], int):
                    raise ValueError(f"{ast.unparse(expression)!r}: the exponent must be a number")
                return self._apply(_SIGNS[type(op)], pair)
            case ast.Call(func=ast.Name(id=name), args=[operand], keywords=[]) if name in FUNCTIONS:
                return self._apply(name, (self._read(operand),))
        raise ValueError(f"{ast.unparse(expression)!r} is not allowed here; allowed are {_ALLOWED}")

    def _apply(self, kind: str, operands: tuple[Operand, ...]) -> Operand:
        if not any(isinstance(operand, int) for operand in operands):
            f = FUNCTIONS[kind][0] if kind in FUNCTIONS else OPERATORS[kind][0]
            with np.errstate(all="ignore"):
                result = float(f(*map(np.float64, operands)))
            if not np.isfinite(result):
                given = [f"{operand:g}" for operand in operands]
                text = f"{kind}({given[0]})" if kind in FUNCTIONS else f" {kind} ".join(given)
                raise ValueError(f"{text} is no finite number; expected constants that give one")
            return result
        return self._add(ProgramNode("", kind, operands))


@dataclass
class StudentProgram:
    """The same program computed by a student's own class.

    Parameters
    ----------
    program : Program
    value : type
        A class with +, *, ** and methods named like the functions. Nodes have `value`, `parents`
        (pairs of a node and the local derivative), `operation` and `derivative`; the output has
        `backward`.

    Raises
    ------
    StudentMistakeError
        If the class fails at the inputs `at`.
    """

    program: Program
    value: type
    at: Mapping[str, float]
    nodes: list[ProgramNode] = field(default_factory=list)

    def __post_init__(self) -> None:
        made, names = self._trace(self.at)
        place = {id(node): i for i, node in enumerate(made)}
        for node in made:
            operands = tuple(
                place[id(parent)] if id(parent) in place else float(parent.value)
                for parent, _ in node.parents
            )
            kind = str(getattr(node, "operation", "")) if node.parents else "input"
            self.nodes.append(ProgramNode(names.get(id(node), ""), kind, operands))

    @property
    def inputs(self) -> list[str]:
        """Names of the inputs."""
        return self.program.inputs

    @property
    def arrows(self) -> list[tuple[int, int]]:
        """Pairs (from, to), in the order of nodes and of their operands."""
        return arrows_of(self.nodes)

    def output(self, at: Mapping[str, float]) -> float:
        """Return the output's value at the inputs `at`."""
        return float(self._run(at)[0].value)

    def numbers(self, at: Mapping[str, float]) -> NodeNumbers:
        """Return the numbers of the student's nodes at the inputs `at`.

        Raises
        ------
        StudentMistakeError
            If the class fails there.
        """
        made, _ = self._trace(at)
        drawn = {id(node) for node in made}
        try:
            made[-1].backward()
        except Exception as wrong:
            raise failed("backward", wrong) from wrong
        local = [s for node in made for parent, s in node.parents if id(parent) in drawn]
        return NodeNumbers(
            np.array([float(node.value) for node in made]),
            np.array(local, dtype=float),
            np.array([float(node.derivative) for node in made[: len(self.inputs)]]),
        )

    def _run(self, at: Mapping[str, float]) -> tuple[Any, dict[int, str]]:
        functions: dict[str, Any] = {
            name: (lambda node, name=name: getattr(node, name)()) for name in FUNCTIONS
        }
        functions["sqrt"] = lambda node: node**0.5
        body = ast.parse(self.program.text.strip()).body
        if isinstance(body[-1], ast.Expr):
            body[-1] = ast.Assign(targets=[ast.Name("f", ast.Store())], value=body[-1].value)
        tree = ast.fix_missing_locations(ast.Module(body=body, type_ignores=[]))
        try:
            scope = {name: self.value(number) for name, number in at.items()}
            exec(compile(tree, "<program>", "exec"), functions | {"__builtins__": {}}, scope)
        except Exception as wrong:
            raise failed(self.value.__name__, wrong) from wrong
        output = scope[body[-1].targets[0].id]  # type: ignore[attr-defined]
        return output, {id(node): name for name, node in reversed(scope.items())}

    def _trace(self, at: Mapping[str, float]) -> tuple[list[Any], dict[int, str]]:
        """Return all nodes except constants, inputs first and each after its parents."""
        output, names = self._run(at)
        by_name = {name: key for key, name in names.items()}
        try:
            order = parents_first(output)
        except (AttributeError, TypeError, ValueError) as wrong:
            raise StudentMistakeError(
                "The parents of your nodes are no pairs (node, local derivative)."
            ) from wrong
        found = {id(node): node for node in order}
        first = [found[by_name[name]] for name in self.inputs if by_name.get(name) in found]
        if len(first) < len(self.inputs):
            raise StudentMistakeError("An input is lost: the output does not lead back to it.")
        rest = [node for node in order if node.parents and id(node) not in map(id, first)]
        return [*first, *rest], names


def arrows_of(nodes: Sequence[ProgramNode]) -> list[tuple[int, int]]:
    """Return the arrows (from, to) between `nodes`."""
    return [(o, i) for i, node in enumerate(nodes) for o in node.operands if isinstance(o, int)]


def _free_names(body: Sequence[ast.stmt]) -> list[str]:
    """Return names used before they are defined, in order of appearance."""
    free: dict[str, None] = {}
    defined: set[str] = set()
    for statement in body:
        for node in ast.walk(statement):
            if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
                continue
            if node.id not in defined and node.id not in FUNCTIONS:
                free[node.id] = None
        if isinstance(statement, ast.Assign):
            defined |= {t.id for t in statement.targets if isinstance(t, ast.Name)}
    return list(free)
