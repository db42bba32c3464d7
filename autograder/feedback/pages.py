"""Write feedback: each student's annotated notebooks, and a page with points and hints."""

import logging
import shutil
from pathlib import Path
from typing import Any

from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException

from autograder import nbgrader_bridge, paths
from autograder.grading.gradebook import GradingError, Score, read_scores, student_names
from autograder.grading.verdict import Verdict, load_all
from autograder.templates import render_page

log = logging.getLogger(__name__)


def write_feedback(units: list[str]) -> list[Path]:
    """Write feedback on all graded submissions of `units`; return the students' pages.

    Raises
    ------
    GradingError
        If nothing was graded yet.
    """
    verdicts = {unit: load_all(unit) for unit in units}
    graded = [unit for unit in units if verdicts[unit]]
    if not graded:
        raise GradingError(f"nothing was graded yet in {', '.join(units)}: run `autograder grade`")
    for unit in graded:
        _write_annotated(unit)
    # A student's page covers all units, not only those written now.
    every = {unit: load_all(unit) for unit in paths.units()}
    points = {unit: read_scores(unit) for unit, found in every.items() if found}
    full_names = student_names()
    students = sorted({student for unit in graded for student in verdicts[unit]})
    return [
        _write_page(student, full_names.get(student, student), every, points)
        for student in students
    ]


def _write_annotated(unit: str) -> None:
    settings = nbgrader_bridge.config()
    settings.CourseDirectory.assignment_id = unit
    settings.BaseConverter.force = True
    try:
        nbgrader_bridge.convert(GenerateFeedback, settings, log)
    except NbGraderException as error:
        raise GradingError(f"feedback on {unit} could not be written: {error}") from error
    for folder in (paths.classroom() / "feedback").glob(f"*/{unit}"):
        for path in folder.iterdir():  # nbgrader also copies the files beside a notebook
            if path.name != f"{unit}.html":
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _write_page(
    student: str,
    full_name: str,
    verdicts: dict[str, dict[str, Verdict]],
    points: dict[str, dict[str, dict[str, Score]]],
) -> Path:
    units = [
        _unit_content(found[student], points[unit].get(student, {}))
        for unit, found in verdicts.items()
        if student in found
    ]
    path = paths.classroom() / "feedback" / student / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render_page("feedback.html", student=full_name, units=units), encoding="utf-8")
    return path


def _unit_content(verdict: Verdict, scores: dict[str, Score]) -> dict[str, Any]:
    order = list(verdict.exercises)
    rows = []
    for name, score in sorted(
        scores.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)
    ):
        result = verdict.exercises.get(name)
        rows.append(
            {
                "exercise": name.replace("_", " "),
                "points": score.points,
                "max": score.max_points,
                "right": score.points >= score.max_points,
                "waits": score.waits and score.by_hand,
                "hint": result.message if result else "",
                "comment": "" if score.comment == "No response." else score.comment,
            }
        )
    return {
        "name": verdict.unit,
        "title": unit_title(verdict.unit),
        "points": sum(score.points for score in scores.values()),
        "max": sum(score.max_points for score in scores.values()),
        "reasons": verdict.reasons,
        "rows": rows,
        "link": f"{verdict.unit}/{verdict.unit}.html",
    }


def unit_title(unit: str) -> str:
    """Return a unit's title on pages: "01 · linear regression"."""
    number, _, rest = unit.partition("_")
    return f"{number} · {rest.replace('_', ' ')}"
