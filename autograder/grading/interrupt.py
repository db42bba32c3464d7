"""Let Ctrl-C and SIGTERM stop grading between two records, never in the middle of one."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class RecordGuard:
    """Wrap each record in `with guard:`; an interrupt is deferred until the record is written."""

    def __init__(self) -> None:
        self._writing = self._requested = False

    def __enter__(self) -> None:
        self._writing = True
        self.install()

    def __exit__(self, *_: object) -> None:
        self._writing = False
        if self._requested:
            raise KeyboardInterrupt

    def install(self) -> None:
        """Handle the signals here, whoever handled them; only the main thread may do so.

        Importing a library can replace a handler: dask_jobqueue's ends the process on Ctrl-C.
        """
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                signal.signal(number, self.interrupt)

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal: stop now, or after the current record; a second signal stops now."""
        repeated, self._requested = self._requested, True
        if repeated or not self._writing:
            raise KeyboardInterrupt


@contextmanager
def defer_interrupts() -> Iterator[RecordGuard]:
    """Install the guard's signal handlers; other threads than the main one receive no signals."""
    guard = RecordGuard()
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
