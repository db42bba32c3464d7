"""Probes of unit 06 for spins: storing, recalling, and sampling at a temperature."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from course.checks.check import child_generator, exercise
from course.checks.memory.sweep_orders import FURTHER, SEEDS, describe_orders
from course.checks.observation import (
    Observation,
    call,
    call_again,
    draws_anew,
    invariant,
    leaves_inputs_alone,
    refuses,
)

UNIT = "06_memory"

ASYMMETRIC = [[0.0, 1.0], [0.5, 0.0]]
FRUSTRATED = np.array([[0.0, -1.0], [-1.0, 0.0]])
"""Couplings of two spins that prefer to differ: updated together from (1, 1), they never settle."""


def draw_couplings(rng: np.random.Generator, n: int) -> np.ndarray:
    """Draw symmetric couplings (n, n) with diagonal 0."""
    W = rng.normal(size=(n, n))
    W = W + W.T
    np.fill_diagonal(W, 0)
    return W


def draw_spins(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw spins −1 and +1."""
    return rng.choice([-1.0, 1.0], size=shape)


def _refuses_bad_couplings(
    function: Callable, before: tuple = (), after: tuple = ()
) -> Iterator[Observation]:
    """Observe that invalid couplings are refused."""
    theta = [0.0, 0.0]
    for because, W in (
        ("W is not symmetric", ASYMMETRIC),
        ("W is not square", [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
        ("W has an entry on its diagonal", [[0.0, 1.0], [1.0, 2.0]]),
    ):
        yield refuses(function, because, *before, W, theta, *after)
    yield refuses(function, "theta is too long", *before, FRUSTRATED, [0.0, 0.0, 0.0], *after)


@exercise()
def hebbian_weights(hebbian_weights: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the couplings that store one pattern, and several."""
    for p, n in ((1, 5), (3, 6), (4, 4), (11, 3)):
        patterns = draw_spins(rng, p, n)
        patterns[0] = 1.0
        patterns[0, : n // 2] = -1.0
        yield call(hebbian_weights, patterns=patterns)
    yield call(hebbian_weights, patterns=[[1, -1, 1], [1, 1, -1]])
    yield refuses(hebbian_weights, "a pattern holds a 0", [[1, -1, 0]])
    yield refuses(hebbian_weights, "patterns have unequal lengths", [[1, -1, 1], [1, -1]])


@exercise()
def hopfield_energy(hopfield_energy: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the energy with and without thresholds."""
    for n in (9, 3, 1):
        yield call(
            hopfield_energy,
            s=draw_spins(rng, n),
            W=draw_couplings(rng, n),
            theta=rng.normal(size=n),
        )
    yield call(hopfield_energy, s=draw_spins(rng, 4), W=draw_couplings(rng, 4), theta=np.zeros(4))
    yield call(hopfield_energy, s=[1, -1], W=[[0, 1], [1, 0]], theta=[1, 3])
    pair: list[dict[str, Any]] = [
        {"s": draw_spins(rng, 4), "W": draw_couplings(rng, 4), "theta": rng.normal(size=4)}
        for _ in "12"
    ]
    first, second = pair
    yield from call_again(hopfield_energy, second | {"s": -first["s"]}, **first)
    yield refuses(hopfield_energy, "a spin is 0", [1.0, 0.0], FRUSTRATED, [0.0, 0.0])
    yield from _refuses_bad_couplings(hopfield_energy, before=([1.0, 1.0],))


@exercise()
def recall(recall: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the final state of recall where the order of updates does not matter."""
    n = 12
    none, theta = np.zeros((n, n)), rng.uniform(0.5, 2, size=n) * np.resize([1, -1, -1], n)
    start = -draw_spins(rng, n) * np.resize([1, 1, -1], n)
    start[:3] = [1.0, 1.0, -1.0]  # against, with and with its threshold
    yield call(recall, s0=start, W=none, theta=theta, rng=child_generator(rng), max_sweeps=1)
    yield call(recall, s0=start, W=none, theta=theta, rng=child_generator(rng), max_sweeps=9)
    yield call(recall, s0=start, W=none, theta=np.zeros(n), rng=child_generator(rng), max_sweeps=9)
    pattern = draw_spins(rng, 11)
    W = (np.outer(pattern, pattern) - np.eye(11)) / 11
    corrupted = pattern * np.where(rng.permutation(11) < 3, -1, 1)
    yield call(
        recall, s0=corrupted, W=W, theta=np.zeros(11), rng=child_generator(rng), max_sweeps=9
    )
    first: dict[str, Any] = {
        "s0": corrupted,
        "W": W,
        "theta": np.zeros(11),
        "rng": child_generator(rng),
    }
    second = {"s0": pattern, "W": 2 * W, "theta": rng.uniform(0.02, 0.05, size=11), "max_sweeps": 1}
    yield from call_again(recall, second, **first, max_sweeps=9)
    lists: dict[str, Any] = {
        "s0": [1, 1, -1],
        "W": [[0, 2, 0], [2, 0, 1], [0, 1, 0]],
        "theta": [0, 1, 0],
    }
    yield call(recall, **lists, rng=child_generator(rng), max_sweeps=9)
    seeds = [int(seed) for seed in rng.integers(2**32, size=32)]
    yield Observation(
        "how recall ends from (1, 1) where two spins want to differ",
        lambda: _describe_ends(recall, seeds),
    )
    big, field = draw_couplings(rng, 14), 0.3 * rng.normal(size=14)
    begin = [draw_spins(rng, 14) for _ in range(6)]

    def run(k: int) -> tuple[np.ndarray, np.ndarray]:
        s, energies = recall(
            begin[k].copy(), big.copy(), field.copy(), np.random.default_rng(seeds[k]), 200
        )
        return np.asarray(s), np.asarray(energies)

    yield invariant(
        "the energy never rises from one sweep to the next",
        lambda: all((np.diff(run(k)[1]) <= 1e-9).all() for k in range(6)),
    )
    yield invariant(
        "recall ends where no single spin wants to turn",
        lambda: all(
            np.array_equal(run(k)[0], _preferred_spins(run(k)[0], big, field)) for k in range(6)
        ),
    )
    generators = [int(seed) for seed in rng.integers(2**32, size=SEEDS + FURTHER)]
    yield Observation(
        "the order in which recall visits the spins",
        lambda: describe_orders(recall, generators),
    )
    yield invariant(
        "two runs with equal generators agree",
        lambda: np.array_equal(
            _turned_pairs(recall, np.random.default_rng(seeds[0])),
            _turned_pairs(recall, np.random.default_rng(seeds[0])),
        ),
    )
    yield invariant(
        "a second run with the same generator draws other orders",
        lambda: draws_anew(partial(_turned_pairs, recall), seeds[1]),
    )
    yield refuses(recall, "a spin is 0", [1, 0], FRUSTRATED, [0, 0], child_generator(rng), 5)
    yield refuses(recall, "max_sweeps is 0", [1, 1], FRUSTRATED, [0, 0], child_generator(rng), 0)
    yield from _refuses_bad_couplings(recall, ([1.0, 1.0],), (child_generator(rng), 5))


def _describe_ends(recall: Callable, seeds: list[int]) -> str:
    """Describe the final states of two spins that prefer to differ, over many generators."""
    ends = set()
    for seed in seeds:
        s, _ = recall([1, 1], FRUSTRATED, [0.0, 0.0], np.random.default_rng(seed), 8)
        ends.add(tuple(float(item) for item in s))
    if ends == {(1.0, -1.0), (-1.0, 1.0)}:
        return "they differ, and either may be the first to turn"
    if ends in ({(1.0, -1.0)}, {(-1.0, 1.0)}):
        return "they differ, and the same one turns first for every generator"
    return "they need not differ"


def _turned_pairs(recall: Callable, generator: np.random.Generator) -> np.ndarray:
    """Return which spin turns over in each of 40 pairs that want to differ: 40 even chances."""
    W = np.kron(np.eye(40), FRUSTRATED)
    return np.asarray(recall(np.ones(80), W, np.zeros(80), generator, 2)[0])


def _preferred_spins(s: np.ndarray, W: np.ndarray, theta: np.ndarray) -> np.ndarray:
    return np.where(s @ W >= theta, 1.0, -1.0)


@exercise()
def p_on(p_on: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the probability for one energy difference and for many, small and huge."""
    yield call(p_on, delta_e=float(rng.uniform(0.5, 2)), beta=float(rng.uniform(1.5, 3)))
    yield call(p_on, delta_e=rng.normal(size=7), beta=float(rng.uniform(0.3, 0.7)))
    pair: list[dict[str, Any]] = [
        {"delta_e": rng.normal(size=3), "beta": beta} for beta in (0.75, 1.25)
    ]
    first, second = pair
    yield from call_again(p_on, second, **first)
    yield call(p_on, delta_e=[2, -3, 0], beta=2)
    yield call(p_on, delta_e=rng.normal(size=3), beta=0.0)
    yield call(p_on, delta_e=rng.normal(size=(2, 3)), beta=0.5)
    yield call(p_on, delta_e=np.array([-1000.0, 1000.0, -800.0]), beta=2.0)
    yield refuses(p_on, "beta is below 0", 1.0, -0.5)


@exercise()
def partition_function(
    partition_function: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe Z of small networks at several temperatures."""
    for n in (4, 3, 1):
        yield call(
            partition_function,
            W=draw_couplings(rng, n),
            theta=rng.normal(size=n),
            beta=float(rng.uniform(0.3, 0.6)),
        )
    pair: list[dict[str, Any]] = [
        {"W": draw_couplings(rng, 3), "theta": rng.normal(size=3), "beta": beta}
        for beta in (0.5, 0.25)
    ]
    first, second = pair
    yield from call_again(partition_function, second, **first)
    yield call(partition_function, W=draw_couplings(rng, 3), theta=np.zeros(3), beta=0.5)
    yield call(partition_function, W=draw_couplings(rng, 5), theta=rng.normal(size=5), beta=0.0)
    yield call(partition_function, W=[[0, 1], [1, 0]], theta=[0, 1], beta=1)
    yield call(partition_function, W=draw_couplings(rng, 9), theta=np.ones(9), beta=0.125)
    yield refuses(partition_function, "beta is below 0", FRUSTRATED, [0.0, 0.0], -1.0)
    yield refuses(partition_function, "there are 40 units", np.zeros((40, 40)), np.zeros(40), 1.0)
    yield from _refuses_bad_couplings(partition_function, after=(1.0,))


@exercise()
def boltzmann_sample(boltzmann_sample: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe frequencies in classes so wide that chance does not change them."""
    seeds = [int(seed) for seed in rng.integers(2**32, size=6)]
    start, theta = draw_spins(rng, 20), rng.uniform(2, 3, size=20) * np.resize([1, -1], 20)
    start[:2] = [1.0, -1.0]

    def run(s0: object, W: object, field: object, beta: float, sweeps: int, k: int) -> np.ndarray:
        rows = boltzmann_sample(s0, W, field, beta, sweeps, np.random.default_rng(seeds[k]))
        return np.asarray(list(rows))

    alone = np.zeros((20, 20))
    yield Observation(
        "the shape of samples of 20 units over 3 sweeps",
        lambda: str(run(start.copy(), alone, theta, 1.0, 3, 0).shape),
    )
    yield Observation(
        "units without couplings at a very low temperature",
        lambda: _describe_cold(run(np.sign(theta), alone, theta, 50.0, 3, 0), theta),
    )
    yield Observation(
        "the temperature that the frequencies of free units speak of",
        lambda: _describe_temperature(
            -run(np.ones(40), np.zeros((40, 40)), np.full(40, 0.125), 8.0, 60, 1)[5:].mean()
        ),
    )
    J = 0.7 * float(rng.choice([-1, 1]))
    yield Observation(
        "the temperature that a pair of coupled units speaks of",
        lambda: _describe_temperature(
            np.sign(J) * run([1, 1], [[0, J], [J, 0]], [0, 0], 1 / 0.7, 1500, 2).prod(1).mean()
        ),
    )
    yield Observation(
        "a pair of units that want to differ, at a very low temperature",
        lambda: _describe_pair(run([1, 1], FRUSTRATED, [0, 0], 40.0, 12, 3)),
    )
    dominoes = _draw_dominoes(rng)
    yield invariant(
        "dominoes that one row shows fallen have fallen in all later rows",
        lambda: bool((np.diff(run(*dominoes, 100.0, 3, 3), axis=0) >= 0).all()),
    )
    yield invariant(
        "after as many sweeps as there are dominoes all have fallen",
        lambda: bool((run(*dominoes, 100.0, 13, 3)[-1] == 1).all()),
    )
    yield Observation(
        "how many units change from row to row at infinite temperature",
        lambda: _describe_changes(run(start.copy(), alone, theta, 0.0, 60, 4)),
    )
    yield Observation(
        "whether units turn up together at infinite temperature",
        lambda: _describe_together(run(start.copy(), alone, theta, 0.0, 60, 4)),
    )

    def again(k: int) -> np.ndarray:
        return run(start.copy(), alone, theta, 0.0, 4, k)

    yield invariant(
        "two runs with equal generators agree", lambda: np.array_equal(again(4), again(4))
    )
    yield invariant(
        "another generator, other samples", lambda: not np.array_equal(again(4), again(5))
    )
    yield invariant(
        "a second run with the same generator gives other samples",
        lambda: draws_anew(
            lambda rng: boltzmann_sample(start.copy(), alone, theta, 0.0, 4, rng), seeds[4]
        ),
    )
    yield invariant(
        "s0 is left as it was",
        lambda: leaves_inputs_alone(
            boltzmann_sample, start, alone, theta, 50.0, 2, np.random.default_rng(1)
        ),
    )
    yield refuses(
        boltzmann_sample,
        "beta is below 0",
        [1, 1],
        FRUSTRATED,
        [0, 0],
        -1.0,
        3,
        child_generator(rng),
    )
    yield refuses(
        boltzmann_sample, "n_sweeps is 0", [1, 1], FRUSTRATED, [0, 0], 1.0, 0, child_generator(rng)
    )
    yield refuses(
        boltzmann_sample, "a spin is 0", [1, 0], FRUSTRATED, [0, 0], 1.0, 3, child_generator(rng)
    )
    yield from _refuses_bad_couplings(
        boltzmann_sample, ([1.0, 1.0],), (1.0, 3, child_generator(rng))
    )


def _describe_cold(samples: np.ndarray, theta: np.ndarray) -> str:
    agree = samples * -np.sign(theta) > 0
    if agree.all():
        return "every unit does what its threshold asks, from the first row on"
    if agree[1:].all() and not agree[0].any():
        return "every unit does what its threshold asks, but not in the first row"
    if not agree[-1].any():
        return "every unit does the opposite of what its threshold asks"
    return "some units do what their threshold asks"


def _draw_dominoes(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return s0, W and theta of 13 units in a row, numbered at random, the first of them fallen.

    When it is very cold a unit falls, to +1, with certainty as soon as a neighbour has; it never
    gets up again. All fall in the first sweep only if that follows the row, once in 13! = 6e9; one
    more falls in each sweep at least, whatever its order.
    """
    place = rng.permutation(13)
    s, W, theta = -np.ones(13), np.zeros((13, 13)), -np.ones(13)
    W[place[1:], place[:-1]] = W[place[:-1], place[1:]] = 1.0
    s[place[0]], theta[place[0]], theta[place[-1]] = 1.0, -10.0, 0.0
    return s, W, theta


def _describe_temperature(tilt: float) -> str:
    """Compare a mean of units with tanh(1), in classes so wide that chance does not matter.

    Of 1,500 independent units the mean says 0.78 or less, or 1.3 or more, in place of 1 with a
    probability below 5e-10 (binomial). The products of one pair after each sweep are independent as
    well: the unit set last agrees with the other by chance, whatever that is.
    """
    share = np.arctanh(np.clip(tilt, -0.999, 0.999))
    for limit, description in (
        (-0.75, "the opposite of what beta asks"),
        (-0.25, "the opposite, half as strongly as beta asks"),
        (0.25, "hardly any preference"),
        (0.78, "twice as hot as beta asks"),
        (1.3, "as hot as beta asks"),
    ):
        if share < limit:
            return description
    return "colder than beta asks"


def _describe_pair(samples: np.ndarray) -> str:
    products = samples.prod(axis=1)
    if (products[2:] == -1).all():
        return "they differ and stay so"
    return "they agree and stay so" if (products == 1).all() else "they do not settle"


def _describe_together(samples: np.ndarray) -> str:
    """Describe whether the units of a row have a chance of their own.

    Of 20 fair coins the square of the sum is 20 on average, of 20 equal ones 400. Over 60 rows its
    sum over 20 is χ² with 60 degrees of freedom, or lighter in its tail: above 180 once in 1e13.
    """
    rows, units = samples.shape
    alike = float((samples.sum(axis=1) ** 2).sum()) / units > 3 * rows
    return "they turn up together" if alike else "each by its own chance"


def _describe_changes(samples: np.ndarray) -> str:
    share = float((samples[1:] != samples[:-1]).mean())
    if share < 0.1:
        return "hardly any"
    return "fewer than half" if share < 0.41 else "about half" if share < 0.6 else "most"
