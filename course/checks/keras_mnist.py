"""Probes of unit 04. Keras is imported by the probes that need it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from course.checks import early_stopping as stopping
from course.checks import image_splits as splits
from course.checks import keras_models as models
from course.checks import search_trials as trials
from course.checks.check import call_once, exercise
from course.checks.observation import (
    Observation,
    call,
    call_again,
    invariant,
    leaves_inputs_alone,
    refuses,
    returned,
)

UNIT = "04_keras_mnist"

MANY = 70_000
"""Samples that a count in 16 bits cannot hold."""


@exercise()
def prepare(prepare: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe where each image goes; its first two pixels hold its number."""
    counts = 10 * rng.choice([1, 2, 3, 4], size=4, replace=False)
    images, labels = splits.numbered_images(counts, rng)
    seeds = [int(seed) for seed in rng.integers(2**32, size=2)]
    function = returned(prepare, "return {…}")
    parts = call_once(lambda: function(images.copy(), labels.copy(), _generator(seeds[0])))
    m = len(labels)
    yield Observation(f"what prepare gives for {m} images", lambda: splits.describe_shapes(parts()))
    yield Observation(
        "the number of images of each class in the validation set",
        lambda: splits.class_counts(parts()),
    )
    yield Observation("where the images go", lambda: splits.describe_split(parts(), m))
    yield Observation("the largest value in X", lambda: splits.largest_value(parts(), images))
    yield invariant("each image keeps its own label", lambda: splits.keeps_labels(parts(), labels))
    yield invariant(
        "each row of X is one image, row by row, scaled by one number",
        lambda: splits.keeps_rows(parts(), images),
    )
    yield Observation(
        "which images of a class are chosen, in many splits",
        lambda: splits.describe_choices(function, _generator(seeds[1])),
    )
    yield Observation(
        "the number of images of each class in the validation set, of a fraction of 0.3",
        lambda: splits.class_counts(function(images // 2 + 20, labels, _generator(seeds[0]), 0.3)),
    )
    yield Observation(
        "the number of images of each class when all come as lists",
        lambda: splits.class_counts(
            function(images.tolist(), labels.tolist(), _generator(seeds[0]))
        ),
    )
    yield invariant(
        "images and labels are left as they were",
        lambda: leaves_inputs_alone(prepare, images, labels, _generator(seeds[0])),
    )
    yield invariant(
        "two calls with equal generators agree",
        lambda: np.array_equal(
            splits.image_numbers(
                prepare(images.copy(), labels.copy(), _generator(seeds[0])), "validation"
            ),
            splits.image_numbers(parts(), "validation"),
        ),
    )
    yield invariant(
        "another generator, another split",
        lambda: (
            not np.array_equal(
                np.sort(
                    splits.image_numbers(
                        prepare(images.copy(), labels.copy(), _generator(seeds[1])), "validation"
                    )
                ),
                np.sort(splits.image_numbers(parts(), "validation")),
            )
        ),
    )
    yield refuses(prepare, "there are fewer labels than images", images, labels[1:], _generator(1))
    yield refuses(prepare, "a label is no digit", images, labels + 10, _generator(1))
    yield refuses(prepare, "a grey level is above 255", images + 256.0, labels, _generator(1))
    yield refuses(
        prepare, "the images are flattened already", images.reshape(m, -1), labels, _generator(1)
    )


def _generator(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


@exercise()
def count_parameters(count_parameters: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the counts for networks of several depths."""
    for depth in (1, 2, 4):
        sizes = [int(size) for size in rng.integers(2, 40, size=depth + 1)]
        yield call(count_parameters, sizes=sizes)
    yield call(count_parameters, sizes=[784, 512, 10])
    yield call(count_parameters, sizes=(3, 1))
    yield refuses(count_parameters, "there is only one layer", [784])
    yield refuses(count_parameters, "a layer has no unit", [784, 0, 10])
    yield refuses(count_parameters, "a layer has half a unit", [784, 2.5, 10])


@exercise()
def build_model(build_model: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe what two models compute, drop and learn, whatever they are made of."""
    function = returned(build_model, "return model")

    def built(*arguments: Any) -> Any:
        return models.require_keras_model(function(*arguments))

    for depth in (2, 0):
        width, n_inputs = int(rng.integers(5, 9)), int(rng.integers(11, 17))
        dropout, rate = float(rng.choice([0.1, 0.3, 0.4])), float(rng.choice([3e-3, 2e-2, 5e-2]))
        arguments = (depth, width, dropout, rate, n_inputs)
        model = call_once(partial(built, *arguments))
        yield from _observe_model(f"build_model(depth={depth}, …)", model, n_inputs, rng)
    yield invariant(
        "a second call gives a model of its own", lambda: built(*arguments) is not model()
    )
    yield refuses(build_model, "dropout is 1", 1, 4, 1.0, 0.01, 6)
    yield refuses(build_model, "dropout is below 0", 1, 4, -0.1, 0.01, 6)
    yield refuses(build_model, "width is 0", 1, 0, 0.2, 0.01, 6)
    yield refuses(build_model, "n_inputs is 0", 0, 4, 0.2, 0.01, 0)


def _observe_model(
    name: str, model: Callable[[], Any], n: int, rng: np.random.Generator
) -> Iterator[Observation]:
    seed = int(rng.integers(2**32))
    yield Observation(f"the shapes of the weights of {name}", lambda: models.shapes(model(), n))
    yield Observation(
        f"what {name} does with its weights",
        lambda: models.equivalent_network(model(), n, _generator(seed)),
    )
    yield Observation(f"the Dropout layers of {name}", lambda: models.dropouts(model(), n))
    yield Observation(
        f"the loss and metrics of {name}",
        lambda: models.compiled_with(model(), n, _generator(seed)),
    )
    yield Observation(f"the optimiser of {name}", lambda: models.optimiser(model(), n))


@exercise()
def train(train: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe training whose validation loss falls, rises, falls lower, and rises for good."""
    function = returned(train, "return model, history")
    unit = int(rng.integers(2, 5))

    def trained(task: stopping.TrainingTask) -> stopping.TrainingResult:
        model = stopping.one_weight_model()
        return stopping.require_trained(function(model, task.data, task.epochs, task.patience))

    tasks = stopping.rising_and_falling(unit), stopping.ended_before_patience(unit)
    for task in tasks:
        yield from _observe_training(task, call_once(partial(trained, task)))
    yield Observation(
        "the quantities in the history",
        lambda: stopping.quantities(trained(tasks[1])),
    )
    yield Observation(
        "how many epochs four calls run, which differ in one thing each",
        lambda: stopping.count_epochs_of_calls(function, tasks[0]),
    )
    yield invariant(
        "a second call trains the model that it is given",
        lambda: stopping.trains_each_model(function, tasks[1]),
    )


def _observe_training(
    task: stopping.TrainingTask, trained: Callable[[], stopping.TrainingResult]
) -> Iterator[Observation]:
    asked = task.asked
    yield Observation(
        f"how many epochs {asked} runs", lambda: stopping.count_epochs(trained(), task)
    )
    yield Observation(
        f"which weights the model has after {asked}",
        lambda: stopping.epoch_of_weights(trained(), task),
    )
    yield Observation(
        f"what the losses of {asked} are taken on",
        lambda: stopping.data_of_losses(trained(), task),
    )


@exercise()
def confusion_matrix(confusion_matrix: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the counts for few and many classes; some classes never occur."""
    for n, m in ((3, 25), (5, 60)):
        y = rng.integers(n, size=m)
        wrong = rng.integers(n, size=m)
        given = np.where(rng.random(m) < 0.6, y, np.minimum(y + 1, wrong))
        yield call(confusion_matrix, y_true=y, y_pred=given, n=n)
    yield call(confusion_matrix, y_true=[0, 0, 1, 1, 1], y_pred=[0, 1, 1, 1, 0], n=4)
    first, second = (
        dict(zip(("y_true", "y_pred"), rng.integers(3, size=(2, 40)), strict=True)) for _ in "12"
    )
    yield from call_again(confusion_matrix, second | {"n": 4}, **first, n=3)
    many = np.minimum(rng.integers(400, size=MANY), 1)
    yield call(confusion_matrix, y_true=many, y_pred=1 - many, n=2)
    yield refuses(confusion_matrix, "the lengths differ", [0, 1], [0], 2)
    yield refuses(confusion_matrix, "a label is n", [0, 2], [0, 1], 2)
    yield refuses(confusion_matrix, "a label is below 0", [0, 1], [0, -1], 2)


@exercise()
def per_class_accuracy(
    per_class_accuracy: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe the shares for matrices whose rows and columns have different sums."""
    for n in (2, 9):
        matrix = rng.integers(1, 9, size=(n, n)) + np.diag(rng.integers(10, 40, size=n))
        yield call(per_class_accuracy, matrix=matrix)
    one_sample, none_right, no_sample = [0, 1, 0, 0], [2, 3, 0, 0], [0, 0, 0, 0]
    yield call(per_class_accuracy, matrix=[[3, 1, 0, 4], one_sample, none_right, no_sample])
    yield refuses(per_class_accuracy, "the matrix is not square", [[1, 2, 3], [4, 5, 6]])
    yield refuses(per_class_accuracy, "a count is below 0", [[1, 2], [3, -1]])


GRIDS: dict[str, dict[str, list[Any]]] = {
    "two names": {"width": [8, 32, 128], "learning_rate": [0.001, 0.01]},
    "one name": {"dropout": [0.0, 0.1, 0.2, 0.4, 0.5]},
    "three names": {"depth": [1, 2], "width": [16, 64, 256], "optimiser": ["adam", "sgd"]},
}


@exercise()
def search(search: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe searches with drawn scores; each data set has another winner, or several."""
    function = returned(search, "return best, results")

    def searched(trial: trials.Trial, grid: trials.Grid) -> Any:
        return function({**grid}, trial.data, trial.fit)

    for names, grid in GRIDS.items():
        trial = trials.Trial(trials.draw_scores(grid, rng))
        result = call_once(partial(searched, trial, grid))
        yield from _observe_search(names, grid, trial, result)
    grid = GRIDS["three names"]
    equal = trials.Trial(trials.draw_equal_scores(grid, rng))
    result = call_once(partial(searched, equal, grid))
    yield Observation(
        "the highest score where several are equal",
        lambda: trials.score_of(equal.scores["validation"], result()[0]),
    )
    yield Observation(
        "the scores that search returns where some are equal",
        lambda: trials.scores_in_order(result()[1], grid),
    )
    yield from _observe_calls_that_differ(function, GRIDS["two names"], rng)


def _observe_calls_that_differ(
    search: Callable, grid: trials.Grid, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe a search, then one with another grid, one with other data, one with another fit."""
    one, two = (trials.Trial(trials.draw_scores(grid, rng)) for _ in "12")
    part = {name: values[:2] for name, values in grid.items()}
    turned = {**one.data, "train": one.data["validation"], "validation": one.data["train"]}

    def found(*arguments: Any) -> tuple[Any, ...]:
        best, results = search(*arguments)
        return dict(best), trials.scores_in_order(results, grid)

    for sentence, arguments in (
        ("what search finds", (grid, one.data, one.fit)),
        ("what it finds in another grid", (part, one.data, one.fit)),
        ("what it finds with training and validation set exchanged", (grid, turned, one.fit)),
        ("what it finds with another fit", (grid, one.data, two.fit)),
    ):
        yield Observation(sentence, partial(found, {**arguments[0]}, *arguments[1:]))


def _observe_search(
    names: str, grid: trials.Grid, trial: trials.Trial, result: Callable[[], Any]
) -> Iterator[Observation]:
    yield Observation(
        f"the settings that search finds best in a grid of {names}", lambda: dict(result()[0])
    )
    yield Observation(
        f"how often each setting of {names} is tried", lambda: result() and trial.counts()
    )
    yield Observation(
        f"which sets search gives to fit ({names})", lambda: result() and trial.sets()
    )
    yield Observation(
        f"what becomes of the test set ({names})", lambda: result() and trial.test_set_use()
    )
    yield Observation(
        f"the scores that search returns for {names}",
        lambda: trials.scores_in_order(result()[1], grid),
    )
