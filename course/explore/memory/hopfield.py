"""The explorable Hopfield: a corrupted picture is restored, neuron by neuron."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from course.data.glyphs import letters
from course.explore.base.controls import Control, Slider, Timeline
from course.explore.base.drawn import Strokes
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Field, Pad, Panel, Path
from course.explore.base.student import StudentMistakeError, call_student, written_or_none
from course.explore.base.sums import Arithmetic, Pick, Sum, Term, number, product
from course.explore.keras_mnist.strokes import fit_to_box, read_strokes
from course.models.hopfield import hebbian_couplings, name_state, settle

ORDER = "ETXVCHNIJZ"
"""The order in which letters are stored; the first four have little overlap."""
SIDE, SWEEPS = 10, 4
UPDATES = SWEEPS * SIDE**2
COARSE = 8
"""Updates between two pictures in a preview."""
PEN = 2.0
"""Width of a drawn line, in spins, as in the letters."""
A_T = "40,60 120,45 235,40;140,50 150,150 125,240"
"""A drawn T, in tenths of the sheet's 28 cells."""


@dataclass(frozen=True)
class State:
    """The values of Hopfield's sliders."""

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
        Your own ``hebbian_weights(patterns) -> (N, N)``, used for the couplings once it is written.
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "hopfield"
    title = "Hopfield: a memory finds its way"
    about = (
        "The letters E T X V C H N I J Z, or the first few of them, are stored in the couplings of "
        "100 spins. The network starts from one of them with some spins turned, or from a "
        "drawing. Then one spin after the other does what the field of all others asks."
    )
    about_live = (
        "Draw with the mouse or a finger; on the sheet, arrows move the pen, Space sets it down "
        "and lifts it, Delete wipes."
    )
    state_class = State
    timeline = Timeline("update", UPDATES, seconds=5)
    readout = "after update {now}: E = {energy}"
    presets: Mapping[str, Mapping[str, Any]] = {
        "noisy letter": {"stored": 4, "shown": 3, "noise": 0.25, "temperature": 0.0, "ink": ""},
        "too many": {"stored": 10, "shown": 1, "noise": 0.1, "temperature": 0.0, "ink": ""},
        "mixture": {"stored": 3, "shown": 1, "noise": 0.4, "temperature": 0.0, "ink": ""},
        "negative": {"stored": 4, "shown": 3, "noise": 0.85, "temperature": 0.0, "ink": ""},
        "warm": {"stored": 4, "shown": 3, "noise": 0.25, "temperature": 0.5, "ink": ""},
        "drawn": {"stored": 4, "noise": 0.0, "temperature": 0.0, "ink": A_T},
    }

    def __init__(self, *, hebbian_weights: Callable[..., Any] | None = None, **state: Any) -> None:
        self.hebbian_weights, self.note = written_or_none(hebbian_weights)
        self._couplings = lru_cache(maxsize=16)(self._compute_couplings)
        self._run = lru_cache(maxsize=256)(self._compute_run)
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
                labels=tuple(ORDER), carried=3,
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
                [Field("spins", smooth=False, words=("spin −1", "spin +1"))],
                bare=True,
                explained="spin",
            ),
            Panel(
                "Energy, update by update",
                Axis("update", 0, UPDATES),
                Axis("E", -120, 20),
                [Path("updates", "energy", label="E")],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the run at `state` with every update."""
        return self._frame(state, 1)

    def preview(self, state: State) -> Frame:
        """Return the run at `state` with every eighth update."""
        return self._frame(state, COARSE)

    def arithmetic(self, state: State, frame: Frame, pick: Pick) -> Arithmetic:
        """Return the field at a spin: as the memories make it up, and coupling by coupling."""
        W = self._couplings(state.stored)
        path, _ = self._run(state)
        update = pick.row(UPDATES + 1)
        s = path[update]
        column = min(SIDE - 1, max(0, int(pick.x)))
        row = SIDE - 1 - min(SIDE - 1, max(0, int(pick.y)))
        i = row * SIDE + column
        couplings = [
            product(f"W s of column {j % SIDE + 1}, row {j // SIDE + 1}", float(W[i, j]), float(v))
            for j, v in enumerate(s)
            if j != i or W[i, j]
        ]
        field = float(W[i] @ s)
        then = _spin_lines(field, float(s[i]), state.temperature)
        sums = [Sum("field h of the spin", "Σ Wᵢⱼ sⱼ", couplings, "h", then)]
        if self.hebbian_weights is None:
            sums.insert(0, _memory_sum(_patterns(state.stored), s, i, then))
        where = f"column {column + 1}, row {row + 1}"
        return Arithmetic(f"The spin of {where}: {number(s[i])} after update {update}", sums)

    def _compute_couplings(self, count: int) -> np.ndarray:
        patterns = _patterns(count)
        if self.hebbian_weights is None:
            return hebbian_couplings(patterns)
        return call_student(self.hebbian_weights, patterns, shape=(SIDE**2, SIDE**2))

    def _compute_run(self, state: State) -> tuple[np.ndarray, np.ndarray]:
        rng = np.random.default_rng([7, 0])
        shown = _spins_from_ink(state.ink) if state.ink else _patterns(10)[state.shown - 1]
        flipped = rng.permutation(len(shown)) < round(state.noise * len(shown))
        start = np.where(flipped, -shown, shown)
        try:
            W = self._couplings(state.stored)
        except StudentMistakeError:
            return np.tile(start, (UPDATES + 1, 1)), np.full(UPDATES + 1, np.nan)
        return settle(start, W, state.temperature, SWEEPS, rng)

    def _frame(self, state: State, every: int) -> Frame:
        path, energies = self._run(state)
        pictures = (path[::every] > 0).reshape(-1, SIDE, SIDE)[:, ::-1]
        arrays: dict[str, np.ndarray] = {
            "spins": pictures.astype(np.uint8),
            "updates": _NUMBERS,
            "energy": energies.astype(np.float32),
        }
        return Frame(arrays, self._summary(state, path, energies), opening=self._opening(state))

    def _opening(self, state: State) -> str:
        """Say what the network starts from; nothing where the couplings cannot be had."""
        try:
            self._couplings(state.stored)
        except StudentMistakeError:
            return ""
        turned = round(state.noise * SIDE**2)
        start = "your drawing" if state.ink else ORDER[state.shown - 1]
        spoilt = f" with {turned} of {SIDE**2} spins turned" if turned else ""
        kept = f"{state.stored} letters are stored" if state.stored > 1 else "One letter is stored"
        return f"{self.note}{kept}. The network starts from {start}{spoilt}. Press play."

    def _summary(self, state: State, path: np.ndarray, energies: np.ndarray) -> str:
        """Describe the final state of the network."""
        try:
            W = self._couplings(state.stored)
        except StudentMistakeError as wrong:
            return str(wrong)
        count = state.stored
        text = f"{count} letters, load p/N = {count / 100:g}." if count > 1 else "One letter."
        text = self.note + text
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


def _spin_lines(field: float, spin: float, temperature: float) -> list[str]:
    """Return what follows from the field at a spin."""
    if temperature > 0:
        up = 1 / (1 + np.exp(-2 * field / temperature))
        asked = f"p(+1) = 1 / (1 + e^(−2h/T)) = {number(up)} at T = {number(temperature)}"
    else:
        asked = f"h is {'at least' if field >= 0 else 'below'} 0: it asks for "
        asked += "+1" if field >= 0 else "−1"
    return [
        asked,
        f"derivative of the energy by this spin: ∂E/∂s = −h = {number(-field)}",
        f"turning it over costs ΔE = 2 h s = {number(2 * field * spin)}",
    ]


def _memory_sum(patterns: np.ndarray, s: np.ndarray, i: int, then: list[str]) -> Sum:
    """Return the field at spin `i` by memories: Hebb's couplings are a sum over them."""
    count, n = patterns.shape
    terms = [
        product(f"{letter}: ξ · overlap", float(pattern[i]), float(pattern @ s / n))
        for letter, pattern in zip(ORDER, patterns, strict=False)
    ]
    terms.append(Term(f"no coupling to itself: −p/N · s = {number(-count / n * s[i])}",
                      float(-count / n * s[i])))  # fmt: skip
    return Sum(
        "field h of the spin, memory by memory", "Σ ξᵢ · overlap − p/N · sᵢ", terms, "h", then
    )


def _spins_from_ink(ink: str) -> np.ndarray:
    """Return a drawing as spins (100,), scaled to the square: +1 under the pen."""
    strokes = fit_to_box(read_strokes(ink), float(SIDE), PEN)
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
