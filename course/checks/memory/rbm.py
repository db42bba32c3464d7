"""Probes of unit 06 for the restricted Boltzmann machine: its layers, energies and training."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from course.checks.check import child_generator, exercise
from course.checks.memory.batch_draws import ONE, TWO, describe_batches, describe_chance
from course.checks.observation import Observation, call, call_again, draws_anew, invariant, refuses
from course.models.exact_enumeration import rbm_log_likelihood, rbm_mean_of_chains

UNIT = "06_memory"

SIZES = ((4, 5, 3), (3, 9, 9), (1, 2, 1))
"""Samples, visible and hidden units; one with square weights, whose transpose also fits."""


ROWS, WITHIN = 8000, 0.085
"""Rows of a batch, and how far a mean over them may be off.

Each entry of dW, da and db is a mean of 8,000 independent numbers between −1 and 1, whichever of
the layers enters drawn. By Hoeffding's inequality one of 15 entries is off by more, for one of
three chains, with a probability below 90 exp(−8000 · 0.085²/2) = 3e-11.
"""


def draw_machine(
    rng: np.random.Generator, visible: int, hidden: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw weights (n_v, n_h) and the biases of an RBM."""
    return rng.normal(size=(visible, hidden)), rng.normal(size=visible), rng.normal(size=hidden)


def _draw_arguments(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Draw v, h, W, a and b for ten samples of four visible and three hidden units."""
    return (draw_bits(rng, 10, 4), draw_bits(rng, 10, 3), *draw_machine(rng, 4, 3))


def draw_bits(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw units 0 and 1."""
    return rng.integers(0, 2, size=shape).astype(float)


@exercise("p_hidden", "p_visible")
def rbm_conditionals(
    p_hidden: Callable, p_visible: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe each layer's probabilities given the other layer."""
    for m, visible, hidden in SIZES:
        W, a, b = draw_machine(rng, visible, hidden)
        v, h = draw_bits(rng, m, visible), draw_bits(rng, m, hidden)
        v[0], h[0] = 1.0, 1.0
        yield call(p_hidden, by="p_hidden", v=v, W=W, b=b)
        yield call(p_visible, by="p_visible", h=h, W=W, a=a)
    one, two = (dict(zip("vhWab", _draw_arguments(rng), strict=True)) for _ in "12")
    for name, function, wanted in (("p_hidden", p_hidden, "vWb"), ("p_visible", p_visible, "hWa")):
        pair: list[dict[str, Any]] = [{key: drawn[key] for key in wanted} for drawn in (one, two)]
        first, second = pair
        yield from call_again(function, second, by=name, **first)
    yield call(p_hidden, by="p_hidden", v=[[1, 0]], W=[[1], [2]], b=[-1])
    yield call(p_visible, by="p_visible", h=[[1]], W=[[1], [2]], a=[-1, 1])
    yield call(p_hidden, by="p_hidden", v=[[1.0, 1.0]], W=[[1900.0], [-900.0]], b=[0.0])
    W, a, b = draw_machine(rng, 3, 2)
    yield refuses(p_hidden, "v has another length than W has rows", draw_bits(rng, 2, 2), W, b)
    yield refuses(p_hidden, "a unit is −1", -np.ones((1, 3)), W, b)
    yield refuses(p_visible, "h has another length than W has columns", draw_bits(rng, 2, 3), W, a)
    yield refuses(p_visible, "a unit is 2", np.full((1, 2), 2.0), W, a)


@exercise("rbm_energy", "free_energy")
def rbm_energy(
    rbm_energy: Callable, free_energy: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe the energy of a joint state and the free energy of a visible one."""
    for m, visible, hidden in SIZES:
        W, a, b = draw_machine(rng, visible, hidden)
        v, h = draw_bits(rng, m, visible), draw_bits(rng, m, hidden)
        v[0], h[0] = 1.0, 1.0
        yield call(rbm_energy, by="rbm_energy", v=v, h=h, W=W, a=a, b=b)
        yield call(free_energy, by="free_energy", v=v, W=W, a=a, b=b)
    pair: list[dict[str, Any]] = [
        dict(zip("vhWab", _draw_arguments(rng), strict=True)) for _ in "12"
    ]
    one, two = pair
    yield from call_again(rbm_energy, two, by="rbm_energy", **one)
    pair = [{key: drawn[key] for key in "vWab"} for drawn in (one, two)]
    first, second = pair
    yield from call_again(free_energy, second, by="free_energy", **first)
    yield call(rbm_energy, by="rbm_energy", v=[[1, 1]], h=[[1]], W=[[1], [2]], a=[1, 0], b=[3])
    yield call(free_energy, by="free_energy", v=[[1, 1]], W=[[1], [2]], a=[1, 0], b=[-3])
    yield call(
        free_energy, by="free_energy", v=[[1.0, 0.0]], W=[[900.0], [1.0]], a=[1.0, 2.0], b=[50.0]
    )
    W, a, b = draw_machine(rng, 3, 2)
    v, h = draw_bits(rng, 4, 3), draw_bits(rng, 4, 2)
    yield refuses(rbm_energy, "v and h have unequal numbers of rows", v, h[:2], W, a, b)
    yield refuses(rbm_energy, "a unit is −1", v - 1, h, W, a, b)
    yield refuses(free_energy, "a has another length than v", v, W, a[:2], b)
    yield refuses(free_energy, "a unit is 2", 2 * np.ones((1, 3)), W, a, b)


@exercise()
def cd_gradient(cd_gradient: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe machines with a deterministic chain, and one that shows which layers are sampled."""
    for k in (1, 2, 3):
        v, W, a, b = _deterministic_chain(rng, k)
        yield call(cd_gradient, v=v, W=W, a=a, b=b, k=k, rng=child_generator(rng))
    first: dict[str, Any] = {"v": v, "W": W, "a": a, "b": b, "k": 3, "rng": child_generator(rng)}
    off = -200 * (np.arange(10) == np.abs(W).sum(axis=1).argmax())
    second = {
        "v": v[:, ::-1].copy(),
        "W": W[:, ::-1].copy(),
        "a": a + off,
        "b": b + off[:9],
        "k": 2,
    }
    yield from call_again(cd_gradient, second, **first)
    seed = int(rng.integers(2**32))
    yield Observation(
        "which layers are drawn, and which enter by their probabilities",
        lambda: _sampled_layers(cd_gradient, seed),
    )
    sample_seed = int(rng.integers(2**32))
    strong = _strong_machine(rng)
    for k in (1, 3):
        yield invariant(
            f"over {ROWS:,} rows and for k = {k} the result is its mean over all chains, within "
            f"{WITHIN}: every unit of every row has a chance of its own in every step",
            partial(_meets_mean, cd_gradient, strong, k, sample_seed),
        )
    yield invariant(
        f"over {ROWS:,} rows of units without weights the result is its mean over all chains, "
        f"within {WITHIN}",
        partial(_meets_mean, cd_gradient, _free_machine(), 1, sample_seed),
    )
    # One unit pushes the other with certainty: no chance is left.
    certain = child_generator(rng)
    pushed: dict[str, Any] = {"v": [[1], [0], [1]], "W": [[800]], "a": [-400], "b": [-400]}
    yield call(cd_gradient, parts=None, **pushed, k=1, rng=certain)
    W, a, b = draw_machine(rng, 6, 4)
    v = draw_bits(rng, 30, 6)

    def run(number: int) -> list[np.ndarray]:
        generator = np.random.default_rng(number)
        return [np.asarray(part) for part in cd_gradient(v.copy(), W, a, b, 1, generator)]

    yield invariant(
        "two runs with equal generators agree", lambda: np.array_equal(run(seed)[1], run(seed)[1])
    )
    yield invariant(
        "another generator, another chain",
        lambda: not np.array_equal(run(seed)[1], run(seed + 1)[1]),
    )
    yield invariant(
        "a second run with the same generator draws another chain",
        lambda: draws_anew(lambda generator: cd_gradient(v, W, a, b, 1, generator)[1], seed),
    )
    yield refuses(cd_gradient, "k is 0", v, W, a, b, 0, child_generator(rng))
    yield refuses(cd_gradient, "a unit is 0.5", v / 2, W, a, b, 1, child_generator(rng))
    yield refuses(
        cd_gradient, "b has another length than W has columns", v, W, a, a, 1, child_generator(rng)
    )


def _deterministic_chain(
    rng: np.random.Generator, k: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return visible rows and a machine whose units turn on one after the other, like dominoes.

    A unit is on, with certainty, as soon as one neighbour in the chain v₁ h₁ v₂ h₂ … is on. The
    units are numbered at random.
    """
    visible, hidden = 10, 9
    across, up = rng.permutation(visible), rng.permutation(hidden)
    push = rng.uniform(110, 140)
    W = np.zeros((visible, hidden))
    W[across[:-1], up] = W[across[1:], up] = push
    v = np.zeros((3, visible))
    v[0, across[0]] = v[1, across[-1]] = v[2, across[1]] = 1.0
    return v, W, np.full(visible, -push / 2), np.full(hidden, -push / 2)


def _strong_machine(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Return rows (ROWS, 3) and a machine of 3 pairs of units that hold fast to each other.

    As many hidden as visible units: the chance of one layer fits the other. An answer that uses the
    same chance twice, in both layers or in all steps, is off by 0.12 or more.
    """
    W = rng.uniform(-0.3, -0.2, size=(3, 3))
    np.fill_diagonal(W, rng.uniform(6.9, 7.2, size=3))
    return np.ones((ROWS, 3)), W, np.full(3, -5.8), np.full(3, -5.8)


def _free_machine() -> tuple[np.ndarray, ...]:
    """Return rows (ROWS, 3) and a machine without weights, which shows every bias by itself.

    The first visible unit is off in every dream, so that its row of dW is what the data alone say
    of the hidden units.
    """
    return (
        np.ones((ROWS, 3)),
        np.zeros((3, 3)),
        np.array([-20, 0.5, -0.5]),
        np.array([0.5, -0.5, 0.5]),
    )


def _meets_mean(cd_gradient: Callable, strong: tuple[np.ndarray, ...], k: int, seed: int) -> bool:
    v, W, a, b = strong
    given = cd_gradient(v.copy(), W.copy(), a.copy(), b.copy(), k, np.random.default_rng(seed))
    return all(
        bool((np.abs(np.asarray(part) - mean) < WITHIN).all())
        for part, mean in zip(given, rbm_mean_of_chains(v, W, a, b, k), strict=True)
    )


def _sampled_layers(cd_gradient: Callable, seed: int) -> str:
    """Describe which layers are sampled, found with one visible and one hidden unit, 6,000 rows.

    From v = 1 the hidden unit is on half the time. v is likely to return only if the hidden unit is
    on; with its probability in place of a sample v hardly ever returns. If v has the chance of the
    hidden unit, v is lost half the time, which is left to the means over many rows to find.
    """
    dW, da, _ = cd_gradient(
        np.ones((6000, 1)),
        np.array([[8.0]]),
        np.array([-6.0]),
        np.array([-8.0]),
        1,
        np.random.default_rng(seed),
    )
    lost, tie = float(np.ravel(da)[0]), float(np.ravel(dW)[0])
    if not 0.46 < lost < 0.62:
        return "the hidden units are not drawn" if 0.83 < lost < 0.93 else "neither layer as asked"
    if 0.23 < tie < 0.33:
        return "both layers are drawn, the last hidden one may enter by its probabilities"
    return "the visible units are not drawn" if 0.33 < tie < 0.43 else "neither layer as asked"


@exercise()
def train_rbm(train_rbm: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the start of training, the number of steps, and what is learnt from two patterns."""
    seeds = [int(seed) for seed in rng.integers(2**32, size=4)]
    many = [int(seed) for seed in rng.integers(2**32, size=ONE + TWO)]

    def run(
        V: np.ndarray, hidden: int, epochs: int, alpha: float, size: int, k: int, seed: int
    ) -> list[np.ndarray]:
        trained = train_rbm(
            V.copy(), hidden, epochs, alpha, size, k, np.random.default_rng(seeds[seed])
        )
        return [np.asarray(part) for part in trained]

    pair = np.repeat([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], 10, axis=0).astype(float)
    yield Observation(
        "the shapes of W, a and b for 6 visible and 3 hidden units",
        lambda: ", ".join(str(part.shape) for part in run(pair, 3, 1, 0.1, 5, 1, 0)),
    )
    listed = child_generator(rng)
    yield Observation(
        "the shapes of W, a and b for a list of two rows",
        lambda: ", ".join(
            str(np.shape(part)) for part in train_rbm([[1, 0], [0, 1]], 3, 1, 0.1, 2, 1, listed)
        ),
    )
    yield Observation(
        "where training starts (no epochs)",
        lambda: _describe_start(run(np.tile(pair, 7), 25, 0, 0.1, 5, 1, 0)),
    )
    yield Observation(
        "the number of steps that the visible biases have taken in 3 epochs of 10 samples by 3",
        lambda: _count_steps(run(np.ones((10, 1600)), 1, 3, 0.002, 3, 1, 1)[1], 0.002),
    )
    yield Observation(
        "how the hidden biases move in 3 epochs of 78 samples by 26, all pixels on",
        lambda: _describe_hidden(run(np.ones((78, 400)), 100, 3, 0.003, 26, 1, 1)[2], 0.003),
    )
    yield Observation(
        "what is learnt from 20 samples of two patterns",
        lambda: _describe_learning(pair, run(pair, 4, 150, 0.3, 5, 1, 2)),
    )
    yield Observation(
        "what has changed in 5 epochs", lambda: _changed_parts(run(pair, 3, 5, 0.1, 5, 1, 0))
    )
    yield invariant(
        "two runs with equal generators agree",
        lambda: np.array_equal(run(pair, 3, 2, 0.1, 5, 1, 0)[0], run(pair, 3, 2, 0.1, 5, 1, 0)[0]),
    )
    yield invariant(
        "another generator, other weights",
        lambda: (
            not np.array_equal(run(pair, 3, 2, 0.1, 5, 1, 0)[0], run(pair, 3, 2, 0.1, 5, 1, 3)[0])
        ),
    )
    yield invariant(
        "another generator, other weights to start from",
        lambda: (
            not np.array_equal(run(pair, 3, 0, 0.1, 5, 1, 0)[0], run(pair, 3, 0, 0.1, 5, 1, 3)[0])
        ),
    )
    yield invariant(
        "a second run with the same generator ends with other weights",
        lambda: draws_anew(lambda rng: train_rbm(pair.copy(), 3, 2, 0.1, 5, 1, rng)[0], seeds[0]),
    )
    yield Observation(
        "how the samples are shared out to batches", lambda: describe_batches(train_rbm, many)
    )
    yield Observation("the chance in the chains", lambda: describe_chance(train_rbm, many[:3]))
    yield invariant(
        "k = 1 and k = 3 from one generator give different weights",
        lambda: (
            not np.array_equal(run(pair, 3, 2, 0.1, 5, 1, 0)[0], run(pair, 3, 2, 0.1, 5, 3, 0)[0])
        ),
    )
    for because, changed in (
        ("a pixel is 2", (2 * pair, 3, 1, 0.1, 5, 1)),
        ("k is 0", (pair, 3, 1, 0.1, 5, 0)),
        ("batch_size is above the number of samples", (pair, 3, 1, 0.1, 21, 1)),
        ("alpha is not above 0", (pair, 3, 1, 0.0, 5, 1)),
        ("n_hidden is 0", (pair, 0, 1, 0.1, 5, 1)),
        ("epochs is 1.5", (pair, 3, 1.5, 0.1, 5, 1)),
    ):
        yield refuses(train_rbm, because, *changed, child_generator(rng))


def _describe_start(parts: list[np.ndarray]) -> str:
    """Describe the first parameters, 42 × 25 weights among them.

    Of 1,050 normal numbers the mean is 6.5 standard errors off at 0.2 σ, and the standard error of
    σ is 2.2 %: both limits are exceeded less than once in 1e10. Even weights from −0.02 to 0.02,
    whose σ is 0.0115, are small as well.
    """
    W, a, b = parts
    if np.any(a) or np.any(b):
        return "the biases are not 0"
    if np.abs(W).max() > 0.5:
        return "the weights are large"
    if np.unique(W).size < W.size:
        return "weights that are alike"
    if abs(W.mean()) > 0.2 * W.std():
        return "small weights, of one sign more than of the other"
    if not 0.0065 < W.std() < 0.0155:
        return "weights of a standard deviation far from 0.01"
    return "small weights, biases 0"


def _count_steps(a: np.ndarray, alpha: float) -> int:
    """Return the number of steps: with every pixel on, each raises a bias by α/2 on average."""
    return round(2 * float(a.mean()) / alpha)


def _describe_hidden(b: np.ndarray, alpha: float) -> str:
    """Compare the mean hidden bias over the rate with what nine steps of right answers give.

    The data have all pixels on, the dreams about half of them, and the weights grow: hidden units
    are on more often in the data. In 1,350 runs of nine right answers the mean was 0.62 and its
    standard deviation 0.008; it is 0.033 where both hidden layers enter drawn (15 runs). The limits
    are eight of the larger deviations off.
    """
    step = float(b.mean()) / alpha
    if step < 0:
        return "down, though they are on more often in the data than in the dreams"
    return "by too little" if step < 0.35 else "as they should" if step < 0.9 else "by too much"


def _describe_learning(pair: np.ndarray, parts: list[np.ndarray]) -> str:
    """Describe what was learnt by the exact log-likelihood; without it, it is −6 ln 2."""
    gain = rbm_log_likelihood(pair, *parts) + 6 * np.log(2)
    if gain > 1.0:
        return "that pixels go together"
    return "hardly anything" if gain > -0.5 else "the opposite"


def _changed_parts(parts: list[np.ndarray]) -> str:
    W, a, b = parts
    names = [name for name, part in (("a", a), ("b", b)) if np.any(part)]
    alike = np.allclose(W, W[:, :1])
    changed = f"W and {' and '.join(names)}" if names else "W only"
    return f"{changed}, all hidden units alike" if alike else changed
