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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from autograder.exam import stopwatch
from autograder.exam.broker import Broker
from autograder.exam.guest.channel import Channel, Kind, Message, ProtocolError
from autograder.exam.interpreters import Interpreter
from autograder.exam.limits import Limits
from autograder.exam.processor_time import ProcessorTime
from autograder.exam.stopwatch import WAITS_AT_MOST

LIMITS = Limits(
    wall=1e9, cell_cpu=100, cell_wall=3e4, call_cpu=50, call_wall=1e4, grace=100, message=1 << 20
)
Action = tuple[str, Callable[[], None]]
SOME, MORE, LONG = 60.0, 110.0, 1e6
"""Seconds: more than a call may use, than a cell may use, and than either may take."""
MEASURED = 11.0
"""Seconds after which a cell or a call is measured."""


@dataclass(eq=False)
class ModelInterpreter:
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

    def __str__(self) -> str:
        return "the examiner" if self.is_examiner else "the candidate"

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
            case Kind.RESPONSE if message.number == number:
                self.waits_for.pop()
            case Kind.REJECTED if message.number == number:
                self.waits_for.pop()
                if self.is_examiner:
                    self.interrupted(swallows)
            case Kind.CANCELLED if message.number == number and not self.is_examiner:
                self.waits_for.pop()
                self.interrupted(swallows)
            case Kind.RELEASE | Kind.RESTORE if not self.is_examiner:
                pass
            case _ if not self.lied:
                raise AssertionError(f"{message.kind.name} {message.number}, waiting for {number}")


class Interleavings(RuleBasedStateMachine):
    """All orders of what two interpreters, the broker and the clock do."""

    @initialize(may_sleep=st.booleans(), may_lie=st.booleans())
    def start(self, may_sleep: bool, may_lie: bool) -> None:
        self.may_sleep, self.may_lie = may_sleep, may_lie
        self.now = 0.0
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(stopwatch, "time", SimpleNamespace(monotonic=lambda: self.now))
        self.interpreters, ends = [], []
        for is_examiner in (False, True):
            ours, theirs = socket.socketpair()
            self.interpreters.append(ModelInterpreter(Channel(theirs, 1 << 20), is_examiner))
            ends.append(Interpreter(self.interpreters[-1], ours))
        self.candidate, self.examiner = self.interpreters
        self.broker = Broker(*ends, LIMITS)
        for interpreter in self.interpreters:
            interpreter.send(Kind.READY, 0)
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

    # What may happen next

    @rule(choice=st.integers(0, 2**16), swallows=st.booleans(), broker_sleeps=st.booleans())
    def something_happens(self, choice: int, swallows: bool, broker_sleeps: bool) -> None:
        """Choose among all that can happen, the rare in one of eight steps."""
        rare, index = choice % 8 == 0, choice // 8
        possible = [*(self.rare() if rare else self.usual(swallows))] or [*self.usual(swallows)]
        name, act = possible[index % len(possible)]
        note(name)
        act()
        if not broker_sleeps:
            self.broker.advance(0)

    def usual(self, swallows: bool) -> Iterator[Action]:
        yield "the broker advances", lambda: self.broker.advance(0)
        if not self.broker.is_running:
            for where in (("candidate",), ("candidate", "examiner"), ("examiner",)):
                yield f"a cell begins: {where}", partial(self.begin, where)
        for interpreter in self.interpreters:
            interpreter.fetch()
            if interpreter.lives and not interpreter.runs and any(interpreter.inbox):
                yield f"{interpreter} takes a message", partial(interpreter.take, swallows)
            if interpreter.lives and None in interpreter.inbox:
                yield f"{interpreter} gets SIGINT", partial(interpreter.take_signal, swallows)
            elif interpreter.runs:
                yield f"{interpreter} computes", partial(self.compute, interpreter, SOME)
                yield f"{interpreter} computes for long", partial(self.compute, interpreter, MORE)
            if interpreter.runs:
                yield f"{interpreter} ends", interpreter.end
                # A student's cell has no function of a test; the examiner asks whenever it runs.
                if interpreter.is_examiner or interpreter.frames[-1][0] is Kind.REQUEST:
                    yield f"{interpreter} asks", interpreter.ask
                    yield f"{interpreter} asks", interpreter.ask

    def rare(self) -> Iterator[Action]:
        yield "both starve", self.starve_long
        for interpreter in self.interpreters:
            if interpreter.runs and interpreter.frames[-1][0] is Kind.REQUEST:
                yield f"{interpreter} refuses a request", partial(self.refuse, interpreter)
            if interpreter.lives and interpreter.frames and not interpreter.is_examiner:
                yield f"{interpreter} dies", partial(self.die, interpreter)
        if self.examiner.runs:
            for kind in (Kind.RELEASE, Kind.RESTORE):
                yield f"{kind.name}", partial(self.examiner.send, kind, 0)
        if self.may_sleep:
            yield "time passes", self.sleep
        if self.may_lie and self.candidate.lives:
            for kind in Kind:
                yield f"a lie: {kind.name}", partial(self.lie, kind)

    def begin(self, where: tuple[str, ...]) -> None:
        for interpreter in self.interpreters:
            interpreter.stubborn &= not interpreter.lives
        self.broker.begin("", "cell 1", where == ("examiner",), dict.fromkeys(where))

    def compute(self, interpreter: ModelInterpreter, seconds: float) -> None:
        self.starve(MEASURED)
        if interpreter.runs and None not in interpreter.inbox:  # a signal arrives before it goes on
            interpreter.used += seconds
            self.pass_time(seconds)

    def starve(self, seconds: float = SOME) -> None:
        """Let both wait for a processor, and have one for a moment."""
        for interpreter in self.interpreters:
            interpreter.used += seconds / WAITS_AT_MOST
            interpreter.waited += seconds
        self.pass_time(seconds)

    def starve_long(self) -> None:
        """Let both wait for longer than any step of a stop takes: nothing comes of that."""
        self.starve(MEASURED)
        before = self.stopped()
        for _ in range(5):
            self.starve()
        assert self.stopped() == before

    def refuse(self, interpreter: ModelInterpreter) -> None:
        _, number = interpreter.frames.pop()
        interpreter.send(Kind.REJECTED, number, b"malformed")
        self.candidate.lied |= interpreter.is_examiner

    def die(self, interpreter: ModelInterpreter) -> None:
        interpreter.died = True
        interpreter.kill()

    def sleep(self) -> None:
        self.slept = True
        self.pass_time(LONG)

    def lie(self, kind: Kind) -> None:
        self.candidate.lied = True
        self.candidate.send(kind, self.candidate.asked)

    # Laws

    @invariant()
    def the_tests_go_on(self) -> None:
        if hasattr(self, "broker"):
            session = self.broker.examiner
            assert not session.violation, session.violation
            assert not session.end_reason or self.examiner.stubborn or self.slept

    @invariant()
    def only_who_dies_or_lies_or_goes_on_is_ended(self) -> None:
        if hasattr(self, "broker") and self.broker.candidate.end_reason:
            interpreter = self.candidate
            faults = interpreter.died or interpreter.lied or interpreter.stubborn or self.slept
            assert faults or self.broker.examiner.end_reason, self.broker.candidate.end_reason
            assert interpreter.lied or not self.broker.candidate.violation

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
            for interpreter in self.interpreters:
                interpreter.fetch()
                if interpreter.runs:
                    interpreter.end()
                interpreter.take(swallows=False)
            if not (self.broker.is_running or any(p.frames and p.lives for p in self.interpreters)):
                break
        assert not self.broker.is_running, [
            (p.frames, p.waits_for, p.inbox) for p in self.interpreters
        ]

    def the_next_exercise_gets_its_points(self) -> None:
        """Run an answer, then a test that calls it; only the dead lose by what was before."""
        if self.candidate.lied and self.broker.candidate.end_reason == "":
            return  # what it sent may be read any time
        for where in ("candidate", "examiner"):
            session = self.broker.begin("", "cell 2", where == "examiner", {where: None})[where]
            calls = where == "examiner"
            for _ in range(20):
                self.broker.advance(0)
                for interpreter in self.interpreters:
                    interpreter.fetch()
                    interpreter.take(swallows=False)
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
    max_examples=500,
    stateful_step_count=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
test_whatever_the_order_a_stop_ends_one_exercise = Interleavings.TestCase
