"""The broker: makes candidate and examiner run cells, and forwards what they send each other.

Of a message that it forwards it reads length, kind and number, never the payload. So the worst that
a candidate can achieve by what it sends is that it is stopped.
"""

import json
import select
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.exam.guest.channel import (
    Channel,
    ClosedError,
    DeadlineError,
    Kind,
    Message,
    ProtocolError,
)
from autograder.exam.interpreters import CellResult, Interpreter, Session, describe_death
from autograder.exam.limits import Limits
from autograder.exam.process import SlowMachineError
from autograder.exam.stopwatch import Stopwatch
from autograder.exam.timekeeper import Timekeeper, Turns

STARTUP_CPU, STARTUP_WALL = 120.0, 600.0
"""Seconds an interpreter may take until it is ready: it imports, and runs nothing of a student's.

TensorFlow alone takes ten on a busy machine.
"""
FLOOD_FACTOR = 8
"""How many times the output kept of a cell it may send before its interpreter is stopped."""
REJECTIONS = 1000
"""How many requests of a test that is out of time are rejected, so that it can end by itself."""

OnOutput = Callable[[Any], None] | None
"""Takes the payload of each output; None if outputs are dropped."""


class FloodError(ProtocolError):
    """A candidate sent more output than any that bounds its own output."""

    for_students = "it wrote output without end"


class Broker:
    """Runs cells in two interpreters and forwards what they send each other.

    Parameters
    ----------
    candidate, examiner : Interpreter
    limits : Limits
    """

    def __init__(self, candidate: Interpreter, examiner: Interpreter, limits: Limits) -> None:
        self.limits = limits
        self.candidate = self._open("candidate", candidate)
        self.examiner = self._open("examiner", examiner)
        self._sessions = {s.channel.fileno(): s for s in (self.candidate, self.examiner)}
        self._poll = select.poll()
        for descriptor in self._sessions:
            self._poll.register(descriptor, select.POLLIN)
        self._number = self._rejections = 0
        self._cell = ""
        self._turns = Turns(self.candidate, self.examiner)
        self._calls = self._turns.calls
        self._queue: list[Message] = []  # for the candidate, once its own cell has ended
        self._time = Timekeeper(self._turns, limits, self._stop)
        self._died_unexplained = False
        self._ready: set[str] = set()

    def _open(self, name: str, interpreter: Interpreter) -> Session:
        channel = Channel(interpreter.connection, self.limits.message)
        return Session(name, interpreter.process, channel)

    @property
    def doubtful(self) -> bool:
        """Whether the machine, and not the notebook, may be why something did not end well.

        That is a stop while there was processor time left, and a death that none of the limits
        explains: the kernel may have been short of memory.
        """
        return self._time.doubtful or self._died_unexplained

    def wait_ready(self) -> None:
        """Wait until both can run cells; from then on the notebook's time counts.

        Raises
        ------
        SlowMachineError
            If one takes too long; nothing of the student's has run.
        """
        both = (self.candidate, self.examiner)
        starting = Stopwatch([s.process for s in both], STARTUP_CPU, STARTUP_WALL)
        while len(self._ready) + sum(bool(session.end_reason) for session in both) < 2:
            self._receive(starting.left())
            if starting.used_up():
                raise SlowMachineError("an interpreter", STARTUP_WALL)
        self._time.begin_notebook()

    def run(
        self, source: str, cell: str, graded: bool, outputs: Mapping[str, OnOutput]
    ) -> dict[str, CellResult]:
        """Run a cell in one interpreter or in both at a time.

        Parameters
        ----------
        source : str
        cell : str
            What reasons call it.
        graded : bool
        outputs : mapping of str to callable or None
            By the name of each interpreter that runs it: what takes its outputs.
        """
        results = self.begin(source, cell, graded, outputs)
        while self.is_running:
            self.advance()
        return {name: session.result for name, session in results.items()}

    def begin(
        self, source: str, cell: str, graded: bool, outputs: Mapping[str, OnOutput]
    ) -> dict[str, Session]:
        """Begin what `run` does; return the sessions that run the cell, by name."""
        self._number += 1
        self._cell, self._rejections = cell, 0
        request = {"source": source, "graded": graded, "max_bytes": self.limits.output}
        message = Message(Kind.RUN, self._number, json.dumps(request).encode())
        sessions = [s for s in (self.candidate, self.examiner) if s.name in outputs]
        for session in sessions:
            session.result, session.output_bytes = CellResult(), 0
            session.on_output = outputs[session.name]
            if not session.end_reason:
                session.running, session.result.started = self._number, True
                # The candidate works for a test, too.
                working = [session] if self.candidate in sessions else [self.candidate, session]
                self._time.begin_cell(session, working)
                self._send(session, message)
        return {session.name: session for session in sessions}

    @property
    def is_running(self) -> bool:
        """Whether a cell has not ended yet."""
        return bool(self.candidate.running or self.examiner.running)

    def advance(self, seconds: float | None = None) -> None:
        """Handle what arrives within so many seconds, or until a limit may be used up."""
        self._receive(self._time.left() if seconds is None else seconds)
        self._time.keep()

    def invalidate_names(self, names: Sequence[str]) -> None:
        """Make the examiner fetch these names anew: the candidate's next cell binds them."""
        if not self.examiner.end_reason:
            self._send(self.examiner, Message(Kind.INVALIDATE, 0, json.dumps(names).encode()))

    def close(self) -> None:
        """Stop both interpreters."""
        for session in (self.candidate, self.examiner):
            self._stop(session, "the notebook is over")

    def _receive(self, seconds: float) -> None:
        """Handle the messages that have arrived, or else arrive within so many seconds."""
        # The poll does not report what a channel has buffered already.
        readable = [session for session in self._sessions.values() if session.channel.pending]
        readable += [
            session
            for descriptor, _ in self._poll.poll(0.0 if readable else 1000 * seconds)
            if (session := self._sessions[descriptor]) not in readable
        ]
        for session in readable:
            if session.end_reason:
                continue
            try:
                message = session.channel.poll()
                if message is not None:
                    self._dispatch(session, message)
            except ClosedError:
                self._stop(session, "")
            except ProtocolError as error:
                self._stop(session, error.for_students, violation=str(error))

    def _dispatch(self, session: Session, message: Message) -> None:
        on_top = bool(self._calls) and self._calls[-1] == (session, message.number)
        match message.kind:
            case Kind.READY:
                self._ready.add(session.name)
            case Kind.OUTPUT:
                self._pass_output(session, message)
            case Kind.DONE:
                self._finish_cell(session, message)
            case Kind.REQUEST if session is self.examiner and self._turns.runs(session):
                self._forward_request(message)
            case Kind.RELEASE | Kind.RESTORE if session is self.examiner:
                self._forward_notice(message)
            case Kind.REJECTED if session is self.examiner:
                self._end_malformed(message, on_top)
            case Kind.RESPONSE if session is self.examiner and on_top:
                self._return_to_candidate(message)
            case Kind.REQUEST if session is self.candidate and self._calls:
                if not self._turns.runs(session):
                    raise ProtocolError("a request while another is open")
                self._forward_callback(message)
            case Kind.REQUEST if session is self.candidate and session.running:
                self._refuse_callback(message)
            case Kind.RESPONSE | Kind.REJECTED if on_top:
                self._return_to_examiner(message)
            case _:
                raise ProtocolError(f"a message {message.kind.name} out of turn")

    def _pass_output(self, session: Session, message: Message) -> None:
        session.output_bytes += len(message.payload)
        if session.output_bytes > FLOOD_FACTOR * self.limits.output + (1 << 20):
            raise FloodError("more output than any cell may send")
        if session.on_output is not None and message.number == session.running:
            session.on_output(message.payload)

    def _finish_cell(self, session: Session, message: Message) -> None:
        if self._calls or not session.running or message.number != session.running:
            raise ProtocolError("the end of a cell that is not running")
        session.running = 0
        self._time.end(session)
        try:
            match json.loads(bytes(message.payload)):
                case {"ename": str(ename), "evalue": str(evalue), "count": int(count)}:
                    late = session.result.overtime
                    session.result = CellResult(True, True, late, ename[:200], evalue[:2000], count)
                case _:
                    raise ProtocolError("the end of a cell in an unknown form")
        except (ValueError, RecursionError) as error:
            raise ProtocolError("the end of a cell that is not JSON") from error
        finally:
            if session is self.candidate:
                self._empty_queue()

    def _empty_queue(self) -> None:
        """Forward what has waited for the end of the candidate's own cell."""
        queue, self._queue = self._queue, []
        if self._turns.queued:
            self._turns.queued = False
            self._time.begin_cell(self.examiner, [self.examiner])  # it has waited until now
        for queued in queue:
            if queued.kind is Kind.REQUEST:
                self._forward_request(queued)
            else:
                self._forward_notice(queued)

    def _forward_request(self, message: Message) -> None:
        """Forward a test's request to the candidate, once the candidate has ended its own cell."""
        if self.candidate.end_reason:
            self._reject(message.number, self.refusal)
        elif self.examiner.result.overtime:
            self._reject_late(message.number)
        elif self.candidate.running:
            self._turns.queued = True
            self._queue.append(message)
        else:
            if not self._calls:
                self._time.begin_call()
            self._calls.append((self.candidate, message.number))
            self._send(self.candidate, message)

    def _reject_late(self, number: int) -> None:
        """Reject a request of a test that is out of time; what asks on and on is interrupted."""
        self._rejections += 1
        if self._rejections > REJECTIONS:
            self._send(self.examiner, Message(Kind.CANCELLED, number, b""))
        else:
            self._reject(number, f"this test {self.examiner.result.overtime} and was not finished")

    def _forward_notice(self, message: Message) -> None:
        if self.candidate.running:
            self._queue.append(message)
        else:
            self._send(self.candidate, message)

    def _forward_callback(self, message: Message) -> None:
        """Forward the candidate's call of a test's function, unless its time is over."""
        if self._time.is_cancelled(self.candidate):
            self._cancel(message.number)
        else:
            self._calls.append((self.examiner, message.number))
            self._send(self.examiner, message)

    def _refuse_callback(self, message: Message) -> None:
        """Refuse a call of a test's function in a cell of the student's."""
        if self._time.is_cancelled(self.candidate):
            self._cancel(message.number)
        else:
            text = b"this function belongs to a test that is over"
            self._send(self.candidate, Message(Kind.REJECTED, message.number, text))

    def _cancel(self, number: int) -> None:
        """Interrupt a candidate that waits: SIGINT would not."""
        self._time.count_interrupt(self.candidate)
        self._send(self.candidate, Message(Kind.CANCELLED, number, b""))

    def _return_to_candidate(self, message: Message) -> None:
        self._calls.pop()
        self._time.end(self.examiner)
        if self.candidate.end_reason:
            self._reject_waiting()
        elif self._time.is_cancelled(self.candidate):
            self._cancel(message.number)
        else:
            self._send(self.candidate, message)

    def _return_to_examiner(self, message: Message) -> None:
        self._calls.pop()
        if not self._calls:
            self._time.end_call()
        self._time.allow_report(self.examiner)
        if message.kind is Kind.REJECTED:
            self._reject(message.number, "your notebook could not take what the test passes to it")
        else:
            self._send(self.examiner, message)

    def _end_malformed(self, message: Message, on_top: bool) -> None:
        """Stop the candidate: the examiner could not read its request, or its response."""
        if on_top:
            self._calls.pop()
        violation = bytes(message.payload[:500]).decode(errors="replace")
        self._stop(self.candidate, ProtocolError.for_students, violation=violation)
        self._reject_waiting()

    def _reject(self, number: int, text: str) -> None:
        self._send(self.examiner, Message(Kind.REJECTED, number, text.encode()))

    def _reject_waiting(self) -> None:
        """Reject the request that the examiner waits for, if any: the candidate has ended."""
        if self._calls and self._calls[-1][0] is self.candidate:
            _, number = self._calls.pop()
            if not self._calls:
                self._time.end_call()
            self._reject(number, self.refusal)

    def _send(self, session: Session, message: Message) -> None:
        if session.end_reason:
            return
        try:
            session.channel.send(message, time.monotonic() + self.limits.cell_wall)
        except ClosedError:
            self._stop(session, "")
        except DeadlineError:
            self._time.doubtful = True
            self._stop(session, "it took nothing from its connection any more")

    def _stop(self, session: Session, reason: str, violation: str = "") -> None:
        """End an interpreter; the candidate ends with the examiner, as nothing can be tested.

        Parameters
        ----------
        session : Session
        reason : str
            For students; empty if the interpreter ended on its own.
        violation : str
            How it violated the protocol, for staff.
        """
        if session.end_reason:
            return
        session.end_reason, unexplained = (reason, False) if reason else describe_death(session)
        self._died_unexplained |= unexplained
        session.violation = f"it broke the protocol: {violation}" if violation else ""
        session.process.kill()
        session.process.wait()
        if self._cell:
            session.end_reason += f", in {self._cell}"
            session.violation += f", in {self._cell}" if violation else ""
        self._poll.unregister(session.channel.fileno())
        del self._sessions[session.channel.fileno()]
        session.channel.close()
        session.running = 0
        self._time.end(session)
        queue, self._queue, self._turns.queued = self._queue, [], False
        if session is self.examiner:
            self._calls.clear()
            self._stop(self.candidate, "the tests could not go on")
            return
        for queued in queue:
            if queued.kind is Kind.REQUEST:
                self._reject(queued.number, self.refusal)
        self._reject_waiting()

    @property
    def refusal(self) -> str:
        """Return the rejection of requests to a candidate that has ended, for students."""
        return f"your notebook's interpreter has ended: {self.candidate.end_reason}"
