"""The candidate's objects as a test sees them: every use is a question, every answer a value."""

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.exam.inside.peer import restore

if TYPE_CHECKING:
    from autograder.exam.examiner import Wire

STEPS = 100_000
"""How many items a test takes of one iteration."""


class Remote:
    """An object of the candidate's.

    Equality, hash, truth and type are the reference's own: nothing that a comparison or NumPy would
    ask of an object is asked of the candidate's.
    """

    __slots__ = ("__weakref__", "_descent_name", "_descent_number", "_descent_wire")

    def __init__(self, wire: "Wire", number: int, name: str) -> None:
        object.__setattr__(self, "_descent_wire", wire)
        object.__setattr__(self, "_descent_number", number)
        object.__setattr__(self, "_descent_name", name)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute; those with two underscores on both sides are not asked for."""
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(f"{name} is not asked of a student's object")
        return self._descent_wire.ask("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute."""
        self._descent_wire.ask("set", self, name, value)

    def __repr__(self) -> str:
        return f"<{self._descent_name} of the notebook>"

    def __copy__(self) -> "Remote":
        return self

    def __deepcopy__(self, memory: Any) -> "Remote":
        return self

    def __reduce__(self) -> Any:
        raise TypeError("a student's object stays where it is")


class RemoteFunction(Remote):
    """A function or method of the candidate's."""

    __slots__ = ()

    @property
    def __name__(self) -> str:
        return self._descent_name

    @property
    def __globals__(self) -> "Scope":
        """The names it sees, which can be bound to others for a while."""
        return self._descent_wire.scope

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it on copies; of what it changes, generators alone are brought up to date."""
        return self._descent_wire.call(self, arguments, named, in_place=False)

    def __in_place__(self, *arguments: Any, **named: Any) -> Any:
        """Call it, and let it change its arguments as in one interpreter."""
        return self._descent_wire.call(self, arguments, named, in_place=True)


class RemoteInstance(Remote):
    """An instance of a class that is no value's."""

    __slots__ = ()

    def __len__(self) -> int:
        """Return its length."""
        return _typed(self._descent_wire.ask("len", self), int)

    def __bool__(self) -> bool:
        raise TypeError("the truth of a student's object is not taken; compare a value it holds")

    def __getitem__(self, key: Any) -> Any:
        """Return an item."""
        return self._descent_wire.ask("item", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        """Set an item."""
        self._descent_wire.ask("put", self, key, value)

    def __contains__(self, item: Any) -> bool:
        """Tell whether it holds an item."""
        return _typed(self._descent_wire.ask("has", self, item), bool)

    def __iter__(self) -> Iterator[Any]:
        """Iterate over at most `STEPS` items."""
        steps = self._descent_wire.ask("iterate", self)
        for _ in range(STEPS):
            step = _typed(self._descent_wire.ask("step", steps), tuple)
            if not step:
                return
            yield step[0]
        raise ValueError(f"more than {STEPS} items: does it ever end?")

    def __next__(self) -> Any:
        """Return the next item, where it is an iterator."""
        step = _typed(
            self._descent_wire.ask("step", self._descent_wire.ask("iterate", self)), tuple
        )
        if not step:
            raise StopIteration
        return step[0]


class RemoteCallable(RemoteInstance, RemoteFunction):
    """An instance that can be called."""

    __slots__ = ()


class RemoteClass(RemoteFunction):
    """A class of the candidate's; calling it makes an instance there."""

    __slots__ = ()

    def __instancecheck__(self, instance: Any) -> bool:
        """Ask whether an object of the candidate's is an instance."""
        if not isinstance(instance, Remote):
            return False
        return _typed(self._descent_wire.ask("instance", instance, self), bool)


KINDS: dict[str, type[Remote]] = {
    "function": RemoteFunction,
    "class": RemoteClass,
    "callable": RemoteCallable,
    "instance": RemoteInstance,
}


class Scope(MutableMapping[str, Any]):
    """The candidate's notebook namespace, as far as names are asked for."""

    def __init__(self, wire: "Wire") -> None:
        self._wire = wire

    def __getitem__(self, name: str) -> Any:
        """Return what a name is bound to."""
        try:
            return self._wire.ask("name", name)
        except NameError as error:
            raise KeyError(name) from error

    def __setitem__(self, name: str, value: Any) -> None:
        """Bind a name."""
        self._wire.ask("bind", name, value)

    def __delitem__(self, name: str) -> None:
        """Unbind a name."""
        self._wire.ask("unbind", name)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a notebook's names are not listed; ask for one")

    def __len__(self) -> int:
        raise TypeError("a notebook's names are not counted; ask for one")


def called(
    wire: "Wire", function: Remote, arguments: tuple[Any, ...], named: Any, in_place: bool
) -> Any:
    """Call a function of the candidate's and bring arguments up to date.

    A generator is, always: the next draw must not repeat what the student's function drew. Anything
    else only where the caller wants it, so that no answer can change what a test goes on with.
    """
    result, changed = wire.exchange("call", function, arguments, named)
    for index, value in changed.items():
        if not 0 <= index < len(arguments):
            continue
        if in_place or isinstance(arguments[index], np.random.Generator):
            restore(arguments[index], value)
    return result


def _typed(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, but your object gave {type(value).__name__}")
    return value
