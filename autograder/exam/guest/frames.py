"""Frames: what goes over the descriptor, one after the other.

A frame is four bytes of length (big-endian, without these four), one byte that says its kind, four
bytes with the number of the exchange it belongs to, and a payload.
"""

import enum
import select
import socket
import struct
import time
from typing import Any, NamedTuple

HEAD = struct.Struct("!IBI")
EXTRA = HEAD.size - 4
"""Bytes of the head that the length counts."""
AT_ONCE = 1 << 16
"""Bytes that are read, or joined to be sent, in one call."""


class Kind(enum.IntEnum):
    """The kinds of frame, and who sends them."""

    RUN = 1  # broker to shell: a cell to run
    DONE = 2  # shell to broker: the cell has ended, and how
    OUTPUT = 3  # shell to broker: one output of the cell
    ASK = 4  # either shell to the other, by way of the broker
    ANSWER = 5  # the reply to ASK
    REFUSED = 6  # the reply of one that found ASK or ANSWER malformed
    READY = 7  # shell to broker: everything is imported
    DROP = 8  # examiner to candidate: references no longer held
    FORGET = 9  # broker to examiner: names that a student's cell has bound anew


class WireError(Exception):
    """The other side did not keep to the protocol; the message says how."""


class ClosedError(WireError):
    """The other side is gone."""


class LateError(WireError):
    """The other side did not take or send a frame in time."""


KINDS = {int(kind): kind for kind in Kind}


class Message(NamedTuple):
    """One message."""

    kind: Kind
    number: int
    payload: bytearray | bytes | memoryview

    def head(self) -> bytes:
        """Return what goes before the payload."""
        return HEAD.pack(len(self.payload) + EXTRA, self.kind, self.number)


class Channel:
    """One end of a connection.

    Parameters
    ----------
    end : socket.socket
    bound : int
        Bytes a frame may have. A longer one is refused by its length, before any of it is read.
    """

    def __init__(self, end: socket.socket, bound: int) -> None:
        self._end = end
        self._bound = bound
        self._read = bytearray()
        self._body: bytearray | None = None
        self._filled = 0
        self._kind_and_number = (Kind.RUN, 0)
        end.setblocking(False)

    def fileno(self) -> int:
        """Return the descriptor, so that `select` takes a channel."""
        return self._end.fileno()

    def close(self) -> None:
        """Close this end."""
        self._end.close()

    @property
    def pending(self) -> bool:
        """Whether a head was read whose frame was not yet given out: look before you wait."""
        return len(self._read) >= HEAD.size

    def send(self, frame: Message, deadline: float | None = None) -> None:
        """Send a frame; without `deadline` wait until the other side takes it."""
        if len(frame.payload) + EXTRA > self._bound:
            raise ValueError(
                f"{len(frame.payload) / 2**20:.0f} MB are too much to pass between your code and "
                f"the test; {self._bound / 2**20:.0f} MB may pass at a time"
            )
        parts: tuple[bytes | bytearray | memoryview, ...] = (frame.head(), frame.payload)
        if len(frame.payload) < AT_ONCE:
            parts = (b"".join(parts),)
        for part in parts:
            rest = memoryview(part)
            while rest:
                try:
                    rest = rest[self._end.send(rest) :]
                except BlockingIOError:
                    self._wait(False, deadline)
                except (BrokenPipeError, ConnectionError) as error:
                    raise ClosedError("the other side is gone") from error

    def receive(self, deadline: float | None = None) -> Message:
        """Wait for a frame."""
        while True:
            frame = self.poll()
            if frame is not None:
                return frame
            self._wait(True, deadline)

    def poll(self) -> Message | None:
        """Read what is there; return a frame when it is complete, None when more must come."""
        try:
            while self._body is None:
                if len(self._read) >= HEAD.size:
                    self._begin()
                else:
                    self._read += self._some(self._end.recv(AT_ONCE))
            body = self._body
            while self._filled < len(body):
                with memoryview(body) as view, view[self._filled :] as rest:
                    self._filled += self._some(self._end.recv_into(rest))
        except BlockingIOError:
            return None
        except ConnectionError as error:
            raise ClosedError("the other side is gone") from error
        self._body = None
        return Message(*self._kind_and_number, body)

    @staticmethod
    def _some(got: Any) -> Any:
        """Return what was received, if anything was."""
        if not got:
            raise ClosedError("the other side is gone")
        return got

    def _begin(self) -> None:
        """Take a head, and as much as was read of what comes after it."""
        length, kind, number = HEAD.unpack_from(self._read)
        if not EXTRA <= length <= self._bound:
            raise WireError(f"a frame of {length} bytes; at most {self._bound} may come")
        if kind not in KINDS:
            raise WireError(f"a frame of the unknown kind {kind}")
        self._kind_and_number = (KINDS[kind], number)
        there = self._read[HEAD.size : HEAD.size + length - EXTRA]
        del self._read[: HEAD.size + len(there)]
        self._filled = len(there)
        self._body = bytearray(length - EXTRA)
        self._body[: len(there)] = there

    def _wait(self, reading: bool, deadline: float | None) -> None:
        rest = None if deadline is None else deadline - time.monotonic()
        if rest is not None and rest <= 0:
            raise LateError("no frame came or went in time")
        poll = select.poll()
        poll.register(self._end, select.POLLIN if reading else select.POLLOUT)
        poll.poll(None if rest is None else rest * 1000)
