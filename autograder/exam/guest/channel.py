"""Messages between broker and interpreters: length-prefixed, over one stream socket.

A message is four bytes of length (big-endian, without these four), one byte with its kind, four
bytes with the number of the exchange that it belongs to, and a payload.
"""

import enum
import select
import socket
import struct
import time
from typing import NamedTuple, TypeVar

HEAD = struct.Struct("!IBI")
COUNTED_HEAD = HEAD.size - 4
"""Bytes of the head that the length counts."""
CHUNK = 1 << 16
"""Bytes that are read, or joined to be sent, in one system call."""


class Kind(enum.IntEnum):
    """The kinds of message, and who sends them."""

    RUN = 1  # broker to shell: a cell to run
    DONE = 2  # shell to broker: how the cell has ended
    OUTPUT = 3  # shell to broker: one output of the cell
    REQUEST = 4  # either shell to the other, by way of the broker
    RESPONSE = 5  # to a REQUEST
    REJECTED = 6  # to a malformed REQUEST or RESPONSE, or to a REQUEST that nobody can answer
    READY = 7  # shell to broker: everything is imported
    RELEASE = 8  # examiner to candidate: references that it no longer holds
    INVALIDATE = 9  # broker to examiner: names that a student's cell is about to bind
    CANCELLED = 10  # broker to shell: in place of a RESPONSE, as an interrupt
    RESTORE = 11  # examiner to candidate: names that a test has bound or deleted


class ProtocolError(Exception):
    """The other side violated the protocol; the message says how, for staff."""

    for_students = "it sent the grader something that no notebook sends"
    """What a student reads instead."""


class ClosedError(ProtocolError):
    """The other side has closed the connection."""


class DeadlineError(ProtocolError):
    """A message was not sent, or not received, before its deadline."""


KINDS = {int(kind): kind for kind in Kind}

Payload = bytearray | bytes | memoryview
Received = TypeVar("Received", bytes, int)


class Message(NamedTuple):
    """One message."""

    kind: Kind
    number: int
    payload: Payload

    def head(self) -> bytes:
        """Return the bytes before the payload."""
        return HEAD.pack(len(self.payload) + COUNTED_HEAD, self.kind, self.number)


class Channel:
    """Sends and receives messages over a socket, which it makes non-blocking.

    Parameters
    ----------
    connection : socket.socket
    max_bytes : int
        Bytes that a message may have. The head of a longer one is refused, its payload not read.
    """

    def __init__(self, connection: socket.socket, max_bytes: int) -> None:
        self._socket = connection
        self._max_bytes = max_bytes
        self._buffered = bytearray()
        self._payload: bytearray | None = None
        self._filled = 0
        self._kind_and_number = (Kind.RUN, 0)
        connection.setblocking(False)

    def fileno(self) -> int:
        """Return the descriptor, so that `select` accepts a channel."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    @property
    def pending(self) -> bool:
        """Whether a head is buffered, which `select` does not report."""
        return len(self._buffered) >= HEAD.size

    def send(self, message: Message, deadline: float | None = None) -> None:
        """Send a message; block until `deadline`, or without end if it is None.

        Raises
        ------
        ValueError
            If it is longer than `max_bytes`.
        ClosedError, DeadlineError
        """
        if len(message.payload) + COUNTED_HEAD > self._max_bytes:
            raise ValueError(
                f"{len(message.payload) / 2**20:.0f} MB are too much to pass between your code and "
                f"the test; {self._max_bytes / 2**20:.0f} MB may pass at a time"
            )
        parts: tuple[Payload, ...] = (message.head(), message.payload)
        if len(message.payload) < CHUNK:
            parts = (b"".join(parts),)
        for part in parts:
            unsent = memoryview(part)
            while unsent:
                try:
                    unsent = unsent[self._socket.send(unsent) :]
                except BlockingIOError:
                    self._wait(False, deadline)
                except (BrokenPipeError, ConnectionError) as error:
                    raise ClosedError("the connection is closed") from error

    def receive(self, deadline: float | None = None) -> Message:
        """Wait for a message.

        Raises
        ------
        ProtocolError
        """
        while True:
            message = self.poll()
            if message is not None:
                return message
            self._wait(True, deadline)

    def poll(self) -> Message | None:
        """Read what has arrived; return a message if it is complete, else None.

        Raises
        ------
        ProtocolError
        """
        try:
            payload = self._payload
            while payload is None:
                if len(self._buffered) >= HEAD.size:
                    payload = self._take_head()
                else:
                    self._buffered += _nonempty(self._socket.recv(CHUNK))
            while self._filled < len(payload):
                with memoryview(payload) as view, view[self._filled :] as unfilled:
                    self._filled += _nonempty(self._socket.recv_into(unfilled))
        except BlockingIOError:
            return None
        except ConnectionError as error:
            raise ClosedError("the connection is closed") from error
        self._payload = None
        return Message(*self._kind_and_number, payload)

    def _take_head(self) -> bytearray:
        """Parse a head; return the payload, filled with what was buffered after the head."""
        length, kind, number = HEAD.unpack_from(self._buffered)
        if not COUNTED_HEAD <= length <= self._max_bytes:
            raise ProtocolError(f"a message of {length} bytes; the limit is {self._max_bytes}")
        if kind not in KINDS:
            raise ProtocolError(f"a message of the unknown kind {kind}")
        self._kind_and_number = (KINDS[kind], number)
        there = self._buffered[HEAD.size : HEAD.size + length - COUNTED_HEAD]
        del self._buffered[: HEAD.size + len(there)]
        self._filled = len(there)
        self._payload = bytearray(length - COUNTED_HEAD)
        self._payload[: len(there)] = there
        return self._payload

    def _wait(self, reading: bool, deadline: float | None) -> None:
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise DeadlineError("no message came or went in time")
        poll = select.poll()
        poll.register(self._socket, select.POLLIN if reading else select.POLLOUT)
        poll.poll(None if left is None else left * 1000)


def _nonempty(received: Received) -> Received:
    """Return what was received; nothing means that the connection is closed."""
    if not received:
        raise ClosedError("the connection is closed")
    return received
