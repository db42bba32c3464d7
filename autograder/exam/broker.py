"""The broker: makes candidate and examiner run cells, forwards their messages, keeps deadlines.

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

STARTUP_TIMEOUT = 60.0
"""Seconds an interpreter may take until it is ready."""
FLOOD_FACTOR = 8
"""How many times the output kept of a cell it may send before its interpreter is stopped."""

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
        self._number = 0
        self._cell = ""
        self._calls: list[tuple[Session, int]] = []  # open requests: callee and number
        self._queue: list[Message] = []  # for the candidate, once its own cell has ended
        self._cell_deadline = self._call_deadline = self._notebook_deadline = float("inf")
        self._interrupted = self._candidate_called = self._expired = False
        self._ready: set[str] = set()

    def _open(self, name: str, interpreter: Interpreter) -> Session:
        channel = Channel(interpreter.connection, self.limits.message)
        return Session(name, interpreter.process, channel)

    def wait_ready(self) -> None:
        """Wait until both can run cells; from then on the notebook's time counts."""
        deadline = time.monotonic() + STARTUP_TIMEOUT
        both = (self.candidate, self.examiner)
        while len(self._ready) + sum(bool(session.end_reason) for session in both) < 2:
            if time.monotonic() > deadline:
                for session in both:
                    if session.name not in self._ready:
                        self._stop(session, "it did not start")
                break
            self._poll_once(deadline)
        self._notebook_deadline = time.monotonic() + self.limits.wall

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
        self._number += 1
        self._cell = cell
        self._interrupted = self._candidate_called = self._expired = False
        self._cell_deadline = time.monotonic() + self.limits.cell_wall
        request = {"source": source, "graded": graded, "max_bytes": self.limits.output}
        message = Message(Kind.RUN, self._number, json.dumps(request).encode())
        sessions = [s for s in (self.candidate, self.examiner) if s.name in outputs]
        for session in sessions:
            session.result, session.output_bytes = CellResult(), 0
            session.on_output = outputs[session.name]
            if not session.end_reason:
                session.running, session.result.started = self._number, True
                self._send(session, message)
        while self.candidate.running or self.examiner.running:
            self._poll_once(min(self._cell_deadline, self._call_deadline, self._notebook_deadline))
        return {session.name: session.result for session in sessions}

    def invalidate_names(self, names: Sequence[str]) -> None:
        """Make the examiner fetch these names anew: the candidate's next cell binds them."""
        if not self.examiner.end_reason:
            self._send(self.examiner, Message(Kind.INVALIDATE, 0, json.dumps(names).encode()))

    def close(self) -> None:
        """Stop both interpreters."""
        for session in (self.candidate, self.examiner):
            self._stop(session, "the notebook is over")

    def _poll_once(self, deadline: float) -> None:
        """Handle the messages that have arrived, or the deadline if it has passed."""
        left = deadline - time.monotonic()
        # The poll does not report what a channel has buffered already.
        readable = [session for session in self._sessions.values() if session.channel.pending]
        if left > 0:
            wait = 0.0 if readable else None if left == float("inf") else left * 1000
            readable += [
                session
                for descriptor, _ in self._poll.poll(wait)
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
        if time.monotonic() >= deadline:
            self._handle_deadline()

    def _dispatch(self, session: Session, message: Message) -> None:
        if session.end_reason:
            return
        match message.kind:
            case Kind.READY:
                self._ready.add(session.name)
            case Kind.OUTPUT:
                self._pass_output(session, message)
            case Kind.DONE:
                self._finish_cell(session, message)
            case Kind.REQUEST if session is self.examiner:
                self._forward_request(message)
            case Kind.RELEASE if session is self.examiner:
                self._forward_release(message)
            case Kind.REJECTED if session is self.examiner:
                violation = bytes(message.payload[:500]).decode(errors="replace")
                self._stop(self.candidate, ProtocolError.for_students, violation=violation)
            case Kind.RESPONSE if session is self.examiner:
                if self._calls and self._calls[-1] == (session, message.number):
                    self._calls.pop()
                    self._send(self.candidate, message)
            case Kind.REQUEST if self._calls and self._calls[-1][0] is session:
                self._calls.append((self.examiner, message.number))
                self._send(self.examiner, message)
            case Kind.REQUEST if session.running:
                text = b"this function belongs to a test that is over"
                self._send(session, Message(Kind.REJECTED, message.number, text))
            case Kind.RESPONSE if self._calls and self._calls[-1] == (session, message.number):
                self._calls.pop()
                if not self._calls:
                    self._call_deadline, self._interrupted = float("inf"), False
                self._send(self.examiner, message)
            case _:
                raise ProtocolError(f"a message {message.kind.name} out of turn")

    def _pass_output(self, session: Session, message: Message) -> None:
        session.output_bytes += len(message.payload)
        if session.output_bytes > FLOOD_FACTOR * self.limits.output + (1 << 20):
            raise FloodError("more output than any cell may send")
        if session.on_output is not None and message.number == session.running:
            session.on_output(message.payload)

    def _finish_cell(self, session: Session, message: Message) -> None:
        if message.number != session.running or any(s is session for s, _ in self._calls):
            raise ProtocolError("the end of a cell that is not running")
        session.running = 0
        try:
            match json.loads(bytes(message.payload)):
                case {"ename": str(ename), "evalue": str(evalue), "count": int(count)}:
                    late = session.result.timed_out
                    session.result = CellResult(True, True, late, ename[:200], evalue[:2000], count)
                case _:
                    raise ProtocolError("the end of a cell in an unknown form")
        except (ValueError, RecursionError) as error:
            raise ProtocolError("the end of a cell that is not JSON") from error
        finally:
            queue, self._queue = self._queue, []
            for queued in queue if session is self.candidate else ():
                if queued.kind is Kind.REQUEST:
                    self._forward_request(queued)
                else:
                    self._forward_release(queued)
            if session is self.examiner and not self.candidate.end_reason and self._calls:
                self._stop(self.candidate, "a call of its function did not end with the test")

    def _forward_request(self, message: Message) -> None:
        """Forward a test's request to the candidate, once the candidate has ended its own cell."""
        if self.candidate.end_reason:
            self._send(self.examiner, Message(Kind.REJECTED, message.number, self.refusal.encode()))
        elif self._expired:
            text = f"this test took longer than {self.limits.cell_wall:g} s and was not finished"
            self._send(self.examiner, Message(Kind.REJECTED, message.number, text.encode()))
        elif self.candidate.running:
            self._queue.append(message)
        else:
            if not self._calls:
                self._call_deadline = time.monotonic() + self.limits.call_wall
            self._candidate_called = True
            self._calls.append((self.candidate, message.number))
            self._send(self.candidate, message)

    def _forward_release(self, message: Message) -> None:
        if self.candidate.running:
            self._queue.append(message)
        elif not self.candidate.end_reason:
            self._send(self.candidate, message)

    def _send(self, session: Session, message: Message) -> None:
        if session.end_reason:
            return
        try:
            session.channel.send(message, time.monotonic() + self.limits.call_wall)
        except ClosedError:
            self._stop(session, "")
        except DeadlineError:
            self._stop(session, "it took nothing from its connection any more")
        except ValueError as error:
            self._stop(session, str(error))

    def _handle_deadline(self) -> None:
        """Interrupt what is running; after the grace period stop it, the candidate first."""
        now = time.monotonic()
        if now >= self._notebook_deadline:
            self._notebook_deadline = float("inf")
            self._stop(self.candidate, f"the notebook took longer than {self.limits.wall:g} s")
            return
        call_expired = self._call_deadline <= now < self._cell_deadline
        if call_expired:
            self._call_deadline = now + self.limits.grace
        else:
            self._cell_deadline = now + self.limits.grace
        # Interrupt the innermost callee, else the candidate's cell, else the examiner.
        session = self._calls[-1][0] if self._calls else self.candidate
        if session is self.candidate and not (self._calls or session.running):
            session = self.examiner
        if not call_expired:
            self._expired = True  # further requests of this test are rejected, so that it ends
            for each in (self.candidate, self.examiner):
                each.result.timed_out |= bool(each.running)
        if not self._interrupted:
            self._interrupted = True
            session.process.interrupt()
        elif self._candidate_called and not self.candidate.end_reason:
            # The two may call each other without end; which one is running now is chance.
            self._interrupted = False
            self._stop(self.candidate, self._describe_timeout(call_expired))
        else:
            self._interrupted = False
            self._stop(session, self._describe_timeout(call_expired))

    def _describe_timeout(self, call_expired: bool) -> str:
        seconds = self.limits.call_wall if call_expired else self.limits.cell_wall
        what = "a call of its function" if call_expired or self._calls else "a cell"
        return f"{what} took longer than {seconds:g} s and could not be stopped"

    def _stop(self, session: Session, reason: str, violation: str = "") -> None:
        """End an interpreter and reject the requests that it has not answered.

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
        session.end_reason = reason or describe_death(session.process)
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
        if session is self.candidate:
            unanswered = [number for callee, number in reversed(self._calls) if callee is session]
            unanswered += [queued.number for queued in self._queue if queued.kind is Kind.REQUEST]
            self._calls, self._queue = [], []
            self._call_deadline = float("inf")
            for number in unanswered:
                self._send(self.examiner, Message(Kind.REJECTED, number, self.refusal.encode()))

    @property
    def refusal(self) -> str:
        """Return the rejection of requests to a candidate that has ended, for students."""
        return f"your notebook's interpreter has ended: {self.candidate.end_reason}"
