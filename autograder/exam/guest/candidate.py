"""The candidate: runs a student's cells and performs what tests request of their objects."""

import itertools
import json
import os
import socket
import sys
from collections.abc import Iterator
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from .channel import ClosedError, Kind, Message, ProtocolError
from .interrupts import SafeChannel
from .output_stream import OutputPublisher
from .rpc import RpcEndpoint, update_in_place
from .shell import Shell, run_cell_message, start_shell
from .values import Codec, Tag

UNBOUND = object()
"""What a name means that is bound to nothing."""


class CallbackStub:
    """A function of the test, in the candidate's hands."""

    def __init__(self, number: int, name: str, candidate: "Candidate") -> None:
        self._number = number
        self._candidate = candidate
        self.__name__ = self.__qualname__ = name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it; arguments and result are passed by value."""
        result, changed = self._candidate.rpc.request("call", self, arguments, named)
        for index, value in changed.items():
            update_in_place(arguments[index], value)
        return result

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"


class Candidate:
    """The candidate's side of an examination.

    Parameters
    ----------
    descriptor : int
        Of a connected socket.
    max_message, references : int
        How many bytes a message may have, and how many objects a test may hold.
    """

    def __init__(self, descriptor: int, max_message: int, references: int) -> None:
        self.channel = SafeChannel(socket.socket(fileno=descriptor), max_message)
        self._max_references = references
        results = Codec(self._refer, self._resolve)
        requests = Codec(self._refer_to_callback, self._resolve)
        self.rpc = RpcEndpoint(
            self.channel, results, requests, self._perform, ReferenceError, self._notice
        )
        self.shell = start_shell(Shell, OutputPublisher(self.channel))
        self._process = os.getpid()
        self._numbers = itertools.count(1)
        self._objects: dict[int, Any] = {}
        self._numbers_by_id: dict[int, int] = {}
        self._replaced: dict[str, Any] = {}  # what names meant before a test bound or deleted them

    def serve(self) -> None:
        """Handle messages until the connection is closed."""
        self.channel.send(Message(Kind.READY, 0, b""))
        while True:
            message = self.channel.receive()
            match message.kind:
                case Kind.RUN:
                    run_cell_message(self.shell, message, self.channel.run)
                case Kind.REQUEST:
                    self.rpc.respond(message)
                case _:
                    self._notice(message)
            if os.getpid() != self._process:  # a fork that returned from its cell
                os._exit(0)

    def _notice(self, message: Message) -> None:
        """Handle a message that gets no response."""
        match message.kind:
            case Kind.RELEASE:
                for number in json.loads(bytes(message.payload)):
                    self._numbers_by_id.pop(id(self._objects.pop(number, None)), None)
            case Kind.RESTORE:
                replaced, self._replaced = self._replaced, {}
                for name, value in replaced.items():
                    self._bind(name, value)

    def _perform(self, request: tuple[Any, ...]) -> Any:
        return self._operate(*request)

    def _operate(self, operation: str, *operands: Any) -> Any:
        match operation, operands:
            case "call", (function, tuple(arguments), dict(named)):
                return function(*arguments, **named)
            case "get", (target, name):
                return getattr(target, name)
            case "set", (target, name, value):
                return setattr(target, name, value)
            case "item", (target, key):
                return target[key]
            case "put", (target, key, value):
                target[key] = value
                return None
            case "len", (target,):
                return len(target)
            case "iterate", (target,):
                return _Iteration(iter(target))
            case "next", (iteration,):
                return tuple(itertools.islice(iteration.iterator, 1))
            case "contains", (target, item):
                return item in target
            case "instance", (target, kind):
                return isinstance(target, kind)
            case "name", (name,):
                return self._look_up(name)
            case "bind", (name, value):
                return self._replace(name, value)
            case "unbind", (name,):
                return self._replace(name, UNBOUND)
        raise ProtocolError(f"no such operation: {operation}")

    def _replace(self, name: str, value: Any) -> None:
        """Bind a name until the test ends, however it does."""
        self._replaced.setdefault(name, self.shell.user_ns.get(name, UNBOUND))
        self._bind(name, value)

    def _bind(self, name: str, value: Any) -> None:
        if value is UNBOUND:
            self.shell.user_ns.pop(name, None)
        else:
            self.shell.user_ns[name] = value

    def _look_up(self, name: str) -> Any:
        if name not in self.shell.user_ns:
            raise NameError(f"name {name!r} is not defined")
        value = self.shell.user_ns[name]
        if isinstance(value, ModuleType):
            raise NameError(f"name {name!r} is a module, which a test imports in a locked cell")
        return value

    def _refer_to_callback(self, value: Any) -> list[Any]:
        if type(value) is CallbackStub:
            return [Tag.YOURS, value._number]
        raise TypeError(f"a function of the test takes values, not {type(value).__name__}")

    def _refer(self, value: Any) -> list[Any]:
        if type(value) is CallbackStub:
            return self._refer_to_callback(value)
        number = self._numbers_by_id.get(id(value))
        if number is None:
            if len(self._objects) >= self._max_references:
                raise ValueError(f"more than {self._max_references} objects are in a test's hands")
            number = next(self._numbers)
            self._objects[number] = value
            self._numbers_by_id[id(value)] = number
        name = getattr(value, "__name__", None)
        name = name if type(name) is str else type(value).__name__
        return [Tag.MINE, number, _kind(value), name[:200]]

    def _resolve(self, tree: list[Any]) -> Any:
        match tree:
            case [Tag.MINE, int(number), str(name)]:
                return CallbackStub(number, name, self)
            case [Tag.YOURS, int(number)] if number in self._objects:
                return self._objects[number]
        raise ProtocolError("a reference to nothing")


class _Iteration:
    """An iterator in a test's hands; a class of its own, so that no value is taken for one."""

    def __init__(self, iterator: Iterator[Any]) -> None:
        self.iterator = iterator


def _kind(value: Any) -> str:
    if isinstance(value, type):
        return "class"
    if isinstance(value, FunctionType | BuiltinFunctionType | MethodType):
        return "function"
    return "callable" if callable(value) else "instance"


def run_candidate(descriptor: int, max_message: int, references: int) -> None:
    """Run a candidate on this descriptor; end this process when the connection is closed."""
    sys.argv = [""]
    try:
        Candidate(descriptor, max_message, references).serve()
    except ClosedError:
        os._exit(0)
