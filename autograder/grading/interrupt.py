"""Ctrl-C and SIGTERM stop a grading between two records, never within one."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Records:
    """Use it in a `with` statement around each record; an interrupt waits until that is written."""

    def __init__(self) -> None:
        self._writing = self._asked = False

    def __enter__(self) -> None:
        self._writing = True

    def __exit__(self, *_: object) -> None:
        self._writing = False
        if self._asked:
            raise KeyboardInterrupt

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Stop now, or as soon as the record is written; asked for twice, now in any case."""
        asked_before, self._asked = self._asked, True
        if asked_before or not self._writing:
            raise KeyboardInterrupt


@contextmanager
def whole_records() -> Iterator[Records]:
    """Let interrupts wait for records; outside the main thread there are none to wait."""
    records = Records()
    if threading.current_thread() is not threading.main_thread():
        yield records
        return
    before = {
        number: signal.signal(number, records.interrupt)
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield records
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
