"""Test the grader with the answer catalogue: each answer must get the verdict of its folder.

One made-up student submits one answer to each exercise at once, so a unit's catalogue takes only a
few submissions. Demonstration cells are left out, as tests depend on locked cells and answers only.
Further submissions combine the answers differently, or hold one exercise alone, to show that no
exercise depends on how another was answered. All figures exclude points given by hand.
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
"""Fixed, so that two runs use the same inputs, unless `DESCENT_SECRET` is set."""

ROTATIONS = 8
"""Number of submissions of a unit that combine the answers differently."""

HOSTILE = "hostile"
"""The name under which progress reports the hostile submissions of all units."""

UnitProgress = Callable[[str, int, int], None]


@dataclass
class UnitTally:
    """Results for the catalogue of one unit.

    Attributes
    ----------
    solution, blank : tuple of float
        Points and maximum points of the solution notebook and of the released one, without those
        given by hand.
    right, wrong, hints : dict of str to [int, int]
        By exercise: the number of right answers accepted, wrong answers caught and hints matched,
        each with the total.
    hostile : dict of str to [int, int]
        The number of hostile submissions withstood, and the total: answers by exercise, whole
        notebooks by the verdict they must get. Empty if students were trusted.
    misses : list of str
        One sentence for each wrong verdict; empty if the grader passes.
    """

    solution: tuple[float, float] = (0.0, 0.0)
    blank: tuple[float, float] = (0.0, 0.0)
    right: dict[str, list[int]] = field(default_factory=dict)
    wrong: dict[str, list[int]] = field(default_factory=dict)
    hints: dict[str, list[int]] = field(default_factory=dict)
    hostile: dict[str, list[int]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the figures that `autograder verdicts --json` prints."""
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


def judge_units(
    units: Sequence[str],
    on_progress: UnitProgress = lambda what, done, of: None,
    workers: int = 1,
    trust_students: bool = False,
) -> dict[str, UnitTally]:
    """Grade the catalogue and the attacks of units in temporary classrooms.

    Parameters
    ----------
    units : sequence of str
    on_progress : callable, optional
        Called with a unit or `HOSTILE`, the number of its submissions done, and the total.
    workers : int
        Number of honest submissions marked at a time.
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
    tallies = {unit: _evaluate_unit(unit, graded[unit]) for unit in units}
    cases = (
        [] if trust_students else [case for case in hostile.hostile_cases() if case.unit in units]
    )
    if cases:
        misses = hostile.judge_hostile(cases, on_progress=partial(on_progress, HOSTILE))
        units_of = {case.name: case.unit for case in cases}
        for miss in misses:  # one about leftovers names no case
            tallies[units_of.get(miss.partition(": ")[0], units[0])].misses.append(miss)
        for unit, tally in tallies.items():
            tally.hostile = hostile.count_withstood(
                [case for case in cases if case.unit == unit], misses
            )
    return tallies


def _assignments(unit: str) -> Iterator[tuple[str, dict[str, Answer]]]:
    """Assign one answer to each exercise to made-up students, then some in other combinations."""
    queues = {name: catalogue.answers(unit, name) for name in catalogue.exercises(unit)}
    rounds = max(map(len, queues.values()), default=0)
    for number in range(rounds):
        answers = {name: queue[number] for name, queue in queues.items() if number < len(queue)}
        yield f"first-{number:02}", answers
    for number in range(min(ROTATIONS, rounds)):
        places = enumerate(queues.items())
        answers = {
            name: queue[(number + place + 1) % len(queue)] for place, (name, queue) in places
        }
        yield f"rotated-{number:02}", answers


def _submissions(unit: str) -> Iterator[tuple[str, dict[str, str]]]:
    right = solutions(unit)
    yield "solution", right
    yield "blank", {}
    for name in right:
        yield f"alone-{name}", {name: right[name]}
    for student, answers in _assignments(unit):
        yield student, {name: answer.source for name, answer in answers.items()}


def _evaluate_unit(unit: str, verdicts: dict[str, Verdict]) -> UnitTally:
    tally = UnitTally(solution=verdicts["solution"].automatic, blank=verdicts["blank"].automatic)
    got, most = tally.solution
    if got != most:
        tally.misses.append(f"{unit}: the solution notebook got {got:g} of {most:g} points")
    if tally.blank[0]:
        tally.misses.append(f"{unit}: the released notebook got {tally.blank[0]:g} points, not 0")
    for verdict in verdicts.values():
        if verdict.reasons:
            tally.misses.append(f"{unit}, {verdict.student}: {'; '.join(verdict.reasons)}")
    for name in solutions(unit):
        _check_alone(tally, verdicts[f"alone-{name}"], name)
    for name in catalogue.exercises(unit):
        tally.right[name], tally.wrong[name], tally.hints[name] = [0, 0], [0, 0], [0, 0]
    failed: set[Path] = set()
    for student, answers in _assignments(unit):
        for name, answer in answers.items():
            _check_answer(tally, answer, verdicts[student].exercises.get(name), student, failed)
    return tally


def _check_alone(tally: UnitTally, verdict: Verdict, exercise: str) -> None:
    expected = verdict.exercises[exercise].max_points if exercise in verdict.exercises else 0.0
    got = verdict.automatic[0]
    if got != expected:
        tally.misses.append(
            f"{verdict.unit}: {exercise} alone, all else blank, got {got:g} of {expected:g} points"
        )


def _check_answer(
    tally: UnitTally, answer: Answer, result: Result | None, student: str, failed: set[Path]
) -> None:
    if result is None:
        tally.misses.append(f"{answer.path}: no test cell belongs to {answer.exercise}")
        return
    fault = _describe_fault(answer, result)
    if fault and answer.path not in failed:
        failed.add(answer.path)
        tally.misses.append(f"{answer.path}: {fault} ({student})")
    if student.startswith("rotated"):
        return
    if answer.verdict == "right":
        _count(tally.right[answer.exercise], result.right)
    else:
        _count(tally.wrong[answer.exercise], result.points == 0)
        _count(tally.hints[answer.exercise], result.message == answer.hint)


def _describe_fault(answer: Answer, result: Result) -> str:
    if answer.verdict == "right":
        return "" if result.right else f"a right answer was rejected: {result.message}"
    if result.points:
        return f"a wrong answer got {result.points:g} points"
    if result.message != answer.hint:
        return f"the hint was {result.message!r}, not {answer.hint!r}"
    return ""


def _count(pair: list[int], hit: bool) -> None:
    pair[0] += hit
    pair[1] += 1
