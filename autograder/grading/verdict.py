"""What became of a submission: points and a message for each exercise, and anything unusual."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils

from autograder import paths
from autograder.authoring import catalogue
from autograder.authoring.cells import name_of
from autograder.submission.notes import confined, unreadable, unusual

TEST = "test-"
"""A test cell is named after its exercise, with this before."""

HINT = "NotPassedError"
OURS = {"KernelDiedError", "CellTimeoutError", "EndedError", "NotRunError"}
"""Errors that say themselves what happened. The text of others could tell of a hidden test."""


@dataclass(frozen=True)
class Result:
    """What became of one exercise.

    Attributes
    ----------
    points, max_points : float
        Points given by the grader; 0 where they are to be given by hand.
    message : str
        What the student reads; empty where the answer is right.
    mistake : str or None
        The catalogue's name of the mistake, where it was recognised.
    by_hand : bool
        Whether a person gives the points.
    """

    points: float
    max_points: float
    message: str = ""
    mistake: str | None = None
    by_hand: bool = False

    @property
    def right(self) -> bool:
        """Whether all points were given."""
        return self.points >= self.max_points


@dataclass(frozen=True)
class Verdict:
    """What became of one submission.

    Attributes
    ----------
    student, unit : str
    points, max_points : float
        Sums over all exercises; those by hand count in `max_points` only.
    exercises : dict of str to Result
        In the order of the notebook.
    needs_manual : tuple of str
        Exercises that wait for points by hand.
    reasons : tuple of str
        Anything unusual, one sentence each.
    read : bool
        Whether there was a notebook to grade at all.
    confined : bool
        Whether the student's code ran in a sandbox, or not at all.
    """

    student: str
    unit: str
    points: float
    max_points: float
    exercises: dict[str, Result]
    needs_manual: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    read: bool = True
    confined: bool = True

    @property
    def automatic(self) -> tuple[float, float]:
        """Points and most points without the exercises graded by hand."""
        graded = [result for result in self.exercises.values() if not result.by_hand]
        return sum(item.points for item in graded), sum(item.max_points for item in graded)

    def save(self) -> Path:
        """Write the verdict below the classroom and return the file."""
        path = verdict_folder(self.unit) / f"{self.student}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        fresh = path.with_suffix(".part")
        fresh.write_text(text + "\n", encoding="utf-8")
        fresh.replace(path)  # a grading killed half-way leaves no half-written verdict
        return path


def verdict_folder(unit: str) -> Path:
    """Return the folder that holds the verdicts of a unit."""
    return paths.classroom() / "verdicts" / unit


def load(path: Path) -> Verdict:
    """Read a recorded verdict."""
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    exercises = {name: Result(**item) for name, item in stored.pop("exercises").items()}
    needs, reasons = tuple(stored.pop("needs_manual")), tuple(stored.pop("reasons"))
    return Verdict(**stored, exercises=exercises, needs_manual=needs, reasons=reasons)


def load_all(unit: str) -> dict[str, Verdict]:
    """Read all recorded verdicts of a unit, by student."""
    verdicts = (load(path) for path in sorted(verdict_folder(unit).glob("*.json")))
    return {verdict.student: verdict for verdict in verdicts}


def verdict_of(notebook: NotebookNode, unit: str, student: str) -> Verdict:
    """Read the verdict off an executed notebook."""
    stopped = {name_of(cell): cell for cell in notebook.cells if name_of(cell)}
    exercises = {}
    for name, cell in stopped.items():
        if utils.is_grade(cell) or utils.is_task(cell):
            exercise = name.removeprefix(TEST)
            exercises[exercise] = _result(cell, unit, exercise, stopped.get(exercise))
    return Verdict(
        student=student,
        unit=unit,
        points=sum(result.points for result in exercises.values()),
        max_points=sum(result.max_points for result in exercises.values()),
        exercises=exercises,
        needs_manual=tuple(
            name for name, result in exercises.items() if result.by_hand and not result.message
        ),
        reasons=tuple(unusual(notebook)),
        read=not unreadable(notebook),
        confined=confined(notebook),
    )


def _result(cell: NotebookNode, unit: str, exercise: str, answer: NotebookNode | None) -> Result:
    by_hand = utils.is_solution(cell) or utils.is_task(cell)
    if utils.is_task(cell):
        return Result(0.0, float(cell.metadata.nbgrader.points), by_hand=True)
    points, most = utils.determine_grade(cell)
    if by_hand:
        return Result(0.0, most, "" if points is None else "nothing written", by_hand=True)
    message = _message(cell, exercise, answer) if points < most else ""
    return Result(float(points), most, message, _mistake(unit, exercise, message))


def _message(cell: NotebookNode, exercise: str, answer: NotebookNode | None) -> str:
    failures = [output for output in cell.outputs if output.output_type == "error"]
    for failure in failures:
        if failure.ename == HINT:
            return str(failure.evalue)
    own = _failure(answer) if answer is not None else ""
    if own == "NotImplementedError":
        return "nothing written yet"
    if own and own.partition(":")[0] not in OURS:
        return f"your cell {exercise!r} stops with {own}"
    for failure in failures:
        if failure.ename in OURS:
            return str(failure.evalue)[:500]
        if failure.ename == "NameError":
            return f"NameError: {failure.evalue}"[:500]
    return f"the test stopped with {failures[0].ename}" if failures else "not passed"


def _failure(cell: NotebookNode) -> str:
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            first = next(iter(str(output.evalue).splitlines()), "")
            return f"{output.ename}: {first[:200]}".rstrip(": ")
    return ""


def _mistake(unit: str, exercise: str, message: str) -> str | None:
    if not message:
        return None
    for answer in catalogue.wrong(unit, exercise):
        if answer.hint == message:
            return answer.mistake
    return None
