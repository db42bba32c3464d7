"""What stubs refuse, and in what words."""

import numpy as np
import pytest

from course.validation.arrays import (
    as_array,
    as_arrays,
    require_fractions,
    require_nonzero,
    require_positive,
    require_whole,
    with_ones,
)


def test_lists_and_integers_become_new_float_arrays() -> None:
    y = np.array([1, 2])
    X, copied = as_arrays(X=[[1, 2], [3, 4]], y=y)
    copied += 0.5
    assert X.dtype == copied.dtype == float
    assert y.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("given", "reported"),
    [
        ({"X": [[1.0, 2.0]], "y": [1.0, 2.0]}, r"X has shape \(1, 2\) and y has shape \(2,\)"),
        ({"X": [[1.0, 2.0]], "theta": [1.0]}, r"X has shape \(1, 2\) and theta has shape \(1,\)"),
        ({"X": [1.0, 2.0]}, r"X has shape \(2,\); expected a table"),
        ({"y": [[1.0]]}, r"y has shape \(1, 1\); expected one row"),
        ({"y": [1.0], "prediction": [1.0, 2.0]}, r"y \(1,\), prediction \(2,\)"),
        ({"y": []}, "y is empty"),
        ({"y": [1.0, float("nan")]}, "1 value.* NaN"),
        ({"X": [[1.0], [2.0, 3.0]]}, "rows of equal length"),
        ({"y": ["one"]}, "numbers only"),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_shape(given: dict, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        as_arrays(**given)


@pytest.mark.parametrize("alpha", [0, -0.1, float("nan"), float("inf"), "fast", [0.1, 0.2]])
def test_a_learning_rate_must_be_above_zero(alpha: object) -> None:
    with pytest.raises(ValueError, match="alpha"):
        require_positive(alpha=alpha)


@pytest.mark.parametrize("batch_size", [0, -1, 9, 2.5])
def test_a_batch_has_from_one_to_m_samples(batch_size: float) -> None:
    with pytest.raises(ValueError, match=r"batch_size is .*; expected a whole number, at least 1"):
        require_whole(least=1, most=8, batch_size=batch_size)


@pytest.mark.parametrize("fractions", [(0.5, 0.4, 0.2), (0.5, 0.5), (1.2, -0.1, -0.1), ()])
def test_fractions_are_three_that_sum_to_one(fractions: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="fractions"):
        require_fractions(fractions)


def test_what_is_in_order_passes() -> None:
    require_positive(alpha=0.1, g=9)
    require_whole(least=1, most=8, batch_size=np.int64(8))
    require_fractions([0.7, 0.2, 0.1])
    require_nonzero(y=[-1, 2])
    assert as_array(3, "a", ndim=0) == 3


def test_a_zero_target_is_refused() -> None:
    with pytest.raises(ValueError, match="y holds 1 value"):
        require_nonzero(y=[0.0, 1.0])


def test_ones_come_first() -> None:
    assert with_ones([[2], [3]]).tolist() == [[1, 2], [1, 3]]
