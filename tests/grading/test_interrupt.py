"""Ctrl-C and SIGTERM stop grading where it waits, whoever else wants the signal."""

import os
import signal
import sys
from types import FrameType

import pytest

from autograder.grading.interrupt import SIGNALS, defer_interrupts, keep_handlers


def end_the_process(number: int, frame: FrameType | None) -> None:
    sys.exit()


@pytest.mark.parametrize("number", SIGNALS)
def test_what_is_begun_is_done_to_its_end_however_often_a_signal_comes(
    number: signal.Signals,
) -> None:
    before, written = signal.getsignal(number), []

    def grade() -> None:
        with defer_interrupts() as guard:
            for _ in range(3):
                os.kill(os.getpid(), number)
                written.append("grades")
            with guard.interruptible():
                written.append("the next submission's")

    with pytest.raises(KeyboardInterrupt):
        grade()
    assert written == ["grades"] * 3
    assert signal.getsignal(number) is before


@pytest.mark.parametrize("number", SIGNALS)
def test_where_it_waits_it_stops_at_once_whatever_was_imported(number: signal.Signals) -> None:
    closed = []

    def wait() -> None:
        with defer_interrupts() as guard:
            signal.signal(number, end_the_process)  # as importing a library does
            try:
                with guard.interruptible():
                    os.kill(os.getpid(), number)
            finally:
                os.kill(os.getpid(), number)
                closed.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        wait()
    assert closed


def test_a_handler_that_an_import_replaces_is_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with keep_handlers():
        signal.signal(signal.SIGINT, end_the_process)
    assert signal.getsignal(signal.SIGINT) is before
