"""Let Ctrl-C and SIGTERM stop grading between two records, never in the middle of one."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class RecordGuard:
    """Wrap each record in `with guard:`; an interrupt is deferred until the record is written."""

    def __init__(self) -> None:
        self._writing = self._requested = False

    def __enter__(self) -> None:
        self._writing = True

    def __exit__(self, *_: object) -> None:
        self._writing = False
        if self._requested:
            raise KeyboardInterrupt

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal: stop now, or after the current record; a second signal stops now."""
        repeated, self._requested = self._requested, True
        if repeated or not self._writing:
            raise KeyboardInterrupt


@contextmanager
def defer_interrupts() -> Iterator[RecordGuard]:
    """Install the guard's signal handlers; other threads than the main one receive no signals."""
    guard = RecordGuard()
    if threading.current_thread() is not threading.main_thread():
        yield guard
        return
    before = {
        number: signal.signal(number, guard.interrupt) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield guard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
