"""The numbers behind one node of a graph: its value, its derivative as a sum over its arrows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from course.explore.backpropagation.program import FUNCTIONS, NodeNumbers, ProgramNode
from course.explore.base.sums import Arithmetic, Sum, Term, factor, number, product


def work_out_node(
    nodes: Sequence[ProgramNode],
    arrows: Sequence[tuple[int, int]],
    numbers: NodeNumbers,
    which: int,
    stages: np.ndarray,
    passed: Collection[int],
) -> Arithmetic:
    """Return the value and the derivative of the node `which`, as far as they are known.

    Parameters
    ----------
    nodes, arrows
        Of the graph; the last node is the output.
    numbers
        At the present inputs.
    which
    stages : (nodes,) array
        How far each node is at the present time; see `Nodes`.
    passed
        The arrows along which a part of the derivative has come by then.
    """
    node, out = nodes[which], nodes[-1].name
    if not stages[which]:
        raise ValueError(f"{node.name} has no value yet at this step: step on, and pick it again.")
    sums = [_value(nodes, numbers, which)]
    if stages[which] >= 2:
        sums.append(_derivative(nodes, arrows, numbers, which, passed))
    return Arithmetic(f"{node.name}: its value and the derivative of {out} by it", sums)


def _value(nodes: Sequence[ProgramNode], numbers: NodeNumbers, which: int) -> Sum:
    node, value = nodes[which], float(numbers.values[which])
    given = [
        (nodes[o].name, float(numbers.values[o])) if isinstance(o, int) else (number(o), float(o))
        for o in node.operands
    ]
    name = f"value of {node.name}"
    if node.kind == "input":
        return Sum(name, "", [Term(f"the slider {node.name} = {number(value)}", value)], node.name)
    if node.kind in ("+", "−", "-"):
        (a, x), (b, y) = given
        sign = 1.0 if node.kind == "+" else -1.0
        written = b if sign > 0 else f"−{b}"
        terms = [Term(f"{a} = {number(x)}", x), Term(f"{written} = {number(sign * y)}", sign * y)]
        return Sum(name, f"{a} {'+' if sign > 0 else '−'} {b}", terms, node.name)
    if node.kind in FUNCTIONS:
        text = f"{node.kind} {given[0][0]} = {node.kind} {factor(given[0][1])}"
    else:
        kind = {"*": "·", "×": "·", "**": "^"}.get(node.kind, node.kind)
        text = f" {kind} ".join(n for n, _ in given) + " = "
        text += f" {kind} ".join(factor(x) for _, x in given)
    return Sum(name, "", [Term(text, value)], node.name)


def _derivative(
    nodes: Sequence[ProgramNode],
    arrows: Sequence[tuple[int, int]],
    numbers: NodeNumbers,
    which: int,
    passed: Collection[int],
) -> Sum:
    """Return ∂out/∂node as the sum over the arrows that leave it, as far as parts have come."""
    out, node = nodes[-1].name, nodes[which].name
    totals = np.zeros(len(nodes))
    totals[-1] = 1.0
    for child in reversed(range(len(nodes))):
        for arrow, (start, end) in enumerate(arrows):
            if end == child:
                totals[start] += totals[child] * numbers.local[arrow]
    name = f"∂{out}/∂{node}"
    if which == len(nodes) - 1:
        return Sum(name, "", [Term(f"{out} by itself", 1.0)], name)
    terms, waiting = [], 0
    for arrow, (start, end) in enumerate(arrows):
        if start != which:
            continue
        if arrow not in passed:
            waiting += 1
            continue
        above = nodes[end].name
        text = f"∂{out}/∂{above} · ∂{above}/∂{node}"
        terms.append(product(text, float(totals[end]), float(numbers.local[arrow])))
    then = [f"{waiting} more to come: the sum is not complete at this step"] if waiting else []
    return Sum(name, "Σ over the arrows that leave it", terms, name, then)
