"""The explorable TrainLive: a Keras network trains while you watch, until you stop it.

Training runs in a thread of its own, so the notebook and the sliders stay responsive. The page
shows the current run: a slider moved meanwhile takes effect in the next run, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import traitlets

from course.explore.base.controls import Control, Slider, Toggle
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Panel, Path, Rule
from course.explore.keras_mnist.default_data import default_digits
from course.explore.keras_mnist.learning_rates import EPOCHS as RECORDED
from course.explore.keras_mnist.learning_rates import RATES, recorded_run
from course.explore.keras_mnist.trainer import Pair, Run

NAMES = {"depth": "depth", "width": "width", "learning_rate": "learning rate", "dropout": "dropout"}


@dataclass(frozen=True)
class State:
    """The values of the sliders, and whether training is on."""

    depth: int = 1
    width: int = 64
    learning_rate: float = 0.001
    dropout: float = 0.0
    training: bool = False


class TrainLive(Explorable):
    """Training and validation loss and accuracy, while a network learns.

    Parameters
    ----------
    data
        Pairs (X, y) under "train" and "validation"; by default scikit-learn's 8 × 8 digits.
    epochs
        The number of epochs of a run, unless it is stopped.
    **state
        Initial values of the sliders.

    Attributes
    ----------
    model
        The Keras model of the last run, with its best weights after the run has ended.

    Raises
    ------
    ValueError
        If the data are not such pairs, or the state is out of range.
    """

    name = "train"
    title = "Train live: loss on what it learns, loss on what it has not seen"
    about = (
        "A network is trained, epoch by epoch: its loss on what it learns from and on what it does "
        "not, and the share that it gets right. The weights of the best epoch are kept."
    )
    about_live = (
        "Tick “train” and watch; untick it to stop. Sliders moved meanwhile count from the next "
        "run on."
    )
    state_class = State
    presets: Mapping[str, Mapping[str, Any]] = {
        "small": {"depth": 1, "width": 32, "dropout": 0.0, "learning_rate": 0.001},
        "wide": {"depth": 1, "width": 512, "dropout": 0.0, "learning_rate": 0.001},
        "wide, with dropout": {"depth": 1, "width": 512, "dropout": 0.5, "learning_rate": 0.001},
        "too fast": {"depth": 1, "width": 64, "dropout": 0.0, "learning_rate": 0.1},
    }

    def __init__(
        self, data: Mapping[str, Pair] | None = None, *, epochs: int = 20, **state: Any
    ) -> None:
        if epochs != int(epochs) or epochs < 1:
            raise ValueError(f"epochs is {epochs}; expected a whole number, at least 1")
        self.epochs = int(epochs)
        self.data = _validate(default_digits() if data is None else data)
        self._run: Run | None = None
        super().__init__(**state)

    @property
    def model(self) -> Any:
        """The Keras model of the last run, None before the first."""
        return self._run.model if self._run else None

    @property
    def run(self) -> Run | None:
        """The last run."""
        return self._run

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders and the switch; none is prefetched."""
        return (
            Slider(key="depth", name="depth", high=4, steps=5, whole=True, swept=False, carried=0),
            Slider(
                key="width", name="width", choices=(8, 16, 32, 64, 128, 256, 512), whole=True,
                log=True, swept=False, carried=0,
            ),
            Slider(
                key="learning_rate", name="learning rate", symbol="α", log=True, choices=RATES,
                swept=False,
            ),
            Slider(key="dropout", name="dropout", high=0.8, steps=9, swept=False, carried=0),
            Toggle(key="training", name="train", swept=False, carried=0),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return losses and accuracy over the epochs."""
        end = Axis("epoch", 0, "end")
        return (
            Panel(
                "Loss over the epochs",
                end,
                Axis("cross-entropy", 0.003, 10, log=True),
                [
                    Path("times", "losses", colour="train", label="training"),
                    Path(
                        "epochs", "validation_losses", colour="validation", label="validation",
                        dots=True,
                    ),
                    Rule("best", cuts="x", label="best epoch"),
                ],
            ),
            Panel(
                "Accuracy on the validation set",
                end,
                Axis("share", 0, 1.001),
                [Path("epochs", "accuracies", colour="validation", dots=True)],
            ),
        )  # fmt: skip

    @traitlets.observe("training")
    def _switch(self, change: Any) -> None:
        """Start a run where training was switched on, stop it where it was switched off."""
        if change.new:
            settings = {key: getattr(self.state, key) for key in NAMES}
            train, validation = self.data["train"], self.data["validation"]
            self._run = Run(settings, train, validation, self.epochs, self._show_progress)
            self._run.start()
        elif self._run:
            self._run.stop()

    def _show_progress(self) -> None:
        """Show the progress of the run; called in its thread."""
        run = self._run
        if run and not run.running:
            self.set(training=False)
        self.send_update()

    def compute(self, state: State) -> Frame:
        """Return the current state of the last run; before the first, a recorded one like it."""
        run = self._run
        if run is None:
            return self._recorded_frame(state)
        done = len(run.validation_losses)
        count = min(len(run.times), len(run.losses))
        arrays = {
            "times": np.array([0.0, *run.times[:count]]),
            "losses": np.array([np.nan, *run.losses[:count]]),
            "epochs": np.arange(done + 1.0),
            "validation_losses": np.array([np.nan, *run.validation_losses[:done]]),
            "accuracies": np.array([np.nan, *run.accuracies[:done]])[: done + 1],
        }
        scalars = {"best": run.best or np.nan, "end": self.epochs + 0.3}
        return Frame(arrays, self._summary(state, run), scalars)

    def _summary(self, state: State, run: Run) -> str:
        if run.error:
            return f"The run ended: {run.error}"
        moved = [NAMES[key] for key in NAMES if getattr(state, key) != run.settings[key]]
        waits = (
            f" You moved {' and '.join(moved)}: that counts from the next run on." if moved else ""
        )
        shown = _in_words(run.settings)
        if run.running:
            return f"{shown}: {run.progress}{waits}"
        if not run.best:
            return f"{shown}: stopped before the first epoch was over.{waits}"
        at = run.accuracies[run.best - 1]
        after = len(run.validation_losses) - run.best
        late = f" and rose for {after} epochs after" if after > 2 else ""
        return (
            f"{shown}: {len(run.validation_losses)} epochs. The validation loss was lowest after "
            f"epoch {run.best}{late}; those weights are kept: {100 * at:.1f} % right.{waits}"
        )

    def _recorded_frame(self, state: State) -> Frame:
        settings = {key: getattr(state, key) for key in NAMES}
        run = recorded_run(**settings)
        epochs = np.arange(RECORDED + 1.0)
        scalars = {"best": np.nan, "end": RECORDED + 0.3}
        if run is None:
            nothing = np.full(RECORDED + 1, np.nan)
            arrays = dict.fromkeys(("losses", "validation_losses", "accuracies"), nothing)
            text = f"{_in_words(settings)}: no such run was recorded. In a notebook, tick “train”."
            return Frame({"times": epochs, "epochs": epochs, **arrays}, text, scalars)
        arrays = {
            # A training loss is the mean over its epoch.
            "times": np.concatenate([[0.0], epochs[1:] - 0.5]),
            "losses": run["loss"],
            "epochs": epochs,
            "validation_losses": run["val_loss"],
            "accuracies": np.concatenate([[np.nan], run["val_accuracy"]]),
        }
        scalars["best"] = float(run["val_loss"].argmin())
        text = (
            f"{_in_words(settings)}: a recorded run on small digits. In a notebook, tick “train” "
            "for one of your own."
        )
        return Frame(arrays, text, scalars)


def _in_words(settings: Mapping[str, Any]) -> str:
    """Return the settings of a run, as a sentence begins."""
    depth, width = settings["depth"], settings["width"]
    layers = f"{depth} layer{'s' if depth > 1 else ''} of {width}" if depth else "No hidden layer"
    dropout = f"dropout {settings['dropout']:g}" if settings["dropout"] else "no dropout"
    return f"{layers}, α = {settings['learning_rate']:g}, {dropout}"


def _validate(data: Mapping[str, Pair]) -> dict[str, Pair]:
    pairs = {}
    for part in ("train", "validation"):
        if part not in data:
            raise ValueError(f"data has {', '.join(data)}; expected 'train' and 'validation'")
        X, y = (np.asarray(item) for item in data[part])
        if X.ndim != 2 or y.shape != (len(X),):
            raise ValueError(
                f"data[{part!r}] has X of shape {X.shape} and y of shape {y.shape}; "
                "expected (m, n) and (m,)"
            )
        pairs[part] = (X, y)
    return pairs
