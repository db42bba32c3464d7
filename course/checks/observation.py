"""Watch an answer at work: call it, note what it gives, compare two such notes."""

import copy
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

RELATIVE_TOLERANCE = 1e-6
"""Two right answers may add in another order; no catalogued mistake is this small."""
ABSOLUTE_TOLERANCE = 1e-12
"""What rounding may leave where zero is right."""

Parts = Mapping[str, Any] | Sequence[str] | None
"""Words for the parts of a result, in their order; a mapping goes on to the parts of a part."""


@dataclass(frozen=True)
class Observation:
    """One thing to look at in an answer.

    Attributes
    ----------
    what : str
        A call ("gradient(X (5, 3), y (5,), theta (3,))") or, for a law, the sentence that holds.
    take : callable
        Takes no argument, returns the value to note; may raise.
    law : bool
        Whether the value is the truth of `what`.
    parts : mapping, sequence or None
        What the reader calls the parts of the value: a word for each, and for parts that have parts
        of their own a mapping from that word to theirs.
    """

    what: str
    take: Callable[[], Any]
    law: bool = False
    parts: Parts = None


@dataclass(frozen=True)
class Seen:
    """What an observation gave: a value, or the exception that came instead.

    Attributes
    ----------
    value : Any
    raised, said : str or None, str
        The exception's kind and words.
    within : str
        The function of the student's that raised it; empty where that is not known.
    """

    value: Any = None
    raised: str | None = None
    said: str = ""
    within: str = ""


class ChangedInputError(Exception):
    """An answer wrote into the arrays it was given."""


def describe(value: Any) -> str:
    """Say what an argument is in a few characters: shapes for arrays, values for the rest."""
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
    """Observe `function(**arguments)` on copies, and that it leaves those copies as they were.

    Arguments are passed by position, in the order given, as a student would. `by` names the
    function where it is not its own name that the reader knows; `parts` names those of its result.
    """
    name = by or getattr(function, "__name__", "your function")
    shown = ", ".join(f"{key} {describe(value)}" for key, value in arguments.items())

    def take() -> Any:
        given = copy.deepcopy(arguments)
        result = _in_place(function)(*given.values())
        for key, value in arguments.items():
            if isinstance(value, np.ndarray | list | tuple) and not _same(given[key], value):
                raise ChangedInputError(f"{name} changes its input {key}; work on a copy")
        return copy.deepcopy(result)

    return Observation(f"{name}({shown})", take, parts=parts)


def leaves(function: Callable[..., Any], *arguments: Any) -> bool:
    """Tell whether a call leaves the arrays and lists it is given as they were; it gets copies."""
    given = copy.deepcopy(arguments)
    _in_place(function)(*given)
    pairs = zip(given, arguments, strict=True)
    return all(_same(*pair) for pair in pairs if isinstance(pair[1], np.ndarray | list))


def _in_place(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return what calls a function so that it is seen what it does to its arguments.

    A function in another interpreter works on copies anyway, and says what it does to them only
    when it is asked to.
    """
    return getattr(function, "__in_place__", function)


def law(sentence: str, holds: Callable[[], Any]) -> Observation:
    """Observe whether a law holds; `sentence` is what a student reads when it does not."""
    return Observation(sentence, lambda: bool(holds()), law=True)


def refuses(function: Callable[..., Any], because: str, *arguments: Any) -> Observation:
    """Observe that `function(*arguments)` raises ValueError, as the docstring promises."""
    name = getattr(function, "__name__", "your function")

    def holds() -> bool:
        try:
            function(*arguments)
        except ValueError:
            return True
        return False

    return law(
        f"{name} raises ValueError when {because} (the stub's first line does it for you)", holds
    )


def watch(observations: Iterable[Observation]) -> tuple[list[Observation], list[Seen]]:
    """Take all observations, noting exceptions instead of stopping at them."""
    taken, notes = [], []
    for observation in observations:
        taken.append(observation)
        try:
            with np.errstate(all="ignore"):
                notes.append(Seen(value=plain(observation.take())))
        except Exception as error:
            notes.append(Seen(None, type(error).__name__, _said(error), _within(error)))
    return taken, notes


def plain(value: Any) -> Any:
    """Reduce a result to numbers, strings, arrays, tuples and dicts, so that it can be stored.

    A result of any other kind becomes its type's name: it is compared with nothing.
    """
    if value is None or isinstance(value, bool | str | np.bool_):
        return bool(value) if isinstance(value, np.bool_) else value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    try:
        array = np.asarray(value)
    except ValueError:  # rows of unequal length
        return tuple(plain(item) for item in value)
    if array.dtype.kind in "biufc":
        return array if array.ndim else array.item()
    if isinstance(value, list):
        return tuple(plain(item) for item in value)
    return f"<{type(value).__name__}>"


def difference(right: Any, given: Any, parts: Parts = None) -> str | None:
    """Say how `given` differs from `right`, or None where they agree.

    The structure of `right` decides: where it is a tuple a list of as many items will do, where it
    is a number a zero-dimensional array will. No value of `right` is told. `parts` names the parts
    of a result, from the inmost: "dW of layer 1".
    """
    found = _first_difference(right, given, parts)
    if found is None:
        return None
    where, told = found
    return f"{' of '.join(reversed(where))}: {told}" if where else told


def agree(right: Seen, given: Seen) -> bool:
    """Tell whether two notes say the same: equal values, or exceptions of one kind."""
    if right.raised or given.raised:
        return right.raised == given.raised
    return difference(right.value, given.value) is None


def _first_difference(right: Any, given: Any, parts: Parts) -> tuple[list[str], str] | None:
    """Return where two values first differ, from the outermost part, and how."""
    if isinstance(right, dict):
        if not isinstance(given, dict):
            return [], f"it is {_kind(given)}; expected a dictionary"
        if right.keys() != given.keys():
            return [], f"its keys are {sorted(given)}; expected {sorted(right)}"
        words = parts if isinstance(parts, Mapping) else {}
        return _in_parts(
            (words.get(key, f"entry {key!r}"), None, right[key], given[key]) for key in right
        )
    if parts and isinstance(right, np.ndarray) and len(parts) == len(right):
        right = tuple(right)  # parts of one shape came as one array
    if isinstance(right, tuple):
        items = list(given) if isinstance(given, tuple | np.ndarray) else None
        if items is None or len(items) != len(right):
            return [], f"it is {_kind(given)}; expected {len(right)} values"
        words = list(parts or (f"value {i + 1}" for i in range(len(right))))
        inner = parts if isinstance(parts, Mapping) else {}
        pairs = zip(words, right, items, strict=True)
        return _in_parts((word, inner.get(word), *pair) for word, *pair in pairs)
    if right is None or isinstance(right, bool | str):
        told = None if _equal_word(right, given) else f"it is {_kind(given)}"
    else:
        told = _numeric_difference(np.asarray(right), given)
    return None if told is None else ([], told)


def _in_parts(parts: Iterable[tuple[str, Parts, Any, Any]]) -> tuple[list[str], str] | None:
    for word, inner, right, given in parts:
        found = _first_difference(right, given, inner)
        if found is not None:
            return [word, *found[0]], found[1]
    return None


def _equal_word(right: Any, given: Any) -> bool:
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
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):  # also of unlike arrays
        return len(one) == len(other) and all(map(_same, one, other))
    return np.array_equal(np.asarray(one, dtype=object), np.asarray(other, dtype=object))


def _said(error: Exception) -> str:
    """Return the exception's own words and, where it was raised in a notebook cell, the line."""
    text = str(error).split("\n", 1)[0][:300]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if "ipykernel" in frame.filename or frame.filename.startswith("<ipython"):
            return f"{text} (line {frame.lineno} of your cell: `{frame.line}`)"
    return text


def _within(error: Exception) -> str:
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
