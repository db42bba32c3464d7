"""Judge the grader by the catalogue: every answer must get the verdict of the folder it lies in.

One made-up student carries one file for each exercise at once, so a unit's catalogue is a handful
of submissions. Demonstrations are left out of them: tests rely on locked cells and answers only.
Some submissions in which files meet others, and those with one exercise alone, show that no
exercise depends on how another was answered. Points graded by hand are outside all figures.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from autograder.authoring import catalogue
from autograder.authoring.catalogue import Answer
from autograder.grading.run import grade
from autograder.grading.verdict import Result, Verdict
from autograder.selftest import hostile
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at

SECRET = "verdicts"
"""Fixed, so that two runs ask the same questions; `DESCENT_SECRET` asks others."""

ROTATED = 8
"""Submissions of a unit in which the files meet others than those they were dealt with."""

HOSTILE = "hostile"
"""What progress calls the hostile submissions of all units."""

Progress = Callable[[str, int, int], None]


@dataclass
class Judged:
    """How the catalogue of one unit fared.

    Attributes
    ----------
    solution, blank : tuple of float
        Points and most points of the solution notebook and of the released one, without those
        graded by hand.
    right, wrong, hints : dict of str to [int, int]
        By exercise: how many were accepted, caught, matched, and of how many.
    hostile : dict of str to [int, int]
        How many hostile submissions gained nothing, and of how many: answers by exercise, whole
        notebooks by the verdict they must get. Empty where students were trusted.
    misses : list of str
        What went wrong; empty if the grader is as good as the catalogue asks.
    """

    solution: tuple[float, float] = (0.0, 0.0)
    blank: tuple[float, float] = (0.0, 0.0)
    right: dict[str, list[int]] = field(default_factory=dict)
    wrong: dict[str, list[int]] = field(default_factory=dict)
    hints: dict[str, list[int]] = field(default_factory=dict)
    hostile: dict[str, list[int]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as `autograder verdicts --json` prints them."""
        return {
            "solution": list(self.solution),
            "blank": list(self.blank),
            "exercises": {
                name: {
                    "right": self.right[name],
                    "wrong": self.wrong[name],
                    "hints": self.hints[name],
                }
                for name in self.right
            },
            "hostile": self.hostile,
        }


def judge(
    units: Sequence[str],
    on_progress: Progress = lambda what, done, of: None,
    workers: int = 1,
    trust_students: bool = False,
) -> dict[str, Judged]:
    """Grade everything there is for units, in classrooms that are thrown away.

    Parameters
    ----------
    units : sequence of str
    on_progress : callable, optional
        Called with a unit, or with `HOSTILE`; with how many of its submissions are done, and of how
        many.
    workers : int
        How many honest ones are marked at a time.
    trust_students : bool
        Run honest answers without a sandbox, and hostile ones not at all.
    """
    plans = {unit: dict(_submissions(unit)) for unit in units}
    done: Counter[str] = Counter()
    graded: dict[str, dict[str, Verdict]] = {unit: {} for unit in units}

    def count(verdict: Verdict) -> None:
        done[verdict.unit] += 1
        on_progress(verdict.unit, done[verdict.unit], len(plans[verdict.unit]))

    with tempfile.TemporaryDirectory() as scratch, classroom_at(Path(scratch), SECRET):
        for unit, plan in plans.items():
            for student, answers in plan.items():
                complete = student in ("solution", "blank")
                hand_in(compose(unit, answers, complete), unit, student)
        for verdict in grade(units, None, count, workers, trust_students):
            graded[verdict.unit][verdict.student] = verdict
    judged = {unit: _judged(unit, graded[unit]) for unit in units}
    cases = [] if trust_students else [case for case in hostile.cases() if case.unit in units]
    if cases:
        misses = hostile.judge_hostile(cases, on_progress=partial(on_progress, HOSTILE))
        units_of = {case.name: case.unit for case in cases}
        for miss in misses:  # what was left behind names no case
            judged[units_of.get(miss.partition(": ")[0], units[0])].misses.append(miss)
        for unit, found in judged.items():
            found.hostile = hostile.withstood([case for case in cases if case.unit == unit], misses)
    return judged


def _pairings(unit: str) -> Iterator[tuple[str, dict[str, Answer]]]:
    """Deal the files of all exercises out to made-up students, then some of them otherwise."""
    piles = {name: catalogue.answers(unit, name) for name in catalogue.exercises(unit)}
    rounds = max(map(len, piles.values()), default=0)
    for number in range(rounds):
        hand = {name: pile[number] for name, pile in piles.items() if number < len(pile)}
        yield f"dealt-{number:02}", hand
    for number in range(min(ROTATED, rounds)):
        places = enumerate(piles.items())
        hand = {name: pile[(number + place + 1) % len(pile)] for place, (name, pile) in places}
        yield f"rotated-{number:02}", hand


def _submissions(unit: str) -> Iterator[tuple[str, dict[str, str]]]:
    right = solutions(unit)
    yield "solution", right
    yield "blank", {}
    for name in right:
        yield f"alone-{name}", {name: right[name]}
    for student, hand in _pairings(unit):
        yield student, {name: answer.source for name, answer in hand.items()}


def _judged(unit: str, verdicts: dict[str, Verdict]) -> Judged:
    judged = Judged(solution=verdicts["solution"].automatic, blank=verdicts["blank"].automatic)
    got, most = judged.solution
    if got != most:
        judged.misses.append(f"{unit}: the solution notebook got {got:g} of {most:g} points")
    if judged.blank[0]:
        judged.misses.append(f"{unit}: the released notebook got {judged.blank[0]:g} points, not 0")
    for verdict in verdicts.values():
        if verdict.reasons:
            judged.misses.append(f"{unit}, {verdict.student}: {'; '.join(verdict.reasons)}")
    for name in solutions(unit):
        _judge_alone(judged, verdicts[f"alone-{name}"], name)
    for name in catalogue.exercises(unit):
        judged.right[name], judged.wrong[name], judged.hints[name] = [0, 0], [0, 0], [0, 0]
    failed: set[Path] = set()
    for student, hand in _pairings(unit):
        for name, answer in hand.items():
            _judge_answer(judged, answer, verdicts[student].exercises.get(name), student, failed)
    return judged


def _judge_alone(judged: Judged, verdict: Verdict, exercise: str) -> None:
    expected = verdict.exercises[exercise].max_points if exercise in verdict.exercises else 0.0
    got = verdict.automatic[0]
    if got != expected:
        judged.misses.append(
            f"{verdict.unit}: {exercise} alone, all else blank, got {got:g} of {expected:g} points"
        )


def _judge_answer(
    judged: Judged, answer: Answer, result: Result | None, student: str, failed: set[Path]
) -> None:
    if result is None:
        judged.misses.append(f"{answer.path}: no test cell belongs to {answer.exercise}")
        return
    fault = _fault(answer, result)
    if fault and answer.path not in failed:
        failed.add(answer.path)
        judged.misses.append(f"{answer.path}: {fault} ({student})")
    if student.startswith("rotated"):
        return
    if answer.verdict == "right":
        _count(judged.right[answer.exercise], result.right)
    else:
        _count(judged.wrong[answer.exercise], result.points == 0)
        _count(judged.hints[answer.exercise], result.message == answer.hint)


def _fault(answer: Answer, result: Result) -> str:
    if answer.verdict == "right":
        return "" if result.right else f"a right answer was refused: {result.message}"
    if result.points:
        return f"a wrong answer got {result.points:g} points"
    if result.message != answer.hint:
        return f"the hint was {result.message!r}, not {answer.hint!r}"
    return ""


def _count(pair: list[int], hit: bool) -> None:
    pair[0] += hit
    pair[1] += 1
