"""The explorable Hopfield: a spoilt picture finds its way, neuron by neuron."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, ClassVar

import numpy as np

from course.data.glyphs import letters
from course.explore.base.controls import Control, Slider, Strokes, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Field, Pad, Panel, Path
from course.explore.base.student import StudentMistakeError, call_student
from course.explore.keras_mnist.strokes import fitted, read_strokes
from course.models.hopfield import name_state, settle, store

ORDER = "ETXVCHNIJZ"
"""The first four hardly resemble each other; with each further letter it becomes harder."""
SIDE, SWEEPS = 10, 4
UPDATES = SWEEPS * SIDE**2
COARSE = 8
"""Every so many updates are shown of a run that is seen in passing."""
PEN = 2.0
"""Width of a drawn line, in spins; the letters' lines are as wide."""
A_T = "40,60 120,45 235,40;140,50 150,150 125,240"
"""A drawn T, in tenths of the sheet's 28 cells."""


@dataclass(frozen=True)
class State:
    """Where the sliders of Hopfield stand."""

    stored: int = 4
    shown: int = 3
    noise: float = 0.25
    temperature: float = 0.0
    ink: str = ""


@cache
def _patterns(count: int) -> np.ndarray:
    return letters(ORDER[:count])


class Hopfield(Explorable):
    """A Hopfield network of 100 spins: its picture, its energy, its overlap with each memory.

    Parameters
    ----------
    hebbian_weights
        Your own ``hebbian_weights(patterns) -> (N, N)``: the network then remembers by it.
    **state
        Where the sliders stand first.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "hopfield"
    title = "Hopfield: a memory finds its way"
    about = (
        "The letters E T X V C H N I J Z, or the first few of them, are stored in the couplings of "
        "100 spins. The network starts from one of them with some spins turned, or from what you "
        "draw (on the sheet, arrows move the pen, Space sets it down and lifts it, Delete wipes). "
        "Then one spin after the other does what the field of all others asks."
    )
    state_class = State
    timeline = Timeline("update", UPDATES, seconds=5)
    readout = "after update {now}: E = {energy}"
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "noisy letter": {"stored": 4, "shown": 3, "noise": 0.25, "temperature": 0.0, "ink": ""},
        "too many": {"stored": 10, "shown": 1, "noise": 0.1, "temperature": 0.0, "ink": ""},
        "mixture": {"stored": 3, "shown": 1, "noise": 0.4, "temperature": 0.0, "ink": ""},
        "negative": {"stored": 4, "shown": 3, "noise": 0.85, "temperature": 0.0, "ink": ""},
        "warm": {"stored": 4, "shown": 3, "noise": 0.25, "temperature": 0.5, "ink": ""},
        "drawn": {"stored": 4, "noise": 0.0, "temperature": 0.0, "ink": A_T},
    }

    def __init__(self, *, hebbian_weights: Callable[..., Any] | None = None, **state: Any) -> None:
        self.hebbian_weights = hebbian_weights
        self._couplings = lru_cache(maxsize=16)(self._stored)
        self._run = lru_cache(maxsize=256)(self._settled)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for letters stored and shown, noise, temperature; the sheet."""
        return (
            Slider(
                key="stored", name="stored letters", low=1, high=10, steps=10,
                whole=True, carried=0,
            ),
            Slider(
                key="shown", name="letter", low=1, high=10, steps=10, whole=True,
                carried=3,
            ),
            Slider(key="noise", name="spins turned", low=0, high=1, steps=21, carried=0),
            Slider(
                key="temperature", name="temperature", low=0, high=1.5, steps=16,
                carried=0,
            ),
            Strokes(key="ink", name="sheet"),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the sheet, the picture, the energy over the updates."""
        return (
            Panel(
                "Draw a start, or leave it empty",
                Axis("column", 0, 28),
                Axis("row", 28, 0),
                [Pad(sets=("ink",), width=2.8 * PEN)],
                bare=True,
            ),
            Panel(
                "The network's spins",
                Axis("column", 0, SIDE),
                Axis("row", 0, SIDE),
                [Field("spins", smooth=False)],
                bare=True,
            ),
            Panel(
                "Energy, update by update",
                Axis("update", 0, UPDATES),
                Axis("E", -120, 20),
                [Path("updates", "energy", label="E")],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the run at `state`, every update of it."""
        return self._frame(state, 1)

    def preview(self, state: State) -> Frame:
        """Return the run at `state`, few updates of it."""
        return self._frame(state, COARSE)

    def _stored(self, count: int) -> np.ndarray:
        patterns = _patterns(count)
        if self.hebbian_weights is None:
            return store(patterns)
        return call_student(self.hebbian_weights, patterns, shape=(SIDE**2, SIDE**2))

    def _settled(self, state: State) -> tuple[np.ndarray, np.ndarray]:
        rng = np.random.default_rng([7, 0])
        shown = _drawn(state.ink) if state.ink else _patterns(10)[state.shown - 1]
        turned = rng.permutation(len(shown)) < round(state.noise * len(shown))
        begin = np.where(turned, -shown, shown)
        try:
            W = self._couplings(state.stored)
        except StudentMistakeError:
            return np.tile(begin, (UPDATES + 1, 1)), np.full(UPDATES + 1, np.nan)
        return settle(begin, W, state.temperature, SWEEPS, rng)

    def _frame(self, state: State, every: int) -> Frame:
        path, energies = self._run(state)
        pictures = (path[::every] > 0).reshape(-1, SIDE, SIDE)[:, ::-1]
        arrays = {
            "spins": pictures.astype(np.uint8),
            "updates": _NUMBERS,
            "energy": energies.astype(np.float32),
        }
        return Frame(arrays, self._summary(state, path, energies))

    def _summary(self, state: State, path: np.ndarray, energies: np.ndarray) -> str:
        """Say in words where the network has come to."""
        try:
            W = self._couplings(state.stored)
        except StudentMistakeError as wrong:
            return str(wrong)
        count = state.stored
        text = f"{count} letters, load p/N = {count / 100:g}." if count > 1 else "One letter."
        if state.ink:
            text += " It starts from your drawing."
        elif state.shown > count:
            text += f" {ORDER[state.shown - 1]} itself is not among them."
        reached = name_state(path[-1], W, _patterns(count), ORDER)
        if state.temperature > 0:
            ups = int((np.diff(energies) > 1e-9).sum())
            return (
                f"{text} At T = {state.temperature:g}, {ups} updates went uphill. Now: {reached}."
            )
        if self.hebbian_weights is not None and (np.diff(energies) > 1e-9).any():
            return f"{text} The energy rises: are your couplings symmetric, with diagonal 0?"
        still = int(np.flatnonzero((path != path[-1]).any(axis=1))[-1]) + 1 if _moved(path) else 0
        return f"{text} The energy never rose; at rest after update {still}: {reached}."


def _drawn(ink: str) -> np.ndarray:
    """Return a drawing as spins (100,), fitted into the square: +1 within the pen's reach."""
    strokes = fitted(read_strokes(ink), float(SIDE), PEN)
    dots = []
    for stroke in strokes:
        along = np.linspace(0, len(stroke) - 1, 12 * len(stroke))
        places = np.arange(len(stroke))
        dots.append(np.column_stack([np.interp(along, places, axis) for axis in stroke.T]))
    rows, columns = np.indices((SIDE, SIDE)) + 0.5
    centres = np.column_stack([columns.ravel(), rows.ravel()])
    reach = np.abs(centres[:, None] - np.concatenate(dots)).max(axis=2).min(axis=1)
    return np.where(reach <= PEN / 2, 1.0, -1.0)


def _moved(path: np.ndarray) -> bool:
    return bool((path != path[-1]).any())


_NUMBERS = np.arange(UPDATES + 1, dtype=np.float32)
_NUMBERS.flags.writeable = False
