"""The broker: lets candidate and examiner run cells, carries what they say, keeps the time.

It reads lengths, kinds and numbers of frames, never what is inside those that cross; so whatever
the candidate sends can at worst end the candidate.
"""

import json
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.exam.guest.frames import Channel, ClosedError, Kind, LateError, Message, WireError
from autograder.exam.limits import Limits
from autograder.exam.process import Process

STARTUP_TIMEOUT = 60.0
"""Seconds an interpreter may take before it is ready."""
FLOOD_FACTOR = 8
"""How many times the output that is kept a cell may send before it is stopped."""


@dataclass
class Interpreter:
    """An interpreter that was started: its process, and our end of the connection."""

    process: Process
    end: socket.socket


@dataclass
class CellResult:
    """How a cell ended in one interpreter.

    Attributes
    ----------
    began : bool
        Whether it was begun.
    finished : bool
        Whether it ran to its end, with or without an exception.
    late : bool
        Whether it was stopped because its time was over.
    ename, evalue : str
        The exception's, empty where there was none.
    count : int or None
        The execution count.
    """

    began: bool = False
    finished: bool = False
    late: bool = False
    ename: str = ""
    evalue: str = ""
    count: int | None = None


@dataclass(eq=False)
class Endpoint:
    """One of the two interpreters."""

    name: str
    process: Process
    channel: Channel
    ended: str = ""
    """Why it has ended; empty while it lives."""
    running: int = 0
    """The number of the cell it runs, 0 for none."""
    sent: int = 0
    """Bytes of output of that cell."""
    result: CellResult = field(default_factory=CellResult)
    output: Callable[[Any], None] | None = None


class Broker:
    """Runs cells on two sides and carries what they say to each other.

    Parameters
    ----------
    candidate, examiner : Interpreter
    limits : Limits
    """

    def __init__(self, candidate: Interpreter, examiner: Interpreter, limits: Limits) -> None:
        self.limits = limits
        self.candidate = self._side("candidate", candidate)
        self.examiner = self._side("examiner", examiner)
        self._living = {s.channel.fileno(): s for s in (self.candidate, self.examiner)}
        self._poll = select.poll()
        for descriptor in self._living:
            self._poll.register(descriptor, select.POLLIN)
        self._number = 0
        self._cell = ""
        self._stack: list[tuple[Endpoint, int]] = []
        self._queue: list[Message] = []
        self._until = self._call_until = self._wall = float("inf")
        self._warned = self._asked = self._expired = False
        self._ready: set[str] = set()

    def _side(self, name: str, started: Interpreter) -> Endpoint:
        return Endpoint(name, started.process, Channel(started.end, self.limits.message))

    def wait_ready(self) -> None:
        """Wait until both can run cells; from then on the notebook's time counts."""
        until = time.monotonic() + STARTUP_TIMEOUT
        while len(self._ready) + bool(self.candidate.ended) + bool(self.examiner.ended) < 2:
            if time.monotonic() > until:
                for side in (self.candidate, self.examiner):
                    if side.name not in self._ready:
                        self._end(side, "it did not start")
                break
            self._turn(until)
        self._wall = time.monotonic() + self.limits.wall

    def run(
        self, source: str, cell: str, graded: bool, outputs: dict[str, Callable[[Any], None] | None]
    ) -> dict[str, CellResult]:
        """Run a cell on the sides named in `outputs`, which say where its output goes.

        Parameters
        ----------
        source : str
        cell : str
            What to call it in a verdict.
        graded : bool
        outputs : dict
        """
        self._number += 1
        self._cell = cell
        self._warned = self._asked = self._expired = False
        self._until = time.monotonic() + self.limits.cell_wall
        text = {"source": source, "graded": graded, "max_bytes": self.limits.output}
        frame = Message(Kind.RUN, self._number, json.dumps(text).encode())
        sides = [side for side in (self.candidate, self.examiner) if side.name in outputs]
        for side in sides:
            side.result, side.sent, side.output = CellResult(), 0, outputs[side.name]
            if not side.ended:
                side.running, side.result.began = self._number, True
                self._send(side, frame)
        while self.candidate.running or self.examiner.running:
            self._turn(min(self._until, self._call_until, self._wall))
        return {side.name: side.result for side in sides}

    def forget(self, names: Sequence[str]) -> None:
        """Tell the examiner which names the candidate's cell has bound."""
        if not self.examiner.ended:
            self._send(self.examiner, Message(Kind.FORGET, 0, json.dumps(names).encode()))

    def close(self) -> None:
        """End both."""
        for side in (self.candidate, self.examiner):
            self._end(side, "the notebook is over")

    def _turn(self, until: float) -> None:
        """Take what has come, or note that time is over."""
        rest = until - time.monotonic()
        # What was read already will not wake anybody.
        came = [side for side in self._living.values() if side.channel.pending]
        if rest > 0:
            wait = 0.0 if came else None if rest == float("inf") else rest * 1000
            came += [
                side
                for descriptor, _ in self._poll.poll(wait)
                if (side := self._living[descriptor]) not in came
            ]
        for side in came:
            if side.ended:
                continue
            try:
                frame = side.channel.poll()
                if frame is not None:
                    self._take(side, frame)
            except ClosedError:
                self._end(side, "")
            except WireError as error:
                self._end(side, f"it broke the protocol: {error}")
        if time.monotonic() >= until:
            self._late()

    def _take(self, side: Endpoint, frame: Message) -> None:
        if side.ended:
            return
        match frame.kind:
            case Kind.READY:
                self._ready.add(side.name)
            case Kind.OUTPUT:
                self._output(side, frame)
            case Kind.DONE:
                self._done(side, frame)
            case Kind.ASK if side is self.examiner:
                self._ask(frame)
            case Kind.DROP if side is self.examiner:
                self._to_candidate(frame)
            case Kind.REFUSED if side is self.examiner:
                self._end(self.candidate, f"it broke the protocol: {_text(frame)}")
            case Kind.ANSWER if side is self.examiner:
                if self._stack and self._stack[-1] == (side, frame.number):
                    self._stack.pop()
                    self._send(self.candidate, frame)
            case Kind.ASK if self._stack and self._stack[-1][0] is side:
                self._stack.append((self.examiner, frame.number))
                self._send(self.examiner, frame)
            case Kind.ASK if side.running:
                words = b"a function that was lent for one test, which is over"
                self._send(side, Message(Kind.REFUSED, frame.number, words))
            case Kind.ANSWER if self._stack and self._stack[-1] == (side, frame.number):
                self._stack.pop()
                if not self._stack:
                    self._call_until, self._warned = float("inf"), False
                self._send(self.examiner, frame)
            case _:
                raise WireError(f"a frame {frame.kind.name} out of turn")

    def _output(self, side: Endpoint, frame: Message) -> None:
        side.sent += len(frame.payload)
        if side.sent > FLOOD_FACTOR * self.limits.output + (1 << 20):
            raise WireError("an endless output")
        if side.output is not None and frame.number == side.running:
            side.output(frame.payload)

    def _done(self, side: Endpoint, frame: Message) -> None:
        if frame.number != side.running or any(s is side for s, _ in self._stack):
            raise WireError("the end of a cell that does not run")
        side.running = 0
        try:
            match json.loads(bytes(frame.payload)):
                case {"ename": str(ename), "evalue": str(evalue), "count": int(count)}:
                    late = side.result.late
                    side.result = CellResult(True, True, late, ename[:200], evalue[:2000], count)
                case _:
                    raise WireError("the end of a cell in no known form")
        except (ValueError, RecursionError) as error:
            raise WireError("the end of a cell that is no JSON") from error
        finally:
            waiting, self._queue = self._queue, []
            for waits in waiting if side is self.candidate else ():
                self._ask(waits) if waits.kind is Kind.ASK else self._to_candidate(waits)
            if side is self.examiner and not self.candidate.ended and self._stack:
                self._end(self.candidate, "a call of its function did not end with the test")

    def _ask(self, frame: Message) -> None:
        """Carry a test's question to the candidate, when it has ended its own cell."""
        if self.candidate.ended:
            self._send(self.examiner, Message(Kind.REFUSED, frame.number, self.verdict.encode()))
        elif self._expired:
            why = f"this test took longer than {self.limits.cell_wall:g} s and was not finished"
            self._send(self.examiner, Message(Kind.REFUSED, frame.number, why.encode()))
        elif self.candidate.running:
            self._queue.append(frame)
        else:
            if not self._stack:
                self._call_until = time.monotonic() + self.limits.call_wall
            self._asked = True
            self._stack.append((self.candidate, frame.number))
            self._send(self.candidate, frame)

    def _to_candidate(self, frame: Message) -> None:
        if self.candidate.running:
            self._queue.append(frame)
        elif not self.candidate.ended:
            self._send(self.candidate, frame)

    def _send(self, side: Endpoint, frame: Message) -> None:
        if side.ended:
            return
        try:
            side.channel.send(frame, time.monotonic() + self.limits.call_wall)
        except ClosedError:
            self._end(side, "")
        except (LateError, ValueError) as error:
            self._end(side, str(error))

    def _late(self) -> None:
        """Interrupt what runs; where that does not help end it, the candidate first."""
        now = time.monotonic()
        if now >= self._wall:
            self._wall = float("inf")
            self._end(self.candidate, f"the notebook took longer than {self.limits.wall:g} s")
            return
        of_call = self._call_until <= now < self._until
        if of_call:
            self._call_until = now + self.limits.grace
        else:
            self._until = now + self.limits.grace
        # Whoever runs now: the one asked last, or the candidate its own cell, or the examiner.
        side = self._stack[-1][0] if self._stack else self.candidate
        if side is self.candidate and not (self._stack or side.running):
            side = self.examiner
        if not of_call:
            self._expired = True  # what the test asks from now on is refused, so that it ends
            for each in (self.candidate, self.examiner):
                each.result.late |= bool(each.running)
        if not self._warned:
            self._warned = True
            side.process.interrupt()
        elif self._asked and not self.candidate.ended:
            # They may call each other without end, so that it is chance which one runs.
            self._warned = False
            self._end(self.candidate, self._too_long(of_call))
        else:
            self._warned = False
            self._end(side, self._too_long(of_call))

    def _too_long(self, of_call: bool) -> str:
        seconds = self.limits.call_wall if of_call else self.limits.cell_wall
        what = "a call of its function" if of_call or self._stack else "a cell"
        return f"{what} took longer than {seconds:g} s and could not be stopped"

    def _end(self, side: Endpoint, why: str) -> None:
        """End a side, answer for it what is still asked of it."""
        if side.ended:
            return
        side.ended = why or self._death(side)
        side.process.kill()
        side.process.wait()
        if self._cell:
            side.ended += f", in {self._cell}"
        self._poll.unregister(side.channel.fileno())
        del self._living[side.channel.fileno()]
        side.channel.close()
        side.running = 0
        if side is self.candidate:
            open_questions = [n for s, n in reversed(self._stack) if s is side]
            open_questions += [frame.number for frame in self._queue if frame.kind is Kind.ASK]
            self._stack, self._queue = [], []
            self._call_until = float("inf")
            for number in open_questions:
                self._send(self.examiner, Message(Kind.REFUSED, number, self.verdict.encode()))

    @staticmethod
    def _death(side: Endpoint) -> str:
        """Say how a side died that nobody ended."""
        try:
            status = side.process.wait(1.0)
        except TimeoutError:
            # A sandbox knows why it ends a process whose memory takes long to give back.
            ending = getattr(side.process, "ending", None)
            return f"it died ({ending})" if ending else "it closed its connection"
        ending = getattr(side.process, "ending", None)  # a sandbox knows more than a status tells
        return (
            f"it died ({ending}, {_status(status)})" if ending else f"it died ({_status(status)})"
        )

    @property
    def verdict(self) -> str:
        """Return why the candidate has ended, empty while it lives."""
        return f"your notebook's interpreter has ended: {self.candidate.ended}"


def _text(frame: Message) -> str:
    return bytes(frame.payload[:500]).decode(errors="replace")


def _status(status: int) -> str:
    if status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"
    return f"exit status {status}"
