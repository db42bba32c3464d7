"""Supervising a program in a sandbox: measure what it uses, interrupt it, end it."""

import contextlib
import enum
import signal
import subprocess
import threading
import time
from contextlib import AbstractContextManager

from autograder.exam.limits import Limits
from autograder.exam.processor_time import ProcessorTime
from autograder.exam.stopwatch import WAITS_AT_MOST
from autograder.sandbox.starting import SandboxedProcess, wait_for_end

POLL_INTERVAL = 0.05
"""Seconds between two measurements of what the sandbox uses."""

EXIT_TIMEOUT = 5.0
"""Seconds until bubblewrap has noticed that the candidate has ended."""

OPEN_FILES_FACTOR = 4
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

    @property
    def is_unexplained(self) -> bool:
        """Whether the machine may be why it ended: no processor for long, or no memory."""
        return self in (Ending.SIGNALLED, Ending.OUT_OF_TIME)


class SupervisedProcess:
    """A program in a sandbox, which ends with all it started once it exceeds a limit.

    Parameters
    ----------
    starting : context manager of SandboxedProcess
        Starts it on entry; on exit nothing of it is left.
    limits : Limits

    Attributes
    ----------
    pid : int
        Of the candidate, as seen from outside.
    peak : int
        The most memory that was measured, in bytes.
    cpu : float
        Seconds of processor time, by the last measurement.
    """

    def __init__(self, starting: AbstractContextManager[SandboxedProcess], limits: Limits) -> None:
        self.pid = 0
        self.peak, self.cpu = 0, 0.0
        self._waited = 0.0
        self._limits = limits
        self._status = 0
        self._kill_cause: Ending | None = None
        self._exit_cause: Ending | None = None
        self._failure: BaseException | None = None
        self._sandboxed: SandboxedProcess | None = None
        self._lock = threading.Lock()
        self._sealed, self._ended = threading.Event(), threading.Event()
        # bubblewrap dies with the thread that started it. The caller's may end before the candidate
        # does, so the supervising thread starts it.
        threading.Thread(target=self._run, args=(starting,), name="sandbox", daemon=True).start()
        self._sealed.wait()
        if self._failure:
            raise self._failure

    @property
    def ending(self) -> Ending | None:
        """Why it ended, or is being ended; None while it runs."""
        return self._kill_cause or self._exit_cause

    def interrupt(self) -> None:
        """Send the candidate SIGINT; no error if it has ended."""
        with self._lock:
            if self._sandboxed:
                _signal(self._sandboxed.candidate, signal.SIGINT)

    def processor_time(self) -> ProcessorTime:
        """Return what all its processes have used so far; the last known if it has ended."""
        with self._lock:
            if self._sandboxed:
                usage = self._sandboxed.usage.read()
                self.cpu = max(self.cpu, usage.cpu)
                self._waited = max(self._waited, self._sandboxed.usage.waiting_time(usage))
        return ProcessorTime(self.cpu, self._waited)

    def kill(self) -> None:
        """Kill every process of the sandbox; no error if it has ended."""
        self._kill(Ending.KILLED)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until no process of it is left; return the status, negative for a signal.

        Raises
        ------
        TimeoutError
            If it still runs after `timeout` seconds.
        """
        if not self._ended.wait(timeout):
            raise TimeoutError(f"the sandbox still runs after {timeout} s")
        if self._failure:
            raise self._failure
        return self._status

    def poll(self) -> int | None:
        """Return the status if it has ended, else None."""
        return self._status if self._ended.is_set() else None

    def _kill(self, cause: Ending) -> None:
        with self._lock:
            if self._sandboxed:
                if not wait_for_end(self._sandboxed.candidate, 0):  # else it has ended by itself
                    self._kill_cause = self._kill_cause or cause
                _signal(self._sandboxed.first, signal.SIGKILL)

    def _run(self, starting: AbstractContextManager[SandboxedProcess]) -> None:
        begin = time.monotonic()
        try:
            with starting as sandboxed:
                self.pid, self._sandboxed = sandboxed.pid, sandboxed
                self._sealed.set()
                try:
                    self._supervise(sandboxed, begin)
                finally:
                    self._clear(sandboxed)
        except BaseException as error:
            self._failure = error
        finally:
            self._ended.set()
            self._sealed.set()

    def _supervise(self, sandboxed: SandboxedProcess, begin: float) -> None:
        while not wait_for_end(sandboxed.candidate, POLL_INTERVAL):
            cause = self._exceeded_limit(sandboxed, begin)
            if cause:
                self._kill(cause)

    def _exceeded_limit(self, sandboxed: SandboxedProcess, begin: float) -> Ending | None:
        limits = self._limits
        usage = sandboxed.usage.read()
        self.cpu = max(self.cpu, usage.cpu)
        memory = usage.memory
        if memory > limits.memory:
            memory = sandboxed.usage.exact_memory(usage)
        self.peak = max(self.peak, memory)
        if memory > limits.memory:
            return Ending.OUT_OF_MEMORY
        if usage.cpu > limits.cpu:
            return Ending.OUT_OF_CPU
        if usage.open_files > OPEN_FILES_FACTOR * limits.open_files:
            return Ending.TOO_MANY_FILES
        if time.monotonic() - begin > limits.wall:
            waited = min(self.processor_time().waited, WAITS_AT_MOST * self.cpu)
            if time.monotonic() - begin - waited > limits.wall:
                return Ending.OUT_OF_TIME
        return None

    def _clear(self, sandboxed: SandboxedProcess) -> None:
        """Kill what the candidate left running, and record how it ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            sandboxed.program.wait(EXIT_TIMEOUT)  # it knows the status a moment after the end
        _signal(sandboxed.first, signal.SIGKILL)
        wait_for_end(sandboxed.first, None)
        status = sandboxed.program.wait()
        with self._lock:
            self._sandboxed = None
        self._status = 128 - status if status > 128 else status
        self._exit_cause = self._cause_of_exit()

    def _cause_of_exit(self) -> Ending:
        spent = self.cpu >= self._limits.cpu - 1
        if self._status == -signal.SIGXCPU or (self._status == -signal.SIGKILL and spent):
            return Ending.OUT_OF_CPU
        return Ending.SIGNALLED if self._status < 0 else Ending.EXITED


def _signal(pidfd: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, number)
