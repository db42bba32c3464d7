"""The two interpreters of an examination, as the broker sees them, and how they end."""

import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.exam.guest.channel import Channel
from autograder.exam.process import Process


@dataclass
class Interpreter:
    """An interpreter that was launched.

    Attributes
    ----------
    process : Process
    connection : socket.socket
        The broker's end.
    """

    process: Process
    connection: socket.socket


@dataclass
class CellResult:
    """How a cell ended in one interpreter.

    Attributes
    ----------
    started : bool
        Whether the interpreter was told to run it.
    finished : bool
        Whether it ran to its end, with or without an exception.
    timed_out : bool
        Whether the broker interrupted it at its deadline.
    ename, evalue : str
        Name and message of its exception; empty if there was none.
    count : int or None
        The execution count.
    """

    started: bool = False
    finished: bool = False
    timed_out: bool = False
    ename: str = ""
    evalue: str = ""
    count: int | None = None


@dataclass(eq=False)
class Session:
    """One interpreter while the broker talks to it.

    Attributes
    ----------
    name : str
        "candidate" or "examiner".
    process : Process
    channel : Channel
    end_reason : str
        Why it has ended, in words that a student may read; empty while it runs.
    violation : str
        How it violated the protocol, in words for staff; empty if it did not.
    running : int
        The number of the cell it is running, 0 for none.
    output_bytes : int
        Bytes of output that this cell has sent.
    result : CellResult
        Of this cell.
    on_output : callable or None
        Takes each output of this cell; None if they are dropped.
    """

    name: str
    process: Process
    channel: Channel
    end_reason: str = ""
    violation: str = ""
    running: int = 0
    output_bytes: int = 0
    result: CellResult = field(default_factory=CellResult)
    on_output: Callable[[bytes | bytearray | memoryview], None] | None = None


def describe_death(process: Process) -> str:
    """Describe how an interpreter ended on its own."""
    try:
        status = process.wait(1.0)
    except TimeoutError:
        # A sandbox knows why it ends a process whose memory takes long to give back.
        ending = getattr(process, "ending", None)
        return f"it died ({ending})" if ending else "it closed its connection"
    ending = getattr(process, "ending", None)  # a sandbox knows more than a status tells
    cause = _describe_status(status)
    return f"it died ({ending}, {cause})" if ending else f"it died ({cause})"


def _describe_status(status: int) -> str:
    if status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"
    return f"exit status {status}"
