"""Hidden tests of unit 04; tests that train a model run the probe only once."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import numpy as np
from sklearn.metrics import confusion_matrix as known

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import image_splits as splits
from course.checks import keras_mnist as check
from course.checks import keras_models as models
from course.checks import search_trials as trials
from course.checks.check import call_once
from course.checks.observation import Observation, invariant, leaves_inputs_alone
from course.models.keras_training import quiet_keras


@hidden_test(check.prepare)
def prepare(
    prepare: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Shares to within one image for uneven classes and any fraction; inputs left as they are."""
    counts = rng.choice(np.arange(11, 40), size=5, replace=False)
    images, labels = splits.numbered_images(counts.tolist(), rng)
    fraction, seed = float(rng.uniform(0.2, 0.4)), int(rng.integers(2**32))

    def parts(share: float = fraction) -> dict[str, tuple]:
        return prepare(images, labels, np.random.default_rng(seed), share)

    yield invariant(
        "every class gives its share to the validation set, to within one image",
        lambda: (
            np.abs(np.bincount(parts()["validation"][1], minlength=5) - fraction * counts).max()
            <= 1
        ),
    )
    yield invariant(
        "another fraction, another number of validation images",
        lambda: len(parts(0.5)["validation"][1]) > len(parts(0.2)["validation"][1]),
    )
    yield invariant(
        "the two sets together are as many as the images",
        lambda: sum(len(y) for _, y in parts().values()) == len(labels),
    )
    yield invariant(
        "images and labels are left as they were",
        lambda: leaves_inputs_alone(prepare, images, labels, np.random.default_rng(seed), fraction),
    )


@hidden_test(check.count_parameters)
def count_parameters(
    count_parameters: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to what Keras counts; a layer in between adds its own."""
    sizes = [int(size) for size in rng.integers(3, 20, size=4)]

    def counted() -> int:
        keras = quiet_keras()
        dense = [keras.layers.Dense(size) for size in sizes[1:]]
        return int(keras.Sequential([keras.Input((sizes[0],)), *dense]).count_params())

    yield invariant("Keras counts as many", lambda: count_parameters(sizes) == counted())
    yield invariant(
        "two networks in a row have the parameters of both",
        lambda: (
            count_parameters(sizes) == count_parameters(sizes[:3]) + count_parameters(sizes[2:])
        ),
    )


@hidden_test(check.build_model, rounds=1)
def build_model(
    build_model: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """As many parameters as `count_parameters` says; ten probabilities."""
    depth, width, n_inputs = int(rng.integers(2, 4)), int(rng.integers(6, 12)), 15
    arguments = (depth, width, 0.25, 0.01, n_inputs)
    x = rng.uniform(size=(7, n_inputs)).astype(np.float32)
    sizes = [n_inputs, *[width] * depth, 10]
    made = call_once(lambda: models.require_keras_model(build_model(*arguments)))
    yield invariant(
        "the model has as many parameters as count_parameters says",
        lambda: made().count_params() == right.count_parameters(sizes),
    )
    yield invariant(
        "the ten outputs are probabilities",
        lambda: _are_probabilities(np.asarray(made()(x, training=False))),
    )


def _are_probabilities(P: np.ndarray) -> bool:
    return P.shape[1] == 10 and bool((P >= 0).all()) and np.allclose(P.sum(axis=1), 1, atol=1e-4)


@hidden_test(check.train, rounds=1)
def train(
    train: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """No further invariant: the probe's two runs, on labels in the school's order, suffice."""
    yield from ()


@hidden_test(check.confusion_matrix)
def confusion_matrix(
    confusion_matrix: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to scikit-learn's; counts every sample once; swapping roles transposes."""
    n, m = int(rng.integers(4, 8)), 80
    y, given = rng.integers(n, size=m), rng.integers(n, size=m)
    yield invariant(
        "every sample is counted once", lambda: np.sum(confusion_matrix(y, given, n)) == m
    )
    yield invariant(
        "row sums are the numbers of samples of each true class",
        lambda: np.array_equal(
            np.sum(confusion_matrix(y, given, n), axis=1), np.bincount(y, minlength=n)
        ),
    )
    yield invariant(
        "a well-known library counts the same",
        lambda: np.array_equal(
            confusion_matrix(y, given, n), known(y, given, labels=list(range(n)))
        ),
    )


@hidden_test(check.per_class_accuracy)
def per_class_accuracy(
    per_class_accuracy: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Shares: a class with twice the samples of the same kind keeps its accuracy."""
    matrix = rng.integers(1, 20, size=(4, 4))
    factors = np.array([1, 2, 3, 5])
    yield invariant(
        "more samples of a class, shared out alike, leave its accuracy as it is",
        lambda: np.allclose(
            per_class_accuracy(matrix * factors[:, None]), per_class_accuracy(matrix)
        ),
    )
    yield invariant(
        "without errors every accuracy is 1",
        lambda: np.allclose(per_class_accuracy(np.diag(factors)), 1),
    )


@hidden_test(check.search)
def search(
    search: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Independent of the test set and of the order of the grid."""
    grid = check.GRIDS["two names"]
    scores = trials.draw_scores(grid, rng)
    turned: trials.Grid = {"learning_rate": [0.01, 0.001], "width": [128, 8, 32]}
    other = {**scores, "test": {key: 1 - score for key, score in scores["test"].items()}}

    def best(grid: trials.Grid, drawn: dict) -> dict:
        trial = trials.Trial(drawn)
        return dict(search({**grid}, trial.data, trial.fit)[0])

    yield invariant(
        "a grid written down in another order has the same winner",
        lambda: best(turned, scores) == best(grid, scores),
    )
    yield invariant(
        "another test set, the same winner", lambda: best(grid, other) == best(grid, scores)
    )
