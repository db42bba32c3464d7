"""Hidden tests of unit 03: initial weights, clipping and optimisers."""

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import backpropagation as check
from course.checks.observation import Observation, invariant

DEPTH, WIDTH = 8, 200
"""Deep enough that a factor 2 a layer becomes 256, wide enough that chance stays small."""


def run(
    step: Callable, state: Any, gradients: np.ndarray, theta: Any, **settings: float
) -> np.ndarray:
    """Take one step for each row of `gradients` and return where they end."""
    for gradient in gradients:
        theta, state = step(theta, gradient, state, **settings)
    return np.asarray(theta)


@hidden_test(check.sgd_momentum_step)
def sgd_momentum_step(
    sgd_momentum_step: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Without friction left it is gradient descent; a constant slope ends at a known speed."""
    theta, g, zero = rng.normal(size=3), rng.normal(size=3), np.zeros(3)
    yield invariant(
        "with beta = 0 a step is one of gradient descent",
        lambda: np.allclose(sgd_momentum_step(theta, g, 5 * g, 0.3, 0.0)[0], theta - 0.3 * g),
    )
    yield invariant(
        "on a constant slope the velocity ends at gradient / (1 − beta)",
        lambda: np.allclose(_last_state(sgd_momentum_step, g, zero, alpha=0.1, beta=0.5), 2 * g),
    )
    yield from _observe_interleaved(sgd_momentum_step, zero, rng)


def _last_state(step: Callable, gradient: np.ndarray, state: Any, **settings: float) -> Any:
    theta = np.zeros(len(gradient))
    for _ in range(60):
        theta, state = step(theta, gradient, state, **settings)
    return state


@hidden_test(check.adagrad_step)
def adagrad_step(
    adagrad_step: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Independent of the gradient's units; a constant slope gives steps α/√t."""
    theta, g, zero = rng.normal(size=3), rng.uniform(1, 2, size=3), np.zeros(3)
    yield invariant(
        "in other units of the loss the steps stay as they are",
        lambda: np.allclose(
            run(adagrad_step, zero, np.tile(1e3 * g, (5, 1)), theta, alpha=0.1),
            run(adagrad_step, zero, np.tile(g, (5, 1)), theta, alpha=0.1),
        ),
    )
    lengths = 1 / np.sqrt(np.arange(1, 31))
    yield invariant(
        "on a constant slope step t has the length alpha / √t",
        lambda: np.allclose(
            theta - run(adagrad_step, zero, np.tile(g, (30, 1)), theta, alpha=0.1),
            0.1 * lengths.sum(),
        ),
    )
    yield from _observe_interleaved(adagrad_step, zero, rng)


@hidden_test(check.rmsprop_step)
def rmsprop_step(
    rmsprop_step: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Never a negative memory; a constant slope ends at steps of α."""
    theta, g, zero = rng.normal(size=3), -rng.uniform(0.1, 2, size=3), np.zeros(3)
    yield invariant(
        "the memory of squares is never negative, whatever the sign of the gradient",
        lambda: bool((np.asarray(rmsprop_step(theta, g, zero, 0.1)[1]) >= 0).all()),
    )
    yield invariant(
        "on a constant slope the memory tends to the square of the gradient",
        lambda: np.allclose(_last_state(rmsprop_step, g, zero, alpha=0.1, beta=0.5), g**2),
    )
    yield from _observe_interleaved(rmsprop_step, zero, rng)


@hidden_test(check.adam_step)
def adam_step(
    adam_step: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """On a constant slope every step is α long, the first one too; the units do not matter."""
    theta, g, rest = rng.normal(size=3), rng.uniform(1, 2, size=3), (np.zeros(3), np.zeros(3), 0)
    for count in (1, 12):
        yield invariant(
            f"on a constant slope {count} step(s) from rest go {count} · alpha far",
            partial(
                lambda count: np.allclose(
                    theta - run(adam_step, rest, np.tile(g, (count, 1)), theta, alpha=0.1),
                    0.1 * count,
                ),
                count,
            ),
        )
    yield invariant(
        "after a step t has grown by 1", lambda: adam_step(theta, g, rest, 0.1)[1][2] == 1
    )
    yield from _observe_interleaved(adam_step, rest, rng)


def _observe_interleaved(
    step: Callable, rest: Any, rng: np.random.Generator
) -> Iterator[Observation]:
    """Two interleaved runs end where each ends alone."""
    start, slopes = rng.normal(size=(2, 3)), rng.normal(size=(2, 4, 3))

    def in_turn() -> bool:
        thetas, states = list(start), [rest, rest]
        for t in range(4):
            for one in (0, 1):
                thetas[one], states[one] = step(thetas[one], slopes[one][t], states[one], 0.1)
        alone = [run(step, rest, slopes[one], start[one], alpha=0.1) for one in (0, 1)]
        return np.allclose(thetas, alone)

    yield invariant("two runs taken in turn do not disturb one another", in_turn)


@hidden_test(check.clip_by_norm)
def clip_by_norm(
    clip_by_norm: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Never longer than allowed, direction unchanged, idempotent."""
    parts = [rng.normal(size=(4, 3)), rng.normal(size=3), 10 * rng.normal(size=2)]
    flat = np.concatenate([part.ravel() for part in parts])

    def clipped(limit: float) -> np.ndarray:
        return np.concatenate([np.ravel(part) for part in clip_by_norm(parts, limit)])

    yield invariant(
        "a long gradient gets exactly the length allowed",
        lambda: np.isclose(np.linalg.norm(clipped(2.0)), 2),
    )
    yield invariant(
        "the direction stays",
        lambda: np.isclose(clipped(2.0) @ flat, 2 * np.linalg.norm(flat)),
    )
    yield invariant("a short gradient stays as it is", lambda: np.array_equal(clipped(1e6), flat))
    yield invariant(
        "clipping twice is clipping once",
        lambda: np.allclose(
            np.concatenate(
                [np.ravel(p) for p in clip_by_norm(list(clip_by_norm(parts, 2.0)), 2.0)]
            ),
            clipped(2.0),
        ),
    )


@hidden_test(check.init_weights)
def init_weights(
    init_weights: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Deep networks keep the size of a signal, forward and backward."""
    seeds = [int(seed) for seed in rng.integers(2**32, size=3)]
    sizes = [WIDTH] * (DEPTH + 1)
    signal = rng.normal(size=(50, WIDTH))

    def through(scheme: str, seed: int, activation: Callable, turned: bool = False) -> float:
        values = signal
        for W, _ in init_weights(sizes, scheme, np.random.default_rng(seed)):
            values = activation(values @ (np.asarray(W).T if turned else np.asarray(W)))
        return float(np.mean(values**2) / np.mean(signal**2))

    yield invariant(
        f'"he" keeps the size of a signal through {DEPTH} ReLU layers, within a factor 8',
        lambda: 1 / 8 < through("he", seeds[0], lambda z: np.maximum(z, 0)) < 8,
    )
    yield invariant(
        f'"xavier" keeps the size of a signal through {DEPTH} linear layers, within a factor 4',
        lambda: 1 / 4 < through("xavier", seeds[1], lambda z: z) < 4,
    )
    yield invariant(
        '"xavier" keeps it on the way back too, within a factor 4',
        lambda: 1 / 4 < through("xavier", seeds[2], lambda z: z, turned=True) < 4,
    )
