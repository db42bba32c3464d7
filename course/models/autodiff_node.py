"""The node of a computation graph, the base class of unit 03's `Value`."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self


def _sets_result(source: str) -> bool:
    """Tell whether a program sets `f` itself, or is a single expression."""
    try:
        compile(source, "<program>", "eval")
    except SyntaxError:
        return True
    return False


class Node:
    """A number that stores the numbers it was computed from.

    A subclass defines addition, multiplication and powers; subtraction, negation and division are
    defined here in terms of those three.

    Parameters
    ----------
    value : float
    parents : iterable of (Node, float)
        The nodes it was computed from, each with the local derivative ∂self/∂parent.
    operation : str
        The operation that computed it, for drawing; empty for an input.

    Attributes
    ----------
    derivative : float
        ∂output/∂self, after a call of `backward` on the output; 0 before.
    """

    def __init__(
        self, value: float, parents: Iterable[tuple["Node", float]] = (), operation: str = ""
    ) -> None:
        self.value = float(value)
        self.parents = tuple(parents)
        self.operation = operation
        self.derivative = 0.0

    if TYPE_CHECKING:  # defined by subclasses

        def __add__(self, other: Any) -> Self: ...
        def __mul__(self, other: Any) -> Self: ...
        def __pow__(self, exponent: float) -> Self: ...

    @classmethod
    def of(cls, thing: Any) -> Self:
        """Return `thing` itself if it is a node, else a new input node with that value."""
        return thing if isinstance(thing, cls) else cls(thing)

    @classmethod
    def differentiate(cls, program: str, sweeps: int = 1, **at: float) -> dict[str, float]:
        """Run a program on nodes, then `backward`, and return plain numbers.

        Parameters
        ----------
        program : str
            An expression such as "a*b + a.exp()", or lines of Python that end by setting `f`.
        sweeps : int
            How often `backward` is called on the result.
        **at : float
            The inputs by name.

        Returns
        -------
        dict
            The result's value under "value", and under each input's name the derivative of the
            result with respect to it.
        """
        inputs = {name: cls(number) for name, number in at.items()}
        scope: dict[str, Any] = dict(inputs)
        source = program.strip()
        exec(source if _sets_result(source) else f"f = {source}", scope)
        for _ in range(sweeps):
            scope["f"].backward()
        derivatives = {name: float(node.derivative) for name, node in inputs.items()}
        return {"value": float(scope["f"].value), **derivatives}

    def sin(self) -> Self:
        """Return sin(self); its local derivative is cos(self)."""
        return type(self)(math.sin(self.value), [(self, math.cos(self.value))], "sin")

    def cos(self) -> Self:
        """Return cos(self); its local derivative is −sin(self)."""
        return type(self)(math.cos(self.value), [(self, -math.sin(self.value))], "cos")

    def __neg__(self) -> Self:
        return self * -1.0

    def __sub__(self, other: Any) -> Self:
        return self + (-self.of(other))

    def __rsub__(self, other: Any) -> Self:
        return self.of(other) + (-self)

    def __truediv__(self, other: Any) -> Self:
        return self * self.of(other) ** -1

    def __rtruediv__(self, other: Any) -> Self:
        return self.of(other) * self**-1

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value:.6g}, derivative {self.derivative:.6g})"


def parents_first(output: Any) -> list[Any]:
    """Return the nodes that `output` was computed from, each after its parents; itself is last.

    Parameters
    ----------
    output : object
        A node; all that is asked of it and of its parents is `parents`, pairs (node, derivative).

    Raises
    ------
    AttributeError, TypeError, ValueError
        If the parents of a node are not such pairs.
    """
    order: list[Any] = []
    seen: set[int] = set()
    todo = [(output, False)]
    while todo:
        node, finished = todo.pop()
        if finished:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            todo.append((node, True))
            todo += [(parent, False) for parent, _ in reversed(node.parents)]
    return order
