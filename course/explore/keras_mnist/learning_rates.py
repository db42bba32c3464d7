"""The explorable LearningRates: one network, one seed, Adam at rates from too small to absurd.

``tools/learning_rates.py`` recorded the runs on scikit-learn's 8 × 8 digits: one hidden layer of
64 ReLUs, batches of 128; and a few other networks, which `TrainLive` shows before it trains.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from course.explore.base.controls import Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Marker, Panel, Rule
from course.explore.base.picture import Path as Line

RATES = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0)
EPOCHS = 30
RUNS = Path(__file__).with_name("learning_rates.json")

Recorded = dict[str, np.ndarray]
"""loss and val_loss (EPOCHS + 1,), val_accuracy (EPOCHS,)."""


@cache
def _recorded_runs() -> dict[tuple[int, int, float, float], Recorded]:
    """Return the recorded runs by depth, width, dropout and learning rate."""
    return {
        (run["depth"], run["width"], run["dropout"], run["learning_rate"]): {
            name: np.array(run[name]) for name in ("loss", "val_loss", "val_accuracy")
        }
        for run in json.loads(RUNS.read_text(encoding="utf-8"))
    }


def recorded_run(depth: int, width: int, dropout: float, learning_rate: float) -> Recorded | None:
    """Return the run recorded with these very settings, None if there is none."""
    return _recorded_runs().get((depth, width, dropout, learning_rate))


@cache
def runs() -> dict[float, Recorded]:
    """Return the runs of one layer of 64 by rate."""
    found = {rate: recorded_run(1, 64, 0.0, rate) for rate in RATES}
    return {rate: run for rate, run in found.items() if run is not None}


@dataclass(frozen=True)
class State:
    """The learning rate."""

    learning_rate: float = 0.001


class LearningRates(Explorable):
    """What the learning rate does to a network's training: good, bad, ugly."""

    name = "rates"
    title = "Learning rates: good, bad, ugly"
    about = (
        "The same network from the same start, trained by Adam for 30 epochs at the rate you "
        "choose. Left: its losses. Right: how far each rate gets, with yours marked."
    )
    state_class = State
    timeline = Timeline("epoch", EPOCHS)
    readout = "after epoch {now}: training loss {loss}, validation loss {val_loss}"
    presets: Mapping[str, Mapping[str, Any]] = {
        "good": {"learning_rate": 0.003},
        "bad": {"learning_rate": 0.00003},
        "ugly": {"learning_rate": 0.3},
    }

    def make_controls(self) -> Sequence[Control]:
        """Return the slider for the rate."""
        return (
            Slider(key="learning_rate", name="learning rate", symbol="α", log=True, choices=RATES),
        )

    def make_panels(self) -> Sequence[Panel]:
        """Return the losses over the epochs, and the least validation loss over the rates."""
        return (
            Panel(
                "Loss over the epochs",
                Axis("epoch", 0, EPOCHS + 0.5),
                Axis("loss", 0.001, 20, log=True),
                [
                    Line("epochs", "loss", colour="train", label="training"),
                    Line("epochs", "val_loss", colour="validation", label="validation", dots=True),
                    Rule("coin", label="guessing, ln 10"),
                ],
            ),
            Panel(
                "Validation loss after 30 epochs",
                Axis("learning rate α", 0.7e-5, 1.5, log=True),
                Axis("loss", 0.2, 4, log=True),
                [
                    Line(
                        "rates", "reached", colour="validation", head=False, ghost=False, dots=True,
                        outcome=True,
                    ),
                    Marker("here", "diamond", colour="path", label="your α", outcome=True),
                    Rule("coin"),
                ],
            ),
        )  # fmt: skip

    def compute(self, state: State) -> Frame:
        """Return the run recorded at the nearest rate."""
        rate = min(RATES, key=lambda known: abs(np.log(known / state.learning_rate)))
        run = runs()[rate]
        reached = np.array([runs()[known]["val_loss"][-1] for known in RATES])
        arrays = {
            "epochs": np.arange(EPOCHS + 1.0),
            "loss": run["loss"],
            "val_loss": run["val_loss"],
            "rates": np.array(RATES),
            "reached": reached,
            "here": np.array([rate, run["val_loss"][-1]]),
        }
        opening = f"α = {rate:g}: at the start the network guesses. Press play."
        return Frame(arrays, self._summary(rate, run), {"coin": float(np.log(10))}, opening)

    def _summary(self, rate: float, run: Mapping[str, np.ndarray]) -> str:
        last, accuracy = float(run["val_loss"][-1]), 100 * float(run["val_accuracy"][-1])
        text = f"α = {rate:g}: {accuracy:.0f} % of the validation set right after {EPOCHS} epochs"
        leaps = np.diff(run["loss"][3:]).max()
        if last > 2:
            why = "every step overshoots" if rate > 0.01 else "it has hardly moved"
            return f"{text}. No better than guessing: {why}."
        if rate > 0.01 and leaps > 0.02:
            return f"{text}. The loss leaps up again and again: the steps are too long."
        if run["loss"][-1] > 0.5:
            return f"{text}, and the loss still falls: nothing is wrong but your patience."
        if run["val_loss"][-1] > 1.1 * run["val_loss"].min():
            return f"{text}. The validation loss has begun to rise: it learns by heart."
        return f"{text}. It falls fast and settles."
