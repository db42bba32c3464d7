"""One end of a re-entrant remote procedure call: requests, responses, and changed arguments.

The two ends take turns: while one waits for a response it may get requests itself. So always one
runs and one waits, and a response belongs to the request that was sent last. An interrupt never
ends the wait: the end that runs is interrupted, or the broker cancels the request.
"""

import hashlib
import itertools
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from . import errors, generators
from .channel import Kind, Message, ProtocolError
from .interrupts import SafeChannel
from .values import Codec

COMPARED_WHOLE = 1 << 14
"""Bytes of an array up to which a copy is compared with it, which is faster than a hash."""
MUTABLE = (np.ndarray, list, dict, set, np.random.Generator)


class StoppedError(RuntimeError):
    """The other interpreter has ended, or the test is out of time; the message is for students."""


class RpcEndpoint:
    """Sends requests over a channel and serves those of the other end.

    Parameters
    ----------
    channel : SafeChannel
    response_codec, request_codec : Codec
        For responses and for requests, in both directions.
    perform : callable
        Takes a request (the name of an operation and its operands), returns the result. What it
        raises is sent to the other end, except a ProtocolError, which rejects the request.
    rejection : type of Exception
        What `request` raises when it is rejected.
    on_notice : callable or None
        Takes a message of another kind that arrives while `request` waits; None if none may.
    """

    def __init__(
        self,
        channel: SafeChannel,
        response_codec: Codec,
        request_codec: Codec,
        perform: Callable[[tuple[Any, ...]], Any],
        rejection: type[Exception],
        on_notice: Callable[[Message], None] | None = None,
    ) -> None:
        self.channel = channel
        self._response_codec = response_codec
        self._request_codec = request_codec
        self._perform = perform
        self._rejection = rejection
        self._on_notice = on_notice
        self._numbers = itertools.count(1)
        self._turn = threading.RLock()  # one thread at a time may ask
        self._may_ask = False

    def request(self, *operation: Any) -> tuple[Any, dict[int, Any]]:
        """Return the result of an operation and, for a call, the arguments that it changed.

        Raises
        ------
        Exception
            What the other end raised, as its built-in class; `rejection` if it did not perform it.
        KeyboardInterrupt
            If the broker cancelled it.
        """
        with self.channel.shut(), self._turn:
            if not self._may_ask:
                raise self._rejection("this function belongs to a test that is over")
            number = next(self._numbers)
            self.channel.send(Message(Kind.REQUEST, number, self._request_codec.encode(operation)))
            return self._await_response(number)

    def _await_response(self, number: int) -> tuple[Any, dict[int, Any]]:
        while True:
            message = self.channel.receive()
            match message.kind:
                case Kind.REQUEST:
                    self.respond(message)
                case Kind.RESPONSE if message.number == number:
                    return self._unpack(message)
                case Kind.REJECTED if message.number == number:
                    raise self._rejection(bytes(message.payload).decode(errors="replace"))
                case Kind.CANCELLED if message.number == number:
                    raise KeyboardInterrupt
                case _ if self._on_notice:
                    self._on_notice(message)
                case _:
                    raise ProtocolError(f"{message.kind.name} in place of a response")

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function that SIGINT interrupts and that may make requests, as no other may."""
        before = self._may_ask
        try:
            self._may_ask = True
            return self.channel.run(function, *arguments)
        finally:
            with self._turn:  # another thread may be waiting for a response
                self._may_ask = before

    def respond(self, message: Message) -> None:
        """Perform a REQUEST and send the response."""
        self.channel.arm()
        try:
            request = self._request_codec.decode(message.payload)
            if type(request) is not tuple or not request or type(request[0]) is not str:
                raise ProtocolError("a request without an operation")
        except ProtocolError as error:
            self._reject(message.number, error)
            return
        try:
            response: Any = ("value", *self._perform_and_compare(request))
            payload = self._response_codec.encode(response)
        except ProtocolError as error:
            self._reject(message.number, error)
            return
        except BaseException as error:
            payload = self._response_codec.encode(("raised", *errors.to_parts(error)))
        try:
            self.channel.send(Message(Kind.RESPONSE, message.number, payload))
        except ValueError as error:  # longer than a message may be
            payload = self._response_codec.encode(("raised", *errors.to_parts(error)))
            self.channel.send(Message(Kind.RESPONSE, message.number, payload))

    def _perform_and_compare(self, request: tuple[Any, ...]) -> tuple[Any, dict[int, Any]]:
        if request[0] != "call":
            return self.run(self._perform, request), {}
        arguments = request[2] if len(request) == 4 and type(request[2]) is tuple else ()
        watched = {i: a for i, a in enumerate(arguments) if isinstance(a, MUTABLE)}
        before = {i: self._digest(argument) for i, argument in watched.items()}
        result = self.run(self._perform, request)
        changed = {i: a for i, a in watched.items() if self._digest(a) != before[i]}
        return result, changed

    def _digest(self, value: Any) -> Any:
        """Return something that differs when the value has changed."""
        if type(value) is np.ndarray and value.nbytes < COMPARED_WHOLE:
            return value.shape, value.dtype, value.flags.writeable, value.tobytes()
        try:
            return hashlib.blake2b(self._response_codec.encode(value), digest_size=16).digest()
        except (TypeError, ValueError) as error:  # it has come to hold what cannot be passed
            return str(error).encode()

    def _unpack(self, message: Message) -> tuple[Any, dict[int, Any]]:
        try:
            response = self._response_codec.decode(message.payload)
            match response:
                case ("value", result, dict(changed)) if all(type(i) is int for i in changed):
                    return result, changed
                case ("raised", *parts):
                    raised = errors.from_parts(*parts)
                case _:
                    raise ProtocolError("a response that is neither a value nor an exception")
        except ProtocolError as error:
            if not issubclass(self._rejection, StoppedError):
                raise self._rejection("its result cannot be passed to your code") from None
            self._reject(message.number, error)  # by which the broker knows, and stops the sender
            text = f"your notebook's interpreter was stopped: {error.for_students}"
            raise StoppedError(text) from None
        raise raised

    def _reject(self, number: int, error: ProtocolError) -> None:
        self.channel.send(Message(Kind.REJECTED, number, str(error)[:500].encode()))


def update_in_place(old: Any, new: Any) -> Any:
    """Make `old` equal to `new`, in place if possible; return the updated object."""
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        if old.shape == new.shape and old.dtype == new.dtype and old.flags.writeable:
            old[...] = new
            return old
    elif isinstance(old, list) and isinstance(new, list):
        old[:] = [
            *(update_in_place(*pair) for pair in zip(old, new, strict=False)),
            *new[len(old) :],
        ]
        return old
    elif isinstance(old, dict) and isinstance(new, dict):
        merged = {
            key: update_in_place(old[key], value) if key in old else value
            for key, value in new.items()
        }
        old.clear()
        old.update(merged)
        return old
    elif isinstance(old, set) and isinstance(new, set):
        old.clear()
        old.update(new)
        return old
    elif isinstance(old, np.random.Generator) and isinstance(new, np.random.Generator):
        generators.update(old, new)
        return old
    return new
