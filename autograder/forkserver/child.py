"""A forked child, seen from outside: what is said of it, and how it ends."""

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


@dataclass(frozen=True)
class ForkedChild:
    """A child that was forked.

    Attributes
    ----------
    report : socket.socket
        Where the parent and the child say what becomes of it.
    number : int
        The number of the child, in the namespace of the parent.
    alive : int
        A descriptor (pidfd) of it.
    """

    report: socket.socket
    number: int
    alive: int


def receive(report: socket.socket) -> tuple[str, str, list[int], int]:
    """Return what is said next: a word, the rest, descriptors, and the number of who says it.

    The word is empty when nobody is left to say anything.

    Raises
    ------
    TimeoutError
        If nothing is said in the time that the socket has.
    """
    try:
        message, extra, _, _ = report.recvmsg(8192, 1024)
    except ConnectionError:
        return "", "", [], 0
    speaker, handed = 0, []
    for level, kind, data in extra:
        if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
            speaker = struct.unpack("iII", data)[0]
        elif level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            handed += list(struct.unpack(f"{len(data) // 4}i", data))
    event, _, detail = message.decode(errors="replace").partition(" ")
    return event, detail, handed, speaker


class ExitWatcher:
    """The rest of a child's life, as its parent tells it.

    Parameters
    ----------
    child : ForkedChild
    """

    def __init__(self, child: ForkedChild) -> None:
        self._report = child.report
        self._status: int | None = None
        self._lock = threading.Lock()

    def wait(self, timeout: float | None = None) -> int:
        """Return the status: of a child that a signal ended 128 and its number.

        Raises
        ------
        subprocess.TimeoutExpired
            If it still lives after `timeout` seconds.
        """
        until = None if timeout is None else time.monotonic() + timeout
        with self._lock:
            while self._status is None:
                left = None if until is None else max(0.0, until - time.monotonic())
                poll = select.poll()
                poll.register(self._report, select.POLLIN)
                if not poll.poll(None if left is None else left * 1000):
                    raise subprocess.TimeoutExpired("a forked child", timeout or 0)
                event, detail, handed, _ = receive(self._report)
                for descriptor in handed:
                    os.close(descriptor)
                if event in ("ended", ""):
                    # Where the parent has gone its children have gone with it.
                    self._status = int(detail) if event else 128 + 9
        return self._status


class ForkedProcessGroup:
    """A process that a trusted parent forked, and all it started as long as they stay in its group.

    It can be asked what `subprocess.Popen` can be asked, as far as Jupyter asks.

    Parameters
    ----------
    child : ForkedChild
    """

    def __init__(self, child: ForkedChild) -> None:
        self.pid = child.number
        self._alive = child.alive
        self._report = child.report
        self._life = ExitWatcher(child)
        self._over = False
        self.stdin = self.stdout = self.stderr = None

    def interrupt(self) -> None:
        """Send SIGINT to the program alone; no error if it has ended."""
        self.send_signal(signal.SIGINT)

    def send_signal(self, number: int) -> None:
        """Send any signal."""
        if not self._over:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._alive, number)

    def kill(self) -> None:
        """Kill the whole group, also where its leader has ended already."""
        if not self._over:
            self.send_signal(signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def terminate(self) -> None:
        """Send SIGTERM to the program alone."""
        self.send_signal(signal.SIGTERM)

    def poll(self) -> int | None:
        """Return the status if it has ended, else None."""
        try:
            return self.wait(0.0)
        except TimeoutError:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the program's end and return its status, negative for a signal."""
        try:
            status = self._life.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(f"it still runs after {timeout} s") from error
        if not self._over:
            self._over = True
            os.close(self._alive)
            self._report.close()
        return 128 - status if status > 128 else status
