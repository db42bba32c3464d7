"""The broker's timekeeper: what has used up its time is interrupted, and at last stopped."""

from collections.abc import Callable, Iterator, Sequence

from autograder.exam.interpreters import Session
from autograder.exam.limits import WALL_FACTOR, Limits
from autograder.exam.stopwatch import Stopwatch, TimeLimit

INTERRUPTS = 2
"""How often what is out of time is interrupted; a destructor, say, may lose one."""
LONGEST_WAIT = 1.0
"""Seconds after which the time is looked at again where nothing says when."""


class Turns:
    """Who runs, and who waits for whom.

    The interpreters call each other like functions. An interpreter ends its own calls in order,
    whatever is stopped, so the stack is only ever changed at its top.

    Attributes
    ----------
    candidate, examiner : Session
    calls : list of (Session, int)
        Open requests: callee and number.
    queued : bool
        Whether a request of the examiner's waits until the candidate has ended its own cell.
    """

    def __init__(self, candidate: Session, examiner: Session) -> None:
        self.candidate, self.examiner = candidate, examiner
        self.calls: list[tuple[Session, int]] = []
        self.queued = False

    def runs(self, session: Session) -> bool:
        """Tell whether an interpreter runs a cell or a call, rather than wait for the other."""
        if self.calls:
            return self.calls[-1][0] is session
        return bool(session.running) and not (session is self.examiner and self.queued)


class Timekeeper:
    """Keeps the time of cells, of calls and of the notebook.

    Parameters
    ----------
    turns : Turns
    limits : Limits
    stop : callable
        Takes a session and the reason, in words for students; ends its interpreter.

    Attributes
    ----------
    call_overtime : str
        Which limit the present call has used up, as a predicate; empty if none.
    doubtful : bool
        Whether anything was stopped that had processor time left: it may only have slept, but
        perhaps the machine was in its way.
    """

    def __init__(self, turns: Turns, limits: Limits, stop: Callable[[Session, str], None]) -> None:
        self.call_overtime = ""
        self.doubtful = False
        self._turns = turns
        self._limits = limits
        self._stop = stop
        self._both = (turns.candidate, turns.examiner)
        self._notebook: Stopwatch | None = None
        self._call: Stopwatch | None = None

    def begin_notebook(self) -> None:
        """Begin the wall time of the notebook; the sandbox keeps its processor time."""
        self._notebook = _stopwatch(self._both, float("inf"), self._limits.wall)

    def begin_cell(self, session: Session, working: Sequence[Session]) -> None:
        """Begin the time of a cell that one interpreter runs, and perhaps both work for."""
        limits = self._limits
        session.stopwatch = _stopwatch(working, limits.cell_cpu, limits.cell_wall)

    def begin_call(self) -> None:
        """Begin the time of the first of the open requests, for which both may work."""
        self._call = _stopwatch(self._both, self._limits.call_cpu, self._limits.call_wall)

    def end_call(self) -> None:
        """End the time of the first of the open requests, which has ended."""
        self._call, self.call_overtime = None, ""
        self.end(self._turns.candidate)

    def end(self, session: Session) -> None:
        """Forget what was done to stop something: it has ended."""
        session.escalation, session.interrupts = None, 0

    def is_cancelled(self, session: Session) -> bool:
        """Tell whether what an interpreter is to do now has used up its time."""
        return bool(self.call_overtime if self._turns.calls else session.result.overtime)

    def count_interrupt(self, session: Session) -> None:
        """Note that a session was interrupted by a message."""
        session.interrupts += 1
        session.escalation = session.escalation or self._step(session)

    def allow_report(self, session: Session) -> None:
        """Leave a test whose call was stopped some time, before it is stopped itself."""
        if self.is_cancelled(session):
            session.escalation = self._step(session)

    def left(self) -> float:
        """Return the seconds until `keep` has something to do."""
        return min((watch.left() for watch in self._watches()), default=LONGEST_WAIT)

    def keep(self) -> None:
        """Begin to stop what has used up its time, and go on with what does not end."""
        if self._notebook and (limit := self._notebook.used_up()):
            self._note_limit(limit)
            self._stop(self._turns.candidate, f"the notebook {self._notebook.describe(limit)}")
            self._notebook = None
        for session in self._timed():
            if session.stopwatch and (limit := session.stopwatch.used_up()):
                self._note_limit(limit)
                session.result.overtime = session.stopwatch.describe(limit)
                if session is self._turns.examiner and self._turns.calls:
                    self.call_overtime = session.result.overtime
        if self._call and not self.call_overtime and (limit := self._call.used_up()):
            self._note_limit(limit)
            self.call_overtime = self._call.describe(limit)
        for session in self._both:
            if self._turns.runs(session) and self.is_cancelled(session):
                self._press(session)

    def _timed(self) -> Iterator[Session]:
        """Yield each session whose cell may yet use up its time."""
        for session in self._both:
            waits = session is self._turns.examiner and self._turns.queued
            if session.running and not session.result.overtime and not waits:
                yield session

    def _watches(self) -> Iterator[Stopwatch]:
        yield from (session.stopwatch for session in self._timed() if session.stopwatch)
        yield from (s.escalation for s in self._both if s.escalation and self._turns.runs(s))
        if self._call and not self.call_overtime:
            yield self._call
        if self._notebook:
            yield self._notebook

    def _press(self, session: Session) -> None:
        """Interrupt what is out of time; stop its interpreter if that does not help."""
        if session.escalation:
            limit = session.escalation.used_up()
            if not limit:
                return
            self._note_limit(limit)
            if session.interrupts >= INTERRUPTS:
                what = "a call of its function" if self._turns.calls else "a cell"
                late = self.call_overtime or session.result.overtime
                self._stop(session, f"{what} {late} and could not be stopped")
                return
        session.interrupts += 1
        session.escalation = self._step(session)
        session.process.interrupt()

    def _step(self, session: Session) -> Stopwatch:
        """Return the stopwatch of one step; all exercises end with the examiner, so it has more."""
        limits = self._limits
        whole = limits.cell_cpu if session is self._turns.examiner else limits.grace
        return _stopwatch([session], whole / INTERRUPTS, WALL_FACTOR * whole / INTERRUPTS)

    def _note_limit(self, limit: TimeLimit) -> None:
        self.doubtful |= limit is TimeLimit.WALL


def _stopwatch(sessions: Sequence[Session], cpu: float, wall: float) -> Stopwatch:
    return Stopwatch([session.process for session in sessions], cpu, wall)
