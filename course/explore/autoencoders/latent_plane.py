"""The explorable LatentPlane: press on a point of a two-number code, see what is drawn there.

All points of the grid are decoded at once and sent ahead (961 images of 64 bytes), so that a press
needs no kernel, neither in a notebook nor on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from course.explore.base.controls import Control, Slider
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Block, Frame
from course.explore.base.picture import Axis, Images, Numbers, Panel, Path, Rule
from course.explore.base.student import StudentMistakeError, call_student
from course.models.latent_planes import (
    DEPTHS,
    SHOWN,
    Plane,
    held_out,
    plane,
    stored,
    straight_error,
)

EDGE, POSITIONS = 3.0, 31
FAR = 0.6
"""Distance from the nearest digit beyond which the decoder makes something up."""
OWN = len(DEPTHS)
"""The position of the slider that shows a student's own models."""
SIDE = 8


@dataclass(frozen=True)
class State:
    """The point that is decoded, and by which autoencoder."""

    z1: float = -1.4
    z2: float = 0.0
    depth: int = 2


class LatentPlane(Explorable):
    """The plane of a code of two numbers, with a decoder behind every point of it.

    Parameters
    ----------
    encoder, decoder
        Your own models, or functions: from digits (m, 64) to codes (m, 2), and back. They stand
        at the last position of the slider, depth = 4.
    **state
        Where the controls stand first.

    Raises
    ------
    ValueError
        If only one of the two is given, or an entry of the state is unknown or out of range.
    """

    name = "latent"
    title = "Latent plane: what does the decoder draw here?"
    about = (
        "Press anywhere in the left panel, or move the ring with the two sliders: the decoder "
        "draws what belongs to this pair of numbers. Each small figure is a digit held out, where "
        "the encoder puts it. Distances are in spreads of all codes."
    )
    state_class = State
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "straight (PCA)": {"depth": 0},
        "one layer": {"depth": 1},
        "three layers": {"depth": 3},
        "no man's land": {"z1": 2.8, "z2": -2.8},
    }

    def __init__(
        self,
        *,
        encoder: Callable[..., Any] | None = None,
        decoder: Callable[..., Any] | None = None,
        **state: Any,
    ) -> None:
        if (encoder is None) != (decoder is None):
            raise ValueError("give both, encoder and decoder, or neither")
        self._own = None if encoder is None or decoder is None else (encoder, decoder)
        self._decoded = lru_cache(maxsize=OWN + 1)(self._decode_all)
        self._plane = lru_cache(maxsize=OWN + 1)(self._made)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for the point and for the depth."""
        ends = {"low": -EDGE, "high": EDGE, "steps": POSITIONS, "swept": False}
        last = OWN if self._own else OWN - 1
        name = "hidden layers each way" + (f" ({OWN}: yours)" if self._own else "")
        return (
            Slider(key="z1", name="first number", symbol="z₁", **ends),
            Slider(key="z2", name="second number", symbol="z₂", **ends),
            Slider(key="depth", name=name, low=0, high=last, steps=last + 1, whole=True),
        )

    def make_panels(self) -> Sequence[Panel]:
        """Return the plane, the image decoded, and the error over the epochs of training."""
        return (
            Panel(
                "The plane: press anywhere",
                Axis("z₁", -EDGE - 0.1, EDGE + 0.1),
                Axis("z₂", -EDGE - 0.1, EDGE + 0.1),
                [Numbers("codes_x", "codes_y", numbers="labels", sets=("z1", "z2"))],
            ),
            Panel(
                "What the decoder draws",
                Axis("", 0, 1),
                Axis("", 0, 1),
                [Images("decoded", across=1, high=255)],
                bare=True,
            ),
            Panel(
                "Error on digits held out",
                Axis("epoch", 0, "epochs_end"),
                Axis("mean squared length of the error", 1.5, 5.0),
                [
                    Path("epochs", "losses", colour="validation", label="training", ghost=False),
                    Rule("error", colour="model", label="this one"),
                    Rule("straight", label="PCA, k = 2"),
                ],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the image decoded at the point, with the plane around it."""
        try:
            seen = self._plane(state.depth)
            image = self._images(seen, np.array([[state.z1, state.z2]]))
        except StudentMistakeError as wrong:
            return self._blank(str(wrong))
        return self._frame(state, seen, image)

    def prefetch(
        self, state: Any, priority: str = "", superseded: Callable[[], bool] = lambda: False
    ) -> Iterator[Block]:
        """Yield the frame at `state`, all points of its plane, and the other depths at this point.

        Unlike the base's, the first two controls are sent as a product: a press moves both.
        """
        yield self.single(state)
        if superseded():
            return
        z1, z2 = (control.positions() for control in self.controls[:2])
        try:
            seen, images = self._plane(state.depth), self._decoded(state.depth)
        except StudentMistakeError:
            return
        points = (State(a, b, state.depth) for a in z1 for b in z2)
        frames = [self._frame(point, seen, images[i : i + 1]) for i, point in enumerate(points)]
        yield Block({"depth": state.depth}, [("z1", z1), ("z2", z2)], frames)
        block = self.sweep("depth", state, superseded)
        if block is not None:
            yield block

    def _made(self, depth: int) -> Plane:
        if depth < OWN or self._own is None:
            return stored(depth)
        encoder, decoder = self._own

        def encode(X: np.ndarray) -> np.ndarray:
            return call_student(_named(encoder, "encoder"), X, shape=(len(X), 2))

        def decode(points: np.ndarray) -> np.ndarray:
            return call_student(_named(decoder, "decoder"), points, shape=(len(points), SIDE**2))

        return plane(encode, decode, np.full(2, np.nan))

    def _decode_all(self, depth: int) -> np.ndarray:
        """Return the images at every point of the grid, z₂ running fastest, (961, 8, 8)."""
        ticks = [control.positions() for control in self.controls[:2]]
        grid = np.stack(np.meshgrid(*ticks, indexing="ij"), axis=-1).reshape(-1, 2)
        return self._images(self._plane(depth), grid)

    def _images(self, seen: Plane, points: np.ndarray) -> np.ndarray:
        images = np.rint(255 * np.clip(seen.decode(points), 0, 1)).astype(np.uint8)
        return images.reshape(-1, SIDE, SIDE)

    def _frame(self, state: State, seen: Plane, image: np.ndarray) -> Frame:
        away = np.hypot(*(seen.codes - (state.z1, state.z2)).T)
        nearest = int(away.argmin())
        background = _background(seen)
        scalars = {
            "error": seen.error,
            "straight": straight_error(),
            "epochs_end": 1.025 * (len(seen.losses) - 1),
        }
        text = self._summary(state, seen, int(held_out().labels[nearest]), away[nearest])
        return Frame({"decoded": image, **background}, text, scalars)

    def _summary(self, state: State, seen: Plane, digit: int, away: float) -> str:
        which = "Your models" if state.depth == OWN else _depth_in_words(state.depth)
        text = f"{which}: error {seen.error:.2f}, PCA's {straight_error():.2f}. "
        if away > FAR:
            return text + "No digit lands near this point: here the decoder makes something up."
        one = f"{'an' if digit == 8 else 'a'} {digit}"
        return f"{text}The digit that lands nearest to this point is {one}."

    def _blank(self, mistake: str) -> Frame:
        background = _background(stored(0))
        nowhere = {name: np.full_like(background[name], np.nan) for name in ("codes_x", "codes_y")}
        scalars = {"error": np.nan, "straight": straight_error(), "epochs_end": 1}
        image = np.zeros((1, SIDE, SIDE), dtype=np.uint8)
        return Frame({"decoded": image, **background, **nowhere}, mistake, scalars)


@lru_cache(maxsize=16)
def _background(seen: Plane) -> dict[str, np.ndarray]:
    """Return what all frames of one plane share, the same read-only arrays each time."""
    made = {
        "codes_x": seen.codes[:, 0].astype(np.float32),
        "codes_y": seen.codes[:, 1].astype(np.float32),
        "labels": held_out().labels[:SHOWN].astype(np.uint8),
        "epochs": np.arange(len(seen.losses), dtype=np.float32),
        "losses": seen.losses.astype(np.float32),
    }
    for array in made.values():
        array.flags.writeable = False
    return made


def _depth_in_words(depth: int) -> str:
    if depth == 0:
        return "No hidden layer, so straight"
    return f"{depth} hidden layer{'s' if depth > 1 else ''} each way"


def _named(model: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Call a model under a name that a sentence can use; a Keras model has none of its own."""

    def named(values: np.ndarray) -> Any:
        return model(np.array(values))  # Keras takes no read-only arrays

    named.__name__ = name
    return named
