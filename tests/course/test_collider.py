"""The collider sample obeys the rules its module states, before and after the detector."""

import numpy as np
import pytest
from scipy import stats

from course.data.collider import (
    FEATURES,
    HIGH,
    LOW,
    MASS,
    PAIR_PT,
    RAPIDITY,
    SCALE,
    WIDTH,
    Collisions,
    collisions,
)  # fmt: skip

LEVEL = 1e-3
"""A p-value below this fails; seeds are fixed, so that a test that passes goes on passing."""


@pytest.fixture(scope="module")
def signal() -> Collisions:
    return collisions(40_000, 0, seed=11)


@pytest.fixture(scope="module")
def background() -> Collisions:
    return collisions(0, 40_000, seed=12)


def test_the_background_falls_with_the_stated_exponent(background):
    mass = background.truth.mass
    cut = stats.truncexpon(b=(HIGH - LOW) / SCALE, loc=LOW, scale=SCALE)
    assert stats.kstest(mass, cut.cdf).pvalue > LEVEL
    counts, edges = np.histogram(mass, bins=30, range=(LOW, HIGH))
    expected = len(mass) * np.diff(cut.cdf(edges))
    assert stats.chisquare(counts, expected).pvalue > LEVEL
    slope = np.polyfit((edges[:20] + edges[1:21]) / 2, np.log(counts[:20]), 1)[0]
    assert slope == pytest.approx(-1 / SCALE, rel=0.05)


def test_the_resonance_is_a_breit_wigner_before_the_detector(signal):
    mass = signal.truth.mass
    whole = stats.cauchy(MASS, WIDTH / 2)
    low, high = whole.cdf([LOW, HIGH])
    assert stats.kstest(mass, lambda m: (whole.cdf(m) - low) / (high - low)).pvalue > LEVEL


def test_the_detector_keeps_the_peak_and_widens_it_more_forward(signal):
    mass, width = signal.X[:, 0], {}
    for group in (0, 1, 2):
        inside = mass[signal.group == group]
        assert np.median(inside) == pytest.approx(MASS, abs=2.5)
        low, high = np.quantile(inside, [0.25, 0.75])
        width[group] = (high - low) / 2
    assert WIDTH / 2 < width[0] < 1.6 * WIDTH / 2  # quartiles of a Breit–Wigner lie at Γ/2
    assert width[0] < width[1] < width[2]
    # With both products central the mass is off by half of both relative errors, in quadrature.
    shift = (mass / signal.truth.mass)[signal.group == 0] - 1
    assert 0.006 < shift.std() < 0.012


def test_signal_is_flat_in_the_angle_and_background_is_not(signal, background):
    assert stats.kstest(signal.truth.cos_theta, stats.uniform(-1, 2).cdf).pvalue > LEVEL

    def share(c):
        return 0.5 + 3 / 8 * (c + c**3 / 3)

    assert stats.kstest(background.truth.cos_theta, share).pvalue > LEVEL
    assert stats.kstest(background.truth.cos_theta, stats.uniform(-1, 2).cdf).pvalue < 1e-6


def test_transverse_momentum_and_rapidity_of_the_pair(signal, background):
    for events, kind in ((signal, "signal"), (background, "background")):
        expected = stats.expon(scale=PAIR_PT[kind])
        assert stats.kstest(events.truth.pair_pt, expected.cdf).pvalue > LEVEL
        expected = stats.norm(0, RAPIDITY[kind])
        assert stats.kstest(events.truth.rapidity, expected.cdf).pvalue > LEVEL


def test_what_the_detector_measures_is_near_the_truth(background):
    central = background.group == 0
    measured = dict(zip(FEATURES, background.X[central].T, strict=True))
    truth = background.truth
    for name, true in (
        ("mass", truth.mass), ("pair pT", truth.pair_pt), ("pair rapidity", np.abs(truth.rapidity)),
    ):  # fmt: skip
        assert np.corrcoef(measured[name], true[central])[0, 1] > 0.99
    slow = truth.pair_pt[central] < 10
    assert np.allclose(measured["cos θ*"][slow], np.abs(truth.cos_theta[central][slow]), atol=0.05)
    assert (measured["largest |η|"] < 1.53).all()
    assert (measured["leading pT"] > 0).all()


def test_the_seed_decides_everything():
    one, same, other = (collisions(30, 70, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(one.X, same.X)
    assert np.array_equal(one.y, same.y)
    assert np.array_equal(one.group, same.group)
    assert not np.array_equal(one.X, other.X)
    assert (one.y.sum(), len(one), one.X.shape) == (30, 100, (100, len(FEATURES)))
    assert 0 < np.flatnonzero(one.y).mean() - 20 < 60  # shuffled


@pytest.mark.parametrize("counts", [(-1, 5), (0, 0), (2.5, 1)])
def test_counts_that_make_no_sample_are_refused(counts):
    with pytest.raises(ValueError, match="expected a whole number"):
        collisions(*counts, seed=1)
