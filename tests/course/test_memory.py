"""The course's Hopfield, Ising and RBM, and unit 06's solution, against exact enumeration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from autograder.authoring.reference import namespace
from course.data.glyphs import binary_digits, letters
from course.models import ising
from course.models.exact_enumeration import (
    rbm_gradient,
    rbm_log_likelihood,
    rbm_log_partition,
    spin_probabilities,
    states,
)
from course.models.hopfield import hebbian_couplings, is_fixed, name_state, settle
from course.models.rbm import gibbs, new_machine, pseudo_likelihood, train_epoch
from course.notebook_guard import ReferenceUsedError
from course.validation.arrays import require_not_negative
from course.validation.boltzmann import as_hopfield, as_rbm, as_spins

RIGHT = namespace("06_memory")


def machine(seed: int, visible: int = 4, hidden: int = 3) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(visible, hidden)), rng.normal(size=visible), rng.normal(size=hidden)


def couplings(rng: np.random.Generator, n: int) -> np.ndarray:
    W = rng.normal(size=(n, n))
    W = W + W.T
    np.fill_diagonal(W, 0)
    return W


def test_the_energy_never_rises_over_ten_thousand_networks() -> None:
    """One asynchronous sweep each: random couplings, thresholds and states of 2 to 8 spins."""
    rng = np.random.default_rng(6)
    for _ in range(10_000):
        n = int(rng.integers(2, 9))
        energies = RIGHT["recall"](
            rng.choice([-1, 1], size=n), couplings(rng, n), rng.normal(size=n), rng, 3
        )[1]
        assert (np.diff(energies) <= 1e-9).all()


def test_every_update_of_the_course_s_network_lowers_the_energy_or_leaves_it() -> None:
    rng = np.random.default_rng(1)
    W = couplings(rng, 40)
    path, energies = settle(rng.choice([-1.0, 1.0], size=40), W, 0.0, 30, rng)
    assert (np.diff(energies) <= 1e-9).all()
    assert is_fixed(path[-1], W)
    for k in (0, 17, 399):
        assert energies[k] == pytest.approx(-0.5 * path[k] @ W @ path[k])


def test_updates_at_a_temperature_are_boltzmann_s() -> None:
    """χ² at level 1e-4, fixed seed: each sixth state of a network of three spins."""
    rng = np.random.default_rng(2)
    W = 0.4 * couplings(rng, 3)
    path, _ = settle(np.ones(3), W, 1.3, 12_000, rng)
    seen = np.bincount(((path[30::12] > 0) @ [1, 2, 4]).astype(int), minlength=8)
    expected = spin_probabilities(W, np.zeros(3), 1 / 1.3) * seen.sum()
    assert ((seen - expected) ** 2 / expected).sum() < chi2.isf(1e-4, 7)


def test_states_are_named() -> None:
    patterns = letters("ETX")
    W = hebbian_couplings(patterns)
    assert name_state(patterns[1], W, patterns, "ETX") == "the stored T"
    assert "negative of X" in name_state(-patterns[2], W, patterns, "ETX")
    assert "mixture" in name_state(np.sign(patterns.sum(axis=0)), W, patterns, "ETX")


def test_the_ising_lattice_has_onsager_s_energy() -> None:
    """At T = 2.5 the exact energy of a spin is −1.1061 (Onsager 1944), far from T_c."""
    rng = np.random.default_rng(3)
    spins = ising.initial_spins(64, False, rng)
    for _ in range(150):
        spins = ising.sweep(spins, 2.5, 0.0, rng)
    energies = []
    for _ in range(250):
        spins = ising.sweep(spins, 2.5, 0.0, rng)
        energies.append(ising.energy(spins, 0.0))
    assert np.mean(energies) == pytest.approx(-1.1061, abs=0.02)


def test_free_spins_follow_the_field() -> None:
    """A very hot lattice in a field as strong: m = tanh(h/T) but for the weak couplings."""
    rng = np.random.default_rng(4)
    spins = ising.sweep(ising.initial_spins(64, False, rng), 1000.0, 1000.0, rng)
    assert spins.mean() == pytest.approx(np.tanh(1.0), abs=0.05)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_exact_gradient_is_the_slope_of_the_exact_likelihood(seed: int) -> None:
    W, a, b = machine(seed)
    V = np.random.default_rng(seed).integers(0, 2, size=(6, 4)).astype(float)
    slopes = rbm_gradient(V, W, a, b)
    for part, slope in zip((W, a, b), slopes, strict=True):
        index = tuple(np.zeros(part.ndim, dtype=int))
        ends = []
        for step in (1e-5, -1e-5):
            part[index] += step
            ends.append(rbm_log_likelihood(V, W, a, b))
            part[index] -= step
        assert slope[index] == pytest.approx((ends[0] - ends[1]) / 2e-5, abs=1e-6)


def test_the_partition_function_is_the_sum_over_all_pairs() -> None:
    W, a, b = machine(5)
    v, h = states(4, (0.0, 1.0)), states(3, (0.0, 1.0))
    pairs = np.array([[x, y] for x in range(16) for y in range(8)])
    energies = RIGHT["rbm_energy"](v[pairs[:, 0]], h[pairs[:, 1]], W, a, b)
    assert rbm_log_partition(W, a, b) == pytest.approx(np.log(np.exp(-energies).sum()))
    assert rbm_log_partition(W.T, b, a) == pytest.approx(rbm_log_partition(W, a, b))


def test_cd_k_tends_to_the_exact_gradient() -> None:
    W, a, b = machine(7)
    V = np.repeat(np.eye(4), 5000, axis=0)
    exact = rbm_gradient(V, W, a, b)[0]
    gaps = [
        np.abs(RIGHT["cd_gradient"](V, W, a, b, k, np.random.default_rng(k))[0] - exact).max()
        for k in (1, 4, 25)
    ]
    assert gaps[0] > 2 * gaps[1] > 0
    assert gaps[2] < 6 * 0.5 / np.sqrt(len(V))


def test_gibbs_sampling_meets_the_exact_marginals() -> None:
    rng = np.random.default_rng(8)
    machine_ = new_machine(4, 3, rng)
    machine_.W[:], machine_.a[:], machine_.b[:] = machine(8)
    v = gibbs(machine_, np.zeros((20_000, 4), np.float32), 30, rng)
    p = np.exp(-RIGHT["free_energy"](states(4, (0.0, 1.0)), machine_.W, machine_.a, machine_.b))
    expected = len(v) * p / p.sum()
    seen = np.bincount((v @ [1, 2, 4, 8]).astype(int), minlength=16)
    assert ((seen - expected) ** 2 / expected).sum() < chi2.isf(1e-4, 15)


@pytest.mark.parametrize("persistent", [False, True])
def test_training_raises_likelihood_and_pseudo_likelihood(persistent: bool) -> None:
    """On three columns of digits (24 pixels, 10 hidden units) ln Z is still exact."""
    rng = np.random.default_rng(9)
    V = binary_digits()[0].reshape(-1, 8, 8)[:400, :, 3:6].reshape(400, 24).astype(np.float32)
    made = new_machine(24, 10, rng)
    before = rbm_log_likelihood(V, made.W, made.a, made.b), pseudo_likelihood(made, V)
    for _ in range(15):
        train_epoch(made, V, 0.1, 20, 1, rng, persistent)
    after = rbm_log_likelihood(V, made.W, made.a, made.b), pseudo_likelihood(made, V)
    assert after[0] > before[0] + 1.5
    assert after[1] > before[1] + 1.5


def test_pseudo_likelihood_is_what_scikit_learn_estimates() -> None:
    from sklearn.neural_network import BernoulliRBM

    V = binary_digits()[0][:300]
    theirs = BernoulliRBM(12, n_iter=3, random_state=0).fit(V)
    made = new_machine(64, 12, np.random.default_rng(0))
    made.W[:], made.a[:] = theirs.components_.T, theirs.intercept_visible_
    made.b[:] = theirs.intercept_hidden_
    draws = [theirs.score_samples(V).mean() for _ in range(30)]
    assert pseudo_likelihood(made, V) == pytest.approx(np.mean(draws), abs=1.0)


def test_the_course_s_own_machines_may_not_be_used() -> None:
    scope: dict[str, object] = {}
    exec("from course.models.hopfield import hebbian_couplings\nimport numpy as np", scope)
    with pytest.raises(ReferenceUsedError):
        exec(compile("hebbian_couplings(np.ones((1, 3)))", "<ipython-input>", "exec"), scope)


@pytest.mark.parametrize(
    ("make", "reported"),
    [
        (lambda: as_hopfield(np.zeros((2, 3)), [0, 0]), "as many rows as columns"),
        (lambda: as_hopfield([[0, 1], [2, 0]], [0, 0]), "symmetric"),
        (lambda: as_hopfield([[1, 0], [0, 0]], [0, 0]), "diagonal"),
        (lambda: as_hopfield(np.zeros((2, 2)), [0]), "theta"),
        (lambda: as_hopfield(np.zeros((2, 2)), [0, 0], [1, 0]), "−1 and \\+1"),
        (lambda: as_spins([[1, -1], [1]], "patterns", 2), "equal length"),
        (lambda: as_rbm(np.zeros((2, 3)), a=np.zeros(3)), "2 visible"),
        (lambda: as_rbm(np.zeros((2, 3)), v=[[0.5, 1]]), "0.5"),
        (lambda: require_not_negative(beta=-1), "beta is -1"),
        (lambda: require_not_negative(beta=float("nan")), "beta"),
        (lambda: letters("E?"), "\\?"),
    ],
)
def test_bad_input_is_reported(make: object, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        make()
