"""TrainLive, DrawDigit, Confusion and LearningRates without a browser."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.explore import Confusion, DrawDigit, LearningRates, TrainLive
from course.explore.keras_mnist.default_data import default_digits, small_network
from course.explore.keras_mnist.draw_digit import FOUR, SEVEN, THREE
from course.explore.keras_mnist.learning_rates import EPOCHS, RATES, recorded_run, runs
from course.explore.keras_mnist.strokes import as_image
from tests.waiting import TIMEOUT, wait_until

POINT = st.tuples(st.integers(0, 280), st.integers(0, 280))
STROKES = st.lists(st.lists(POINT, min_size=1, max_size=12), min_size=1, max_size=1)
"""In one piece: what centring pushes out of the image is then seen at its rim."""


def written(strokes: list[list[tuple[int, int]]]) -> str:
    return ";".join(" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes)


@given(STROKES)
def test_a_drawing_fills_twenty_cells_and_is_centred_by_mass(
    strokes: list[list[tuple[int, int]]],
) -> None:
    image = as_image(written(strokes), 28)
    assert image.min() >= 0
    assert image.max() <= 1
    middle = np.arange(28) + 0.5
    rows, columns = np.nonzero(image)
    points = np.concatenate([np.array(stroke) for stroke in strokes])
    if rows.min() >= 2 and rows.max() <= 25 and columns.min() >= 2 and columns.max() <= 25:
        if np.ptp(points, axis=0).max() > 20:
            largest = max(np.ptp(rows), np.ptp(columns)) + 1
            assert 17 <= largest <= 22
        mass = [(image.sum(axis=axis) * middle).sum() / image.sum() for axis in (0, 1)]
        assert np.allclose(mass, 14, atol=0.35)


def test_where_it_is_drawn_and_how_large_does_not_matter() -> None:
    there = "; ".join(
        " ".join(
            f"{int(x) // 2 + 20},{int(y) // 2 + 30}"
            for x, y in (point.split(",") for point in stroke.split())
        )
        for stroke in FOUR.split(";")
    ).replace("; ", ";")
    assert np.abs(as_image(FOUR, 28) - as_image(there, 28)).mean() < 0.02


@pytest.mark.parametrize(("ink", "digit"), [(THREE, 3), (FOUR, 4), (SEVEN, 7)])
def test_the_network_reads_what_the_presets_draw(ink: str, digit: int) -> None:
    frame = DrawDigit(ink=ink).frame()
    assert frame.arrays["probabilities"].argmax() == digit
    assert frame.arrays["probabilities"].sum() == pytest.approx(1, abs=1e-5)
    assert f"says {digit}" in frame.summary


def test_an_empty_sheet_and_what_is_no_drawing() -> None:
    assert "empty" in DrawDigit(ink="").frame().summary
    assert not as_image("", 28).any()
    for ink in ("no", "1,2,3 4", "300,3"):
        with pytest.raises(ValueError, match="ink"):
            DrawDigit(ink=ink)
    permalink = DrawDigit(ink="").to_permalink()
    assert DrawDigit.from_permalink(permalink).state.ink == ""
    assert DrawDigit.from_permalink(DrawDigit(ink=SEVEN).to_permalink()).state.ink == SEVEN


def test_a_model_that_is_no_dense_network_is_refused() -> None:
    with pytest.raises(ValueError, match="dense layers only"):
        DrawDigit([(np.zeros((3, 3, 1, 4)), np.zeros(4))])
    with pytest.raises(ValueError, match="28·28"):
        DrawDigit([(np.zeros((100, 10)), np.zeros(10))])
    with pytest.raises(ValueError, match="expected 10"):
        DrawDigit([(np.zeros((784, 3)), np.zeros(3))])


def test_the_stand_in_network_is_good() -> None:
    X, y = default_digits()["validation"]
    (W1, b1), (W2, b2) = small_network()
    assert np.mean((np.maximum(X @ W1 + b1, 0) @ W2 + b2).argmax(axis=1) == y) > 0.85


def test_confusion_counts_and_opens_cells() -> None:
    rng = np.random.default_rng(4)
    X, y, given_ = (
        rng.uniform(size=(200, 64)),
        rng.integers(10, size=200),
        rng.integers(10, size=200),
    )
    explorable = Confusion(X, y, given_)
    assert explorable.counts.sum() == 200
    for truth in range(10):
        for answer in range(10):
            frame = explorable.compute(explorable.state_class(truth, answer))
            rows = (y == truth) & (given_ == answer)
            assert frame.scalars["shown"] == min(rows.sum(), 30)
            assert frame.summary.startswith(f"{rows.sum()} of {(y == truth).sum()} images")
            shown = frame.arrays["images"][: rows.sum()].reshape(-1, 64) / 255
            assert np.allclose(shown, X[rows] / X.max(), atol=0.01)


@pytest.mark.parametrize(
    ("X", "y", "given_", "reported"),
    [
        (np.zeros((3, 10)), [0, 1, 2], [0, 1, 2], "square"),
        (np.zeros((3, 64)), [0, 1], [0, 1, 2], "3 rows"),
        (np.zeros((3, 64)), [0, 1, 12], [0, 1, 2], "outside 0 to 9"),
        (np.zeros((3, 64)), [0, 1, 2], [0.5, 1, 2], "whole"),
    ],
)
def test_confusion_refuses_what_does_not_fit(
    X: object, y: object, given_: object, reported: str
) -> None:
    with pytest.raises(ValueError, match=reported):
        Confusion(X, y, given_)


def test_the_recorded_runs_are_good_bad_and_ugly() -> None:
    assert tuple(sorted(runs())) == RATES
    assert all(len(run["loss"]) == EPOCHS + 1 for run in runs().values())
    reported = {
        name: LearningRates(**at).frame().summary for name, at in LearningRates.presets.items()
    }
    assert "settles" in reported["good"]
    assert "hardly moved" in reported["bad"] or "patience" in reported["bad"]
    assert "overshoots" in reported["ugly"] or "leaps" in reported["ugly"]


def test_the_recorded_losses_have_room() -> None:
    """All but the first leaps of a rate of 1, which an arrow at the edge tells."""
    left, right = LearningRates().make_panels()
    for rate, run in runs().items():
        both = np.concatenate([run["loss"], run["val_loss"]])
        assert both.min() > left.y.low
        assert both.max() < left.y.high or rate == 1
        assert right.y.low < run["val_loss"][-1] < right.y.high
    assert np.log10(right.y.high / right.y.low) < 1.5


def test_the_run_shown_first_is_that_of_the_sliders() -> None:
    assert "1 layer of 64, α = 0.001, no dropout: a recorded run" in TrainLive().frame().summary
    for preset in TrainLive.presets.values():
        frame = TrainLive(**preset).frame()
        np.testing.assert_allclose(frame.arrays["losses"], recorded_run(**preset)["loss"])
    other = TrainLive(depth=2, width=8, dropout=0.3).frame()
    assert "2 layers of 8, α = 0.001, dropout 0.3: no such run was recorded" in other.summary
    assert np.isnan(other.arrays["losses"]).all()


def ended(live: TrainLive) -> None:
    live.run.thread.join(timeout=TIMEOUT)
    assert not live.run.thread.is_alive()


def assert_best(live: TrainLive) -> None:
    X, y = live.data["validation"]
    left = live.model.evaluate(X, y, verbose=0)[0]
    assert left == pytest.approx(min(live.run.validation_losses), rel=1e-4)


def test_training_is_watched_and_keeps_its_best_weights() -> None:
    live = TrainLive(epochs=3, width=16, learning_rate=0.01)
    assert "recorded" in live.frame().summary
    live.set(training=True)
    live.set(width=64)
    ended(live)
    assert not live.state.training
    frame = live.frame()
    assert "You moved width: that counts from the next run on" in frame.summary
    assert len(live.run.validation_losses) == 3
    assert live.run.settings["width"] == 16
    assert "1 layer of 16, α = 0.01, no dropout: 3 epochs" in frame.summary
    assert_best(live)


def test_the_training_loss_is_a_mean_over_groups_of_batches() -> None:
    """Keras's own, over the epoch so far, leaps at each new epoch."""
    X, y = default_digits()["train"]
    many = {"train": (np.tile(X, (3, 1)), np.tile(y, 3)), "validation": (X, y)}
    live = TrainLive(many, epochs=2, width=16)
    said = []
    show = live._show_progress
    live._show_progress = lambda: (said.append(live.frame().summary), show())
    live.set(training=True)
    ended(live)
    run, steps = live.run, -(-3 * len(y) // 128)
    groups = steps // 8
    assert groups > 1
    assert len(run.losses) == 2 * groups
    means = np.reshape(run.losses, (2, groups)).mean(axis=1)
    np.testing.assert_allclose(means, live.model.history.history["loss"], rtol=0.03)
    assert run.losses[groups] < run.losses[groups - 1] * 1.1, "no leap where an epoch begins"
    assert (np.diff(run.times) > 0).all()
    assert 0 < run.times[0] < run.times[-1] < 2
    progress = [text for text in said if "to go" in text]
    assert any(re.search(r"epoch [12] of 2, about \d+ seconds to go\.", text) for text in progress)
    assert not any("batch/s" in text or "|" in text for text in said)


def test_stopping_ends_a_run_early_and_keeps_its_best_weights() -> None:
    live = TrainLive(epochs=500, width=64, learning_rate=0.1)
    live.set(training=True)
    wait_until(lambda: 0 < live.run.best < len(live.run.validation_losses))
    reported = []
    put_back = live.model.set_weights

    def listen(weights: list[np.ndarray]) -> None:
        reported.append(live.frame().summary)
        put_back(weights)

    live.model.set_weights = listen
    live.set(training=False)
    ended(live)
    assert 2 <= len(live.run.validation_losses) < 500
    assert_best(live)
    assert len(reported) == 1
    assert "kept" not in reported[0]
    assert "those weights are kept" in live.frame().summary


def test_train_live_refuses_other_data() -> None:
    with pytest.raises(ValueError, match="expected 'train' and 'validation'"):
        TrainLive({"train": (np.zeros((2, 3)), np.zeros(2))})
    with pytest.raises(ValueError, match="epochs"):
        TrainLive(epochs=0)
