"""Batches: one batch of all rows is plain descent, and noise grows with α and falls with B."""

from __future__ import annotations

import numpy as np
import pytest

from course.explore import Batches, Descent


def right(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
    return X.T @ (X @ theta - y) / len(y)


def own_sgd(X, y, alpha, batch_size, epochs, rng):
    theta = np.zeros(2)
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for first in range(0, len(y), batch_size):
            rows = order[first : first + batch_size]
            theta = theta - alpha * right(X[rows], y[rows], theta)
    return theta


def test_one_batch_of_all_rows_is_gradient_descent() -> None:
    batches = Batches(batch_size=24, learning_rate=0.3)
    theta0, theta1 = batches.problem.start
    descent = Descent(features="standardised", learning_rate=0.3, theta0=theta0, theta1=theta1)
    ours, theirs = batches.frame().arrays, descent.frame().arrays
    n = len(ours["path0"])
    assert n == 31
    np.testing.assert_allclose(ours["path0"], theirs["path0"][:n], rtol=1e-5)
    np.testing.assert_allclose(ours["costs"], theirs["costs"][:n], rtol=1e-5)


def test_every_row_is_used_once_in_an_epoch() -> None:
    seen: list[float] = []

    def watching(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
        seen.extend(y.tolist())
        return np.zeros(2)

    rng = np.random.default_rng(0)
    x, y = rng.normal(size=11), np.arange(11.0)
    batches = Batches(x, y, gradient=watching, batch_size=4)
    batches._compute_run(0.1, 4, 0)
    epochs = np.array(seen).reshape(-1, 11)
    assert len(epochs) == 30
    assert (np.sort(epochs, axis=1) == np.arange(11)).all()
    assert len(np.unique(epochs, axis=0)) > 20


def spread(**state: object) -> float:
    found = [Batches(**state, seed=seed).frame().scalars["spread"] for seed in range(5)]
    return float(np.mean(found))


def test_spread_grows_with_alpha_and_falls_with_batch_size() -> None:
    assert spread(learning_rate=0.3) > 1.5 * spread(learning_rate=0.1)
    assert spread(learning_rate=0.3, batch_size=1) > 2 * spread(learning_rate=0.3, batch_size=4)


def test_spread_is_measured_on_the_path() -> None:
    arrays = Batches(learning_rate=0.2).frame().arrays
    path = np.column_stack([arrays["path0"], arrays["path1"]]).astype(float)
    end = path[-6 * 24 :] - arrays["minimum"]  # six epochs
    measured = np.sqrt((end**2).sum(axis=1).mean())
    assert arrays["spreads"][0] == pytest.approx(measured, rel=1e-4)
    ring = np.hypot(
        arrays["ring_x"] - arrays["minimum"][0], arrays["ring_y"] - arrays["minimum"][1]
    )
    np.testing.assert_allclose(ring, measured, rtol=1e-3)


def test_seed_alone_decides_the_path() -> None:
    a, b, c = (Batches(seed=seed).frame().arrays["path0"] for seed in (1, 1, 2))
    np.testing.assert_array_equal(a, b)
    assert (a != c).any()


@pytest.mark.parametrize(
    ("state", "reported"),
    [
        ({"learning_rate": 0.1, "batch_size": 1}, "wanders"),
        ({"learning_rate": 0.02, "batch_size": 24}, "still on its way down"),
        ({"learning_rate": 0.1, "batch_size": 24}, "still on its way down"),
        ({"learning_rate": 0.1, "batch_size": 12}, "wanders 6.19 from"),
        ({"learning_rate": 0.5, "batch_size": 24}, "settles on the minimum"),
        ({"learning_rate": 1.0, "batch_size": 1}, "runs away|wanders"),
    ],
)
def test_summary_tells_what_is_seen(state: dict, reported: str) -> None:
    with pytest.raises(AssertionError, match=reported):
        raise AssertionError(Batches(**state).frame().summary)


def test_right_gradient_gives_the_built_in_path() -> None:
    ours, own = Batches().frame(), Batches(gradient=right).frame()
    np.testing.assert_array_equal(ours.arrays["path0"], own.arrays["path0"])


def test_own_sgd_is_shown_by_epochs() -> None:
    batches = Batches(sgd=own_sgd, batch_size=24, learning_rate=0.5)
    arrays = batches.frame().arrays
    assert len(arrays["path0"]) == 13
    assert (arrays["path0"][0], arrays["path1"][0]) == (0, 0)
    np.testing.assert_allclose(arrays["path0"][-1], arrays["minimum"][0], rtol=1e-3)


def test_a_failing_sgd_is_reported() -> None:
    frame = Batches(sgd=lambda X, y, alpha, batch_size, epochs, rng: [1.0]).frame()
    assert "returns shape (1,); expected (2,)" in frame.summary
    assert np.isnan(frame.arrays["path0"]).all()


@pytest.mark.parametrize(
    ("state", "reported"),
    [
        ({"batch_size": 0}, "expected a whole number from 1 to 24.*; there are 24 rows"),
        ({"batch_size": 25}, "expected a whole number from 1 to 24.*; there are 24 rows"),
        ({"batch_size": 2.5}, "not whole"),
        ({"learning_rate": -0.1}, "out of range"),
        ({"seeds": 1}, "did you mean 'seed'"),
        ({"gradient": right, "sgd": own_sgd}, "give one of them"),
    ],
)
def test_bad_state_says_what_is_wrong(state: dict, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        Batches(**state)


def test_any_number_of_rows_has_batch_sizes() -> None:
    rng = np.random.default_rng(0)
    for m in (2, 3, 7, 11, 64, 100):
        batches = Batches(rng.normal(size=m), rng.normal(size=m))
        assert batches.sizes[0] == 1
        assert batches.sizes[-1] == m
        assert 2 <= len(batches.sizes) <= 8
        assert batches.frame().summary


def test_a_run_that_runs_away_has_a_bar_out_of_the_panel() -> None:
    """It had none, and so looked as good as a run that ends on the minimum."""
    batches = Batches(learning_rate=1.0, batch_size=24)
    top = batches.make_panels()[2].y.high
    lost = [
        size
        for size in batches.sizes
        if not np.isfinite(Batches(learning_rate=1.0, batch_size=size).frame().scalars["spread"])
    ]
    assert lost == [1]
    frame = batches.frame()
    spreads = dict(zip(batches.sizes, frame.arrays["spreads"], strict=True))
    assert all(spreads[size] > top for size in lost)
    assert frame.summary.endswith("At this α batches of 1 run away (▲).")
    assert "runs away" in Batches(learning_rate=1.0, batch_size=1).frame().summary
