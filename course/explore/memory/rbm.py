"""The explorable RBM: a machine learns handwritten digits, and draws its own, while you watch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from course.data.glyphs import binary_digits
from course.explore.base.controls import Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Field, Panel, Path
from course.explore.base.student import StudentMistakeError, call_student, written_or_none
from course.models.rbm import Machine, gibbs, new_machine, pseudo_likelihood, train_epoch

EPOCHS, OWN_EPOCHS = 20, 8
BATCH, SIDE, TILE = 20, 8, 9
FIELDS, SAMPLES = 6, 5
"""Rows and columns of the receptive fields and of the samples shown."""
SAMPLE_STEPS = 15
"""Gibbs steps of the free chains after each epoch."""
EVALUATED = 150
"""Number of digits on which reconstruction and pseudo-likelihood are measured."""


@dataclass(frozen=True)
class State:
    """The values of RBM's sliders."""

    n_hidden: int = 36
    learning_rate: float = 0.1
    k: int = 1
    seed: int = 0


@dataclass(frozen=True)
class TrainingSegment:
    """Some epochs of training: what to show after each, and the machine at the end."""

    fields: np.ndarray
    samples: np.ndarray
    miss: np.ndarray
    likelihood: np.ndarray
    machine: Machine
    chain: np.ndarray
    mistake: str


class RBM(Explorable):
    """A restricted Boltzmann machine on scikit-learn's digits: weights, samples, progress.

    Parameters
    ----------
    cd_gradient
        Your own ``cd_gradient(v, W, a, b, k, rng) -> dW, da, db``, used for every step once it is
        written.
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "rbm"
    title = "RBM: a machine that dreams digits"
    about = (
        "A restricted Boltzmann machine learns 1797 digits of 8 × 8 pixels. Left: what each hidden "
        "unit looks for (bright: on, dark: off). Middle: 25 chains that began in noise and run "
        "freely all the while. Right: how well the machine knows its data."
    )
    about_live = "Play goes on for ever."
    state_class = State
    streams = True
    readout = (
        "after epoch {epochs}: {miss} % of the pixels come back wrong, "
        "pseudo-log-likelihood {likelihood}"
    )
    presets: Mapping[str, Mapping[str, Any]] = {
        "as it comes": {"n_hidden": 36, "learning_rate": 0.1, "k": 1},
        "few units": {"n_hidden": 4, "learning_rate": 0.1, "k": 1},
        "too fast": {"n_hidden": 36, "learning_rate": 3.0, "k": 1},
        "longer chains": {"n_hidden": 36, "learning_rate": 0.1, "k": 5},
    }

    def __init__(self, *, cd_gradient: Callable[..., Any] | None = None, **state: Any) -> None:
        self.cd_gradient, self.note = written_or_none(cd_gradient)
        self.epochs = EPOCHS if self.cd_gradient is None else OWN_EPOCHS
        self.timeline = Timeline("epoch", self.epochs, seconds=self.epochs / 5)
        self._segment = lru_cache(maxsize=64)(self._train_segment)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for hidden units, α, k and seed; each move trains a new machine."""
        on_request: dict[str, Any] = {"swept": False, "carried": 0}
        return (
            Slider(
                key="n_hidden", name="hidden units", choices=[1, 2, 4, 9, 16, 25, 36, 64],
                whole=True, **on_request,
            ),
            Slider(
                key="learning_rate", name="learning rate", symbol="α", log=True,
                choices=[0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0], **on_request,
            ),
            Slider(key="k", name="steps of the chain", symbol="k", low=1, high=10, steps=10,
                   whole=True, **on_request),
            Slider(key="seed", name="seed", high=5, steps=6, whole=True, **on_request),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the receptive fields, the samples, the progress."""
        return (
            Panel(
                "What hidden units look for",
                Axis("hidden units", 0, FIELDS),
                Axis("", 0, FIELDS),
                [Field("fields", low=0, high=255, smooth=False)],
                bare=True,
            ),
            Panel(
                "Dreams: chains from noise",
                Axis("chains", 0, SAMPLES),
                Axis("", 0, SAMPLES),
                [Field("samples", low=0, high=255, smooth=False)],
                bare=True,
            ),
            Panel(
                "How well it knows digits",
                Axis("epoch", "start", "end"),
                Axis("nats a digit", -50, 0),
                [Path("epochs", "likelihood", label="pseudo-log-likelihood")],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the first epochs."""
        return self._frame(state, 0)

    def next_frame(self, state: State, frame: Frame) -> Frame:
        """Return the following epochs: training continues while it is played."""
        return self._frame(state, round(frame.scalars["end"]))

    def _frame(self, state: State, begin: int) -> Frame:
        segment = self._segment(state, begin)
        end = begin + self.epochs
        arrays = {
            "fields": segment.fields,
            "samples": segment.samples,
            "miss": segment.miss,
            "likelihood": segment.likelihood,
            "epochs": np.arange(begin, end + 1, dtype=np.float32),
        }
        scalars = {"start": begin, "end": end}
        if segment.mistake:
            return Frame(arrays, segment.mistake, scalars)
        opening = (
            f"{self.note}The weights are small and drawn by chance: each pixel of a dream is as "
            "likely on as off. Press play."
        )
        return Frame(arrays, self.note + self._summary(state, segment, end), scalars, opening)

    def _train_segment(self, state: State, begin: int) -> TrainingSegment:
        """Continue training from epoch `begin`, and evaluate the machine after each epoch."""
        rng = np.random.default_rng([11, state.seed, begin])
        if begin:
            before = self._segment(state, begin - self.epochs)
            machine, chain = before.machine.copy(), before.chain
        else:
            machine = new_machine(SIDE**2, state.n_hidden, rng)
            chain = (rng.random((SAMPLES**2, SIDE**2)) < 0.5).astype(np.float32)
        evaluated: list[tuple[np.ndarray, np.ndarray, float, float]] = []
        mistake = ""
        for epoch in range(self.epochs + 1):
            if epoch and not mistake:
                try:
                    self._learn(machine, state, rng)
                except StudentMistakeError as wrong:
                    mistake = str(wrong)
            evaluated.append(_evaluate(machine, chain, rng))
            chain = gibbs(machine, chain, SAMPLE_STEPS, rng)
        fields, samples, miss, likelihood = (
            np.array(part) for part in zip(*evaluated, strict=True)
        )
        return TrainingSegment(
            fields, samples, miss.astype(np.float32), likelihood.astype(np.float32), machine,
            chain, mistake,
        )  # fmt: skip

    def _learn(self, machine: Machine, state: State, rng: np.random.Generator) -> None:
        V, cd_gradient = _digits(), self.cd_gradient
        if cd_gradient is None:
            train_epoch(machine, V, state.learning_rate, BATCH, state.k, rng)
            return
        parts = (machine.W, machine.a, machine.b)
        size = sum(part.size for part in parts)

        def flat(*given: Any) -> np.ndarray:
            return np.concatenate([np.ravel(part) for part in cd_gradient(*given)])

        flat.__name__ = getattr(cd_gradient, "__name__", "cd_gradient")
        order = rng.permutation(len(V))
        for begin in range(0, len(V), BATCH):
            v = V[order[begin : begin + BATCH]]
            slope = call_student(flat, v, *parts, state.k, rng, shape=(size,))
            for part in parts:
                part += state.learning_rate * slope[: part.size].reshape(part.shape)
                slope = slope[part.size :]

    def _summary(self, state: State, segment: TrainingSegment, end: int) -> str:
        """Describe how well the machine does."""
        score, begin = float(segment.likelihood[-1]), float(segment.likelihood[0])
        units = f"{state.n_hidden} hidden unit{'s' if state.n_hidden > 1 else ''}"
        text = (
            f"{units}, k = {state.k}: after {end} epochs {segment.miss[-1]:.1f} % of the pixels "
            "come back wrong"
        )
        if not np.isfinite(score) or score < -40:
            return f"{text}. α = {state.learning_rate:g} is too large: the machine does not learn."
        if state.n_hidden < 9:
            return f"{text}. So few units know little more than which pixels are often on."
        if end <= self.epochs and score < -25 and begin < -40:
            return f"{text}. It still learns; play on."
        return f"{text}. The chains began in noise; do they look like digits?"


@cache
def _digits() -> np.ndarray:
    V = binary_digits()[0].astype(np.float32)
    V.flags.writeable = False
    return V


def _evaluate(
    machine: Machine, chain: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Return fields and samples as images, per cent of wrong pixels, and pseudo-likelihood."""
    V = _digits()[:EVALUATED]
    back = machine.visible(machine.hidden(V))
    miss = 100 * float(((back > 0.5) != (V > 0.5)).mean())
    # A few weights are far larger than all others; clip them so that strokes become visible.
    large = max(0.5, float(np.quantile(np.abs(machine.W), 0.98)))
    fields = 127.5 + 127.5 * np.clip(machine.W.T / large, -1, 1)
    samples = 255 * machine.visible(machine.hidden(chain))
    return (
        _tile(fields, FIELDS, 127),
        _tile(samples, SAMPLES, 127),
        miss,
        pseudo_likelihood(machine, V),
    )


def _tile(rows: np.ndarray, across: int, between: int) -> np.ndarray:
    """Arrange images (count, SIDE²) in a square, the first at the upper left."""
    table = np.full((across * TILE, across * TILE), between, dtype=np.uint8)
    for i, row in enumerate(rows[: across**2]):
        top, left = (i // across) * TILE, (i % across) * TILE
        table[top : top + SIDE, left : left + SIDE] = row.reshape(SIDE, SIDE)
    return table[::-1]
