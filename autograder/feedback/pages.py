"""Write what students get back: annotated notebooks, and a page with points and hints."""

import logging
import shutil
from pathlib import Path
from typing import Any

from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException

from autograder import nbgrader_bridge, paths
from autograder.grading.gradebook import GradingError, Score, names, scores
from autograder.grading.verdict import Verdict, load_all
from autograder.templates import page

log = logging.getLogger(__name__)


def write(units: list[str]) -> list[Path]:
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
        _annotate(unit)
    # A student's page is about all units, not only those written now.
    every = {unit: load_all(unit) for unit in paths.units()}
    points = {unit: scores(unit) for unit, found in every.items() if found}
    called = names()
    students = sorted({student for unit in graded for student in verdicts[unit]})
    return [_page(student, called.get(student, student), every, points) for student in students]


def _annotate(unit: str) -> None:
    settings = nbgrader_bridge.config()
    settings.CourseDirectory.assignment_id = unit
    settings.BaseConverter.force = True
    try:
        nbgrader_bridge.convert(GenerateFeedback, settings, log)
    except NbGraderException as error:
        raise GradingError(f"feedback on {unit} could not be written: {error}") from error
    for folder in (paths.classroom() / "feedback").glob(f"*/{unit}"):
        for path in folder.iterdir():  # nbgrader copies what lies beside a notebook: not feedback
            if path.name != f"{unit}.html":
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _page(
    student: str,
    called: str,
    verdicts: dict[str, dict[str, Verdict]],
    points: dict[str, dict[str, dict[str, Score]]],
) -> Path:
    units = [
        _unit(found[student], points[unit].get(student, {}))
        for unit, found in verdicts.items()
        if student in found
    ]
    path = paths.classroom() / "feedback" / student / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page("feedback.html", student=called, units=units), encoding="utf-8")
    return path


def _unit(verdict: Verdict, scores: dict[str, Score]) -> dict[str, Any]:
    rows = []
    for name, score in scores.items():
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
    order = list(verdict.exercises)
    rows.sort(
        key=lambda row: order.index(n) if (n := row["exercise"].replace(" ", "_")) in order else 99
    )
    return {
        "name": verdict.unit,
        "title": title(verdict.unit),
        "points": sum(score.points for score in scores.values()),
        "max": sum(score.max_points for score in scores.values()),
        "reasons": verdict.reasons,
        "rows": rows,
        "link": f"{verdict.unit}/{verdict.unit}.html",
    }


def title(unit: str) -> str:
    """Return how a unit is called on pages: "01 · linear regression"."""
    number, _, rest = unit.partition("_")
    return f"{number} · {rest.replace('_', ' ')}"
