"""The explorable GradientByLayer: a signal forward and a gradient backward through many layers.

Layers have equal width n, weights of variance g²/n and no bias. The gradient's mean square then
changes by g² ⟨f′²⟩ per layer, and the edge of chaos is the gain g at which this is 1.

Source: B. Poole et al., "Exponential expressivity in deep neural networks through transient
chaos", NeurIPS 2016; S. Schoenholz et al., "Deep information propagation", ICLR 2017.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from course.explore.base.controls import Choice, Control, Slider
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Curve, Marker, Panel, Path, Rule
from course.explore.base.student import StudentMistakeError, failed, written_or_none

DEEPEST, WIDTH, SAMPLES = 50, 64, 8
GAINS = 49
SEED = 2010

ACTIVATIONS = ("tanh", "linear", "relu", "sigmoid")
_F: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "tanh": np.tanh,
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: (1 + np.tanh(z / 2)) / 2,
}
_SLOPE: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "tanh": lambda a: 1 - a * a,
    "linear": np.ones_like,
    "relu": lambda a: (a > 0).astype(a.dtype),
    "sigmoid": lambda a: a * (1 - a),
}

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

_LOW, _HIGH = 1e-12, 1e12
"""Ends of the axes; values outside are clipped."""

_FAR = 1e15

SHALLOW = 6
"""Up to this depth a network trains from nearly any initial weights."""

KEPT = 10.0
"""Within this factor over the whole depth a gradient counts as kept."""

InitWeights = Callable[..., Sequence[tuple[np.ndarray, np.ndarray]]]


@dataclass(frozen=True)
class State:
    """The values of GradientByLayer's controls."""

    depth: int = 30
    gain: float = 0.5
    activation: str = "tanh"


class GradientByLayer(Explorable):
    """The size of the signal and of the gradient in every layer of a deep network.

    Parameters
    ----------
    init_weights
        Your own ``init_weights(sizes, scheme, rng)``. Once it is written, its "xavier" weights,
        times the gain, are the weights: for layers of equal width their variance is 1/n.
    **state
        Initial values of the controls.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "gradient_by_layer"
    title = "Gradient by layer: vanishing, exploding, and the edge between"
    about = (
        f"A network of up to {DEEPEST} layers of {WIDTH} units, at the start of training. On the "
        "left the signal on its way forward, in the middle the gradient on its way back, on the "
        "right what is left of it in the first layer for every gain at once."
    )
    state_class = State
    presets: Mapping[str, Mapping[str, Any]] = {
        "vanishes": {"activation": "tanh", "gain": 0.5, "depth": 30},
        "explodes": {"activation": "tanh", "gain": 3.17, "depth": 30},
        "shallow": {"activation": "tanh", "gain": 0.5, "depth": 3},
        "ReLU": {"activation": "relu", "gain": 1.0, "depth": 30},
        "sigmoid": {"activation": "sigmoid", "gain": 1.0, "depth": 30},
    }
    readout = "gradient in layer 1, beside the last layer's: {left}"

    def __init__(self, *, init_weights: InitWeights | None = None, **state: Any) -> None:
        self.error = ""
        self.weights = _draw_weights()
        own, self.note = written_or_none(init_weights)
        if own is not None:
            try:
                self.weights = _from_student(own)
            except StudentMistakeError as wrong:
                self.error = f"{wrong} Shown are the course's own weights."
        rng = np.random.default_rng(SEED + 1)
        self.inputs = rng.standard_normal((SAMPLES, WIDTH)).astype(np.float32)
        self.back = rng.standard_normal((SAMPLES, WIDTH)).astype(np.float32)
        self.sizes = lru_cache(maxsize=None)(self._sizes)
        self.gain_sweep = lru_cache(maxsize=None)(self._sweep_gains)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for depth and gain and the choice of the activation."""
        return (
            Slider(key="gain", name="gain", symbol="g", low=0.25, high=16, steps=GAINS, log=True,
                   carried=25),
            Slider(key="depth", name="depth", symbol="L", low=1, high=DEEPEST, steps=DEEPEST,
                   whole=True, carried=8),
            Choice(key="activation", name="activation", options=ACTIVATIONS),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the signal by layer, the gradient by layer, and the first one for every gain."""
        layer = Axis("layer", 0, DEEPEST + 1)
        size = Axis("size (root mean square)", _LOW, _HIGH, log=True)
        return (
            Panel(
                "Forward: the signal",
                layer,
                size,
                [Path("layers", "signal", colour="data", label="signal", dots=True, head=False)],
            ),
            Panel(
                "Backward: the gradient δ = ∂J/∂z",
                layer,
                Axis("size, last layer = 1", _LOW, _HIGH, log=True),
                [
                    Path("layers", "gradient", label="gradient", dots=True, head=False),
                    Rule("one", label="kept"),
                ],
            ),
            Panel(
                "First layer's δ",
                Axis("gain g", 0.25, 16, log=True),
                Axis("size, last layer = 1", _LOW, _HIGH, log=True),
                [
                    Curve("gains", "first", label="for every gain", ghost=True),
                    Rule("one", label="kept"),
                    Marker("here", "circle", colour="path", label="here"),
                ],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return both sizes in every layer, and the first layer's gradient for every gain."""
        signal, gradients = self.sizes(state.activation, state.gain)
        layers = np.arange(DEEPEST + 1, dtype=np.float32)
        forward = np.where(layers <= state.depth, signal, np.nan)
        backward = np.full(DEEPEST + 1, np.nan)
        backward[1 : state.depth + 1] = gradients[state.depth, 1 : state.depth + 1]
        gains, first = self.gain_sweep(state.activation)
        left = float(gradients[state.depth, 1])
        arrays = {
            "layers": layers,
            "signal": np.clip(forward, _LOW, _HIGH),
            "gradient": np.clip(backward, _LOW, _HIGH),
            "gains": gains,
            "first": np.clip(first[:, state.depth], _LOW, _HIGH),
            "here": np.array([state.gain, np.clip(left, _LOW, _HIGH)]),
        }
        scalars = {"one": 1.0, "left": left}
        return Frame(arrays, self.error or self.note + _summary(state, left), scalars)

    def _sizes(self, activation: str, gain: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the signal's size (51,) and the gradient's (51, 51): last layer, layer.

        The gradient is ∂/∂z of a random linear function of the last layer's output. All depths
        share the forward sweep, and their backward sweeps run side by side.
        """
        f, slope = _F[activation], _SLOPE[activation]
        values = [self.inputs]
        for W in self.weights:
            values.append(np.clip(f(values[-1] @ (gain * W)), -_FAR, _FAR))
        signal = np.array([np.sqrt(np.mean(np.square(value))) for value in values])
        gradients = np.full((DEEPEST + 1, DEEPEST + 1), np.nan)
        upstream = np.zeros((0, SAMPLES, WIDTH), dtype=np.float32)
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            for layer in range(DEEPEST, 0, -1):
                upstream = np.concatenate([self.back[None], upstream])
                # The limit is far outside the axes; without it single precision would overflow.
                delta = np.clip(upstream * slope(values[layer]), -_FAR, _FAR)
                gradients[layer:, layer] = np.sqrt(np.mean(np.square(delta), axis=(1, 2)))
                upstream = delta @ (gain * self.weights[layer - 1].T)
            last = np.diagonal(gradients)[:, None]
            return signal, np.where(last > 0, gradients / last, 0.0)

    def _sweep_gains(self, activation: str) -> tuple[np.ndarray, np.ndarray]:
        """Return all gains (49,) and the first layer's gradient (49, 51) for each depth."""
        gains = np.array(self.controls[0].positions())
        first = np.array([self.sizes(activation, float(gain))[1][:, 1] for gain in gains])
        return gains.astype(np.float32), first


def _draw_weights() -> np.ndarray:
    """Draw weights (50, 64, 64) of variance 1/n."""
    numbers = np.random.default_rng(SEED).standard_normal((DEEPEST, WIDTH, WIDTH))
    return (numbers / np.sqrt(WIDTH)).astype(np.float32)


def _from_student(init_weights: InitWeights) -> np.ndarray:
    """Return the weights of 50 layers drawn by a student's function.

    Raises
    ------
    StudentMistakeError
        If it fails, or returns other shapes.
    """
    wanted = f"{DEEPEST} pairs with W of shape {(WIDTH, WIDTH)}"
    try:
        layers = init_weights([WIDTH] * (DEEPEST + 1), "xavier", np.random.default_rng(SEED))
        weights = np.array([W for W, _ in layers], dtype=np.float32)
    except Exception as wrong:
        raise failed("init_weights", wrong) from wrong
    if weights.shape != (DEEPEST, WIDTH, WIDTH):
        raise StudentMistakeError(f"Your init_weights gives {weights.shape}; expected {wanted}.")
    return weights


def _summary(state: State, left: float) -> str:
    """Describe what happens to the gradient."""
    if state.depth == 1:
        return "One layer: the first is the last, and nothing can vanish on the way."
    factor = left ** (1 / (state.depth - 1)) if left > 0 else 0.0
    each = f"a factor {factor:.2g} for each layer"
    times = _number(left)
    if not np.isfinite(left) or left > _HIGH:
        return "The gradient overflows on its way back: far above the edge of chaos."
    if state.depth <= SHALLOW and 0.01 < left < 100:
        return (
            f"{state.depth} layers: the first receives {times} of the last one's gradient, "
            f"{each}. So shallow a network forgives nearly any gain."
        )
    if left > KEPT:
        return f"Exploding: the first layer receives {times} times the last one's, {each}."
    if left < 1 / KEPT:
        share = f"{times} of the last one's" if left > _LOW else "nothing"
        return f"Vanishing: the first layer receives {share}, {each}. It will hardly learn."
    return f"Kept: the first layer receives {times} of the last one's, {each}. This is the edge."


def _number(value: float) -> str:
    """Write a number with two digits, large and small ones as 1.1 × 10⁻⁹."""
    mantissa, _, power = f"{value:.1e}".partition("e")
    if -3 < int(power) < 4:
        return f"{value:.2g}" if abs(value) < 100 else f"{value:.0f}"
    return f"{mantissa} × 10{str(int(power)).translate(_RAISED)}"
