"""The two interpreters of an examination, as the broker sees them, and how they end."""

import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.exam.guest.channel import Channel
from autograder.exam.process import Process
from autograder.exam.stopwatch import Stopwatch

DEATH_TIMEOUT = 5.0
"""Seconds that an interpreter whose connection is closed has to end."""


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
    overtime : str
        Which limit on time it has used up, as the predicate of a sentence; empty if none.
    ename, evalue : str
        Name and message of its exception; empty if there was none.
    count : int or None
        The execution count.
    """

    started: bool = False
    finished: bool = False
    overtime: str = ""
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
    stopwatch : Stopwatch or None
        Of this cell.
    escalation : Stopwatch or None
        Of what is to be stopped, until the next step is taken to stop it.
    interrupts : int
        How often what is to be stopped has been interrupted.
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
    stopwatch: Stopwatch | None = None
    escalation: Stopwatch | None = None
    interrupts: int = 0


def describe_death(session: Session) -> tuple[str, bool]:
    """Describe how an interpreter ended on its own, and whether no limit of its own explains it."""
    process = session.process
    # A sandbox knows why it ends a process, and more than a status tells.
    try:
        status = process.wait(DEATH_TIMEOUT)
    except TimeoutError:
        # Its memory may take long to give back.
        ending = getattr(process, "ending", None)
        return f"it died ({ending})" if ending else "it closed its connection", False
    ending = getattr(process, "ending", None)
    cause = _describe_status(status)
    unexplained = status == -signal.SIGKILL and getattr(ending, "is_unexplained", True)
    return f"it died ({ending}, {cause})" if ending else f"it died ({cause})", unexplained


def _describe_status(status: int) -> str:
    if status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"
    return f"exit status {status}"
