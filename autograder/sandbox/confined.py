"""A program in its sandbox: watching it, interrupting it, ending it."""

import contextlib
import enum
import signal
import subprocess
import threading
import time
from contextlib import AbstractContextManager

from autograder.exam.limits import Limits
from autograder.sandbox.starting import SandboxedProcess, wait_for_end

POLL_INTERVAL = 0.05
"""Seconds between two looks at what the sandbox uses."""

EXIT_TIMEOUT = 5.0
"""Seconds bubblewrap has to notice that the candidate has ended."""

FILES_TOGETHER = 4
"""How many times the limit of one process all of them may hold open; each may hide memory."""


class Ending(enum.StrEnum):
    """Why a program ended."""

    EXITED = "it exited"
    SIGNALLED = "a signal ended it"
    OUT_OF_MEMORY = "it used too much memory"
    OUT_OF_CPU = "it used too much processor time"
    OUT_OF_TIME = "it took too long"
    TOO_MANY_FILES = "its processes together held too many files open"
    KILLED = "the grader ended it"


class Confined:
    """A program in a sandbox; `Sandbox.start` makes it, or a fork server forks it.

    Parameters
    ----------
    starting : context manager of SandboxedProcess
        Starts it when it is entered; at its end nothing of it is left.
    limits : Limits

    Attributes
    ----------
    pid : int
        Of the candidate, as seen from outside.
    peak : int
        The most memory it was seen to use, in bytes.
    cpu : float
        Seconds of processor time it was last seen to have used.
    """

    def __init__(self, starting: AbstractContextManager[SandboxedProcess], limits: Limits) -> None:
        self.pid = 0
        self.peak, self.cpu = 0, 0.0
        self._limits = limits
        self._status = 0
        self._asked: Ending | None = None
        self._ended: Ending | None = None
        self._failure: BaseException | None = None
        self._inside: SandboxedProcess | None = None
        self._lock = threading.Lock()
        self._sealed, self._over = threading.Event(), threading.Event()
        # bubblewrap dies with the thread that started it: that must not be the caller's, which may
        # end before the candidate does, so it is the watch.
        threading.Thread(target=self._live, args=(starting,), name="sandbox", daemon=True).start()
        self._sealed.wait()
        if self._failure:
            raise self._failure

    @property
    def ending(self) -> Ending | None:
        """Why it ended, or is just being ended; None while it runs."""
        return self._asked or self._ended

    def interrupt(self) -> None:
        """Send the candidate SIGINT; no error if it has ended."""
        with self._lock:
            if self._inside:
                _signal(self._inside.candidate, signal.SIGINT)

    def kill(self) -> None:
        """End every process of the sandbox; no error if it has ended."""
        self._end(Ending.KILLED)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until no process of it is left; return the status, negative for a signal.

        Raises
        ------
        TimeoutError
            When it still runs after `timeout` seconds.
        """
        if not self._over.wait(timeout):
            raise TimeoutError(f"the sandbox still runs after {timeout} s")
        if self._failure:
            raise self._failure
        return self._status

    def poll(self) -> int | None:
        """Return the status if it has ended, else None."""
        return self._status if self._over.is_set() else None

    def _end(self, why: Ending) -> None:
        with self._lock:
            if self._inside:
                if not wait_for_end(self._inside.candidate, 0):  # else it ended by itself before
                    self._asked = self._asked or why
                _signal(self._inside.first, signal.SIGKILL)

    def _live(self, starting: AbstractContextManager[SandboxedProcess]) -> None:
        begun = time.monotonic()
        try:
            with starting as inside:
                self.pid, self._inside = inside.pid, inside
                self._sealed.set()
                try:
                    self._watch(inside, begun)
                finally:
                    self._clear(inside)
        except BaseException as error:
            self._failure = error
        finally:
            self._over.set()
            self._sealed.set()

    def _watch(self, inside: SandboxedProcess, begun: float) -> None:
        while not wait_for_end(inside.candidate, POLL_INTERVAL):
            why = self._exceeded(inside, begun)
            if why:
                self._end(why)

    def _exceeded(self, inside: SandboxedProcess, begun: float) -> Ending | None:
        limits = self._limits
        usage = inside.usage.read()
        self.cpu = max(self.cpu, usage.cpu)
        memory = usage.memory
        if memory > limits.memory:
            memory = inside.usage.exact_memory(usage)
        self.peak = max(self.peak, memory)
        if memory > limits.memory:
            return Ending.OUT_OF_MEMORY
        if usage.cpu > limits.cpu:
            return Ending.OUT_OF_CPU
        if usage.open_files > FILES_TOGETHER * limits.open_files:
            return Ending.TOO_MANY_FILES
        if time.monotonic() - begun > limits.wall:
            return Ending.OUT_OF_TIME
        return None

    def _clear(self, inside: SandboxedProcess) -> None:
        """End what the candidate left running, and note how it ended itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            inside.program.wait(EXIT_TIMEOUT)  # it knows the status a moment after the end
        _signal(inside.first, signal.SIGKILL)
        wait_for_end(inside.first, None)
        status = inside.program.wait()
        with self._lock:
            self._inside = None
        self._status = 128 - status if status > 128 else status
        self._ended = self._own_ending()

    def _own_ending(self) -> Ending:
        spent = self.cpu >= self._limits.cpu - 1
        if self._status == -signal.SIGXCPU or (self._status == -signal.SIGKILL and spent):
            return Ending.OUT_OF_CPU
        return Ending.SIGNALLED if self._status < 0 else Ending.EXITED


def _signal(process: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(process, number)
