"""When SIGINT interrupts: only the code of a cell or a call, never the exchange of messages.

The broker sends SIGINT to the interpreter that runs, by all it knows; the signal may arrive later.
It is sent before any later message, so it arrives before that message is read, and means what has
been read last:

- SHUT: the interpreter waits for a message or sends what it was asked for. What SIGINT was meant
  for has ended, or is a request on its way, which the broker then cancels: SIGINT is dropped.
- HELD: it has read what to do and not begun, or sends an output: SIGINT is remembered.
- OPEN: it runs a cell or a call: SIGINT raises KeyboardInterrupt, once.
"""

import enum
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from .channel import Channel, Message

Returned = TypeVar("Returned")


class Gate(enum.Enum):
    """What SIGINT does."""

    SHUT = "it is dropped"
    HELD = "it is remembered"
    OPEN = "it interrupts"
    USED = "it is dropped, as one has interrupted already"


class SafeChannel(Channel):
    """A channel that SIGINT never tears: each message is sent and received whole.

    Only the main thread is interrupted; in other threads the methods do nothing about SIGINT.
    """

    def __init__(self, connection: socket.socket, max_bytes: int) -> None:
        super().__init__(connection, max_bytes)
        self._gate = Gate.SHUT
        self._remembered = False
        self._lock = threading.RLock()
        signal.signal(signal.SIGINT, self._interrupt)
        self._hook = sys.unraisablehook
        sys.unraisablehook = self._raise_again

    def send(self, message: Message, deadline: float | None = None) -> None:
        """Send a message; raise KeyboardInterrupt afterwards if SIGINT came meanwhile."""
        with self.holding(), self._lock:
            super().send(message, deadline)

    def arm(self) -> None:
        """Remember SIGINT from now on: something to run has been read."""
        if _in_main_thread():
            self._remembered, self._gate = False, Gate.HELD

    def run(self, function: Callable[..., Returned], *arguments: Any) -> Returned:
        """Call a function that SIGINT interrupts; afterwards the gate is shut."""
        if not _in_main_thread():
            return function(*arguments)
        try:
            self._gate = Gate.OPEN
            self._raise_remembered()
            return function(*arguments)
        finally:
            self._gate = Gate.SHUT

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Drop SIGINT in this context."""
        if not _in_main_thread():
            yield
            return
        before, self._gate = self._gate, Gate.SHUT
        try:
            yield
        finally:
            self._gate = before

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Remember SIGINT in this context, and raise KeyboardInterrupt at its end."""
        if not _in_main_thread() or self._gate is not Gate.OPEN:
            yield
            return
        self._remembered, self._gate = False, Gate.HELD
        try:
            yield
        finally:
            self._gate = Gate.OPEN
            self._raise_remembered()

    def _raise_remembered(self) -> None:
        if self._remembered:
            self._remembered, self._gate = False, Gate.USED
            raise KeyboardInterrupt

    def _interrupt(self, *_: Any) -> None:
        if self._gate is Gate.OPEN:
            self._gate = Gate.USED
            raise KeyboardInterrupt
        if self._gate is Gate.HELD:
            self._remembered = True

    def _raise_again(self, unraisable: Any) -> None:
        """Let the next SIGINT interrupt: this one was lost in a destructor or the like."""
        if issubclass(unraisable.exc_type, KeyboardInterrupt) and self._gate is Gate.USED:
            self._gate = Gate.OPEN
        self._hook(unraisable)


def _in_main_thread() -> bool:
    return threading.get_ident() == threading.main_thread().ident
