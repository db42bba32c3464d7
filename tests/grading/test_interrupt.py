"""Ctrl-C and SIGTERM stop grading between two records, whoever else wants the signal."""

import os
import signal
import sys

import pytest

from autograder.grading.interrupt import SIGNALS, defer_interrupts, keep_handlers


def end_the_process(*_):
    sys.exit()


@pytest.mark.parametrize("number", SIGNALS)
def test_a_record_is_written_to_its_end_whatever_was_imported(number):
    before, written = signal.getsignal(number), []

    def grade():
        with defer_interrupts() as guard:
            signal.signal(number, end_the_process)  # as importing a library does
            with guard:
                os.kill(os.getpid(), number)
                written.append("grades")
            written.append("the next submission's")

    with pytest.raises(KeyboardInterrupt):
        grade()
    assert written == ["grades"]
    assert signal.getsignal(number) is before


@pytest.mark.parametrize("number", SIGNALS)
def test_between_two_records_it_stops_at_once(number):
    def wait():
        with defer_interrupts() as guard:
            signal.signal(number, end_the_process)
            guard.install()
            os.kill(os.getpid(), number)

    with pytest.raises(KeyboardInterrupt):
        wait()


def test_a_handler_that_an_import_replaces_is_put_back():
    before = signal.getsignal(signal.SIGINT)
    with keep_handlers():
        signal.signal(signal.SIGINT, end_the_process)
    assert signal.getsignal(signal.SIGINT) is before
