"""Probes of unit 02."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from course.checks.check import child_generator, exercise
from course.checks.observation import Observation, call, call_again, invariant, refuses
from course.data.gates import CORNERS, GATES, gate, separable
from course.models import network

UNIT = "02_perceptron"

FIT_PARTS = ("w", "b", "mistakes")
"""What `perceptron_fit` returns."""

ACTIVATIONS = ("step", "sigmoid", "tanh", "relu", "softplus", "linear")
"""The names that `activate` and `slope` know."""

VISITS = 80
"""Fits from which is read who comes first."""

MIXED_EPOCHS = 40
"""Epochs from which is read how well samples are mixed."""

HADAMARD = np.array([[1, 1, 1], [-1, 1, -1], [1, -1, -1], [-1, -1, 1]])
"""With a 1 appended the rows are orthogonal: what a perceptron learns from one row changes nothing
at the others, so that the order of visits does not matter."""


@exercise()
def perceptron_predict(
    perceptron_predict: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe the labels of a threshold unit, also exactly on its threshold."""
    for m, n in ((12, 2), (11, 9), (4, 4), (1, 1)):
        X, w = rng.normal(size=(m, n)), rng.normal(size=n)
        b = float(rng.choice([-1, 1]) * rng.uniform(0.5, 1) * np.abs(X @ w).mean())
        yield from call_again(perceptron_predict, {"X": -X, "w": -w, "b": -b}, X=X, w=w, b=b)
    # Whole numbers, so that the middle row is exactly on the threshold.
    yield call(perceptron_predict, X=[[0, 1], [2, 1], [3, 3]], w=[1, 2], b=-4)
    # The first is below the threshold by less than any rounding that a tolerance would be for.
    near = np.array([[1 - 2.0**-40], [1.0], [1 + 2.0**-40]])
    yield call(perceptron_predict, X=near, w=np.ones(1), b=-1.0)
    yield refuses(perceptron_predict, "w has no entry for each column of X", [[1.0, 2.0]], [1.0], 0)


@exercise()
def perceptron_fit(perceptron_fit: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe weights where the order of visits does not matter, and when training stops."""
    generators = [child_generator(rng) for _ in range(2)]
    yield invariant(
        "a sample is learned with its own label: if you shuffle X, shuffle y with it",
        lambda: _keeps_labels(perceptron_fit, generators[0]),
    )
    yield call(
        perceptron_fit,
        parts=FIT_PARTS,
        X=[[2, 0], [2, 0]],
        y=[1, 1],
        max_epochs=3,
        rng=generators[1],
    )
    same = np.tile(rng.normal(size=9), (11, 1))
    yield from call_again(
        perceptron_fit,
        {"X": 2 * same, "y": np.ones(11), "max_epochs": 1},
        parts=FIT_PARTS,
        X=same,
        y=-np.ones(11),
        max_epochs=4,
        rng=child_generator(rng),
    )
    # Integers only: sums are exact, so that a tie is a tie in any order of summation.
    X = HADAMARD[:, rng.permutation(3)] * rng.choice([-1.0, 1.0], size=3)
    y = rng.permutation([1.0, -1.0, -1.0, 1.0])
    yield call(perceptron_fit, parts=FIT_PARTS, X=X, y=y, max_epochs=5, rng=child_generator(rng))
    generator = child_generator(rng)
    yield Observation(
        "on XOR, how many of 9 epochs are run and whether each has mistakes",
        lambda: _epochs_and_errors(perceptron_fit(*gate("XOR"), 9, generator)[2]),
    )
    X, y, _ = separable(24, 0.15, rng)  # so at most 133 mistakes
    generators = [child_generator(rng) for _ in range(3)]
    yield invariant(
        "on separable points the last epoch is the first without a mistake",
        lambda: _stops_when_clean(perceptron_fit(X.copy(), y.copy(), 150, generators[0])[2]),
    )
    yield invariant(
        "on separable points every point ends on its own side",
        lambda: _separates(perceptron_fit(X.copy(), y.copy(), 150, generators[1]), X, y),
    )
    yield invariant(
        "the sum of `mistakes` is the number of updates made",
        lambda: _counts_updates(perceptron_fit, generators[2]),
    )
    seeds = [int(seed) for seed in rng.integers(2**32, size=7)]
    points, labels = rng.normal(size=(15, 2)), rng.permutation(np.repeat([1.0, -1.0], [7, 8]))

    def fitted_weights(seed: int) -> np.ndarray:
        w, _, _ = perceptron_fit(points.copy(), labels.copy(), 3, np.random.default_rng(seed))
        return np.asarray(w)

    yield invariant(
        "two fits with equal generators agree",
        lambda: np.array_equal(fitted_weights(seeds[0]), fitted_weights(seeds[0])),
    )
    # Two orders give equal weights less than once in 300 times, six do so less than once in 10¹⁴.
    yield invariant(
        "another generator, another order of the points",
        lambda: (
            not all(
                np.array_equal(fitted_weights(seeds[0]), fitted_weights(seed)) for seed in seeds[1:]
            )
        ),
    )
    first, mixed = child_generator(rng), child_generator(rng)
    yield Observation(
        f"the sample visited first, in {VISITS} fits by one generator",
        lambda: _first_sample(perceptron_fit, first),
    )
    yield Observation(
        f"how often the label changes from one visit to the next, in {MIXED_EPOCHS} epochs",
        lambda: _label_changes(perceptron_fit, mixed),
    )
    long = child_generator(rng)
    yield Observation(
        "whether every epoch draws its own order", lambda: _orders_of_epochs(perceptron_fit, long)
    )
    lists: dict[str, Any] = {"X": [[1, 2], [1, 2]], "y": [-1, -1]}
    yield call(perceptron_fit, parts=FIT_PARTS, **lists, max_epochs=2, rng=child_generator(rng))
    yield refuses(perceptron_fit, "labels are 0 and 1", CORNERS, [0.0, 0.0, 0.0, 1.0], 5, rng)
    yield refuses(perceptron_fit, "X and y differ in length", CORNERS, [1.0, -1.0], 5, rng)


def _epochs_and_errors(mistakes: Any) -> tuple[int, bool]:
    counts = np.asarray(mistakes)
    return len(counts), bool((counts > 0).all())


def _stops_when_clean(mistakes: Any) -> bool:
    counts = np.asarray(mistakes)
    return counts[-1] == 0 and bool((counts[:-1] > 0).all())


def _separates(fitted: tuple[Any, Any, Any], X: np.ndarray, y: np.ndarray) -> bool:
    w, b, _ = fitted
    return bool((y * (X @ np.asarray(w) + b) > -1e-9).all())


def _counts_updates(perceptron_fit: Callable, rng: np.random.Generator) -> bool:
    """Compare mistakes with updates: with X the identity, |w_i| counts updates by sample i."""
    y = np.where(np.arange(6) % 3 == 0, 1.0, -1.0)
    w, _, mistakes = perceptron_fit(np.eye(6), y, 50, rng)
    return np.isclose(np.abs(w).sum(), np.sum(mistakes))


def _keeps_labels(perceptron_fit: Callable, rng: np.random.Generator) -> bool:
    """Tell whether labels stay with samples: with X the identity, w_i becomes y_i or stays 0."""
    y = np.where(np.arange(12) % 2 == 0, 1.0, -1.0)
    w, _, _ = perceptron_fit(np.eye(12), y, 1, rng)
    return bool((np.asarray(w) * y >= 0).all())


def _first_sample(perceptron_fit: Callable, rng: np.random.Generator) -> str:
    """Describe what the first sample visited depends on.

    With X the identity and all labels −1 the first sample is the only mistake, and w is its row.
    Of 4 samples one never comes first with probability 4 · (3/4)**80 < 5e-10.
    """
    first = {
        int(np.flatnonzero(perceptron_fit(np.eye(4), -np.ones(4), 1, rng)[0])[0])
        for _ in range(VISITS)
    }
    if len(first) == 1:
        return "is always the first row" if first == {0} else "is always the same row"
    return "is drawn from rng" if len(first) == 4 else "is never one of certain rows"


def _orders_of_epochs(perceptron_fit: Callable, rng: np.random.Generator) -> str:
    """Tell whether epochs differ in their order, and not by turns.

    Two equal samples with opposite labels cost one mistake in the first epoch with an order, and
    two in each epoch that repeats it. Of 39 new orders all are new or all old with 2**-38 < 4e-12.
    """
    mistakes = perceptron_fit(np.ones((2, 1)), np.array([1.0, -1.0]), 40, rng)[2]
    kinds = {
        (1, 2): "it does",
        (2,): "it is the same one again and again",
        (1,): "it is the same one, forward and backward in turn",
    }
    return kinds.get(tuple(sorted(set(np.asarray(mistakes)[1:].tolist()))), "some do not end")


def _label_changes(perceptron_fit: Callable, rng: np.random.Generator) -> str:
    """Tell whether labels follow one another as in random orders of the whole table.

    Where all rows are equal a mistake is made at every change of the label from one visit to the
    next. Eight samples of each label, one half of the table each, change it 8.5 times an epoch. The
    distribution of the number of runs in a random row gives the mean of 40 epochs exactly: it is
    off by 2 or more with probability below 2e-10.
    """
    y = np.repeat([1.0, -1.0], 8)
    mistakes = perceptron_fit(np.ones((16, 1)), y, MIXED_EPOCHS, rng)[2]
    more = np.sum(mistakes) / MIXED_EPOCHS - 8.5
    if abs(more) < 2:
        return "as often as by chance"
    kept = "some samples keep the order of the table"
    return f"less often than by chance: {kept}" if more < 0 else "more often than by chance"


@exercise()
def xor_network(xor_network: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the outputs of a hand-made network of threshold units at the four corners."""

    def gives(number: int, answer: int) -> bool:
        return bool(_values(xor_network())[-1][number, 0] == answer)

    yield Observation("how many layers xor_network() has", lambda: _hidden_layers(xor_network()))
    for number, ((x1, x2), answer) in enumerate(zip(CORNERS, GATES["XOR"], strict=True)):
        yield invariant(
            f"xor_network() answers {answer} at ({x1:.0f}, {x2:.0f})",
            partial(gives, number, answer),
        )
    yield Observation(
        "the answers of xor_network() at (0, 0), (0, 1), (1, 0), (1, 1)",
        lambda: _values(xor_network())[-1][:, 0],
    )
    yield Observation(
        "the sign of the last unit's z at (0, 0), (0, 1), (1, 0), (1, 1)",
        lambda: np.sign(np.round(_margins(xor_network())[-1][:, 0], 9)),
    )
    yield invariant(
        "no unit stands exactly on its threshold at a corner, where the least noise would flip it",
        lambda: all((np.abs(z) > 1e-6).all() for z in _margins(xor_network())),
    )


def _hidden_layers(layers: Any) -> str:
    if len(layers) < 2:
        return "none hidden"
    last = np.shape(layers[-1][0])
    if len(last) != 2:
        return f"at least one hidden, but W of the last has shape {last}"
    return f"at least one hidden, {last[1]} unit(s) in the last"


def _layers(layers: Any) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in layers]


def _values(layers: Any) -> list[np.ndarray]:
    """Return the values of every layer of threshold units at the corners."""
    layers = _layers(layers)
    return network.forward(CORNERS, layers, ["step"] * len(layers))


def _margins(layers: Any) -> list[np.ndarray]:
    """Return z of every unit at the corners, layer by layer."""
    layers = _layers(layers)
    values = _values(layers)
    return [
        network.forward(v, [layer], ["linear"])[-1]
        for v, layer in zip(values[:-1], layers, strict=True)
    ]


@exercise("activate", "slope")
def activations(
    activate: Callable, slope: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe activations of large and of small z, and their derivatives from the value."""
    table, share = rng.normal(size=(9, 2)), rng.uniform(0.1, 0.9, size=(9, 2))
    for name in ACTIVATIONS:
        yield call(activate, by="activate", name=name, z=table)
        yield call(slope, by="slope", name=name, a=share)
        z = np.concatenate([2 * rng.normal(size=(2, 4)), [[0.0, 0.5, -0.5, 1.0]]])
        yield call(activate, by="activate", name=name, z=z)
        yield call(activate, by="activate", name=name, z=[-1000.0, 1000.0])
        yield call(slope, by="slope", name=name, a=network.activate(name, z))
        yield call(activate, by="activate", name=name, z=0.5)
        yield call(slope, by="slope", name=name, a=network.activate(name, np.array(0.5)).tolist())
    yield call(activate, by="activate", name="sigmoid", z=[-2, 0, 3])
    yield call(slope, by="slope", name="tanh", a=[[0, 0.5], [-1, 1]])
    yield refuses(activate, "the name is unknown", "swish", [0.0])
    yield refuses(slope, "the name is unknown", "swish", [0.0])


@exercise()
def mlp_forward(mlp_forward: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the values of every layer, in networks of several depths."""
    for sizes, names in (
        ((3, 4, 2), ("tanh", "sigmoid")),
        ((2, 2, 2, 2), ("relu", "sigmoid", "tanh")),
        ((2, 3, 5, 2, 1), ("sigmoid", "tanh", "softplus", "linear")),
        ((9, 1), ("sigmoid",)),
    ):
        weights = [
            (rng.normal(size=(n_in, n_out)), rng.normal(size=n_out))
            for n_in, n_out in pairwise(sizes)
        ]
        X = rng.normal(size=(11, sizes[0]))
        yield from call_again(
            mlp_forward,
            {
                "X": X + 0.1,
                "weights": [(W + 0.1, b) for W, b in weights],
                "activations": ["step"] * len(names),
            },
            parts=tuple(f"the values V_{layer}" for layer in range(len(sizes))),
            X=X,
            weights=weights,
            activations=list(names),
        )
    yield call(
        mlp_forward,
        parts=tuple(f"the values V_{layer}" for layer in range(10)),
        X=rng.normal(size=(2, 1)),
        weights=[(rng.normal(size=(1, 1)), rng.normal(size=1)) for _ in range(9)],
        activations=["tanh"] * 9,
    )
    whole = [([[1, -1], [2, 0]], [0, 1]), ([[1], [1]], [-2])]
    yield call(mlp_forward, X=[[1, 0], [0, 1]], weights=whole, activations=["step", "step"])
    yield refuses(mlp_forward, "a layer does not fit", [[1.0]], [([[1.0], [1.0]], [0.0])], ["tanh"])
    layer = ([[1.0, 2.0]], [0.0, 1.0])
    yield refuses(mlp_forward, "b does not fit W", [[1.0]], [(layer[0], [0.0])], ["tanh"])
    yield refuses(mlp_forward, "an activation is missing", [[1.0]], [layer, whole[0]], ["tanh"])


@exercise()
def bump(bump: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe a bump inside, beside and far away from it, steep and flat."""
    for steepness in (float(rng.uniform(4, 8)), float(rng.uniform(20, 40))):
        left = float(rng.uniform(0.2, 0.6))
        right, height = left + float(rng.uniform(0.3, 0.5)), -float(rng.uniform(1.5, 3))
        edges: dict[str, Any] = {
            "left": left,
            "right": right,
            "height": height,
            "steepness": steepness,
        }
        changed = {
            "x": rng.uniform(0, 1, size=9),
            "left": left - 0.1,
            "right": right + 0.1,
            "height": -height,
            "steepness": steepness / 2,
        }
        yield from call_again(bump, changed, x=rng.permutation(np.linspace(-0.5, 1.5, 11)), **edges)
    yield call(bump, x=0.5, left=0, right=1, height=2, steepness=3)
    yield call(bump, x=[-2000, 1, 2000], left=0, right=2, height=3, steepness=5)
    yield call(bump, x=rng.normal(size=(2, 3)), left=-0.5, right=0.5, height=2.0, steepness=4.0)
    yield refuses(bump, "left is not below right", [0.0], 1.0, 0.5, 1.0, 10.0)
    yield refuses(bump, "steepness is not above 0", [0.0], 0.5, 1.0, 1.0, 0.0)


@exercise()
def approximate(approximate: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the approximation of a wave by bumps, inside and at the ends of [0, 1]."""
    size, waves, phase, level = rng.uniform(1, 2), rng.uniform(4, 7), rng.uniform(0, 6), 3.0

    def f(x: Any) -> Any:
        return level + size * np.sin(waves * x + phase)

    x = rng.permutation(np.linspace(0, 1, 41))

    def curve(n_bumps: int) -> np.ndarray:
        return np.asarray(approximate(f, n_bumps)(x))

    yield invariant("approximate(f, 3) is a function of x", lambda: callable(approximate(f, 3)))
    for n_bumps in (1, 4, 9):
        yield Observation(f"approximate(f, {n_bumps})(x (41,))", partial(curve, n_bumps))
    yield Observation(
        "approximate(f, 3)([0, 1])", lambda: np.asarray(approximate(f, 3)(np.array([0.0, 1.0])))
    )
    beside = np.array([-1.05, -1.0, -0.95, 1.95, 2.0, 2.05])
    yield Observation(
        "approximate(f, 3)(x) for x around −1 and around 2, where the first bump begins and the "
        "last one ends",
        lambda: np.asarray(approximate(f, 3)(beside)),
    )
    table, number = rng.uniform(size=(2, 3)), float(rng.uniform(0.1, 0.9))
    whole = np.array([0, 1, 2])
    for at, shown in ((number, "a number"), (table, "a table"), (whole, "whole numbers")):
        yield Observation(
            f"approximate(f, 5)(x) for x {shown}",
            partial(lambda at: np.asarray(approximate(f, 5)(at)), at),
        )
    yield Observation(
        "approximate(h, 4)(x (41,)) for another function h",
        lambda: np.asarray(approximate(lambda x: 1 - f(x), 4)(x)),
    )
    yield refuses(approximate, "n_bumps is below 1", f, 0)
    yield refuses(approximate, "n_bumps is not whole", f, 2.5)
