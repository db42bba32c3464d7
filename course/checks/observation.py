"""Observe an answer: call it and record the outcome."""

import copy
import functools
import linecache
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

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
    place : str
        The line of the student's cell that raised it, in words; empty if none did.
    """

    value: Any = None
    raised: str | None = None
    message: str = ""
    raised_in: str = ""
    place: str = ""


class ChangedInputError(Exception):
    """An answer wrote into its input arrays."""


class NothingReturnedError(Exception):
    """An answer returned None, as a function does that ends without a `return`."""


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


def returned(function: Callable[..., Any], expected: str) -> Callable[..., Any]:
    """Return a version of `function` that raises NothingReturnedError in place of returning None.

    `expected` is the statement that is likely to be missing, such as "return model".
    """
    name = getattr(function, "__name__", "your function")

    @functools.wraps(function, assigned=("__name__",), updated=())
    def complete(*arguments: Any, **named: Any) -> Any:
        result = function(*arguments, **named)
        if result is None:
            raise NothingReturnedError(f"{name} returns None: is `{expected}` missing?")
        return result

    return complete


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
            outcomes.append(_outcome(error))
    return evaluated, outcomes


def _outcome(error: Exception) -> Outcome:
    """Return the outcome of an observation that raised, with its message's first line."""
    message = str(error).split("\n", 1)[0][:300]
    return Outcome(None, type(error).__name__, message, _raised_in(error), _place(error))


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


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):  # arrays may differ
        return len(one) == len(other) and all(map(_same, one, other))
    return np.array_equal(np.asarray(one, dtype=object), np.asarray(other, dtype=object))


def _place(error: Exception) -> str:
    """Say which line of which notebook cell raised, and quote it; empty if none did."""
    for frame, number in reversed(list(traceback.walk_tb(error.__traceback__))):
        code = frame.f_code
        if "ipykernel" in code.co_filename or code.co_filename.startswith("<ipython"):
            function = code.co_qualname.partition(".<locals>")[0]
            named = function.replace(".", "").isidentifier()
            cell = f"the cell with {function}" if named else "a cell"
            line = linecache.getline(code.co_filename, number).strip()
            return f"line {number} of {cell}: `{line}`"
    return ""


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
