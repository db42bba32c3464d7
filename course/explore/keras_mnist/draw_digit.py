"""The explorable DrawDigit: draw, and see a network's answer while you draw.

The network is evaluated with NumPy: Keras's own `predict` takes 80 ms for a single image, two
matrix products half a millisecond.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.explore.base.controls import Control
from course.explore.base.drawn import Strokes
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Bars, Images, Pad, Panel
from course.explore.keras_mnist.default_data import Layers, small_network
from course.explore.keras_mnist.strokes import as_image
from course.models import network

UNITS = 11
"""Number of units of the first layer shown beside the image."""

SEVEN = "80,60 200,60 150,140 120,230"
THREE = "90,60 150,45 190,80 140,130 195,180 150,225 85,210"
FOUR = "150,50 80,150 210,150;170,95 165,240"
CROSS = "60,60 220,220;220,60 60,220"


@dataclass(frozen=True)
class State:
    """The drawing."""

    ink: str = THREE


class DrawDigit(Explorable):
    """A sheet to draw a digit on, ten probabilities, and the activity of the first layer.

    Parameters
    ----------
    model
        A dense Keras network with ReLU and ten softmax outputs, for images of 28 × 28 or 8 × 8; or
        its weights as a list of (W, b). By default a small network for 8 × 8 digits.
    **state
        The initial drawing.

    Raises
    ------
    ValueError
        If the model is not such a network, or the state is not a drawing.
    """

    name = "draw"
    title = "Draw a digit: what does the network say?"
    about = (
        "What a network says of a drawing, which is fitted and centred as the training images were."
    )
    about_live = (
        "Draw with the mouse or a finger. By keyboard: Tab to the sheet, arrows move the pen, "
        "Space sets it down and lifts it, Delete wipes all."
    )
    state_class = State
    presets: Mapping[str, Mapping[str, Any]] = {
        "a 3": {"ink": THREE},
        "a 4": {"ink": FOUR},
        "a 7": {"ink": SEVEN},
        "no digit": {"ink": CROSS},
        "empty": {"ink": ""},
    }

    def __init__(self, model: Any = None, **state: Any) -> None:
        self.layers = small_network() if model is None else dense_layers(model)
        self.side = round(self.layers[0][0].shape[0] ** 0.5)
        if self.side not in (8, 28) or self.side**2 != self.layers[0][0].shape[0]:
            raise ValueError(
                f"the model takes {self.layers[0][0].shape[0]} inputs; expected 28·28 or 8·8 pixels"
            )
        if self.layers[-1][0].shape[1] != 10:
            raise ValueError(f"the model has {self.layers[-1][0].shape[1]} outputs; expected 10")
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the drawing."""
        return (Strokes(key="ink", name="sheet"),)

    def make_panels(self) -> Sequence[Panel]:
        """Return the sheet, the probabilities, and the first layer."""
        return (
            Panel("Draw here", Axis("", 0, 28), Axis("", 28, 0), [Pad(sets=("ink",))], bare=True),
            Panel(
                "Probability of each digit",
                Axis("digit", -0.6, 9.6, ticks=tuple("0123456789")),
                Axis("p", 0, 1.001),
                [Bars("probabilities", colour="model", chosen="answer", ghost=False)],
            ),
            Panel(
                "Input, then most active units",
                Axis("", 0, 1),
                Axis("", 0, 1),
                [Images("seen", across=4, low=-1, high=1, signed=True)],
                bare=True,
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the network's answer to the drawing.

        A unit's image is its weights times the ink under them, scaled to the largest of all.
        """
        image = as_image(state.ink, self.side).astype(np.float32)
        kinds = ["relu"] * (len(self.layers) - 1) + ["softmax"]
        values = network.forward(image.reshape(1, -1), self.layers, kinds)
        P = values[-1][0].astype(float)
        answer = int(P.argmax())
        arrays = {"probabilities": P, "seen": self._views(image, values[1][0])}
        return Frame(arrays, self._summary(state, P), {"answer": answer})

    def _views(self, image: np.ndarray, first: np.ndarray) -> np.ndarray:
        views = np.zeros((1 + UNITS, self.side, self.side), dtype=np.float32)
        views[0] = image
        order = np.argsort(-first)[:UNITS]
        passed = self.layers[0][0][:, order].T.reshape(-1, self.side, self.side) * image
        views[1 : 1 + len(order)] = passed / max(float(np.abs(passed).max()), 1e-9)
        return views

    def _summary(self, state: State, P: np.ndarray) -> str:
        first, second = np.argsort(-P)[:2]
        text = f"It says {first} with {100 * P[first]:.0f} %"
        if not state.ink:
            return f"The sheet is empty. {text}: it has no way to say that there is nothing."
        if P[first] > 0.95:
            return f"{text}, and is sure of it. Sure is not the same as right."
        return f"{text}, then {second} with {100 * P[second]:.0f} %."


def dense_layers(model: Any) -> Layers:
    """Return the (W, b) of a dense network in Keras, or of a list of them.

    Raises
    ------
    ValueError
        If it has layers with weights other than dense ones.
    """
    weights = (
        model.get_weights() if hasattr(model, "get_weights") else [w for p in model for w in p]
    )
    arrays = [np.asarray(weight, dtype=np.float32) for weight in weights]
    pairs = list(zip(arrays[::2], arrays[1::2], strict=False))
    dense = len(arrays) % 2 == 0 and all(W.ndim == 2 and b.shape == W.shape[1:] for W, b in pairs)
    if not pairs or not dense:
        shapes = ", ".join(str(array.shape) for array in arrays) or "none"
        raise ValueError(
            f"expected a network of dense layers only; its weights have shapes {shapes}"
        )
    return pairs
