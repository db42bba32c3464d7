"""Count operations of a derivative: as SymPy writes it, and as a graph with shared parts."""

import ast
import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SAMPLE = 0.7
"""The point x at which a graph written by hand is compared with its function."""

CALLS = {"exp": math.exp, "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "log": math.log}


@dataclass(frozen=True)
class Counts:
    """Numbers of operations for a function and its derivative, written out and as a graph.

    Attributes
    ----------
    expression, derivative : str
        As SymPy writes them.
    written_out : tuple of int
        Operations of the expression and of its derivative.
    by_sympy : tuple of int
        The same by `sympy.count_ops`, which also counts the 1/2 of a root as a division.
    shared : int
        Operations for both together after `sympy.cse` has shared repeated parts.
    by_hand : int
        Operations of the graph written by hand.
    """

    expression: str
    derivative: str
    written_out: tuple[int, int]
    by_sympy: tuple[int, int]
    shared: int
    by_hand: int

    def rows(self) -> list[tuple[str, str]]:
        """Return pairs of a description and a count, one for each row of the table."""
        own, (f, slope) = self.by_sympy, self.written_out
        return [
            (f"f = {self.expression}", f"{f} (SymPy's count_ops: {own[0]})"),
            (f"f′ = {self.derivative}", f"{slope} (SymPy's count_ops: {own[1]})"),
            ("f and f′, each written out", str(f + slope)),
            ("f and f′, repeated parts shared by sympy.cse", str(self.shared)),
            ("f and f′, your graph", str(self.by_hand)),
        ]

    def __repr__(self) -> str:
        width = max(len(what) for what, _ in self.rows())
        return "\n".join(f"{what:<{width}}  {count}" for what, count in self.rows())

    def _repr_html_(self) -> str:
        cells = "".join(
            f'<tr><th scope="row" style="text-align:left">{html.escape(what)}</th>'
            f"<td>{html.escape(count)}</td></tr>"
            for what, count in self.rows()
        )
        head = '<tr><th scope="col">what is computed</th><th scope="col">operations</th></tr>'
        return f"<table>{head}{cells}</table>"


def count(expression: str) -> int:
    """Count the operations in a line of Python: each operator and each function call is one.

    Examples
    --------
    >>> count("exp(x**2) + 1")
    3
    """
    tree = ast.parse(expression, mode="eval")
    return sum(isinstance(node, ast.BinOp | ast.UnaryOp | ast.Call) for node in ast.walk(tree))


def compare(expression: str, by_hand: Sequence[str]) -> Counts:
    """Count the operations for f(x) and f′(x), written out and as your graph.

    Parameters
    ----------
    expression : str
        f as Python code in `x`, such as "exp(x**2)".
    by_hand : sequence of str
        Lines "name = expression", each a quantity that later lines may use. The last but one must
        be f, the last one f′.

    Raises
    ------
    ValueError
        If the expression is no function of x, a line is no assignment or cannot be computed, or
        the last two lines are not f and f′.
    """
    import sympy  # takes two seconds, so not at the start of a notebook

    x = sympy.Symbol("x")
    f = _read(expression)
    slope = sympy.diff(f, x)
    if isinstance(by_hand, str):
        raise ValueError(
            f"by_hand is one text, {by_hand!r}; expected a list of lines, ['t = x*x', …]"
        )
    values = _run(by_hand)
    if len(values) < 2:
        raise ValueError(f"{len(by_hand)} line(s); expected at least two, for f and for f′")
    for name, right, given in zip(("f", "f′"), (f, slope), values[-2:], strict=True):
        expected = float(right.subs(x, SAMPLE))
        if not math.isclose(expected, given, rel_tol=1e-9):
            raise ValueError(
                f"at x = {SAMPLE} your {name} is {given:.6g}; SymPy gives {expected:.6g}"
            )
    parts, results = sympy.cse([f, slope])
    return Counts(
        expression=str(f),
        derivative=str(slope),
        written_out=(count(str(f)), count(str(slope))),
        by_sympy=(int(sympy.count_ops(f)), int(sympy.count_ops(slope))),
        shared=sum(count(str(part)) for _, part in parts) + sum(count(str(r)) for r in results),
        by_hand=sum(count(line.split("=", 1)[1].strip()) for line in by_hand),
    )


def _read(expression: str) -> Any:
    """Return an expression as SymPy has it.

    Raises
    ------
    ValueError
        If it is no function of x alone.
    """
    import sympy
    from sympy.core.function import AppliedUndef

    wanted = "expected a function of x, such as 'exp(x**2)'"
    if not isinstance(expression, str):
        raise ValueError(f"expression is {expression!r}, no text; {wanted}")
    try:
        ast.parse(expression.strip(), mode="eval")
    except SyntaxError as wrong:
        raise ValueError(f"{expression!r} cannot be read: {wrong.msg}; {wanted}") from None
    try:
        f = sympy.sympify(expression, locals={"x": sympy.Symbol("x")})
        strange = [str(part.func) for part in f.atoms(AppliedUndef)]
        strange += [str(symbol) for symbol in f.free_symbols if str(symbol) != "x"]
    except (sympy.SympifyError, AttributeError, TypeError) as wrong:
        raise ValueError(f"{expression!r} is nothing that SymPy can derive; {wanted}") from wrong
    if not isinstance(f, sympy.Expr):
        raise ValueError(f"{expression!r} has no derivative; {wanted}")
    if strange:
        raise ValueError(f"{expression!r} uses {', '.join(sorted(strange))}; {wanted}")
    return f


def _run(lines: Sequence[str]) -> list[float]:
    """Compute the lines at the sample point and return their values."""
    scope: dict[str, object] = {"__builtins__": {}, "x": SAMPLE, **CALLS}
    values = []
    for line in lines:
        name, equals, right = (part.strip() for part in line.partition("="))
        if not (equals and name.isidentifier()):
            raise ValueError(f"{line!r} is not of the form name = expression")
        try:
            value = float(eval(right, scope))
        except Exception as wrong:
            why = wrong.msg if isinstance(wrong, SyntaxError) else wrong
            raise ValueError(
                f"your line {line!r} gives no number at x = {SAMPLE}: {why}. A line may use x, the "
                f"names above it, and {', '.join(CALLS)}"
            ) from None
        scope[name] = value
        values.append(value)
    return values
