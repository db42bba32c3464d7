"""The explorable Classifiers: ROC curves with their uncertainty, while a network learns.

Logistic regression and networks of up to three hidden layers are trained on the collider sample
and evaluated on separate test events. The curve of Keras takes too long to compute and is stored in
`course/data/collider_keras.json` by `tools/keras_collider.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
from course.models.classifiers import EPOCHS, MOST_LAYERS, TrainingHistory, train_classifier
from course.models.roc_bands import Bands, bands

STORED = File(__file__).parents[2] / "data" / "collider_keras.json"
SIZES = (100, 300, 1000, 3000)
TEST_EVENTS = 1000
"""Of each class."""


@dataclass(frozen=True)
class State:
    """The values of Classifiers's sliders."""

    depth: int = 2
    events: int = 1000


class Classifiers(Explorable):
    """ROC curves of logistic regression, of networks by depth, and of Keras, with 95 % bands.

    Parameters
    ----------
    **state
        Initial values of the sliders.

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
    presets: Mapping[str, Mapping[str, Any]] = {
        "logistic": {"depth": 0},
        "one layer": {"depth": 1},
        "few events": {"depth": 3, "events": 100},
        "many events": {"depth": 3, "events": 3000},
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
                        "final", "final_low", "final_high", chosen="chosen", label="AUC and 95 %",
                        outcome=True,
                    )
                ],
            ),
        )  # fmt: skip

    def compute(self, state: State) -> Frame:
        """Return the curve and its band after every epoch, and the AUC of all classifiers."""
        own, keras = _curves_by_epoch(state.depth, state.events), _keras_curve()
        training = _train_classifier(state.depth, state.events)
        all_depths = [_final_curve(depth, state.events) for depth in range(MOST_LAYERS + 1)]
        final = np.array([curves.areas[-1] for curves in all_depths] + [keras["area"]])
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
        opening = f"{_depth_in_words(state)}: at first it guesses. Press play."
        return Frame(arrays, self._summary(state, final), {"chosen": state.depth}, opening)

    def _summary(self, state: State, final: np.ndarray) -> str:
        low, area, high = final[state.depth]
        text = f"{_depth_in_words(state)}: AUC = {area:.3f} ({low:.3f} to {high:.3f}). "
        if state.depth == 0:
            return text + "One straight boundary cannot single out a band of mass."
        base_low, base, base_high = final[0]
        if low > base_high:
            return text + f"Better than logistic regression ({base:.3f}), by more than chance."
        if high < base_low:
            return text + f"Worse than logistic regression ({base:.3f}), by more than chance."
        return text + f"The interval overlaps that of logistic regression ({base:.3f}): do not bet."


def _depth_in_words(state: State) -> str:
    layers = f"{state.depth} hidden layer{'s' if state.depth > 1 else ''}"
    return f"{layers if state.depth else 'Logistic regression'}, {state.events:,} events"


@cache
def _test_events() -> Any:
    return collisions(TEST_EVENTS, TEST_EVENTS, seed=2)


@cache
def _train_classifier(depth: int, events: int) -> TrainingHistory:
    return train_classifier(collisions(events // 2, events // 2, seed=1), _test_events(), depth)


@cache
def _curves_by_epoch(depth: int, events: int) -> Bands:
    """Return the curves after every epoch; cached for all explorables of a session."""
    return bands(_test_events().y, _train_classifier(depth, events).scores)


@cache
def _final_curve(depth: int, events: int) -> Bands:
    """Return the curve after the last epoch only, for the other classifiers."""
    return bands(_test_events().y, _train_classifier(depth, events).scores[-1:])


@cache
def _keras_curve() -> dict[str, Any]:
    """Return the stored curve of Keras: TPR on the same grid, and AUC with an interval."""
    return json.loads(STORED.read_text(encoding="utf-8"))
