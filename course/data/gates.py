"""Labelled points in the plane: small data sets for neurons and networks."""

from collections.abc import Callable

import numpy as np

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
"""The four inputs of a logic gate, (4, 2)."""

GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0)}
"""Outputs of each gate at `CORNERS`, in {0, 1}."""


def gate(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the corners (4, 2) and the outputs of a gate there, as labels in {−1, +1}.

    Raises
    ------
    ValueError
        If there is no gate of that name.

    Examples
    --------
    >>> gate("AND")[1]
    array([-1., -1., -1.,  1.])
    """
    if name not in tuple(GATES):
        names = ", ".join(map(repr, GATES))
        raise ValueError(f"there is no gate {name!r}; expected one of {names}, in capitals")
    return CORNERS.copy(), 2.0 * np.array(GATES[name]) - 1


def crossed(m: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw `m` points of the square [−1, 1]² and label them by x₁x₂ < 0 (deck 000's demo).

    Returns
    -------
    X : (m, 2) array
    fires : (m,) array
        1 where x₁x₂ < 0, else 0. No point lies within 0.05 of an axis.
    """
    X = rng.uniform(0.05, 1, size=(m, 2)) * rng.choice([-1, 1], size=(m, 2))
    return X, (X[:, 0] * X[:, 1] < 0).astype(int)


def separable(
    m: int, margin: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw `m` points of [−1, 1]² on both sides of a random line, at least `margin` away from it.

    Returns
    -------
    X : (m, 2) array
    y : (m,) array
        Labels in {−1, +1}.
    line : (3,) array
        (w₁, w₂, b) of that line, (w₁, w₂) of length 1.
    """
    angle = rng.uniform(0, 2 * np.pi)
    line = np.array([np.cos(angle), np.sin(angle), rng.uniform(-0.2, 0.2)])
    X = np.empty((0, 2))
    while len(X) < m:
        drawn = rng.uniform(-1, 1, size=(8 * m, 2))
        X = np.concatenate([X, drawn[np.abs(drawn @ line[:2] + line[2]) > margin]])
    X = X[:m]
    return X, np.where(X @ line[:2] + line[2] >= 0, 1.0, -1.0), line


def _blurred_gate(name: str) -> Callable[[int, np.random.Generator], tuple[np.ndarray, np.ndarray]]:
    def draw(m: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        corner = np.arange(m) % 4
        X = 1.2 * CORNERS[corner] - 0.6 + rng.normal(0, 0.13, size=(m, 2))
        return np.clip(X, -1, 1), np.array(GATES[name])[corner]

    return draw


def _circle(m: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    inside = np.arange(m) % 2
    radius = np.where(inside, 0.45 * np.sqrt(rng.uniform(size=m)), rng.uniform(0.65, 0.95, size=m))
    angle = rng.uniform(0, 2 * np.pi, size=m)
    return radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), inside


def _spiral(m: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    arm = np.arange(m) % 2
    turn = np.linspace(0.12, 1, m)
    angle = 1.1 * 2 * np.pi * turn + np.pi * arm
    X = 0.95 * turn[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return X + rng.normal(0, 0.012, size=(m, 2)), arm


PLANE_DATASETS: dict[str, Callable[[int, np.random.Generator], tuple[np.ndarray, np.ndarray]]] = {
    "AND": _blurred_gate("AND"),
    "XOR": _blurred_gate("XOR"),
    "x₁x₂ < 0": crossed,
    "circle": _circle,
    "spiral": _spiral,
}
"""By name, functions of (m, rng) that draw X (m, 2) in [−1, 1]² and labels (m,) in {0, 1}."""
