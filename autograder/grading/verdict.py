"""The verdict on a submission: points and a message for each exercise, and anything unusual."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils

from autograder import paths
from autograder.authoring import catalogue
from autograder.authoring.cells import named_cells
from autograder.submission.committed_predictions import predictions_of
from autograder.submission.notes import (
    noted_details,
    noted_reasons,
    ran_sandboxed,
    unreadable_reason,
)
from autograder.submission.released_cells import TEST_PREFIX
from autograder.whole_file import write_whole

HINT_ERROR = "NotPassedError"
GRADER_ERRORS = {"InterpreterEndedError", "CellTimeoutError", "StoppedError", "NotRunError"}
"""The grader's own errors, whose text students may read; others could quote a hidden test."""


@dataclass(frozen=True)
class Result:
    """The verdict on one exercise.

    Attributes
    ----------
    points, max_points : float
        Points given by the grader; 0 if a person gives them.
    message : str
        What the student reads; empty if the answer is right.
    mistake : str or None
        The catalogue's name of the mistake, if it was diagnosed.
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
class Committed:
    """What became of a prediction; no point depends on it.

    Attributes
    ----------
    name : str
        The question's.
    right : bool or None
        None if it was skipped.
    words : str
        What the student reads of it.
    """

    name: str
    right: bool | None
    words: str


@dataclass(frozen=True)
class Verdict:
    """The verdict on one submission.

    Attributes
    ----------
    student, unit : str
    points, max_points : float
        Sums over all exercises; exercises graded by hand count in `max_points` only.
    exercises : dict of str to Result
        In the order of the notebook.
    needs_manual : tuple of str
        Exercises that a person has yet to grade.
    reasons : tuple of str
        Anything unusual, one sentence each; the student reads them too.
    details : tuple of str
        For staff alone: how an interpreter violated the protocol, why marking failed.
    read : bool
        Whether there was a notebook to grade at all.
    sandboxed : bool
        Whether the student's code ran in a sandbox, or did not run at all.
    predictions : tuple of Committed
        What was committed or skipped, in the order of the questions' names.
    """

    student: str
    unit: str
    points: float
    max_points: float
    exercises: dict[str, Result]
    needs_manual: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    read: bool = True
    sandboxed: bool = True
    predictions: tuple[Committed, ...] = ()

    @property
    def automatic(self) -> tuple[float, float]:
        """Points and maximum points without the exercises graded by hand."""
        graded = [result for result in self.exercises.values() if not result.by_hand]
        return sum(item.points for item in graded), sum(item.max_points for item in graded)

    def save(self) -> Path:
        """Write the verdict below the classroom and return the file."""
        path = verdict_folder(self.unit) / f"{self.student}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n")
        return path


def verdict_folder(unit: str) -> Path:
    """Return the folder that holds the verdicts of a unit."""
    return paths.classroom() / "verdicts" / unit


def load_verdict(path: Path) -> Verdict:
    """Read a recorded verdict, also one of version 0.1, which called `sandboxed` `confined`."""
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    exercises = {name: Result(**item) for name, item in stored.pop("exercises").items()}
    for name in ("needs_manual", "reasons", "details"):
        stored[name] = tuple(stored.get(name, ()))
    stored["predictions"] = tuple(Committed(**item) for item in stored.get("predictions", ()))
    stored["sandboxed"] = stored.pop("sandboxed", stored.pop("confined", True))
    return Verdict(**stored, exercises=exercises)


def load_verdicts(unit: str) -> dict[str, Verdict]:
    """Read all recorded verdicts of a unit, by student."""
    verdicts = (load_verdict(path) for path in sorted(verdict_folder(unit).glob("*.json")))
    return {verdict.student: verdict for verdict in verdicts}


def verdict_of(notebook: NotebookNode, unit: str, student: str) -> Verdict:
    """Derive the verdict from an executed notebook."""
    cells = named_cells(notebook)
    exercises = {}
    for name, cell in cells.items():
        if utils.is_grade(cell) or utils.is_task(cell):
            exercise = name.removeprefix(TEST_PREFIX)
            exercises[exercise] = _result(cell, unit, exercise, cells.get(exercise))
    return Verdict(
        student=student,
        unit=unit,
        points=sum(result.points for result in exercises.values()),
        max_points=sum(result.max_points for result in exercises.values()),
        exercises=exercises,
        needs_manual=tuple(
            name for name, result in exercises.items() if result.by_hand and not result.message
        ),
        reasons=tuple(noted_reasons(notebook)),
        details=tuple(noted_details(notebook)),
        read=not unreadable_reason(notebook),
        sandboxed=ran_sandboxed(notebook),
        predictions=tuple(
            Committed(
                question.name,
                question.is_right(given["value"]) if "value" in given else None,
                question.compare(given["value"]) if "value" in given else "You skipped it.",
            )
            for question, given in predictions_of(notebook, unit)
        ),
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
        if failure.ename == HINT_ERROR:
            return str(failure.evalue)
    own = _first_error(answer) if answer is not None else ""
    if own == "NotImplementedError":
        return "nothing written yet"
    if own and own.partition(":")[0] not in GRADER_ERRORS:
        return f"your cell {exercise!r} stops with {own}"
    for failure in failures:
        if failure.ename in GRADER_ERRORS:
            return str(failure.evalue)[:500]
        if failure.ename == "NameError":
            return f"NameError: {failure.evalue}"[:500]
    return f"the test cells with {failures[0].ename}" if failures else "not passed"


def _first_error(cell: NotebookNode) -> str:
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
