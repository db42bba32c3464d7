"""SIGINT interrupts what an interpreter runs, and nothing of how it exchanges messages."""

import os
import signal
import socket
import sys
from collections.abc import Iterator

import pytest

from autograder.exam.guest.channel import Kind, Message
from autograder.exam.guest.interrupts import SafeChannel


@pytest.fixture
def channel() -> Iterator[SafeChannel]:
    handler, hook = signal.getsignal(signal.SIGINT), sys.unraisablehook
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield SafeChannel(ours, 1000)
    signal.signal(signal.SIGINT, handler)
    sys.unraisablehook = hook


def interrupt() -> str:
    os.kill(os.getpid(), signal.SIGINT)
    return "not interrupted"


def test_what_waits_or_has_not_begun_is_not_interrupted(channel: SafeChannel) -> None:
    assert interrupt() == "not interrupted"
    channel.arm()
    assert interrupt() == "not interrupted"


def test_what_runs_is_interrupted_once(channel: SafeChannel) -> None:
    def run() -> str:
        try:
            interrupt()
        except KeyboardInterrupt:
            return interrupt()
        return "not interrupted at all"

    assert channel.run(run) == "not interrupted"
    assert interrupt() == "not interrupted"


def test_what_was_meant_for_a_call_interrupts_it_as_it_begins(channel: SafeChannel) -> None:
    channel.arm()
    interrupt()
    with pytest.raises(KeyboardInterrupt):
        channel.run(lambda: None)
    channel.arm()
    assert channel.run(lambda: "another call") == "another call"


def test_a_request_is_not_interrupted_and_what_made_it_is_afterwards(channel: SafeChannel) -> None:
    def run() -> str:
        with channel.shut():
            waited = interrupt()
        with pytest.raises(KeyboardInterrupt):
            interrupt()
        return waited

    assert channel.run(run) == "not interrupted"


def test_an_output_is_sent_whole_before_it_interrupts(channel: SafeChannel) -> None:
    def run() -> None:
        with channel.holding():
            interrupt()
            channel.send(Message(Kind.OUTPUT, 1, b"whole"))
            sent.append("whole")

    sent: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        channel.run(run)
    assert sent == ["whole"]


def test_an_interrupt_that_a_destructor_loses_comes_again(channel: SafeChannel) -> None:
    class Loses:
        def __del__(self) -> None:
            interrupt()

    def run() -> None:
        Loses()
        interrupt()

    channel._hook = lambda _: None  # pytest reports what destructors raise
    with pytest.raises(KeyboardInterrupt):
        channel.run(run)
