"""A stop ends one exercise, in whatever order stops, answers, refusals and deaths arrive.

Hypothesis drives a real broker over real sockets. At the other ends are stack machines that keep to
the contract of an interpreter (`guest/rpc.py`, `guest/interrupts.py`): they run or wait, take one
message at a time, and are interrupted while they run. Whatever has happened, the next exercise of a
candidate that lives gets its points.
"""

import contextlib
import json
import signal
import socket
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from autograder.exam import stopwatch
from autograder.exam.broker import Broker
from autograder.exam.guest.channel import Channel, Kind, Message, ProtocolError
from autograder.exam.interpreters import Interpreter
from autograder.exam.limits import Limits
from autograder.exam.processor_time import ProcessorTime

LIMITS = Limits(
    wall=1e9, cell_cpu=10, cell_wall=30, call_cpu=5, call_wall=15, grace=1, message=1 << 20
)
LONG = 1000.0
"""Seconds, more than any limit of a cell."""


@dataclass(eq=False)
class Peer:
    """An interpreter as a stack of what it runs, and what it waits for.

    Attributes
    ----------
    frames : list of (Kind, int)
        RUN or REQUEST, and the number: what it is to end with DONE or RESPONSE.
    waits_for : list of (int, int)
        The numbers of its open requests, each with the height of the stack that asked.
    inbox : list of Message or None
        What has arrived; None is SIGINT, which may overtake what was sent before it, not after.
    """

    channel: Channel
    is_examiner: bool
    frames: list = field(default_factory=list)
    waits_for: list = field(default_factory=list)
    inbox: list = field(default_factory=list)
    asked: int = 0
    used: float = 0.0
    waited: float = 0.0
    lives: bool = True
    died: bool = False
    stubborn: bool = False
    lied: bool = False
    pid = 0

    # What the broker sees of the process.

    def interrupt(self) -> None:
        self.fetch()
        self.inbox.append(None)

    def kill(self) -> None:
        if self.lives:
            self.lives = False
            self.channel.close()

    def wait(self, timeout: float | None = None) -> int:
        assert not self.lives
        return -signal.SIGKILL

    def processor_time(self) -> ProcessorTime:
        return ProcessorTime(self.used, self.waited)

    # What it does.

    @property
    def waits(self) -> bool:
        return bool(self.waits_for) and self.waits_for[-1][1] == len(self.frames)

    @property
    def runs(self) -> bool:
        return self.lives and bool(self.frames) and not self.waits

    def fetch(self) -> None:
        while self.lives:
            try:
                message = self.channel.poll()
            except ProtocolError:
                return
            if message is None:
                return
            self.inbox.append(message)

    def send(self, kind: Kind, number: int, payload: bytes = b"") -> None:
        with contextlib.suppress(ProtocolError):
            self.channel.send(Message(kind, number, payload))

    def ask(self) -> None:
        self.asked += 1
        self.waits_for.append((self.asked, len(self.frames)))
        self.send(Kind.REQUEST, self.asked)

    def end(self) -> None:
        kind, number = self.frames.pop()
        outcome = {"ename": "", "evalue": "", "count": 1}
        if kind is Kind.RUN:
            self.send(Kind.DONE, number, json.dumps(outcome).encode())
        else:
            self.send(Kind.RESPONSE, number)

    def interrupted(self, swallows: bool) -> None:
        """KeyboardInterrupt is raised in what runs: it ends, or goes on all the same."""
        if swallows:
            self.stubborn = True
        else:
            self.end()

    def take_signal(self, swallows: bool) -> None:
        self.inbox.remove(None)
        if self.runs:
            self.interrupted(swallows)

    def take(self, swallows: bool) -> None:
        """Read the next message, as it waits or is idle."""
        while None in self.inbox[:1]:
            self.take_signal(swallows)
        if not self.inbox or self.runs or not self.lives:
            return
        message = self.inbox.pop(0)
        number = self.waits_for[-1][0] if self.waits else None
        match message.kind:
            case Kind.REQUEST:
                self.frames.append((Kind.REQUEST, message.number))
            case Kind.RUN if not self.frames:
                self.frames.append((Kind.RUN, message.number))
            case Kind.RESPONSE | Kind.REJECTED if message.number == number:
                self.waits_for.pop()
            case Kind.CANCELLED if message.number == number and not self.is_examiner:
                self.waits_for.pop()
                self.interrupted(swallows)
            case Kind.RELEASE | Kind.RESTORE if not self.is_examiner:
                pass
            case _ if not self.lied:
                raise AssertionError(f"{message.kind.name} {message.number}, waiting for {number}")


class Interleavings(RuleBasedStateMachine):
    """All orders of what two interpreters, the broker and the clock do."""

    may_sleep = False

    @initialize(may_sleep=st.booleans())
    def start(self, may_sleep: bool) -> None:
        self.may_sleep = may_sleep
        self.now = 0.0
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(stopwatch, "time", SimpleNamespace(monotonic=lambda: self.now))
        self.peers, ends = [], []
        for is_examiner in (False, True):
            ours, theirs = socket.socketpair()
            self.peers.append(Peer(Channel(theirs, 1 << 20), is_examiner))
            ends.append(Interpreter(self.peers[-1], ours))
        self.candidate, self.examiner = self.peers
        self.broker = Broker(*ends, LIMITS)
        for peer in self.peers:
            peer.send(Kind.READY, 0)
        self.broker.wait_ready()
        self.slept = False

    def teardown(self) -> None:
        if not hasattr(self, "broker"):
            return
        try:
            self.finish()
            self.the_next_exercise_gets_its_points()
        finally:
            self.broker.close()
            self.patch.undo()

    # Rules

    @precondition(lambda self: not self.broker.is_running)
    @rule(where=st.sampled_from([("candidate",), ("candidate", "examiner"), ("examiner",)]))
    def a_cell_begins(self, where: tuple[str, ...]) -> None:
        for peer in self.peers:
            peer.stubborn = False
        self.broker.begin("", "cell 1", where == ("examiner",), dict.fromkeys(where))

    @rule(who=st.integers(0, 1), swallows=st.booleans())
    def one_takes_a_message(self, who: int, swallows: bool) -> None:
        self.peers[who].fetch()
        self.peers[who].take(swallows and not who)

    @rule(who=st.integers(0, 1), swallows=st.booleans())
    def a_signal_arrives(self, who: int, swallows: bool) -> None:
        if self.peers[who].lives and None in self.peers[who].inbox:
            self.peers[who].take_signal(swallows and not who)

    @rule(who=st.integers(0, 1))
    def one_asks_the_other(self, who: int) -> None:
        peer = self.peers[who]
        # A student's cell has no function of a test; the examiner asks whenever it runs.
        if peer.runs and (who or peer.frames[-1][0] is Kind.REQUEST):
            peer.ask()

    @rule(who=st.integers(0, 1))
    def one_ends_what_it_runs(self, who: int) -> None:
        if self.peers[who].runs:
            self.peers[who].end()

    @rule(who=st.integers(0, 1))
    def one_refuses_what_it_is_asked(self, who: int) -> None:
        peer = self.peers[who]
        if peer.runs and peer.frames[-1][0] is Kind.REQUEST:
            _, number = peer.frames.pop()
            peer.send(Kind.REJECTED, number, b"malformed")
            self.candidate.lied |= peer.is_examiner

    @rule()
    def the_examiner_refuses_a_response(self) -> None:
        self.examiner.fetch()
        first = next(iter(self.examiner.inbox), None)
        if first and first.kind is Kind.RESPONSE and self.examiner.waits:
            self.examiner.take(swallows=False)
            self.examiner.send(Kind.REJECTED, first.number, b"malformed")
            self.candidate.lied = True

    @rule(kind=st.sampled_from([Kind.RELEASE, Kind.RESTORE]))
    def the_examiner_gives_notice(self, kind: Kind) -> None:
        if self.examiner.runs:
            self.examiner.send(kind, 0)

    @rule()
    def the_broker_advances(self) -> None:
        self.broker.advance(0)

    @rule(who=st.integers(0, 1), seconds=st.sampled_from([0.4, 3.0, 6.0, 11.0]))
    def one_computes(self, who: int, seconds: float) -> None:
        """Use processor time; what is pending of signals arrives meanwhile."""
        if self.peers[who].runs and None not in self.peers[who].inbox:
            self.pass_time(2.0)
            self.peers[who].used += seconds
            self.pass_time(seconds)

    @rule(who=st.integers(0, 1))
    def one_starves(self, who: int) -> None:
        """Wait for a processor for long, with hardly any of it: nothing may come of that."""
        if self.peers[who].runs and self.broker.is_running:
            before = self.stopped()
            self.pass_time(2.0)
            late = self.stopped() != before
            self.peers[who].used += 0.2 / LONG
            self.peers[who].waited += 0.2
            self.pass_time(0.2)
            assert late or self.stopped() == before

    @precondition(lambda self: self.may_sleep)
    @rule()
    def time_passes(self) -> None:
        self.slept = True
        self.pass_time(LONG)

    @rule(who=st.sampled_from([0, 0, 0, 1]))
    def one_dies(self, who: int) -> None:
        if self.peers[who].lives and self.peers[who].frames:
            self.peers[who].died = True
            self.peers[who].kill()

    @rule(kind=st.sampled_from(Kind), number=st.integers(0, 3))
    def the_candidate_lies(self, kind: Kind, number: int) -> None:
        if self.candidate.lives:
            self.candidate.lied = True
            self.candidate.send(kind, number)

    # Laws

    @invariant()
    def the_tests_go_on(self) -> None:
        if hasattr(self, "broker"):
            session = self.broker.examiner
            assert not session.violation, session.violation
            assert not session.end_reason or self.examiner.died or self.slept

    @invariant()
    def only_who_dies_or_lies_or_goes_on_is_ended(self) -> None:
        if hasattr(self, "broker") and self.broker.candidate.end_reason:
            peer = self.candidate
            faults = peer.died or peer.lied or peer.stubborn or self.slept
            assert faults or self.broker.examiner.end_reason, self.broker.candidate.end_reason
            assert peer.lied or not self.broker.candidate.violation

    def stopped(self) -> tuple:
        return tuple(
            (s.end_reason, s.result.overtime) for s in (self.broker.candidate, self.broker.examiner)
        )

    def pass_time(self, seconds: float) -> None:
        self.broker.advance(0)
        self.now += seconds
        self.broker.advance(0)

    def finish(self) -> None:
        """Let all end what it runs; that must come to an end."""
        for _ in range(1000):
            self.broker.advance(0)
            for peer in self.peers:
                peer.fetch()
                if peer.runs:
                    peer.end()
                peer.take(swallows=False)
            if not (self.broker.is_running or any(p.frames and p.lives for p in self.peers)):
                break
        assert not self.broker.is_running, [(p.frames, p.waits_for, p.inbox) for p in self.peers]

    def the_next_exercise_gets_its_points(self) -> None:
        """Run an answer, then a test that calls it; only the dead lose by what was before."""
        if self.candidate.lied and self.broker.candidate.end_reason == "":
            return  # what it sent may be read any time
        for where in ("candidate", "examiner"):
            session = self.broker.begin("", "cell 2", where == "examiner", {where: None})[where]
            calls = where == "examiner"
            for _ in range(20):
                self.broker.advance(0)
                for peer in self.peers:
                    peer.fetch()
                    peer.take(swallows=False)
                if calls and self.examiner.runs:
                    self.examiner.ask()
                    calls = False
                elif self.examiner.runs:
                    self.examiner.end()
                if self.candidate.runs:
                    self.candidate.end()
            assert not self.broker.is_running
            assert session.result.finished or session.end_reason
            assert session.result.overtime == ""


Interleavings.TestCase.settings = settings(
    max_examples=300,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
test_whatever_the_order_a_stop_ends_one_exercise = Interleavings.TestCase
