"""Hidden tests of unit 06: storing, recalling, and sampling spins at a temperature."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import numpy as np

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import memory as check
from course.checks.memory.spins import draw_couplings, draw_spins
from course.checks.observation import Observation, invariant
from course.models.exact_enumeration import spin_probabilities, states

SWEEPS, THIN = 3600, 4
"""Rows drawn, and the thinning interval that makes the rows used independent."""

CHI_SQUARED = 54.8
"""Critical value for 7 degrees of freedom at level 1.6e-9.

In 3,000 simulated right answers the largest χ² was 36; of networks at twice the temperature, the
mistake that is hardest to see, one in a thousand is below 51.
"""


@hidden_test(check.hebbian_weights)
def hebbian_weights(
    hebbian_weights: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Additive in the patterns; a pattern equals its negative; a single pattern is stable."""
    one, two = draw_spins(rng, 2, 9), draw_spins(rng, 3, 9)
    yield invariant(
        "what two sets of patterns store adds up",
        lambda: np.allclose(
            hebbian_weights(np.vstack([one, two])),
            np.asarray(hebbian_weights(one)) + hebbian_weights(two),
        ),
    )
    yield invariant(
        "a pattern and its negative give the same couplings",
        lambda: np.allclose(hebbian_weights(one), hebbian_weights(-one)),
    )
    yield invariant(
        "a single stored pattern is held up by its own field",
        lambda: bool((one[0] * (np.asarray(hebbian_weights(one[:1])) @ one[0]) > 0).all()),
    )


@hidden_test(check.hopfield_energy)
def hopfield_energy(
    hopfield_energy: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Change by flipping one spin and by flipping all; the mean over all states."""
    W, theta, s = draw_couplings(rng, 7), rng.normal(size=7), draw_spins(rng, 7)
    turned = [np.where(np.arange(7) == i, -s, s) for i in range(7)]
    yield invariant(
        "turning spin i costs 2 sᵢ (Σⱼ Wᵢⱼ sⱼ − θᵢ)",
        lambda: np.allclose(
            [hopfield_energy(t, W, theta) - hopfield_energy(s, W, theta) for t in turned],
            2 * s * (W @ s - theta),
        ),
    )
    yield invariant(
        "without thresholds all spins may turn at once for nothing",
        lambda: np.isclose(hopfield_energy(s, W, np.zeros(7)), hopfield_energy(-s, W, np.zeros(7))),
    )
    yield invariant(
        "the energies of all states average to 0",
        lambda: (
            abs(np.mean([hopfield_energy(t, W[:4, :4], theta[:4]) for t in states(4, (-1.0, 1.0))]))
            < 1e-9
        ),
    )


@hidden_test(check.recall)
def recall(
    recall: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Energies are those of the states; a stored pattern comes back; a fixed point stays."""
    seeds = [int(seed) for seed in rng.integers(2**32, size=4)]
    patterns = draw_spins(rng, 2, 60)
    W, zero = right.hebbian_weights(patterns), np.zeros(60)
    noisy = patterns * np.where(rng.random((2, 60)) < 0.1, -1, 1)
    other, field, start = draw_couplings(rng, 9), rng.normal(size=9), draw_spins(rng, 9)

    def run(
        k: int, s: np.ndarray, W: np.ndarray, theta: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        end, energies = recall(s.copy(), W, theta, np.random.default_rng(seeds[k]), 200)
        return np.asarray(end), np.asarray(energies)

    yield invariant(
        "the first energy is that of the start, the last that of the end",
        lambda: np.allclose(
            run(0, start, other, field)[1][[0, -1]],
            [right.hopfield_energy(s, other, field)
             for s in (start, run(0, start, other, field)[0])],
        ),
    )  # fmt: skip
    yield invariant(
        "stored patterns come back when a tenth of their spins is flipped",
        lambda: all(run(k, noisy[k], W, zero)[0] @ patterns[k] / 60 > 0.9 for k in range(2)),
    )
    yield invariant(
        "from where recall ended it goes nowhere, and says so after one sweep",
        lambda: len(run(1, run(0, start, other, field)[0], other, field)[1]) == 2,
    )


@hidden_test(check.p_on)
def p_on(p_on: Callable, rng: np.random.Generator, right: SimpleNamespace) -> Iterator[Observation]:
    """Boltzmann's ratio; on and off together are certain; what costs energy is rarer."""
    delta, beta = rng.normal(size=6), float(rng.uniform(0.5, 2))
    yield invariant(
        "p_on/p_off is exp(−β ΔE)",
        lambda: np.allclose(
            np.asarray(p_on(delta, beta)) / (1 - np.asarray(p_on(delta, beta))),
            np.exp(-beta * delta),
        ),
    )
    yield invariant(
        "on against off and off against on together are certain",
        lambda: np.allclose(np.asarray(p_on(delta, beta)) + p_on(-delta, beta), 1),
    )
    yield invariant(
        "what costs more energy is on more rarely",
        lambda: bool((np.diff(p_on(np.sort(delta), beta)) < 0).all()),
    )


@hidden_test(check.partition_function)
def partition_function(
    partition_function: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Free spins, a chain in closed form, infinite temperature, the mean energy."""
    theta, beta, n = rng.normal(size=6), float(rng.uniform(0.3, 0.8)), 6
    chain = np.diag(rng.normal(size=n - 1), 1)
    chain = chain + chain.T
    yield invariant(
        "without couplings Z is the product of 2 cosh(β θᵢ)",
        lambda: np.isclose(
            partition_function(np.zeros((n, n)), theta, beta), np.prod(2 * np.cosh(beta * theta))
        ),
    )
    yield invariant(
        "an open chain without thresholds has Z = 2 Π 2 cosh(β Jᵢ)",
        lambda: np.isclose(
            partition_function(chain, np.zeros(n), beta),
            2 * np.prod(2 * np.cosh(beta * np.diag(chain, 1))),
        ),
    )
    yield invariant(
        "at infinite temperature Z counts the states",
        lambda: np.isclose(partition_function(chain, theta, 0.0), 2**n),
    )
    W, field = draw_couplings(rng, 4), rng.normal(size=4)
    weights, all_states = spin_probabilities(W, field, beta), states(4, (-1.0, 1.0))
    mean = sum(
        p * right.hopfield_energy(s, W, field) for p, s in zip(weights, all_states, strict=True)
    )
    yield invariant(
        "−∂ ln Z/∂β is the mean energy",
        # A step and a bound that leave a result in single precision right.
        lambda: np.isclose(
            -_slope(lambda d: np.log(partition_function(W, field, beta + d)), 0.01),
            mean,
            rtol=1e-4,
            atol=1e-4,
        ),
    )


def _slope(function: Callable[[float], float], step: float) -> float:
    """Return the derivative at 0 from four points around it; the error falls with step⁴."""
    near, far = (function(by) - function(-by) for by in (step, 2 * step))
    return float(8 * near - far) / (12 * step)


@hidden_test(check.boltzmann_sample, rounds=1)
def boltzmann_sample(
    boltzmann_sample: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """All states of three coupled units are as frequent as Boltzmann says."""
    W = np.zeros((3, 3))
    upper = np.triu_indices(3, 1)
    W[upper] = rng.uniform(0.22, 0.28, size=3) * rng.choice([-1, 1], size=3)
    W, theta = W + W.T, rng.uniform(0.16, 0.22, size=3) * rng.choice([-1, 1], size=3)
    seed, beta = int(rng.integers(2**32)), float(rng.uniform(1.9, 2.2))
    yield invariant(
        "the eight states of three units are as frequent as Boltzmann says (χ²)",
        lambda: _chi_squared(boltzmann_sample, W, theta, beta, seed) < CHI_SQUARED,
    )


def _chi_squared(
    sample: Callable, W: np.ndarray, theta: np.ndarray, beta: float, seed: int
) -> float:
    rows = np.asarray(sample(np.ones(3), W, theta, beta, SWEEPS, np.random.default_rng(seed)))
    rows = rows[20::THIN]
    counts = np.bincount((rows > 0) @ [1, 2, 4], minlength=8)
    expected = spin_probabilities(W, theta, beta) * len(rows)
    return float(((counts - expected) ** 2 / expected).sum())
