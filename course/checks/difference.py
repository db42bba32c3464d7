"""Compare two results, and say in words how one differs from the other."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from course.checks.observation import Outcome, Parts

RELATIVE_TOLERANCE = 1e-6
"""Right answers may sum in another order; no catalogued mistake makes a difference this small."""
ABSOLUTE_TOLERANCE = 1e-12
"""Allowance for rounding where the right value is 0."""
FAR = 1000
"""From this factor on, a size is no longer worth a figure."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def difference(right: Any, given: Any, parts: Parts = None) -> str | None:
    """Describe how `given` differs from `right`, or return None if they agree.

    Both are as `to_plain` returns them. The structure of `right` decides: where it is a tuple, an
    array of the same length passes; where it is a number, a zero-dimensional array passes. The text
    never contains a number of `right`; a statement about an answer, which is stored as a string, is
    told as found and as expected. `parts` names the parts of a result, which the text lists from
    the innermost: "dW of layer 1".

    Examples
    --------
    >>> difference((1.0, 2.0), np.array([1.0, 2.0]))
    >>> difference(np.zeros(3), np.zeros((3, 1)))
    'it is an array of shape (3, 1); expected an array of shape (3,)'
    >>> difference(np.array([1.0, 2.0]), np.array([3.0, 6.0]))
    'all its values are 3 times as large as they should be'
    """
    found = _first_difference(right, given, parts)
    if found is None:
        return None
    where, problem = found
    return f"{' of '.join(reversed(where))}: {problem}" if where else problem


def agree(right: Outcome, given: Outcome) -> bool:
    """Tell whether two outcomes agree: equal values, or exceptions of the same type."""
    if right.raised or given.raised:
        return right.raised == given.raised
    return difference(right.value, given.value) is None


def _first_difference(right: Any, given: Any, parts: Parts) -> tuple[list[str], str] | None:
    """Return where two values first differ, outermost part first, and how."""
    if isinstance(right, dict):
        if not isinstance(given, dict):
            return [], f"it is {_kind(given)}; expected a dictionary"
        if right.keys() != given.keys():
            return [], f"its keys are {sorted(given)}; expected {sorted(right)}"
        names = parts if isinstance(parts, Mapping) else {}
        return _in_parts(
            (names.get(key, f"entry {key!r}"), None, right[key], given[key]) for key in right
        )
    if parts and isinstance(right, np.ndarray) and len(parts) == len(right):
        right = tuple(right)  # parts of equal shape were stored as one array
    if isinstance(right, tuple):
        rows = isinstance(given, tuple) or (isinstance(given, np.ndarray) and given.ndim)
        items = list(given) if rows else None
        if items is None or len(items) != len(right):
            return [], f"it is {_kind(given)}; expected {_kind(right)}"
        labels = list(parts or _places(len(right)))
        inner = parts if isinstance(parts, Mapping) else {}
        pairs = zip(labels, right, items, strict=True)
        return _in_parts((label, inner.get(label), *pair) for label, *pair in pairs)
    if right is None or isinstance(right, bool | str):
        same = type(right) is type(given) and right == given
        problem = None if same else f"it is {_kind(given)}; expected {_kind(right)}"
    else:
        problem = _numeric_difference(np.asarray(right), given)
    return None if problem is None else ([], problem)


def _in_parts(parts: Iterable[tuple[str, Parts, Any, Any]]) -> tuple[list[str], str] | None:
    for name, inner, right, given in parts:
        found = _first_difference(right, given, inner)
        if found is not None:
            return [name, *found[0]], found[1]
    return None


def _places(count: int) -> list[str]:
    """Name the places of a row of results: "the second of 3 results"."""
    words = [*ORDINALS[:count], *(f"{i}th" for i in range(len(ORDINALS) + 1, count + 1))]
    return [f"the {word} of {count} results" if count > 1 else "the result" for word in words]


def _numeric_difference(right: np.ndarray, given: Any) -> str | None:
    array = _numbers(given)
    if array is None or array.shape != right.shape:
        return f"it is {_kind(given)}; expected {_kind(right)}"
    finite = np.isfinite(right)
    if not np.array_equal(np.isfinite(array), finite):
        return _infinities(right, array)
    scale = np.abs(right[finite]).max(initial=0.0)
    gap = np.abs(np.where(finite, array, 0) - np.where(finite, right, 0))
    allowed = RELATIVE_TOLERANCE * scale + ABSOLUTE_TOLERANCE
    if gap.max(initial=0.0) <= allowed:
        return None
    if not finite.all() or np.iscomplexobj(array) or np.iscomplexobj(right):
        return _extent(gap, float(scale), allowed)
    with np.errstate(over="ignore"):
        shared = _pattern(right.astype(float), array.astype(float), allowed)
    return shared or _extent(gap, float(scale), allowed)


def _numbers(given: Any) -> np.ndarray | None:
    """Return the numbers of a result as an array, None if it is something else."""
    if isinstance(given, bool | str | dict | None):
        return None
    try:
        array = np.asarray(given)
    except ValueError:  # rows of unequal length
        return None
    return array if array.dtype.kind in "biufc" else None


def _infinities(right: np.ndarray, array: np.ndarray) -> str:
    """Describe values that are finite where they should not be, or the other way round."""
    expected, found = np.isfinite(right), np.isfinite(array)
    bad = int((expected & ~found).sum())
    if not bad:
        wanted = "NaN" if np.isnan(right[~expected & found]).all() else "np.inf"
        return f"it has a finite value at index {_index(~expected & found)}; expected {wanted}"
    if array.ndim == 0:
        return f"it is {float(array)}; expected a finite number"
    return f"{_count(bad, array.size)} NaN or infinite; expected finite numbers"


def _pattern(right: np.ndarray, array: np.ndarray, allowed: float) -> str | None:
    """Describe a difference that all values share, or an exchange of places, if there is one."""
    its, many = ("it", False) if array.ndim == 0 else ("its only value", False)
    if array.size > 1:
        its, many = "all its values", True
    are, have, they = ("are", "have", "they") if many else ("is", "has", "it")
    if not right.any():
        return None
    if not array.any():
        return f"{its} {are} 0; expected {'other numbers' if many else 'another number'}"
    unit = right / np.abs(right).max()  # squares of small numbers may vanish
    factor = float(np.vdot(unit, array / np.abs(right).max()) / np.vdot(unit, unit))
    if not np.isfinite(factor):
        return None
    one_factor = np.abs(array - factor * right).max() <= allowed * max(1, abs(factor))
    if one_factor and (np.count_nonzero(right) > 1 or array.size == 1):
        return _by_a_factor(factor, its, are, have, they)
    if np.abs(np.abs(array) - np.abs(right)).max() <= allowed:
        wrong = int((np.abs(array - right) > allowed).sum())
        return (
            f"{wrong} of its {array.size} values {'has' if wrong == 1 else 'have'} the wrong sign"
        )
    shift = array - right
    if array.size > 1 and np.abs(shift - shift.mean()).max() <= allowed:
        return (
            f"all its values are too {'large' if shift.mean() > 0 else 'small'} by the same amount"
        )
    if array.ndim == 2 and array.shape[0] == array.shape[1] and _close(array.T, right, allowed):
        return "its rows and columns have changed places"
    if _close(np.sort(array, axis=None), np.sort(right, axis=None), allowed):
        return "it holds the right values in the wrong places"
    return None


def _close(one: np.ndarray, other: np.ndarray, allowed: float) -> bool:
    return bool(np.abs(one - other).max() <= allowed)


def _by_a_factor(factor: float, its: str, are: str, have: str, they: str) -> str:
    size = abs(factor)
    if factor < 0:
        same = abs(size - 1) <= 10 * RELATIVE_TOLERANCE
        return f"{its} {have} the wrong sign" + ("" if same else ", and not the right size either")
    if size >= FAR:
        return f"{its} {are} more than {FAR} times too large"
    if size <= 1 / FAR:
        return f"{its} {are} more than {FAR} times too small"
    if size >= 2:
        return f"{its} {are} {size:.3g} times as large as {they} should be"
    return f"{its} {are} {_percent(abs(size - 1))} too {'large' if size > 1 else 'small'}"


def _extent(gap: np.ndarray, scale: float, allowed: float) -> str:
    """Say how many values are off, and by how much at most."""
    worst = float(gap.max())
    if not scale:
        share = f"{worst:.2g}"
    elif worst < scale:
        share = f"{_percent(worst / scale)} of the largest right value"
    else:
        times = worst / scale
        often = f"{times:.2g}" if times < FAR else f"more than {FAR}"
        share = "as much as the largest right value"
        share = share if times < 1.05 else f"{often} times the largest right value"
    if gap.ndim == 0:
        return f"it is off by {share}"
    if gap.size == 1:
        return f"its only value is off by {share}"
    wrong = int((gap > allowed).sum())
    return f"{_count(wrong, gap.size)} off, by up to {share} (most at index {_index(gap)})"


def _count(wrong: int, size: int) -> str:
    """Say how many values are concerned, with the verb: "1 of its 2 values is"."""
    if wrong == size:
        return f"all its {size} values are" if size > 1 else "its only value is"
    return f"{wrong} of its {size} values {'is' if wrong == 1 else 'are'}"


def _percent(share: float) -> str:
    percent = 100 * share
    return f"{percent:.2g} %" if percent >= 0.01 else "less than 0.01 %"


def _index(gap: np.ndarray) -> Any:
    index = tuple(int(i) for i in np.unravel_index(int(gap.argmax()), gap.shape))
    return index[0] if len(index) == 1 else index


def _kind(value: Any) -> str:
    """Say what kind of thing a value is; quote a word."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple):
        return f"{len(value)} values" if len(value) != 1 else "1 value"
    if isinstance(value, dict):
        return "a dictionary"
    if isinstance(value, str):
        kind = value[1:-1]
        is_type = value.startswith("<") and value.endswith(">") and kind.isidentifier()
        return f"an object of type {kind}" if is_type else f"“{value}”"
    if isinstance(value, bool) or value is None:
        return repr(value)
    return "a single number"
