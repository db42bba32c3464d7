"""The candidate: runs a student's cells, and answers what a test asks of what they defined."""

import itertools
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from .frames import Channel, ClosedError, Kind, Message, WireError
from .output_stream import OutputPublisher
from .rpc import RpcEndpoint, restore
from .shell import Shell, run, start_shell
from .values import Codec, Tag


class SafeChannel(Channel):
    """A channel whose frames are sent whole, whatever thread sends and whatever signal comes."""

    def __init__(self, end: socket.socket, bound: int) -> None:
        super().__init__(end, bound)
        self.interruptible = False
        self._sending = False
        self._interrupted = False
        self._lock = threading.RLock()
        signal.signal(signal.SIGINT, self._interrupt)

    def send(self, frame: Message, deadline: float | None = None) -> None:
        """Send a frame."""
        main = threading.current_thread() is threading.main_thread()
        self._sending = self._sending or main  # signals come to the main thread only
        try:
            with self._lock:
                super().send(frame, deadline)
        finally:
            self._sending = self._sending and not main
        if main and self._interrupted and self.interruptible:
            self._interrupted = False
            raise KeyboardInterrupt

    def _interrupt(self, *_: Any) -> None:
        if self._sending:
            self._interrupted = True
        elif self.interruptible:
            raise KeyboardInterrupt


class CallbackStub:
    """A function of the test, in the candidate's hands."""

    def __init__(self, number: int, name: str, candidate: "Candidate") -> None:
        self._number = number
        self._candidate = candidate
        self.__name__ = self.__qualname__ = name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it; arguments and result go by value."""
        result, changed = self._candidate.peer.ask("call", self, arguments, named)
        for index, value in changed.items():
            restore(arguments[index], value)
        return result

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"


class Candidate:
    """Everything of a candidate's side.

    Parameters
    ----------
    descriptor : int
        Of a connected socket.
    message, references : int
        Bytes of a message, and objects that a test may hold, at most.
    """

    def __init__(self, descriptor: int, message: int, references: int) -> None:
        self.channel = SafeChannel(socket.socket(fileno=descriptor), message)
        self._most = references
        codec, questions = Codec(self._give, self._take), Codec(self._give_back, self._take)
        self.peer = RpcEndpoint(self.channel, codec, questions, self._perform)
        self.shell = start_shell(Shell, OutputPublisher(self.channel))
        self._process = os.getpid()
        self._numbers = itertools.count(1)
        self._objects: dict[int, Any] = {}
        self._known: dict[int, int] = {}

    def serve(self) -> None:
        """Do what is asked until nobody asks any more."""
        self.channel.send(Message(Kind.READY, 0, b""))
        while True:
            frame = self.channel.receive()
            match frame.kind:
                case Kind.RUN:
                    self._interruptible(run, self.shell, frame)
                case Kind.ASK:
                    self.peer.answer(frame)
                case Kind.DROP:
                    for number in json.loads(bytes(frame.payload)):
                        self._known.pop(id(self._objects.pop(number, None)), None)
            if os.getpid() != self._process:  # a fork that came back from its cell
                os._exit(0)

    def _interruptible(self, function: Callable[..., Any], *arguments: Any) -> Any:
        before, self.channel.interruptible = self.channel.interruptible, True
        try:
            return function(*arguments)
        finally:
            self.channel.interruptible = before

    def _perform(self, request: tuple[Any, ...]) -> Any:
        return self._interruptible(self._performed, *request)

    def _performed(self, operation: str, *parts: Any) -> Any:
        match operation, parts:
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
                return _Steps(iter(target))
            case "step", (steps,):
                return tuple(itertools.islice(steps.iterator, 1))
            case "has", (target, item):
                return item in target
            case "instance", (target, kind):
                return isinstance(target, kind)
            case "name", (name,):
                return self._named(name)
            case "bind", (name, value):
                self.shell.user_ns[name] = value
                return None
            case "unbind", (name,):
                self.shell.user_ns.pop(name, None)
                return None
        raise WireError(f"no such operation: {operation}")

    def _named(self, name: str) -> Any:
        if name not in self.shell.user_ns:
            raise NameError(f"name {name!r} is not defined")
        value = self.shell.user_ns[name]
        if isinstance(value, ModuleType):
            raise NameError(f"name {name!r} is a module, which a test imports in a locked cell")
        return value

    def _give_back(self, value: Any) -> list[Any]:
        if type(value) is CallbackStub:
            return [Tag.YOURS, value._number]
        raise TypeError(f"a function of the test takes values, not {type(value).__name__}")

    def _give(self, value: Any) -> list[Any]:
        if type(value) is CallbackStub:
            return self._give_back(value)
        number = self._known.get(id(value))
        if number is None:
            if len(self._objects) >= self._most:
                raise ValueError(f"more than {self._most} objects are in a test's hands")
            number = next(self._numbers)
            self._objects[number] = value
            self._known[id(value)] = number
        name = getattr(value, "__name__", None)
        name = name if type(name) is str else type(value).__name__
        return [Tag.MINE, number, _kind(value), name[:200]]

    def _take(self, tree: list[Any]) -> Any:
        match tree:
            case [Tag.MINE, int(number), str(name)]:
                return CallbackStub(number, name, self)
            case [Tag.YOURS, int(number)] if number in self._objects:
                return self._objects[number]
        raise WireError("a reference to nothing")


class _Steps:
    """An iterator in a test's hands; a class of its own, so that no value is taken for one."""

    def __init__(self, iterator: Any) -> None:
        self.iterator = iterator


def _kind(value: Any) -> str:
    if isinstance(value, type):
        return "class"
    if isinstance(value, FunctionType | BuiltinFunctionType | MethodType):
        return "function"
    return "callable" if callable(value) else "instance"


def serve(descriptor: int, message: int, references: int) -> None:
    """Be a `Candidate` on this descriptor, and end this process when the broker is gone."""
    sys.argv = [""]
    try:
        Candidate(descriptor, message, references).serve()
    except ClosedError:
        os._exit(0)
