"""One point's way through a small network, unit by unit: sums, activations, derivatives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course.explore.base.sums import Sum, Term, factor, lowered, number, product
from course.models import network

SLOPES = {
    "tanh": "1 − a²",
    "relu": "1 if z > 0, else 0",
    "sigmoid": "a (1 − a)",
    "softplus": "1 − e⁻ᵃ",
    "linear": "1",
}
"""The derivative of each activation, by its value a."""


def work_out_units(
    x: np.ndarray, layers: network.Layers, activation: str, label: int | None
) -> list[Sum]:
    """Return the sum of every unit, in the order of the forward pass.

    Parameters
    ----------
    x : (2,) array
    layers : list of (W, b)
        The last one has a single sigmoid unit.
    activation
        That of the hidden layers.
    label
        The class of the point, if it is one of the data: then the loss and its derivative follow.
    """
    sums: list[Sum] = []
    before, letter = np.asarray(x, dtype=float), "x"
    for depth, (W, b) in enumerate(layers, start=1):
        is_last = depth == len(layers)
        name = "sigmoid" if is_last else activation
        values = []
        for unit in range(W.shape[1]):
            terms = [
                product(f"w{lowered(i)} {letter}{lowered(i)}", float(W[i - 1, unit]), float(value))
                for i, value in enumerate(before, start=1)
            ]
            terms.append(Term(f"b = {number(b[unit])}", float(b[unit])))
            z = float(sum(term.value for term in terms))
            a = float(network.activate(name, np.array([z]))[0])
            values.append(a)
            where = "the output unit" if is_last else f"unit {unit + 1} of hidden layer {depth}"
            then = _output_lines(z, a, label) if is_last else _hidden_lines(name, z, a)
            sums.append(Sum(f"z of {where}", f"Σ wᵢ {letter}ᵢ + b", terms, "z", then))
        before, letter = np.array(values), "a"
    return sums


def _hidden_lines(name: str, z: float, a: float) -> Sequence[str]:
    slope = float(network.slope(name, np.array([a]))[0])
    return (
        f"a = {name}(z) = {number(a)}",
        f"da/dz = {SLOPES[name]} = {number(slope)}",
    )


def _output_lines(z: float, p: float, label: int | None) -> Sequence[str]:
    lines = [
        f"p = 1 / (1 + e^−z) = 1 / (1 + e^{factor(-z)}) = {number(p)}",
        f"dp/dz = p (1 − p) = {number(p * (1 - p))}",
    ]
    if label is not None:
        of_truth = max(p if label else 1 - p, float(np.finfo(np.float32).eps))
        lines.append(f"its class is y = {label}: loss −ln {'p' if label else '(1 − p)'} = "
                     f"{number(-np.log(of_truth))}")  # fmt: skip
        lines.append(f"derivative of the loss by z: p − y = {number(p - label)}")
    return lines
