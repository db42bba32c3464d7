"""Hidden tests of unit 06: the restricted Boltzmann machine, against exact enumeration."""

from collections.abc import Callable, Iterator
from functools import cache
from types import SimpleNamespace

import numpy as np

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import memory as check
from course.checks.memory.rbm import draw_bits, draw_machine
from course.checks.observation import Observation, invariant
from course.models.exact_enumeration import (
    rbm_gradient,
    rbm_log_likelihood,
    rbm_log_partition,
    states,
)

CHAINS, STEPS = 2500, 12
"""Rows and steps of the chains whose mean is held against the exact gradient."""

WITHIN = 6.5 * 0.5 / CHAINS**0.5
"""Six and a half standard errors of a mean of numbers between 0 and 1: off once in 10¹⁰."""


@hidden_test(check.rbm_conditionals)
def rbm_conditionals(
    p_hidden: Callable, p_visible: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Both follow from the joint energy; rows are independent."""
    W, a, b = draw_machine(rng, 4, 3)
    v, h = draw_bits(rng, 5, 4), draw_bits(rng, 5, 3)

    def odds(layer: np.ndarray, i: int, hidden_side: bool) -> np.ndarray:
        on, off = layer.copy(), layer.copy()
        on[:, i], off[:, i] = 1, 0
        pairs = [(v, x) if hidden_side else (x, h) for x in (on, off)]
        low, high = (right.rbm_energy(*pair, W, a, b) for pair in pairs)
        return 1 / (1 + np.exp(low - high))

    yield invariant(
        "p_hidden is what the energies of on and off say",
        lambda: np.allclose(np.asarray(p_hidden(v, W, b))[:, 1], odds(h, 1, True)),
    )
    yield invariant(
        "p_visible is what the energies of on and off say",
        lambda: np.allclose(np.asarray(p_visible(h, W, a))[:, 2], odds(v, 2, False)),
    )
    yield invariant(
        "each sample is answered by itself",
        lambda: np.allclose(p_hidden(v[::-1].copy(), W, b), np.asarray(p_hidden(v, W, b))[::-1]),
    )
    yield invariant(
        "with the layers' parts exchanged p_visible is p_hidden",
        lambda: np.allclose(p_visible(h, W, a), p_hidden(h, W.T.copy(), a)),
    )


@hidden_test(check.rbm_energy)
def rbm_energy(
    rbm_energy: Callable, free_energy: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Hidden units summed out by hand and by enumeration; Z from either side."""
    W, a, b = draw_machine(rng, 5, 4)
    v, h = draw_bits(rng, 1, 5), states(4, (0.0, 1.0))
    every = states(5, (0.0, 1.0))
    yield invariant(
        "the free energy is −ln Σ_h exp(−E)",
        lambda: np.isclose(
            np.ravel(free_energy(v, W, a, b))[0],
            -np.log(np.exp(-np.asarray(rbm_energy(np.repeat(v, 16, 0), h, W, a, b))).sum()),
        ),
    )
    yield invariant(
        "Σ_v exp(−F) is the partition function",
        lambda: np.isclose(
            np.log(np.exp(-np.asarray(free_energy(every, W, a, b))).sum()),
            rbm_log_partition(W, a, b),
        ),
    )
    yield invariant(
        "opposite parameters give the opposite energy",
        lambda: np.allclose(
            rbm_energy(every[:16], h, -W, -a, -b), -np.asarray(rbm_energy(every[:16], h, W, a, b))
        ),
    )


@hidden_test(check.cd_gradient, rounds=1)
def cd_gradient(
    cd_gradient: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """With a long chain it is the exact gradient, but for chance."""
    W, a, b = rng.uniform(0.5, 1, size=(3, 2)), rng.normal(size=3), rng.normal(size=2)
    W = W * rng.choice([-1, 1], size=W.shape)
    v = np.repeat(np.eye(3), CHAINS // 3 + 1, axis=0)[:CHAINS]
    exact, seed = rbm_gradient(v, W, a, b), int(rng.integers(2**32))

    def gap(k: int) -> list[float]:
        parts = cd_gradient(v.copy(), W, a, b, k, np.random.default_rng(seed))
        return [
            float(np.abs(np.asarray(part) - truth).max())
            for part, truth in zip(parts, exact, strict=True)
        ]

    yield invariant(
        f"after {STEPS} steps of the chain it is the exact gradient, but for chance",
        lambda: max(gap(STEPS)) < WITHIN,
    )


@hidden_test(check.train_rbm, rounds=1)
def train_rbm(
    train_rbm: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """On small bars the exact log-likelihood and the reconstruction both improve."""
    bars = np.zeros((6, 9))
    for i in range(3):
        bars[i, 3 * i : 3 * i + 3] = 1
        bars[3 + i, i::3] = 1
    V, seed = np.repeat(bars, 5, axis=0), int(rng.integers(2**32))

    @cache
    def after(epochs: int) -> tuple[float, float]:
        W, a, b = train_rbm(V.copy(), 6, epochs, 0.2, 5, 1, np.random.default_rng(seed))
        W, a, b = np.asarray(W), np.asarray(a), np.asarray(b)
        h = 1 / (1 + np.exp(-(V @ W + b)))
        back = 1 / (1 + np.exp(-(h @ W.T + a)))
        return rbm_log_likelihood(V, W, a, b), float(((V - back) ** 2).mean())

    yield invariant(
        "training raises the exact log-likelihood of bars",
        lambda: after(120)[0] > after(0)[0] + 0.8,
    )
    yield invariant(
        "training makes the reconstruction better", lambda: after(120)[1] < 0.8 * after(0)[1]
    )
