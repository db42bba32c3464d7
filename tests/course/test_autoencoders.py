"""What unit 07 stands on: its data, its guards, and what keeps the course's axes out of answers."""

import subprocess
import sys

import numpy as np
import pytest

from course.data.clouds import principal_axes
from course.data.digits import digits
from course.data.pendulum import pendulum
from course.notebook_guard import ReferenceUsedError
from course.validation import autoencoders


def test_the_digits_are_scikit_learns_and_no_row_is_in_both_parts() -> None:
    from sklearn.datasets import load_digits

    known, fresh = digits(held_out=500)
    assert known.X.shape == (1297, 64)
    assert fresh.X.shape == (500, 64)
    every = np.concatenate([known.X, fresh.X])
    theirs = load_digits().data
    found = np.sort(np.rint(every * 16) @ np.arange(1, 65))
    assert np.allclose(found, np.sort(theirs @ np.arange(1, 65)))
    assert every.min() == 0
    assert every.max() == 1
    assert np.array_equal(digits(seed=3)[1].labels, digits(seed=3)[1].labels)
    assert not np.array_equal(digits(seed=3)[1].labels, digits(seed=4)[1].labels)
    assert np.bincount(np.concatenate([known.labels, fresh.labels])).min() > 170


@pytest.mark.parametrize("held_out", [0, 1797, -1])
def test_neither_part_of_the_digits_is_empty(held_out: int) -> None:
    with pytest.raises(ValueError, match="expected 1 to 1796"):
        digits(held_out=held_out)


def test_the_film_shows_the_angle() -> None:
    frames, angle = pendulum(50, np.random.default_rng(0))
    assert frames.shape == (50, 144)
    assert frames.min() >= 0
    assert frames.max() <= 1
    assert np.abs(angle).max() <= 1.0
    columns = frames.reshape(50, 12, 12).sum(axis=1) @ np.arange(12) / frames.sum(axis=1)
    assert (np.argsort(columns) == np.argsort(angle)).mean() > 0.9  # farther right, larger angle
    assert frames.sum(axis=1).std() < 0.1 * frames.sum(axis=1).mean(), "the bob leaves the frame"


X = np.arange(12.0).reshape(4, 3)


@pytest.mark.parametrize(
    ("call", "reported"),
    [
        (lambda: autoencoders.as_data(X, 0), "k is 0"),
        (lambda: autoencoders.as_data(X, 4), "at most 3"),
        (lambda: autoencoders.as_data(X[:3], 3), "at most 2"),
        (lambda: autoencoders.as_data(X[:1], 1), "two samples"),
        (lambda: autoencoders.as_data(X, 1.5), "whole number"),
        (lambda: autoencoders.as_data([[1, np.nan], [0, 1]], 1), "NaN"),
        (lambda: autoencoders.as_subspace(X, [0, 0], np.eye(3)), r"mean has shape \(2,\)"),
        (lambda: autoencoders.as_subspace(X, np.zeros(3), np.eye(2)), r"C has shape \(2, 2\)"),
        (lambda: autoencoders.as_subspace(X, np.zeros(3), 2 * np.eye(3)), "not orthonormal"),
        (
            lambda: autoencoders.as_tied(X, np.ones((2, 3)), [1] * 3, [0] * 3),
            r"W has shape \(2, 3\)",
        ),
        (lambda: autoencoders.as_tied(X, np.ones((3, 2)), [1] * 3, [0] * 3), r"b has shape \(3,\)"),
        (lambda: autoencoders.as_tied(X, np.ones((3, 2)), [1] * 2, [0] * 2), r"c has shape \(2,\)"),
        (lambda: autoencoders.as_bases(X, X[:, :2]), r"B has shape \(4, 2\)"),
        (lambda: autoencoders.as_bases([[1, 2], [2, 4]], np.eye(2)), "columns of A"),
        (lambda: autoencoders.as_training(X, 0, 1, None), "k is 0"),
        (lambda: autoencoders.as_training(X, 1, 0, None), "epochs is 0"),
        (lambda: autoencoders.as_training(X, 1, 1, X[:2]), r"targets has shape \(2, 3\)"),
        (lambda: autoencoders.require_spread(-0.1), "noise is -0.1"),
        (lambda: autoencoders.require_spread(np.nan), "NaN"),
    ],
)
def test_what_does_not_fit_is_reported_with_its_shape(call, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        call()


def test_guards_copy_and_take_lists() -> None:
    given = [[1, 2], [3, 5]]
    inputs, targets = autoencoders.as_training(given, 1, 1, None)
    assert inputs.dtype == targets.dtype == np.float32
    array = np.eye(3)
    A, _ = autoencoders.as_bases(array, array)
    A[0, 0] = 7
    assert array[0, 0] == 1


def test_the_courses_own_axes_are_no_answer() -> None:
    scope = {"principal_axes": principal_axes, "X": X}
    with pytest.raises(ReferenceUsedError):
        exec(compile("principal_axes(X)", "<a notebook's cell>", "exec"), scope)
    assert principal_axes(X).shape == (3, 3)


def test_nothing_before_the_training_imports_tensorflow() -> None:
    """What a notebook does before its section on Keras: set-up, data, both explorables."""
    code = (
        "import sys\n"
        "from course.checks import autoencoders\n"
        "from course.models.keras_training import epochs, quiet_keras\n"
        "from course.explore import LatentPlane, Rotate\n"
        "Rotate().frame(), LatentPlane().frame()\n"
        "sys.exit(bool({'tensorflow', 'keras'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
