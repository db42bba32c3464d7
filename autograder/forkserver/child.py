"""A forked child, seen from outside: the events that its fork server reports, and its end."""

import contextlib
import os
import select
import signal
import socket
import struct
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import NamedTuple

from autograder.exam.processor_time import ProcessorTime, processor_time_of


@dataclass(frozen=True)
class ForkedChild:
    """A child of a fork server.

    Attributes
    ----------
    report : socket.socket
        Where fork server and child report events.
    pid : int
        The child's, in the namespace of the fork server.
    pidfd : int
    """

    report: socket.socket
    pid: int
    pidfd: int


class Event(NamedTuple):
    """What is reported of a child.

    Attributes
    ----------
    name : str
        Its first word, for example "forked", "started" or "ended"; empty once nobody holds the
        other end of the socket.
    detail : str
        The rest: a pid, a status or a reason.
    descriptors : list of int
        Those that were passed along.
    sender : int
        The pid of the reporting process.
    """

    name: str
    detail: str
    descriptors: list[int]
    sender: int


def receive_event(report: socket.socket) -> Event:
    """Wait for the next event.

    Raises
    ------
    TimeoutError
        If there is none within the timeout of the socket.
    """
    try:
        message, extra, _, _ = report.recvmsg(8192, 1024)
    except ConnectionError:
        return Event("", "", [], 0)
    sender = 0
    descriptors: list[int] = []
    for level, kind, data in extra:
        if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
            sender = struct.unpack("iII", data)[0]
        elif level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors += list(struct.unpack(f"{len(data) // 4}i", data))
    name, _, detail = message.decode(errors="replace").partition(" ")
    return Event(name, detail, descriptors, sender)


class ExitWatcher:
    """Waits for the status of a child, which its fork server reports.

    Parameters
    ----------
    child : ForkedChild
    """

    def __init__(self, child: ForkedChild) -> None:
        self._report = child.report
        self._status: int | None = None
        self._lock = threading.Lock()

    def wait(self, timeout: float | None = None) -> int:
        """Return the status: of a child that a signal ended, 128 plus its number.

        Raises
        ------
        subprocess.TimeoutExpired
            If it still runs after `timeout` seconds.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._lock:
            while self._status is None:
                left = None if deadline is None else max(0.0, deadline - time.monotonic())
                poll = select.poll()
                poll.register(self._report, select.POLLIN)
                if not poll.poll(None if left is None else left * 1000):
                    raise subprocess.TimeoutExpired("a forked child", timeout or 0)
                event = receive_event(self._report)
                for descriptor in event.descriptors:
                    os.close(descriptor)
                if event.name in ("ended", ""):
                    # A fork server that has ended has taken its children with it.
                    self._status = int(event.detail) if event.name else 128 + signal.SIGKILL
        return self._status


class ForkedProcessGroup:
    """A process forked by a trusted fork server, and all it started that is still in its group.

    It has the methods of `subprocess.Popen` that Jupyter uses.

    Parameters
    ----------
    child : ForkedChild
    """

    def __init__(self, child: ForkedChild) -> None:
        self.pid = child.pid
        self._pidfd = child.pidfd
        self._report = child.report
        self._exit = ExitWatcher(child)
        self._closed = False
        self._used = ProcessorTime()
        self.stdin = self.stdout = self.stderr = None

    def processor_time(self) -> ProcessorTime:
        """Return what the program, and all that it started and waited for, have used."""
        self._used = processor_time_of(self.pid) or self._used
        return self._used

    def interrupt(self) -> None:
        """Send SIGINT to the program only; no error if it has ended."""
        self.send_signal(signal.SIGINT)

    def send_signal(self, number: int) -> None:
        """Send any signal to the program only; no error if it has ended."""
        if not self._closed:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, number)

    def kill(self) -> None:
        """Kill the whole group, even if its leader has ended already."""
        if not self._closed:
            self.send_signal(signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def terminate(self) -> None:
        """Send SIGTERM to the program only."""
        self.send_signal(signal.SIGTERM)

    def poll(self) -> int | None:
        """Return the status if it has ended, else None."""
        try:
            return self.wait(0.0)
        except TimeoutError:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the program ends and return its status, negative for a signal.

        Raises
        ------
        TimeoutError
            If it still runs after `timeout` seconds.
        """
        try:
            status = self._exit.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(f"it still runs after {timeout} s") from error
        if not self._closed:
            self._closed = True
            os.close(self._pidfd)
            self._report.close()
        return 128 - status if status > 128 else status
