"""Let Ctrl-C and SIGTERM stop grading where it waits, never in the middle of anything."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class InterruptGuard:
    """Notes signals, and stops the run in the next block that may be interrupted.

    All else is done to its end, however often a signal comes: records, calls of Dask's, which
    leaves its own state half changed when it is interrupted, and the closing of what was opened.
    """

    def __init__(self) -> None:
        self._requested = self._interruptible = False

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let a signal stop the run at once, or at the beginning if one came before.

        Raises
        ------
        KeyboardInterrupt
        """
        self.install()
        try:
            self._interruptible = True
            self._stop_if_requested()
            yield
        finally:
            self._interruptible = False

    def install(self) -> None:
        """Handle the signals here, whoever handled them; only the main thread may do so.

        Importing a library can replace a handler: dask_jobqueue's ends the process on Ctrl-C.
        """
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                signal.signal(number, self.interrupt)

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        self._requested = True
        self._stop_if_requested()

    def _stop_if_requested(self) -> None:
        if self._requested and self._interruptible:
            self._interruptible = False  # it stops already: another signal changes nothing
            raise KeyboardInterrupt


@contextmanager
def defer_interrupts() -> Iterator[InterruptGuard]:
    """Install the guard's signal handlers; other threads than the main one receive no signals."""
    guard = InterruptGuard()
    with keep_handlers():
        guard.install()
        yield guard


@contextmanager
def keep_handlers() -> Iterator[None]:
    """Put the signals' handlers back at the end, whatever replaces them meanwhile."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            for number, handler in before.items():
                signal.signal(number, signal.SIG_DFL if handler is None else handler)
