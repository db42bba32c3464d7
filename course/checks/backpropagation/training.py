"""Probes of unit 03 for training: initial weights, clipping, and optimiser steps."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from course.checks.check import exercise
from course.checks.observation import (
    Observation,
    call,
    call_again,
    draws_anew,
    invariant,
    refuses,
)

UNIT = "03_backpropagation"

ADAM = {"theta": None, "the state": ("mean", "squares", "t")}
"""What `adam_step` returns."""

WIDTHS = (100, 300)
"""A layer for which n_in, n_out and their mean give clearly different variances."""


@exercise()
def sgd_momentum_step(
    sgd_momentum_step: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe single steps, from a zero state and later ones, and that no state is kept inside."""
    yield from _observe_steps(sgd_momentum_step, "velocity", rng, negative=True, beta=0.6)


@exercise()
def adagrad_step(adagrad_step: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe single steps, from a zero state and later ones, and that no state is kept inside."""
    yield from _observe_steps(adagrad_step, "squares", rng, epsilon=0.05)


@exercise()
def rmsprop_step(rmsprop_step: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe single steps, from a zero state and later ones, and that no state is kept inside."""
    yield from _observe_steps(rmsprop_step, "squares", rng, beta=0.7, epsilon=0.05)


def _observe_steps(
    step: Callable,
    memory: str,
    rng: np.random.Generator,
    negative: bool = False,
    **settings: Any,
) -> Iterator[Observation]:
    """Observe steps of an optimiser whose state is one array, called `memory`."""
    parts = ("theta", memory)
    for n, alpha in ((3, 0.1), (9, 0.02), (1, 1.0)):
        state = rng.normal(size=n) if negative else rng.uniform(0.5, 2, size=n)
        given: dict[str, Any] = {
            "theta": rng.normal(size=n),
            "gradient": rng.normal(size=n),
            memory: state,
        }
        changes = {name: item + 0.5 for name, item in given.items()} | {"alpha": 2 * alpha}
        yield from call_again(step, changes, parts=parts, **given, alpha=alpha)
        changes = {name: item / 2 for name, item in settings.items()}
        yield from call_again(step, changes, parts=parts, **given, alpha=alpha, **settings)
    theta, gradient, rest = rng.normal(size=4), rng.normal(size=4), np.zeros(4)
    given = {"theta": theta, "gradient": gradient, memory: rest}
    yield call(step, parts=parts, **given, alpha=0.1)
    given = {"theta": theta, "gradient": np.array([0.0, 2.0, 0.0, -1.0]), memory: rest}
    yield call(step, parts=parts, **given, alpha=0.1)
    given = {"theta": [1, 2], "gradient": [3, -4], memory: [1, 1]}
    yield call(step, parts=parts, **given, alpha=1)
    yield invariant(
        "two calls with the same inputs agree",
        lambda: _is_stateless(step, theta, gradient, rest, 0.1),
    )
    yield refuses(step, f"gradient and {memory} differ in length", [1.0], [1.0], [1.0, 2.0], 0.1)
    yield refuses(step, "theta is shorter than gradient", [1.0], [1.0, 2.0], [1.0, 2.0], 0.1)


@exercise()
def adam_step(adam_step: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe single steps, from a zero state and later ones, and that no state is kept inside."""
    for n, t in ((3, 1), (9, 4), (2, 200)):
        theta, gradient, mean = (rng.normal(size=n) for _ in range(3))
        state = (mean, rng.uniform(0.5, 2, size=n), t)
        given: dict[str, Any] = {"theta": theta, "gradient": gradient, "state": state}
        settings: dict[str, Any] = {"beta1": 0.6, "beta2": 0.8, "epsilon": 0.05}
        yield from call_again(
            adam_step,
            {
                "theta": theta + 1,
                "gradient": gradient + 1,
                "state": (mean, state[1], t + 1),
                "alpha": 0.2,
            },
            parts=ADAM,
            **given,
            alpha=0.1,
        )
        changes = {name: item / 2 for name, item in settings.items()}
        yield from call_again(adam_step, changes, parts=ADAM, **given, alpha=0.1, **settings)
    theta, gradient, rest = rng.normal(size=4), rng.normal(size=4), (np.zeros(4), np.zeros(4), 0)
    given = {"theta": theta, "gradient": gradient, "state": rest}
    yield call(adam_step, parts=ADAM, **given, alpha=0.1)
    given = {"theta": [1, 2], "gradient": [3, -4], "state": ([0, 0], [0, 0], 0)}
    yield call(adam_step, parts=ADAM, **given, alpha=1)
    yield invariant(
        "two calls with the same inputs agree",
        lambda: _is_stateless(adam_step, theta, gradient, rest, 0.1),
    )
    yield refuses(
        adam_step, "theta is shorter", [1.0], [1.0, 2.0], ([1.0, 2.0], [1.0, 2.0], 0), 0.1
    )
    yield refuses(
        adam_step, "gradient and mean differ in length", [1.0], [1.0], ([1.0, 2.0], [1.0], 0), 0.1
    )


def _is_stateless(step: Callable, theta: Any, gradient: Any, state: Any, alpha: float) -> bool:
    """Take a step, a different one, and the first again; tell whether the first is reproduced."""
    first = np.array(step(theta, gradient, state, alpha)[0])
    step(theta + 1, -2 * gradient, state, alpha)
    return np.array_equal(first, np.array(step(theta, gradient, state, alpha)[0]))


@exercise()
def clip_by_norm(clip_by_norm: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe gradients longer than the limit, shorter ones, and zero."""
    parts = [rng.normal(size=(3, 2)), 3 * rng.normal(size=2), 0.1 * rng.normal(size=(2, 4))]
    length = float(np.sqrt(sum((part**2).sum() for part in parts)))
    for share in (0.3, 0.8, 1.5):
        yield call(clip_by_norm, gradients=parts, max_norm=share * length)
    yield call(clip_by_norm, gradients=[-part for part in parts], max_norm=0.3 * length)
    # Shorter than 1, and yet longer than allowed.
    yield call(clip_by_norm, gradients=[0.01 * part for part in parts], max_norm=0.005 * length)
    yield call(clip_by_norm, gradients=[rng.normal(size=(1, 1)) for _ in range(11)], max_norm=0.5)
    yield call(clip_by_norm, gradients=[[3, 4]], max_norm=1)
    yield call(clip_by_norm, gradients=[2.0, [[[1, -4]]], [[1], [2]]], max_norm=1)
    yield call(clip_by_norm, gradients=[np.zeros(3), np.zeros((2, 2))], max_norm=1.0)
    yield refuses(clip_by_norm, "max_norm is 0", [[1.0, 2.0]], 0.0)
    yield refuses(clip_by_norm, "a gradient holds NaN", [[1.0, float("nan")]], 1.0)


@exercise()
def init_weights(init_weights: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe shapes, variance and randomness; any distribution of the right variance passes."""
    seeds = [int(seed) for seed in rng.integers(2**32, size=8)]

    def draw(scheme: str, seed: int, sizes: Sequence[int] = WIDTHS) -> list:
        return list(init_weights(list(sizes), scheme, np.random.default_rng(seed)))

    def shapes(seed: int, sizes: Sequence[int]) -> str:
        return _describe_shapes(draw("he", seed, sizes))

    def variance_ratio(scheme: str, seed: int, variance: float) -> int:
        return _variance_ratio(draw(scheme, seed)[0][0], variance)

    def is_centred(scheme: str, seed: int, variance: float) -> bool:
        return bool(abs(np.mean(draw(scheme, seed)[0][0])) < 0.1 * np.sqrt(variance))

    for number, sizes in enumerate(((3, 4, 2), (5, 1))):
        wanted = _describe_shapes([(np.empty(pair), np.empty(pair[1])) for pair in pairwise(sizes)])
        yield Observation(
            f"init_weights for {list(sizes)} gives W and b of the shapes {wanted}",
            partial(shapes, seeds[number], sizes),
            invariant=True,
        )
    for number, (scheme, variance) in enumerate((("he", 2 / 100), ("xavier", 2 / 400)), start=2):
        yield Observation(
            f'the variance of the weights of {list(WIDTHS)}, "{scheme}", against the table',
            partial(variance_ratio, scheme, seeds[number], variance),
        )
        yield invariant(
            f'the weights have mean 0, "{scheme}"',
            partial(is_centred, scheme, seeds[number], variance),
        )
    yield invariant("all biases are 0", lambda: all(not np.any(b) for _, b in draw("he", seeds[4])))
    square = (20, 20, 20)
    yield invariant(
        "two layers of one shape get different weights",
        lambda: _differ(draw("he", seeds[5], square)),
    )
    yield invariant(
        "the weights of one layer differ from one another",
        lambda: len(np.unique(draw("xavier", seeds[5], square)[0][0])) == 400,
    )
    yield invariant(
        "two calls with equal generators give equal weights",
        lambda: np.array_equal(draw("he", seeds[6])[0][0], draw("he", seeds[6])[0][0]),
    )
    yield invariant(
        "two calls with different generators give different weights",
        lambda: not np.array_equal(draw("he", seeds[6])[0][0], draw("he", seeds[7])[0][0]),
    )
    yield invariant(
        "two calls with one generator give different weights",
        lambda: draws_anew(
            lambda rng: np.asarray(init_weights([20, 20], "he", rng)[0][0]), seeds[7]
        ),
    )
    yield refuses(init_weights, "the scheme is unknown", [2, 3], "zeros", np.random.default_rng(1))


def _describe_shapes(weights: list) -> str:
    """Say how many layers there are and what each holds."""
    return ", ".join(" with ".join(str(np.shape(part)) for part in layer) for layer in weights)


def _variance_ratio(W: Any, variance: float) -> int:
    """Compare the variance of W with the expected one, in steps of a factor √2: 0 if right."""
    ratio = float(np.mean(np.square(W))) / variance
    return round(2 * np.log2(ratio)) if ratio > 0 else -1000


def _differ(weights: list) -> bool:
    return not np.array_equal(weights[0][0], weights[1][0])
