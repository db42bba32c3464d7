"""One side of the wire: asks, answers while it waits, and passes what a call changed.

Both sides take turns: whoever asks waits for the answer, and may be asked meanwhile. So there is
always one that runs and one that waits, and an answer belongs to the question asked last.
"""

import hashlib
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from . import errors
from .frames import Channel, Kind, Message, WireError
from .values import Codec

SMALL = 1 << 14
"""Bytes of an array that a copy of it is compared with, which is quicker than a hash."""
MUTABLE = (np.ndarray, list, dict, set, np.random.Generator)


class EndedError(RuntimeError):
    """The candidate has ended: it died, was stopped, or did not keep to the protocol."""


class RpcEndpoint:
    """Speaks the protocol over a channel.

    Parameters
    ----------
    channel : Channel
    codec : Codec
        Of answers.
    questions : Codec
        Of questions, the own ones and the other side's.
    perform : callable
        Takes a request (the name of an operation and what it works on), returns its result. What
        it raises goes to the other side, unless it is a WireError.
    """

    def __init__(
        self,
        channel: Channel,
        codec: Codec,
        questions: Codec,
        perform: Callable[[tuple[Any, ...]], Any],
    ) -> None:
        self.channel = channel
        self._codec = codec
        self._questions = questions
        self._perform = perform
        self._numbers = itertools.count(1)
        self._abandoned: set[int] = set()

    def ask(self, *request: Any) -> tuple[Any, dict[int, Any]]:
        """Return the result of a request and, for a call, the arguments that it changed.

        Raises
        ------
        EndedError
            If the candidate has ended.
        Exception
            Whatever the other side raised, as its built-in class.
        """
        number = next(self._numbers)
        self.channel.send(Message(Kind.ASK, number, self._questions.encode(request)))
        while True:
            try:
                frame = self.channel.receive()
            except BaseException:  # interrupted: the answer will come to nobody
                self._abandoned.add(number)
                raise
            match frame.kind:
                case Kind.ANSWER if frame.number == number:
                    return self._open(frame)
                case Kind.ANSWER if frame.number in self._abandoned:
                    self._abandoned.discard(frame.number)
                case Kind.ASK:
                    self.answer(frame)
                case Kind.REFUSED:
                    raise EndedError(bytes(frame.payload).decode(errors="replace"))
                case _:
                    raise WireError(f"{frame.kind.name} while an answer was waited for")

    def answer(self, frame: Message) -> None:
        """Do what an ASK wants and send the answer."""
        try:
            request = self._questions.decode(frame.payload)
            if type(request) is not tuple or not request or type(request[0]) is not str:
                raise WireError("a request that is none")
        except WireError as error:
            self._refuse(frame.number, error)
            return
        try:
            answer: Any = ("value", *self._performed(request))
            payload = self._codec.encode(answer)
        except WireError as error:
            self._refuse(frame.number, error)
            return
        except BaseException as error:
            payload = self._codec.encode(("raised", *errors.told(error)))
        try:
            self.channel.send(Message(Kind.ANSWER, frame.number, payload))
        except ValueError as error:  # longer than a message may be
            payload = self._codec.encode(("raised", *errors.told(error)))
            self.channel.send(Message(Kind.ANSWER, frame.number, payload))

    def _performed(self, request: tuple[Any, ...]) -> tuple[Any, dict[int, Any]]:
        if request[0] != "call":
            return self._perform(request), {}
        arguments = request[2] if len(request) == 4 and type(request[2]) is tuple else ()
        watched = {i: a for i, a in enumerate(arguments) if isinstance(a, MUTABLE)}
        before = {i: self._digest(argument) for i, argument in watched.items()}
        result = self._perform(request)
        changed = {i: a for i, a in watched.items() if self._digest(a) != before[i]}
        return result, changed

    def _digest(self, value: Any) -> Any:
        """Return what is another one when a value has changed."""
        if type(value) is np.ndarray and value.nbytes < SMALL:
            return value.shape, value.dtype, value.flags.writeable, value.tobytes()
        try:
            return hashlib.blake2b(self._codec.encode(value), digest_size=16).digest()
        except (TypeError, ValueError) as error:  # something was put in that cannot be passed
            return str(error).encode()

    def _open(self, frame: Message) -> tuple[Any, dict[int, Any]]:
        try:
            answer = self._codec.decode(frame.payload)
            match answer:
                case ("value", result, dict(changed)) if all(type(i) is int for i in changed):
                    return result, changed
                case ("raised", *parts):
                    raised = errors.rebuilt(*parts)
                case _:
                    raise WireError("an answer that is none")
        except WireError as error:
            self._refuse(frame.number, error)
            raise EndedError(f"your notebook broke the protocol ({error})") from None
        raise raised

    def _refuse(self, number: int, error: WireError) -> None:
        self.channel.send(Message(Kind.REFUSED, number, str(error)[:500].encode()))


def restore(old: Any, new: Any) -> Any:
    """Make `old` what `new` is, in place where that can be; return what stands for it now."""
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        if old.shape == new.shape and old.dtype == new.dtype and old.flags.writeable:
            old[...] = new
            return old
    elif isinstance(old, list) and isinstance(new, list):
        old[:] = [
            *(restore(*pair) for pair in zip(old, new, strict=False)),
            *new[len(old) :],
        ]
        return old
    elif isinstance(old, dict) and isinstance(new, dict):
        merged = {key: restore(old[key], new[key]) if key in old else new[key] for key in new}
        old.clear()
        old.update(merged)
        return old
    elif isinstance(old, set) and isinstance(new, set):
        old.clear()
        old.update(new)
        return old
    elif isinstance(old, np.random.Generator) and isinstance(new, np.random.Generator):
        if type(old.bit_generator) is type(new.bit_generator):
            old.bit_generator.state = new.bit_generator.state
        return old
    return new
