"""The candidate's objects as a test sees them: every use is a question, every answer a value."""

import itertools
import json
import weakref
from collections.abc import Iterator, MutableMapping
from typing import Any

import numpy as np

from autograder.exam.guest.frames import Channel, Kind, Message, WireError
from autograder.exam.guest.rpc import RpcEndpoint, restore
from autograder.exam.guest.values import Codec, Tag

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


def call_remote(
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


class Wire:
    """The examiner's side of the wire.

    Parameters
    ----------
    channel : Channel
    references : int
        How many of the candidate's objects may be held at a time.
    """

    def __init__(self, channel: Channel, references: int) -> None:
        self.scope = Scope(self)
        self._channel = channel
        self._most = references
        codec, questions = Codec(self._give, self._take), Codec(self._give, self._returned)
        self._rpc = RpcEndpoint(channel, codec, questions, self._perform)
        self._held: weakref.WeakValueDictionary[int, Remote] = weakref.WeakValueDictionary()
        self._dropped: set[int] = set()
        self._numbers = itertools.count(1)
        self._callbacks: dict[int, Any] = {}

    def ask(self, *request: Any) -> Any:
        """Return the result of a request."""
        return self.exchange(*request)[0]

    def exchange(self, *request: Any) -> tuple[Any, dict[int, Any]]:
        """Return the result of a request and what it changed."""
        if self._dropped:
            numbers, self._dropped = sorted(self._dropped), set()
            self._channel.send(Message(Kind.DROP, 0, json.dumps(numbers).encode()))
        return self._rpc.ask(*request)

    def call(self, function: Remote, arguments: Any, named: Any, in_place: bool) -> Any:
        """Call a function of the candidate's."""
        return call_remote(self, function, arguments, named, in_place)

    def revoke(self) -> None:
        """Take back every function that was lent to the candidate."""
        self._callbacks.clear()

    def _perform(self, request: tuple[Any, ...]) -> Any:
        match request:
            case ("call", function, tuple(arguments), dict(named)) if self._is_callback(function):
                if not all(type(name) is str for name in named):
                    raise WireError("a keyword that is no word")
                return function(*arguments, **named)
        raise WireError("a candidate may call the functions it was lent, no more")

    def _is_callback(self, function: Any) -> bool:
        return any(function is callback for callback in (_revoked, *self._callbacks.values()))

    def _give(self, value: Any) -> list[Any]:
        if isinstance(value, Remote):
            return [Tag.YOURS, value._descent_number]
        if not callable(value) or isinstance(value, type):
            kind = type(value).__name__
            raise TypeError(f"a test passes values and functions to a student's code, not {kind}")
        number = next(self._numbers)
        self._callbacks[number] = value
        return [Tag.MINE, number, str(getattr(value, "__name__", "function"))]

    def _returned(self, tree: list[Any]) -> Any:
        match tree:
            case [Tag.YOURS, int(number)]:
                # One whose test is over is no breach: a student's object may have kept it.
                return self._callbacks.get(number, _revoked)
        raise WireError("a question carries values, and functions that were lent")

    def _take(self, tree: list[Any]) -> Any:
        match tree:
            case [Tag.YOURS, int()]:
                return self._returned(tree)
            case [Tag.MINE, int(number), str(kind), str(name)] if kind in KINDS:
                held = self._held.get(number)
                if held is None:
                    if len(self._held) >= self._most:
                        raise WireError(f"more than {self._most} references")
                    held = KINDS[kind](self, number, name[:200])
                    self._held[number] = held
                    weakref.finalize(held, self._dropped.add, number).atexit = False
                self._dropped.discard(number)
                return held
        raise WireError("a reference to nothing")


def _revoked(*_: Any, **__: Any) -> None:
    raise ReferenceError("this function was lent for one test, which is over")
