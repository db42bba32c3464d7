"""A small network trained on points of the plane, recorded while it learns.

Full-batch gradient descent with heavy-ball momentum on the cross-entropy; the network is
`course.models.network`, in float32, or a student's own functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from course.data.gates import PLANE_DATASETS
from course.explore.base.log_odds import code_log_odds
from course.explore.base.student import StudentMistakeError, call_student
from course.models import network

Layers = list[tuple[np.ndarray, np.ndarray]]

POINTS = 120
LEAST_POINTS = 2
MOMENTUM = 0.9
GRID = 40  # points along each side of the region
LINES, ALONG = 9, 17  # of the mesh: lines each way, points on each
EDGE = 1.1  # the plane is shown from −EDGE to EDGE
LOSS = "binary_crossentropy"


@cache
def dataset_points(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the points (m, 2) and labels (m,) of a data set, always the same."""
    X, y = PLANE_DATASETS[name](POINTS, np.random.default_rng(5))
    return X.astype(np.float32), y


def grid_points() -> np.ndarray:
    """Return the points (GRID², 2) at which the region is evaluated, rows from below."""
    side = np.linspace(-EDGE, EDGE, GRID, dtype=np.float32)
    x, y = np.meshgrid(side, side)
    return np.column_stack([x.ravel(), y.ravel()])


def mesh_points() -> np.ndarray:
    """Return the points (2 LINES × ALONG, 2) of the mesh, line after line."""
    across, along = np.linspace(-1, 1, LINES), np.linspace(-1, 1, ALONG)
    upright = np.stack(np.meshgrid(across, along, indexing="ij"), axis=-1)
    return np.concatenate([upright, upright[..., ::-1]]).reshape(-1, 2).astype(np.float32)


@dataclass(frozen=True)
class Recording:
    """One run, with T snapshots spread evenly from its start to its end.

    Attributes
    ----------
    losses, right : (epochs + 1,) arrays
        The loss, and the per cent of points on the right side; NaN after a failure.
    region : (T, GRID, GRID) array of uint8
        The probability of class 1, as `code_log_odds` writes it.
    seen : (T, m, 2) array
        The points as the last hidden layer represents them; see `_Recorder`.
    mesh : (T, 2 LINES, ALONG, 2) array
        The lines of the plane, represented likewise.
    mistake : str
        The mistake of a student's function, if any.
    layers, speeds : lists of (W, b)
        Weights and momentum at the end, from which training can continue.
    """

    losses: np.ndarray
    right: np.ndarray
    region: np.ndarray
    seen: np.ndarray
    mesh: np.ndarray
    mistake: str
    layers: Layers
    speeds: Layers


@dataclass(frozen=True)
class Trainer:
    """Trains a network and records it.

    Parameters
    ----------
    forward
        A student's ``mlp_forward(X, weights, activations) -> list of layer values``.
    backward
        A student's ``mlp_backward(X, Y, weights, activations) -> list of (dW, db)``.
    """

    forward: Callable[..., Any] | None = None
    backward: Callable[..., Any] | None = None

    def record(
        self,
        X: np.ndarray,
        y: np.ndarray,
        sizes: Sequence[int],
        activation: str,
        alpha: float,
        seed: int,
        epochs: int,
        snapshots: int,
        before: Recording | None = None,
    ) -> Recording:
        """Train for `epochs` from `seed`, or continue a recording; take `snapshots` snapshots.

        ``X (m, 2)`` are the points, ``y (m,)`` their classes; of fewer than `LEAST_POINTS` nothing
        is learnt, and the recording says so as a mistake.
        """
        if len(X) < LEAST_POINTS:
            nothing = np.full(epochs + 1, np.nan, dtype=np.float32)
            pictures = _Recorder(X).stacked(snapshots)
            return Recording(nothing, nothing, *pictures, "Put down at least two points.", [], [])
        Y = y[:, None].astype(np.float32)
        names = [activation] * (len(sizes) - 2) + ["sigmoid"]
        if before is None:
            layers = _initialise(sizes, activation, seed)
            speeds = [(np.zeros_like(W), np.zeros_like(b)) for W, b in layers]
        else:
            layers, speeds = _copy(before.layers), _copy(before.speeds)
        answers = np.full((epochs + 1, len(X)), np.nan, dtype=np.float32)
        when = set(np.linspace(0, epochs, snapshots).round().astype(int).tolist())
        recorder = _Recorder(X)
        mistake = ""
        for epoch in range(epochs + 1):
            try:
                values = self.values(X, layers, names)
                if epoch in when:
                    recorder.add(*self._evaluate_grid(layers, names), values, layers[-1])
                answers[epoch] = values[-1][:, 0]
                if epoch == epochs:
                    break
                gradients = self._gradients(values, X, Y, layers, names)
            except StudentMistakeError as wrong:
                mistake = f"{wrong} The run stops after epoch {epoch}."
                break
            for (W, b), (vW, vb), (dW, db) in zip(layers, speeds, gradients, strict=True):
                vW *= MOMENTUM
                vW -= alpha * dW
                vb *= MOMENTUM
                vb -= alpha * db
                W += vW
                b += vb
        scores, pictures = _score(answers, y), recorder.stacked(snapshots)
        return Recording(*scores, *pictures, mistake, layers, speeds)

    def values(self, X: np.ndarray, layers: Layers, names: list[str]) -> list[np.ndarray]:
        """Return the values of all layers at the points X, by a student's function if there is one.

        Raises
        ------
        StudentMistakeError
            If that fails.
        """
        if self.forward is None:
            return network.forward(X, layers, names)
        return _own_values(self.forward, X, layers, names)

    def _evaluate_grid(self, layers: Layers, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return the output on the grid, and the mesh as the last hidden layer represents it."""
        values = self.values(_GRID_AND_MESH, layers, names)
        return values[-1][: GRID**2, 0], values[-2][GRID**2 :]

    def _gradients(
        self,
        values: list[np.ndarray],
        X: np.ndarray,
        Y: np.ndarray,
        layers: Layers,
        names: list[str],
    ) -> Layers:
        if self.backward is None:
            return network.backward(values, Y, layers, names, LOSS)
        return _own_gradients(self.backward, X, Y, layers, names)


def _initialise(sizes: Sequence[int], activation: str, seed: int) -> Layers:
    rng = np.random.default_rng(seed)
    scheme = "he" if activation == "relu" else "xavier"
    layers = network.initialise(sizes, rng, scheme)
    return [(W, rng.normal(0, 0.3, size=b.shape).astype(np.float32)) for W, b in layers]


def _score(answers: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the loss and the per cent on the right side for every row of answers."""
    of_truth = np.where(y == 1, answers, 1 - answers)
    losses = -np.log(np.maximum(of_truth, np.finfo(np.float32).eps)).mean(axis=1)
    right = 100 * ((answers >= 0.5) == y).mean(axis=1)
    return losses, np.where(np.isfinite(losses), right, np.nan)


class _Recorder:
    """Records snapshots of a run.

    The last hidden layer has as many dimensions as units. Two directions are shown: across, that of
    the output unit's weights, so that its threshold is a vertical line; upwards, the direction
    orthogonal to it in which the points spread most. Both have the same scale, so that the points
    just fill the view.
    """

    def __init__(self, X: np.ndarray) -> None:
        self.region: list[np.ndarray] = []
        self.seen: list[np.ndarray] = []
        self.mesh: list[np.ndarray] = []
        self.upwards: np.ndarray | None = None
        self.points = len(X)

    def add(
        self,
        answers: np.ndarray,
        mesh: np.ndarray,
        values: list[np.ndarray],
        output: tuple[np.ndarray, np.ndarray],
    ) -> None:
        """Add a snapshot."""
        self.region.append(code_log_odds(answers).reshape(GRID, GRID))
        with np.errstate(all="ignore"):
            shown = self._view(np.concatenate([values[-2], mesh]), output)
        self.seen.append(shown[: self.points])
        self.mesh.append(shown[self.points :].reshape(2 * LINES, ALONG, 2))

    def _view(self, hidden: np.ndarray, output: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        w, b = output[0][:, 0], output[1][0]
        length = max(float(np.linalg.norm(w)), 1e-9)
        across = w / length
        flat = hidden - hidden[: self.points].mean(axis=0)
        flat = flat - np.outer(flat @ across, across)
        spread = flat[: self.points].T @ flat[: self.points]
        # Power iteration from the last snapshot's direction: its sign never flips.
        up = self.upwards if self.upwards is not None else spread[np.argmax(np.diag(spread))]
        for _ in range(8):
            up = spread @ up
            up = up / max(float(np.linalg.norm(up)), 1e-12)
        self.upwards = up if np.isfinite(up).all() else None
        shown = np.column_stack([(hidden @ w + b) / length, flat @ up])
        widest = np.abs(shown[: self.points]).max()
        return (shown / max(float(widest), 1e-9)).astype(np.float32)

    def stacked(self, snapshots: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return region, seen and mesh with `snapshots` rows; a failed run repeats its last one."""
        if not self.region:
            self.region.append(np.full((GRID, GRID), 127, dtype=np.uint8))
            self.seen.append(np.full((self.points, 2), np.nan, dtype=np.float32))
            self.mesh.append(np.full((2 * LINES, ALONG, 2), np.nan, dtype=np.float32))
        kept = np.minimum(np.arange(snapshots), len(self.region) - 1)
        region, seen, mesh = (np.stack(rows)[kept] for rows in (self.region, self.seen, self.mesh))
        return region, seen, mesh


def _copy(layers: Layers) -> Layers:
    return [(W.copy(), b.copy()) for W, b in layers]


def _read_only(layers: Layers) -> Layers:
    """Return copies that a student's function cannot write into."""
    copies = _copy(layers)
    for pair in copies:
        for array in pair:
            array.flags.writeable = False
    return copies


def _own_values(
    function: Callable[..., Any], X: np.ndarray, layers: Layers, names: list[str]
) -> list[np.ndarray]:
    """Return the result of a student's forward pass, validated layer by layer."""
    shapes = [X.shape, *((len(X), len(b)) for _, b in layers)]
    return _parts(function, shapes, "layers", X, _read_only(layers), list(names))


def _own_gradients(
    function: Callable[..., Any], X: np.ndarray, Y: np.ndarray, layers: Layers, names: list[str]
) -> Layers:
    """Return the result of a student's backward pass, validated layer by layer."""
    shapes = [array.shape for pair in layers for array in pair]

    def flat(*given: Any) -> list[Any]:
        return [array for pair in function(*given) for array in pair]

    flat.__name__ = getattr(function, "__name__", "mlp_backward")
    parts = _parts(flat, shapes, "gradients", X, Y, _read_only(layers), list(names))
    return list(zip(parts[::2], parts[1::2], strict=True))


def _parts(
    function: Callable[..., Any], shapes: list[tuple[int, ...]], what: str, *given: Any
) -> list[np.ndarray]:
    """Return the arrays that a student's function returns, with the shapes expected.

    Raises
    ------
    StudentMistakeError
        If the function raises, or returns other shapes or another number of arrays.
    """
    name = getattr(function, "__name__", "function")
    kept: list[Any] = []

    def first(*arguments: Any) -> Any:
        answer = function(*arguments)
        if not isinstance(answer, list | tuple) or len(answer) != len(shapes):
            count = len(answer) if isinstance(answer, list | tuple) else type(answer).__name__
            raise StudentMistakeError(
                f"Your {name} returns {count}; expected a list of {len(shapes)} {what}."
            )
        kept.extend(answer)
        return answer[0]

    first.__name__ = name
    parts = [call_student(first, *given, shape=shapes[0])]
    for answer, shape in zip(kept[1:], shapes[1:], strict=True):
        part = np.asarray(answer, dtype=float)
        if part.shape != shape:
            raise StudentMistakeError(f"Your {name} gives {part.shape}; expected {shape}.")
        parts.append(part)
    return [part.astype(np.float32) for part in parts]


_GRID_AND_MESH = np.concatenate([grid_points(), mesh_points()])
