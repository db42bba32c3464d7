"""Write feedback: each student's annotated notebooks, and a page with points and hints."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from autograder import paths
from autograder.feedback.annotated import write_annotated
from autograder.feedback.changes import WrittenPages
from autograder.grading.gradebook import Entry, GradingError, read_entries, student_names
from autograder.grading.lateness import describe_lateness, update_penalties
from autograder.grading.rules.attempts import describe_standing, load_attempts
from autograder.grading.rules.unit_rules import UnitRules, hidden_until, load_rules, show_date
from autograder.grading.verdict import Verdict, load_verdicts
from autograder.templates import render_page
from course.predictions.questions import questions_of


@dataclass(frozen=True)
class WrittenFeedback:
    """What has become of the feedback on a class.

    Attributes
    ----------
    folder : Path
        Where students' folders are.
    pages : list of Path
        The students' pages, written now or before.
    rendered : int
        Annotated notebooks that were written now; all others are as they were.
    unknown : list of str
        A line for each student whom the gradebook does not know.
    failed : list of str
        A line for each annotated notebook that could not be written.
    """

    folder: Path
    pages: list[Path]
    rendered: int
    unknown: list[str]
    failed: list[str]


def write_feedback(
    units: list[str], on_page: Callable[[str, int, int], None] = lambda unit, done, of: None
) -> WrittenFeedback:
    """Write feedback on all graded submissions of `units`; only what has changed is rendered.

    Parameters
    ----------
    units : list of str
    on_page : callable, optional
        Called with a unit, and the number of its notebooks written so far and in all.

    Raises
    ------
    GradingError
        If nothing was graded yet, or the gradebook cannot be read.
    """
    verdicts = {unit: load_verdicts(unit) for unit in units}
    graded = [unit for unit in units if verdicts[unit]]
    if not graded:
        raise GradingError(f"nothing was graded yet in {', '.join(units)}: run `autograder grade`")
    update_penalties(graded)
    rules = load_rules()
    rendered, failed = 0, []
    known: set[str] = set()
    unknown: dict[str, list[str]] = {}
    for unit in graded:
        entries = read_entries(unit)
        for student in verdicts[unit].keys() - entries.keys():
            unknown.setdefault(student, []).append(unit)
        students = sorted(verdicts[unit].keys() & entries.keys())
        known.update(students)
        summary = partial(_summary, verdicts[unit], entries, rules[unit])
        done, failures = _render_outdated(unit, students, entries, on_page, summary)
        rendered += done
        failed += [f"{unit} of {student}: {why}" for student, why in failures.items()]
    pages = _write_pages(sorted(known), rules)
    folder = paths.classroom() / "feedback"
    gone = [_describe_unknown(student, found) for student, found in sorted(unknown.items())]
    return WrittenFeedback(folder, pages, rendered, gone, failed)


def _render_outdated(
    unit: str,
    students: list[str],
    entries: dict[str, Entry],
    on_page: Callable[[str, int, int], None],
    summary: Callable[[str], str],
) -> tuple[int, dict[str, str]]:
    """Write the annotated notebooks that are not up to date; return how many, and failures."""
    written = WrittenPages(unit, entries, summary)
    outdated = written.outdated(students)
    done: list[str] = []

    def count(student: str) -> None:
        done.append(student)
        on_page(unit, len(done), len(outdated))

    try:
        failures = write_annotated(unit, outdated, count, summary)
    finally:  # an interrupted run goes on where it stopped
        if done:
            written.save(done)
    return len(done), failures


def _summary(
    verdicts: dict[str, Verdict], entries: dict[str, Entry], rules: UnitRules, student: str
) -> str:
    """Return what stands about a unit on a student's page, for the page of the notebook."""
    unit = {**_unit_content(verdicts[student], entries[student], rules), "link": ""}
    return f'<section id="points">{render_page("unit_points.html", unit=unit)}</section>'


def _describe_unknown(student: str, units: list[str]) -> str:
    return (
        f"{student!r} is graded in {', '.join(units)} but not in the gradebook, perhaps removed "
        "from it, so no feedback was written; `autograder grade --student` enters a student again"
    )


def _write_pages(students: list[str], rules: dict[str, UnitRules]) -> list[Path]:
    """Write each student's page, which covers all units, not only those written now."""
    every = {unit: load_verdicts(unit) for unit in paths.units()}
    entries = {unit: read_entries(unit) for unit, found in every.items() if found}
    full_names = student_names()
    return [
        _write_page(student, full_names.get(student, student), every, entries, rules)
        for student in students
    ]


def _write_page(
    student: str,
    full_name: str,
    verdicts: dict[str, dict[str, Verdict]],
    entries: dict[str, dict[str, Entry]],
    rules: dict[str, UnitRules],
) -> Path:
    units = [
        _unit_content(found[student], entries[unit][student], rules[unit])
        for unit, found in verdicts.items()
        if student in found and student in entries[unit]
    ]
    path = paths.classroom() / "feedback" / student / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = render_page("feedback.html", student=full_name, units=units)
    if not path.exists() or path.read_text(encoding="utf-8", errors="replace") != text:
        path.write_text(text, encoding="utf-8")
    return path


def _unit_content(verdict: Verdict, entry: Entry, rules: UnitRules) -> dict[str, Any]:
    order, scores, total = list(verdict.exercises), entry.scores, entry.total
    hidden = hidden_until(rules, entry.extension)
    due = rules.due + (entry.extension or timedelta(0)) if rules.due else None
    attempts = load_attempts(verdict.student, verdict.unit)
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
        "points": total.points,
        "max": total.max_points,
        "hidden_until": show_date(hidden) if hidden else "",
        "lateness": describe_lateness(entry),
        "due": show_date(due) if due else "",
        "standing": describe_standing(entry.handed_in, attempts, rules, due),
        "reasons": verdict.reasons,
        "rows": rows,
        "predictions": [
            {"text": question.text, "words": item.words}
            for question in questions_of(verdict.unit)
            for item in verdict.predictions
            if item.name == question.name
        ],
        "link": f"{verdict.unit}/{verdict.unit}.html",
    }


def unit_title(unit: str) -> str:
    """Return a unit's title on pages: "01 · linear regression"."""
    number, _, rest = unit.partition("_")
    return f"{number} · {rest.replace('_', ' ')}"
