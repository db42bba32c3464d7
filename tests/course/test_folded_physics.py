"""What units 05 to 07 say in folded boxes and beside formulas, in numbers on small systems."""

import numpy as np
import pytest

from course.data.glyphs import binary_digits, letters
from course.models.exact_enumeration import states
from course.models.hopfield import hebbian_couplings


def test_the_slope_of_ln_p_is_a_mean_over_data_less_a_mean_over_the_model() -> None:
    rng = np.random.default_rng(0)
    couplings, s = rng.normal(size=(4, 4)), states(4, (-1.0, 1.0))
    W = np.triu(couplings, 1) + np.triu(couplings, 1).T
    data = s[[3, 5, 6]]

    def log_p(W: np.ndarray) -> float:
        energy = lambda rows: -np.einsum("ki,ij,kj->k", rows, W, rows) / 2  # noqa: E731
        return float(-energy(data).mean() - np.logaddexp.reduce(-energy(s)))

    weight = np.exp(np.einsum("ki,ij,kj->k", s, W, s) / 2)
    model = (s * (weight / weight.sum())[:, None]).T @ s
    nudge = np.zeros((4, 4))
    nudge[0, 2] = nudge[2, 0] = 1e-6  # a coupling is one number, in two places
    slope = (log_p(W + nudge) - log_p(W - nudge)) / 2e-6
    assert slope == pytest.approx((data.T @ data / 3 - model)[0, 2], abs=1e-8)


def recall_with_diagonal(strength: float, rng: np.random.Generator) -> float:
    """Return the share of letters, a quarter of their spins turned, that come back."""
    alphabet = letters("ETXV")
    W = hebbian_couplings(alphabet) + strength * np.eye(100)
    right = 0
    for trial in range(200):
        s = alphabet[trial % 4] * np.where(rng.random(100) < 0.25, -1, 1)
        for _ in range(20):
            before = s.copy()
            for i in rng.permutation(100):
                s[i] = 1 if W[i] @ s >= 0 else -1
            if np.array_equal(s, before):
                break
        right += np.array_equal(s, alphabet[trial % 4])
    return right / 200


def test_a_spin_coupled_to_itself_holds_on_to_its_state() -> None:
    none, hebb, half, one = (
        recall_with_diagonal(c, np.random.default_rng(3)) for c in (0, 0.04, 0.5, 1)
    )
    assert (none, hebb, one) == (0.98, 0.98, 0.0)
    assert half == pytest.approx(0.44, abs=0.006)


def test_digits_lie_3_pixels_apart_and_some_have_a_twin() -> None:
    V = binary_digits()[0]
    size = V.sum(axis=1)
    apart = (size[:, None] + size - 2 * V @ V.T + 64 * np.eye(len(V))).min(axis=1)
    assert round(float(apart.mean()), 1) == 3.1
    assert int(np.sum(apart == 0)) == 76


def test_a_spin_beside_a_straight_wall_costs_4_to_turn() -> None:
    stripes = np.where(np.arange(8) < 4, 1, -1)[None] * np.ones((8, 1))
    near = [np.roll(stripes, shift, axis) for shift in (1, -1) for axis in (0, 1)]
    assert np.min(2 * stripes * sum(near)) == 4


def test_words_of_kinematics() -> None:
    theta = 2 * np.arctan(np.exp(-1.5))
    assert round(float(np.degrees(theta))) == 25
    rapidity = np.arctanh(np.cos(theta))  # of a massless particle, p_z/E is the cosine
    assert rapidity == pytest.approx(1.5)
    cosine, boost = 0.6, 0.8  # a pair at rest breaks up along ±cosine, then moves along the beam
    eta = np.arctanh([cosine, -cosine]) + boost
    assert np.tanh((eta[0] - eta[1]) / 2) == pytest.approx(cosine)


def test_the_svd_keeps_small_axes_that_squares_lose() -> None:
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(6, 6)))[0]
    X = rng.normal(size=(500, 6)) * np.array([1, 1, 1, 1, 1, 1e-11]) @ axes.T
    X -= X.mean(axis=0)
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    assert (U * s) @ Vt == pytest.approx(X, abs=1e-12)
    assert U * s == pytest.approx(X @ Vt.T, abs=1e-12)
    assert s[-1] / np.sqrt(500) == pytest.approx(1e-11, rel=0.1)
    lost = np.sqrt(np.abs(np.linalg.eigvalsh(X.T @ X / 500)[0]))
    assert lost > 1e-10  # rounding, ten times and more what is there
