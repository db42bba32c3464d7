"""Numbers that the units' texts quote and no cell prints, computed anew."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from autograder.authoring.reference import namespace
from course.data import collider, hubble1929, unlike_features
from course.data.glyphs import binary_digits
from course.data.pendulum import pendulum
from course.validation.arrays import with_ones

LINE, DEPTH, ROC = (
    namespace(unit) for unit in ("01_linear_regression", "03_backpropagation", "05_roc")
)


def percent(text: str) -> float:
    return float(text.removesuffix(" %")) / 100


def hubble() -> tuple[np.ndarray, np.ndarray]:
    r, v = hubble1929()
    return with_ones(r[:, None]), v


# ---- Unit 01 ------------------------------------------------------------------------------------


def test_at_2_mpc() -> None:
    X, v = hubble()
    r = X[:, 1]
    assert sorted(v[r == 2.0]) == [500, 800, 850, 1090]
    slope, intercept = np.polyfit(r, v, 1)
    assert round(intercept + 2 * slope) == 868
    scatter = np.sqrt(np.sum((v - intercept - slope * r) ** 2) / 22)
    assert round(scatter, -1) == 230
    spread = np.sqrt(1 / 24 + (2 - r.mean()) ** 2 / np.sum((r - r.mean()) ** 2))
    assert scatter * spread == pytest.approx(95, abs=1)


def test_steps_at_two_learning_rates() -> None:
    X, v = hubble()
    smallest, largest = np.linalg.eigvalsh(X.T @ X / 24)
    assert round(smallest, 3) == 0.196
    assert round(1 - 0.09 * smallest, 3) == 0.982
    assert (round(1 - 0.9 * smallest, 2), round(1 - 0.9 * largest, 2)) == (0.82, -0.83)
    for alpha, steps in ((0.9, 108), (0.09, 993)):
        costs = LINE["gradient_descent"](X, v, alpha, 10_000, tol=1e-6)[1]
        assert len(costs) - 1 == steps


def test_the_rim_of_the_bowl() -> None:
    X, v = hubble()
    A = X.T @ X / 24
    (smallest, largest), axes = np.linalg.eigh(A)
    assert round(np.sqrt(largest / smallest), 1) == 3.2
    lowest = np.linalg.lstsq(X, v, rcond=None)[0]
    uphill = lowest + 300 * axes[:, 1]  # on a wall of the valley
    stepped = uphill - 0.97 * LINE["gradient"](X, v, uphill)
    heights = [
        LINE["cost"](X, v, theta) - LINE["cost"](X, v, lowest) for theta in (uphill, stepped)
    ]
    assert round(heights[1] / heights[0], 2) == 0.95


def test_columns_of_unlike_size() -> None:
    sizes = np.median(np.abs(unlike_features()), axis=0)
    assert sizes == pytest.approx([50, 2, 2000, 0.04], rel=0.15)


def test_a_round_valley_leaves_the_same_share_in_every_direction() -> None:
    X, _ = hubble()
    Z = with_ones(LINE["standardize"](X[:, 1:])[0])
    assert 1 - 0.49 * np.linalg.eigvalsh(Z.T @ Z / 24) == pytest.approx([0.51, 0.51])


def test_one_zero_too_many_and_one_too_few() -> None:
    X, v = hubble()
    h = X @ np.linalg.lstsq(X, v, rcond=None)[0]
    assert 10 * v[-1] == 10_900
    typo = v.copy()
    typo[-1] /= 10
    for name, factor in (("mae", 1.12), ("mape", 1.25), ("mse", 1.44)):
        assert round(LINE[name](typo, h) / LINE[name](v, h), 2) == factor
    terms = np.abs((v - h) / v)  # of MAPE
    assert round(terms.sum()) == 27
    assert v[terms.argmax()] == -30
    assert terms.max() / terms.sum() == pytest.approx(1 / 2, abs=0.02)


def test_updates_in_30_epochs() -> None:
    assert [30 * 24 // size for size in (1, 12, 24)] == [720, 60, 30]
    assert round(0.9**30, 2) == 0.04


def test_a_cubic_that_has_not_arrived_fits_fresh_nebulae_better() -> None:
    r, v = hubble1929()
    parts = LINE["split"](r[:, None], v, (0.5, 0.25, 0.25), np.random.default_rng(1929))
    powers = [(R ** np.arange(1, 4), u) for R, u in parts[:2]]
    early, late = (LINE["fit_and_test"](*powers, 0.6, steps)[1] for steps in (3000, 20_000))
    assert early < late


def test_the_age_at_todays_slope() -> None:
    assert round(3.086e19 / 70 / 3.156e16) == 14


# ---- Unit 02 ------------------------------------------------------------------------------------


def test_the_printed_loss_is_negative() -> None:
    assert round(math.log(0.9), 3) == -0.105


def test_a_bump_of_steepness_8_is_not_quite_as_high_as_it_is_called() -> None:
    bump = namespace("02_perceptron")["bump"]
    assert round(float(bump(0.5, 0, 1, 1, 8)), 2) == 0.96


# ---- Unit 03 ------------------------------------------------------------------------------------


def test_two_paths_carry_the_derivative_of_j() -> None:
    d = DEPTH["j_backward"](1.2)
    assert round(1.2**2, 2) == 1.44
    assert round(math.cos(1.44), 2) == 0.13
    assert round(d["u2"] * 3, 2) == 2.48
    assert round(d["u1"] * math.cos(1.44), 2) == 0.11


def test_fifty_factors() -> None:
    assert round(math.log10(0.8**50)) == round(math.log10(1e-5))
    assert round(1.25**50, -4) == 7e4
    assert max(a * (1 - a) for a in np.linspace(0, 1, 101)) ** 2 == 1 / 16


def test_a_unit_that_is_surely_wrong() -> None:
    assert 0.002 < 1 / (1 + math.exp(6)) < 0.0025


def test_errors_in_distance_flatten_the_line() -> None:
    r, v = hubble1929()
    scattered = r * np.random.default_rng(0).normal(1, percent("20 %"), size=(20_000, 24))
    off = scattered - scattered.mean(axis=1, keepdims=True)
    slopes = (off @ v) / np.sum(off**2, axis=1)
    assert slopes.mean() == pytest.approx(410, abs=5)
    slope = np.polyfit(r, v, 1)[0]
    assert round(slope / 1.1 - slope) == -41
    assert round(-0.1 * slope) == -45


def test_hubbles_constant_has_48_derivatives() -> None:
    r, v = hubble1929()
    assert len(r) + len(v) == 48
    assert round(np.polyfit(r, v, 1)[0]) == 454


# ---- Unit 04 ------------------------------------------------------------------------------------


def test_the_first_network_has_400_000_parameters() -> None:
    assert round(namespace("04_keras_mnist")["count_parameters"]([784, 512, 10]), -5) == 400_000


def test_three_disputed_labels_of_1000() -> None:
    assert pytest.approx(0.997) == 1 - 3 / 1000


def test_a_share_of_360_images_scatters() -> None:
    assert round(math.sqrt(0.907 * (1 - 0.907) / 360), 3) == 0.015


# ---- Unit 05 ------------------------------------------------------------------------------------


def test_the_year_on_disk() -> None:
    S, B = 150, 20_000
    assert {"signal": S, "background": B} == collider.EXPECTED
    assert round(S / math.sqrt(B), 1) == 1.1
    assert round(B / S) == 133
    assert round(1 - S / (S + B), 3) == 0.993


def test_the_rules_of_the_collider() -> None:
    assert (collider.MASS, collider.WIDTH, collider.SCALE) == (500, 10, 150)
    assert collider.FORWARD == 1.5


def test_a_share_of_100_trials_scatters() -> None:
    assert round(math.sqrt(0.95 * 0.05 / 100), 2) == 0.02


def test_the_mass_window_on_the_sample_that_chose_it() -> None:
    sample = collider.collisions(1000, 10_000, seed=2)
    score = -np.abs(sample.X[:, 0] - 500)
    assert round(ROC["best_threshold"](sample.y, score, 150, 20_000)[1], 2) == 4.92


def test_five_standard_deviations_with_a_twentieth_of_the_places() -> None:
    normal = NormalDist()
    assert round(-normal.inv_cdf(20 * normal.cdf(-5)), 1) == 4.4


# ---- Units 06 and 07 ----------------------------------------------------------------------------


def test_shares_of_4000_draws_scatter() -> None:
    assert round(math.sqrt(0.4 * 0.6 / 4000), 3) == 0.008
    assert round(math.sqrt(0.012 * 0.988 / 4000), 3) == 0.002


def test_one_bracketing_costs_92_times_the_other() -> None:
    n, wide, k = 1000, 100, 1
    forward, reverse = n * (wide * wide + wide * k), k * (wide * wide + n * wide)
    assert round(forward / reverse) == 92


def test_the_digits_are_1797_of_8_by_8() -> None:
    assert binary_digits()[0].shape == (1797, 64)


def test_a_frame_of_the_film() -> None:
    film, _ = pendulum(2, np.random.default_rng(0))
    assert film.shape[1] == 144 == 12 * 12


def test_rounding_hides_what_is_below_its_root() -> None:
    assert np.nextafter(1, 2) == 1.0000000000000002
    assert round(math.log10(math.sqrt(np.finfo(float).eps))) == round(math.log10(1e-8))
