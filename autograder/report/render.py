"""Write the instructor's report: a single self-contained page."""

from collections import Counter
from pathlib import Path
from typing import Any

from autograder import paths
from autograder.feedback.pages import unit_title
from autograder.grading.gradebook import GradingError, gradebook_exists
from autograder.grading.lateness import update_penalties
from autograder.grading.roster import groups
from autograder.report.summary import BINS, WEAK_SHARE, UnitSummary, summarise
from autograder.templates import render_page

VISIBLE_MISTAKES = 6
"""Number of mistakes shown at first; the rarer ones are folded."""


def write_report(units: list[str]) -> Path:
    """Write the report on `units` to `classroom/report.html`; return the file.

    Raises
    ------
    GradingError
        If nothing was graded yet.
    """
    graded = gradebook_exists()
    update_penalties(units)
    found = [unit for name in units if graded and (unit := summarise(name))]
    if not found:
        raise GradingError(f"nothing was graded yet in {', '.join(units)}: run `autograder grade`")
    path = paths.classroom() / "report.html"
    path.write_text(
        render_page(
            "report.html",
            units=[
                {"unit": unit, "title": unit_title(unit.name), **_describe(unit)} for unit in found
            ],
            overall=_overall(found),
            weak=WEAK_SHARE,
            shown=VISIBLE_MISTAKES,
        ),
        encoding="utf-8",
    )
    return path


def _describe(unit: UnitSummary) -> dict[str, Any]:
    """Describe a unit's figures in words, and lay out the bars of its histogram."""
    graded = [exercise for exercise in unit.exercises if not exercise.by_hand]
    hardest = min(graded, key=lambda exercise: exercise.share_right, default=None)
    tallest = max([1, *unit.bins])
    return {
        "hardest": hardest,
        "bars": [
            {"count": count, "height": 150 * count / tallest, "label": _bin_label(position)}
            for position, count in enumerate(unit.bins)
        ],
        "spread": "; ".join(
            f"{count} at {_bin_label(position)} %"
            for position, count in enumerate(unit.bins)
            if count
        ),
    }


def _bin_label(position: int) -> str:
    step = 100 // BINS
    return f"{position * step}–{(position + 1) * step}"


def _overall(units: list[UnitSummary]) -> dict[str, Any]:
    students: dict[str, dict[str, Any]] = {}
    grouped = groups()

    def row_of(student: str, name: str) -> dict[str, Any]:
        new = {"name": name, "group": grouped.get(student, ""), "points": 0.0, "max": 0.0, "by": {}}
        return students.setdefault(student, new)

    for unit in units:
        for student, name in unit.missing.items():
            row_of(student, name)
        for result in unit.students:
            row = row_of(result.id, result.name)
            row["points"] += result.points
            row["max"] += result.max_points
            row["by"][unit.name] = result
    names = Counter(
        (mistake.name, mistake.exercise)
        for unit in units
        for mistake in unit.mistakes
        for _ in mistake.who
    )
    return {
        "students": sorted(students.values(), key=lambda row: (row["group"], row["name"])),
        "grouped": bool(grouped),
        "submissions": sum(len(unit.students) for unit in units),
        "mean": sum(unit.mean * len(unit.read) for unit in units)
        / max(1, sum(len(unit.read) for unit in units)),
        "waiting": sum(len(student.waiting) for unit in units for student in unit.students),
        "unsandboxed": sum(len(unit.unsandboxed) for unit in units),
        "unusual": sum(len(unit.unusual) for unit in units),
        "commonest": names.most_common(1)[0] if names else None,
    }
