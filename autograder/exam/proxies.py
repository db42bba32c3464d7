"""Proxies of the candidate's objects: each use is a request, and the response a value."""

import functools
import itertools
import json
import weakref
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, TypeVar

import numpy as np

from autograder.exam.guest.channel import Kind, Message, ProtocolError
from autograder.exam.guest.interrupts import SafeChannel
from autograder.exam.guest.rpc import RpcEndpoint, StoppedError, update_in_place
from autograder.exam.guest.values import Codec, Tag

MAX_ITEMS = 100_000
"""How many items a test takes of one iteration."""

T = TypeVar("T")


class Proxy:
    """Stands for an object of the candidate's.

    Equality, hash, truth and type are the proxy's own: what a comparison or NumPy looks up on an
    object never reaches the candidate's.
    """

    __slots__ = ("__weakref__", "_descent_client", "_descent_name", "_descent_number")

    _descent_client: "CandidateClient"
    _descent_name: str
    _descent_number: int

    def __init__(self, client: "CandidateClient", number: int, name: str) -> None:
        object.__setattr__(self, "_descent_client", client)
        object.__setattr__(self, "_descent_number", number)
        object.__setattr__(self, "_descent_name", name)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute; special methods are never requested."""
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(f"a test cannot use {name} of an object of your notebook")
        return self._descent_client.request("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute."""
        self._descent_client.request("set", self, name, value)

    def __repr__(self) -> str:
        return f"<{self._descent_name} of the notebook>"

    def __copy__(self) -> "Proxy":
        return self

    def __deepcopy__(self, memory: Any) -> "Proxy":
        return self

    def __reduce__(self) -> Any:
        raise TypeError("an object of your notebook cannot be stored")


class FunctionProxy(Proxy):
    """A function or method of the candidate's."""

    __slots__ = ()

    @property
    def __name__(self) -> str:
        return self._descent_name

    @property
    def __globals__(self) -> "Namespace":
        """The names that it sees; a test may rebind them for a while."""
        return self._descent_client.namespace

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it with copies; of the caller's arguments only generators are updated."""
        return self._descent_client.call(self, arguments, named, in_place=False)

    def __in_place__(self, *arguments: Any, **named: Any) -> Any:
        """Call it, and let it change its arguments as within one interpreter."""
        return self._descent_client.call(self, arguments, named, in_place=True)


class InstanceProxy(Proxy):
    """An instance that cannot be passed by value."""

    __slots__ = ()

    def __len__(self) -> int:
        """Return its length."""
        return _require(self._descent_client.request("len", self), int)

    def __bool__(self) -> bool:
        raise TypeError("a test cannot use your object as a truth value: give a number or a bool")

    def __getitem__(self, key: Any) -> Any:
        """Return an item."""
        return self._descent_client.request("item", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        """Set an item."""
        self._descent_client.request("put", self, key, value)

    def __contains__(self, item: Any) -> bool:
        """Tell whether it holds an item."""
        return _require(self._descent_client.request("contains", self, item), bool)

    def __iter__(self) -> Iterator[Any]:
        """Iterate over at most `MAX_ITEMS` items."""
        iterator = self._descent_client.request("iterate", self)
        for _ in range(MAX_ITEMS):
            step = _require(self._descent_client.request("next", iterator), tuple)
            if not step:
                return
            yield step[0]
        raise ValueError(f"more than {MAX_ITEMS} items: does it ever end?")

    def __next__(self) -> Any:
        """Return the next item, if it is an iterator."""
        iterator = self._descent_client.request("iterate", self)
        step = _require(self._descent_client.request("next", iterator), tuple)
        if not step:
            raise StopIteration
        return step[0]


class CallableProxy(InstanceProxy, FunctionProxy):
    """An instance that can be called."""

    __slots__ = ()


class ClassProxy(FunctionProxy):
    """A class of the candidate's; a call makes an instance there."""

    __slots__ = ()

    def __instancecheck__(self, instance: Any) -> bool:
        """Ask the candidate whether an object of its own is an instance."""
        if not isinstance(instance, Proxy):
            return False
        return _require(self._descent_client.request("instance", instance, self), bool)


KINDS: dict[str, type[Proxy]] = {
    "function": FunctionProxy,
    "class": ClassProxy,
    "callable": CallableProxy,
    "instance": InstanceProxy,
}
"""Classes of proxies by the kind of object that the candidate reports."""


@functools.lru_cache(maxsize=256)
def proxy_class(kind: str, name: str) -> type[Proxy]:
    """Return the class of an object's proxy, which bears the name of the object's own class.

    Errors and checks quote that name: a student knows their own class, not ours.
    """
    own = {"function": "function", "class": "type"}.get(kind, name)
    return type(own if own.isidentifier() else "object", (KINDS[kind],), {"__slots__": ()})


class Namespace(MutableMapping[str, Any]):
    """The names of the candidate's notebook, one at a time."""

    def __init__(self, client: "CandidateClient") -> None:
        self._client = client

    def __getitem__(self, name: str) -> Any:
        """Return what a name is bound to."""
        try:
            return self._client.request("name", name)
        except NameError as error:
            raise KeyError(name) from error

    def __setitem__(self, name: str, value: Any) -> None:
        """Bind a name."""
        self._client.request("bind", name, value)

    def __delitem__(self, name: str) -> None:
        """Unbind a name."""
        self._client.request("unbind", name)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a notebook's names cannot be listed; look up one")

    def __len__(self) -> int:
        raise TypeError("a notebook's names cannot be counted; look up one")


class CandidateClient:
    """The examiner's end of the connection: sends requests, keeps proxies and callbacks.

    Parameters
    ----------
    channel : SafeChannel
    references : int
        How many of the candidate's objects may be held at a time.
    """

    def __init__(self, channel: SafeChannel, references: int) -> None:
        self.namespace = Namespace(self)
        self._channel = channel
        self._max_references = references
        results = Codec(self._refer, self._resolve)
        requests = Codec(self._refer, self._resolve_callback)
        self._rpc = RpcEndpoint(channel, results, requests, self._perform, StoppedError)
        self._proxies: weakref.WeakValueDictionary[int, Proxy] = weakref.WeakValueDictionary()
        self._released: set[int] = set()
        self._numbers = itertools.count(1)
        self._callbacks: dict[int, Any] = {}
        self._has_replaced = False

    def request(self, *operation: Any) -> Any:
        """Return the result of an operation on the candidate's side."""
        return self._exchange(*operation)[0]

    def _exchange(self, *operation: Any) -> tuple[Any, dict[int, Any]]:
        """Return the result of an operation, and the arguments that it changed."""
        with self._channel.shut():
            if self._released:
                # Emptied in place: the finalizers of all proxies add to this one set, at any time.
                numbers = sorted(self._released.pop() for _ in range(len(self._released)))
                self._channel.send(Message(Kind.RELEASE, 0, json.dumps(numbers).encode()))
            self._has_replaced |= operation[0] in ("bind", "unbind")
            return self._rpc.request(*operation)

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function that may make requests and that SIGINT interrupts."""
        return self._rpc.run(function, *arguments)

    def call(
        self, function: Proxy, arguments: tuple[Any, ...], named: dict[str, Any], in_place: bool
    ) -> Any:
        """Call a function of the candidate's and update the arguments that it changed.

        Generators are always updated: the next draw must not repeat what the student's function
        drew. Other arguments only if `in_place`, so that no answer can change the values that a
        test goes on with.
        """
        result, changed = self._exchange("call", function, arguments, named)
        for index, value in changed.items():
            if not 0 <= index < len(arguments):
                continue
            if in_place or isinstance(arguments[index], np.random.Generator):
                update_in_place(arguments[index], value)
        return result

    def end_test(self) -> None:
        """Revoke every function that the candidate was given, and restore its names.

        A test that is stopped has no time left to restore them itself.
        """
        self._callbacks.clear()
        if self._has_replaced:
            self._has_replaced = False
            self._channel.send(Message(Kind.RESTORE, 0, b""))

    def _perform(self, operation: tuple[Any, ...]) -> Any:
        match operation:
            case ("call", function, tuple(arguments), dict(named)) if self._is_callback(function):
                if not all(type(name) is str for name in named):
                    raise ProtocolError("a keyword that is not a string")
                return function(*arguments, **named)
        raise ProtocolError("a candidate may call the callbacks that it was given, nothing else")

    def _is_callback(self, function: Any) -> bool:
        return any(function is callback for callback in (_raise_revoked, *self._callbacks.values()))

    def _refer(self, value: Any) -> list[Any]:
        if isinstance(value, Proxy):
            return [Tag.YOURS, value._descent_number]
        if not callable(value) or isinstance(value, type):
            kind = type(value).__name__
            raise TypeError(f"a test passes values and functions to a student's code, not {kind}")
        number = next(self._numbers)
        self._callbacks[number] = value
        return [Tag.MINE, number, str(getattr(value, "__name__", "function"))]

    def _resolve_callback(self, tree: list[Any]) -> Any:
        match tree:
            case [Tag.YOURS, int(number)]:
                # One of an earlier test is no violation: a student's object may have kept it.
                return self._callbacks.get(number, _raise_revoked)
        raise ProtocolError("a request carries values and callbacks")

    def _resolve(self, tree: list[Any]) -> Any:
        match tree:
            case [Tag.YOURS, int()]:
                return self._resolve_callback(tree)
            case [Tag.MINE, int(number), str(kind), str(name)] if kind in KINDS:
                proxy = self._proxies.get(number)
                if proxy is None:
                    if len(self._proxies) >= self._max_references:
                        raise ProtocolError(f"more than {self._max_references} references")
                    proxy = proxy_class(kind, name[:200])(self, number, name[:200])
                    self._proxies[number] = proxy
                    weakref.finalize(proxy, self._released.add, number).atexit = False
                self._released.discard(number)
                return proxy
        raise ProtocolError("a reference to nothing")


def _require(value: Any, kind: type[T]) -> T:
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, but your object gave {type(value).__name__}")
    return value


def _raise_revoked(*_: Any, **__: Any) -> None:
    raise ReferenceError("this function belongs to a test that is over")
