"""The explorable Classifiers: ROC curves with their uncertainty, while the network learns.

Logistic regression and networks of up to three hidden layers are trained on the collider sample
and judged on test events that none has seen. What Keras reaches was computed once and is stored
(`course/data/collider_keras.json`, by `tools/keras_collider.py`): it takes too long to wait for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path as File
from typing import Any

import numpy as np

from course.data.collider import collisions
from course.explore.base.controls import Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Band, Curve, Intervals, Panel, Path
from course.models.classifiers import EPOCHS, MOST_LAYERS, Training, train
from course.models.roc_bands import Bands, bands

STORED = File(__file__).parents[2] / "data" / "collider_keras.json"
SIZES = (100, 300, 1000, 3000)
TEST_EVENTS = 1000
"""Of each class."""


@dataclass(frozen=True)
class State:
    """Where the sliders of Classifiers stand."""

    depth: int = 2
    events: int = 1000


class Classifiers(Explorable):
    """ROC curves of logistic regression, of networks by depth, and of Keras, with 95 % bands.

    Parameters
    ----------
    **state
        Where the sliders stand first.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "classifiers"
    title = "Classifiers: which is better, and by more than chance?"
    about = (
        "Each classifier learns from as many collisions as the slider says, and is judged on 2,000 "
        "others. Play: the ROC curve rises as the loss falls. Shades and bars are 95 % bootstrap "
        "intervals. Keras had 3,000 events, whatever the slider says."
    )
    state_class = State
    timeline = Timeline("epoch", EPOCHS)
    readout = (
        "after epoch {now}: AUC = {areas}, training loss = {train_loss}, test loss = {test_loss}"
    )
    presets = {  # noqa: RUF012
        "logistic": {"depth": 0},
        "one layer": {"depth": 1},
        "deep, few events": {"depth": 3, "events": 100},
        "deep, many events": {"depth": 3, "events": 3000},
    }

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for the depth and the number of training events."""
        return (
            Slider(
                key="depth", name="hidden layers", high=MOST_LAYERS, steps=MOST_LAYERS + 1,
                whole=True,
            ),
            Slider(key="events", name="training events", whole=True, choices=SIZES),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the ROC curves, the loss over epochs, and the AUC of every classifier."""
        names = [*(str(depth) for depth in range(MOST_LAYERS + 1)), "Keras"]
        return (
            Panel(
                "ROC curves on test events",
                Axis("false positive rate", 1e-3, 1, log=True),
                Axis("true positive rate", 0, 1.02),
                [
                    Curve("grid", "grid", colour="frame", dash=True, label="guessing"),
                    Band("grid", "base_low", "base_high", colour="data", outline=False),
                    Curve("grid", "logistic", colour="data", dash=True, label="logistic"),
                    Curve("grid", "keras", colour="train", dash=True, label="Keras"),
                    Band("grid", "low", "high", outline=False),
                    Curve("grid", "tpr", label="chosen"),
                ],
            ),
            Panel(
                "Loss over the epochs",
                Axis("epoch", 0, 1.025 * EPOCHS),
                Axis("cross-entropy", 0.0, 1.2),
                [
                    Path("epochs", "train_loss", colour="train", label="training", ghost=False),
                    Path("epochs", "test_loss", colour="validation", label="test"),
                ],
            ),
            Panel(
                "AUC after training",
                Axis("hidden layers", -0.6, len(names) - 0.4, ticks=names),
                Axis("AUC", 0.7, 1.0),
                [
                    Intervals(
                        "final", "final_low", "final_high", chosen="chosen", label="AUC and 95 %"
                    )
                ],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the curve and its band after every epoch, and the AUC of all classifiers."""
        own, keras = _judged(state.depth, state.events), _keras()
        training = _trained(state.depth, state.events)
        all_depths = [_final(depth, state.events) for depth in range(MOST_LAYERS + 1)]
        final = np.array([judged.areas[-1] for judged in all_depths] + [keras["area"]])
        epochs = np.arange(EPOCHS + 1, dtype=np.float32)
        arrays = {
            "grid": own.grid,
            "tpr": own.tpr,
            "low": own.low,
            "high": own.high,
            "logistic": all_depths[0].tpr[-1],
            "base_low": all_depths[0].low[-1],
            "base_high": all_depths[0].high[-1],
            "keras": np.array(keras["tpr"]),
            "epochs": epochs,
            "train_loss": training.train_loss,
            "test_loss": training.test_loss,
            "areas": own.areas[:, 1],
            "final_low": final[:, 0],
            "final": final[:, 1],
            "final_high": final[:, 2],
        }
        return Frame(arrays, self._summary(state, final), {"chosen": state.depth})

    def _summary(self, state: State, final: np.ndarray) -> str:
        low, area, high = final[state.depth]
        who = f"{state.depth} hidden layer{'s' if state.depth > 1 else ''}"
        text = (
            f"{who if state.depth else 'Logistic regression'}, {state.events:,} events: "
            f"AUC = {area:.3f} ({low:.3f} to {high:.3f}). "
        )
        if state.depth == 0:
            return text + "One straight boundary cannot single out a band of mass."
        base_low, base, base_high = final[0]
        if low > base_high:
            return text + f"Better than logistic regression ({base:.3f}), by more than chance."
        if high < base_low:
            return text + f"Worse than logistic regression ({base:.3f}), by more than chance."
        return text + f"The interval overlaps that of logistic regression ({base:.3f}): do not bet."


@cache
def _test() -> Any:
    return collisions(TEST_EVENTS, TEST_EVENTS, seed=2)


@cache
def _trained(depth: int, events: int) -> Training:
    return train(collisions(events // 2, events // 2, seed=1), _test(), depth)


@cache
def _judged(depth: int, events: int) -> Bands:
    """Return the curves after every epoch; computed once for all explorables of a session."""
    return bands(_test().y, _trained(depth, events).scores)


@cache
def _final(depth: int, events: int) -> Bands:
    """Return the curve after the last epoch only, which is all that the others show."""
    return bands(_test().y, _trained(depth, events).scores[-1:])


@cache
def _keras() -> dict[str, Any]:
    """Return the stored curve of Keras: its TPR on the same grid, its AUC with an interval."""
    return json.loads(STORED.read_text(encoding="utf-8"))
