"""Observe an answer: call it, record the outcome, compare two outcomes."""

import copy
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

RELATIVE_TOLERANCE = 1e-6
"""Right answers may sum in another order; no catalogued mistake makes a difference this small."""
ABSOLUTE_TOLERANCE = 1e-12
"""Allowance for rounding where the right value is 0."""

Parts = Mapping[str, Any] | Sequence[str] | None
"""Names for the parts of a result, in order; a mapping also names the parts of each part."""


@dataclass(frozen=True)
class Observation:
    """One property of an answer to evaluate.

    Attributes
    ----------
    description : str
        A call ("gradient(X (5, 3), y (5,), theta (3,))") or, for an invariant, the sentence that
        must be true.
    evaluate : callable
        Takes no argument, returns the value to record; may raise.
    invariant : bool
        Whether the value is the truth of `description`.
    parts : mapping, sequence or None
        Names of the parts of the value, as a reader knows them: a word for each, or a mapping from
        that word to the names of its own parts.
    """

    description: str
    evaluate: Callable[[], Any]
    invariant: bool = False
    parts: Parts = None


@dataclass(frozen=True)
class Outcome:
    """The result of an observation: a value, or the exception raised in its place.

    Attributes
    ----------
    value : Any
    raised, message : str or None, str
        The exception's type and text.
    raised_in : str
        The student's function that raised it; empty if unknown.
    """

    value: Any = None
    raised: str | None = None
    message: str = ""
    raised_in: str = ""


class ChangedInputError(Exception):
    """An answer wrote into its input arrays."""


def describe_argument(value: Any) -> str:
    """Describe an argument in a few characters: shapes for arrays, values for the rest.

    Examples
    --------
    >>> describe_argument(np.zeros((5, 3))), describe_argument(0.25), describe_argument([1, 2])
    ('(5, 3)', '0.25', 'list (2,)')
    """
    if isinstance(value, np.ndarray):
        return str(value.shape)
    if isinstance(value, list | tuple):
        try:
            return f"{type(value).__name__} {np.shape(value)}"
        except ValueError:
            return f"{type(value).__name__} of {len(value)}"
    if isinstance(value, np.random.Generator):
        return "generator"
    if callable(value):
        return getattr(value, "__name__", "function")
    return f"{value:.3g}" if isinstance(value, float) else repr(value)


def call(
    function: Callable[..., Any], *, by: str = "", parts: Parts = None, **arguments: Any
) -> Observation:
    """Observe `function(**arguments)` on copies, and that it does not change those copies.

    Arguments are passed by position, in the order given, as a student would. `by` is the name to
    show if it is not the function's own; `parts` names the parts of the result.
    """
    name = by or getattr(function, "__name__", "your function")
    shown = ", ".join(f"{key} {describe_argument(value)}" for key, value in arguments.items())

    def evaluate() -> Any:
        given = copy.deepcopy(arguments)
        result = _in_place(function)(*given.values())
        for key, value in arguments.items():
            if isinstance(value, np.ndarray | list | tuple) and not _same(given[key], value):
                raise ChangedInputError(f"{name} changes its input {key}; work on a copy")
        return copy.deepcopy(result)

    return Observation(f"{name}({shown})", evaluate, parts=parts)


def call_again(
    function: Callable[..., Any],
    changes: Mapping[str, Any],
    *,
    by: str = "",
    parts: Parts = None,
    **arguments: Any,
) -> Iterator[Observation]:
    """Observe a call, then one for each of `changes` with another value for this one argument.

    A result that an answer has kept from an earlier call is wrong for one of them.
    """
    yield call(function, by=by, parts=parts, **arguments)
    for name, value in changes.items():
        yield call(function, by=by, parts=parts, **arguments | {name: value})


def leaves_inputs_alone(function: Callable[..., Any], *arguments: Any) -> bool:
    """Tell whether a call leaves its input arrays and lists unchanged; it works on copies.

    Examples
    --------
    >>> leaves_inputs_alone(sorted, [2, 1]), leaves_inputs_alone(list.sort, [2, 1])
    (True, False)
    """
    given = copy.deepcopy(arguments)
    _in_place(function)(*given)
    pairs = zip(given, arguments, strict=True)
    return all(_same(*pair) for pair in pairs if isinstance(pair[1], np.ndarray | list))


def _in_place(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a version of `function` whose changes to its arguments are visible to the caller.

    A function in another interpreter works on copies and sends its changes back on request only.
    """
    return getattr(function, "__in_place__", function)


def draws_anew(run: Callable[[np.random.Generator], Any], seed: int) -> bool:
    """Tell whether two runs that use one generator, one after the other, differ.

    They do not if the answer draws from a copy of it, or sets it back.

    Examples
    --------
    >>> draws_anew(lambda rng: rng.random(), 0), draws_anew(lambda rng: 0.5, 0)
    (True, False)
    """
    rng = np.random.default_rng(seed)
    return not np.array_equal(run(rng), run(rng))


def invariant(sentence: str, holds: Callable[[], Any]) -> Observation:
    """Observe whether an invariant holds; a student reads `sentence` if it does not."""
    return Observation(sentence, lambda: bool(holds()), invariant=True)


def refuses(function: Callable[..., Any], because: str, *arguments: Any) -> Observation:
    """Observe that `function(*arguments)` raises ValueError, as the docstring promises."""
    name = getattr(function, "__name__", "your function")

    def holds() -> bool:
        try:
            function(*arguments)
        except ValueError:
            return True
        return False

    return invariant(
        f"{name} raises ValueError when {because} (the stub's first line does it for you)", holds
    )


def run_probe(
    observations: Iterable[Observation],
) -> tuple[list[Observation], list[Outcome]]:
    """Evaluate all observations of a probe; an exception is recorded and does not stop the rest.

    Returns
    -------
    list of Observation, list of Outcome
        In the same order.
    """
    evaluated: list[Observation] = []
    outcomes: list[Outcome] = []
    for observation in observations:
        evaluated.append(observation)
        try:
            with np.errstate(all="ignore"):
                outcomes.append(Outcome(value=to_plain(observation.evaluate())))
        except Exception as error:
            outcomes.append(Outcome(None, type(error).__name__, _message(error), _raised_in(error)))
    return evaluated, outcomes


def to_plain(value: Any) -> Any:
    """Reduce a result to numbers, strings, arrays, tuples and dicts, which can be stored.

    A result of any other type becomes the type's name, so it equals no right value.

    Examples
    --------
    >>> to_plain({"a": np.float64(0.5), "b": [1, "x"], "c": object()})
    {'a': 0.5, 'b': (1, 'x'), 'c': '<object>'}
    """
    if value is None or isinstance(value, bool | str | np.bool_):
        return bool(value) if isinstance(value, np.bool_) else value
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(to_plain(item) for item in value)
    try:
        array = np.asarray(value)
    except ValueError:  # rows of unequal length
        return tuple(to_plain(item) for item in value)
    if array.dtype.kind in "biufc":
        return array if array.ndim else array.item()
    if isinstance(value, list):
        return tuple(to_plain(item) for item in value)
    return f"<{type(value).__name__}>"


def difference(right: Any, given: Any, parts: Parts = None) -> str | None:
    """Describe how `given` differs from `right`, or return None if they agree.

    Both are as `to_plain` returns them. The structure of `right` decides: where it is a tuple, an
    array of the same length passes; where it is a number, a zero-dimensional array passes. The text
    never contains a value of `right`. `parts` names the parts of a result, which the text lists
    from the innermost: "dW of layer 1".

    Examples
    --------
    >>> difference((1.0, 2.0), np.array([1.0, 2.0]))
    >>> difference(np.zeros(3), np.zeros((3, 1)))
    'it is an array of shape (3, 1); expected an array of shape (3,)'
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
        items = list(given) if isinstance(given, tuple | np.ndarray) else None
        if items is None or len(items) != len(right):
            return [], f"it is {_kind(given)}; expected {len(right)} values"
        labels = list(parts or (f"value {i + 1}" for i in range(len(right))))
        inner = parts if isinstance(parts, Mapping) else {}
        pairs = zip(labels, right, items, strict=True)
        return _in_parts((label, inner.get(label), *pair) for label, *pair in pairs)
    if right is None or isinstance(right, bool | str):
        problem = None if _equal_exactly(right, given) else f"it is {_kind(given)}"
    else:
        problem = _numeric_difference(np.asarray(right), given)
    return None if problem is None else ([], problem)


def _in_parts(parts: Iterable[tuple[str, Parts, Any, Any]]) -> tuple[list[str], str] | None:
    for name, inner, right, given in parts:
        found = _first_difference(right, given, inner)
        if found is not None:
            return [name, *found[0]], found[1]
    return None


def _equal_exactly(right: Any, given: Any) -> bool:
    return type(right) is type(given) and right == given


def _numeric_difference(right: np.ndarray, given: Any) -> str | None:
    if isinstance(given, bool | str | dict | None):
        return f"it is {_kind(given)}; expected {_kind(right)}"
    try:
        array = np.asarray(given)
    except ValueError:
        return f"it is {_kind(given)}; expected {_kind(right)}"
    if array.dtype.kind not in "biufc":
        return f"it is {_kind(given)}; expected {_kind(right)}"
    if array.shape != right.shape:
        return f"it is {_kind(array)}; expected {_kind(right)}"
    finite = np.isfinite(right)
    if not np.array_equal(np.isfinite(array), finite):
        bad = int((finite & ~np.isfinite(array)).sum())
        if not bad:
            return (
                f"a finite value at index {_index(~finite & np.isfinite(array))}; expected np.inf"
            )
        return f"{bad} of its values are NaN or infinite"
    scale = np.abs(right[finite]).max(initial=0.0)
    gap = np.abs(np.where(finite, array, 0) - np.where(finite, right, 0))
    worst = float(gap.max(initial=0.0))
    allowed = RELATIVE_TOLERANCE * scale + ABSOLUTE_TOLERANCE
    if worst <= allowed:
        return None
    where = "" if gap.ndim == 0 else f" (most at index {_index(gap)})"
    wrong = "" if gap.ndim == 0 else f"{int((gap > allowed).sum())} of "
    share = f"{_percent(worst / scale)} of the largest value" if scale else f"{worst:.2g}"
    return f"{wrong}{max(gap.size, 1)} value(s) are off, by up to {share}{where}"


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share < 1 else f"{share:.2g} times the size"


def _index(gap: np.ndarray) -> Any:
    index = tuple(int(i) for i in np.unravel_index(int(gap.argmax()), gap.shape))
    return index[0] if len(index) == 1 else index


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple):
        return f"{len(value)} values"
    if isinstance(value, dict):
        return "a dictionary"
    if isinstance(value, bool | str) or value is None:
        return repr(value)
    return "a single number"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):  # arrays may differ
        return len(one) == len(other) and all(map(_same, one, other))
    return np.array_equal(np.asarray(one, dtype=object), np.asarray(other, dtype=object))


def _message(error: Exception) -> str:
    """Return the exception's first line of text and, if it came from a notebook cell, the line."""
    text = str(error).split("\n", 1)[0][:300]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if "ipykernel" in frame.filename or frame.filename.startswith("<ipython"):
            return f"{text} (line {frame.lineno} of your cell: `{frame.line}`)"
    return text


def _raised_in(error: Exception) -> str:
    """Return the name of the student's function that raised, `Value.tanh` for a method."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    frame = trace.tb_frame
    ours = str(frame.f_globals.get("__name__", "")).partition(".")[0] in ("course", "autograder")
    name = frame.f_code.co_qualname.partition(".<locals>")[0]
    return "" if ours or not name.replace(".", "").isidentifier() else name
