"""Judge the mutants of units: which are caught, which are equivalent, and which survive."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.selftest.mutation.equivalents import Equivalent, equivalents
from autograder.selftest.mutation.judging import Judgement, Judges, Question, limit_for
from autograder.selftest.mutation.mutants import Mutant, make
from autograder.selftest.mutation.right_ones import prepare_judges
from autograder.selftest.mutation.trees import AnswerTree
from course.checks.stored_outcomes import load_outcomes


@dataclass
class MutantTally:
    """Results for the mutants of one unit.

    Attributes
    ----------
    made, caught, equivalent : dict of str to int
        By exercise: the number of mutants, of those that instant check and hidden test both refuse,
        and of those that are listed as right.
    stopped : int
        How many of those caught did not end by themselves.
    survivors : list of (Mutant, Judgement)
        Mutants that one or both accept and that are not listed.
    faults : list of str
        Right answers that are refused, and entries of the list that are out of date.
    """

    made: dict[str, int] = field(default_factory=dict)
    caught: dict[str, int] = field(default_factory=dict)
    equivalent: dict[str, int] = field(default_factory=dict)
    stopped: int = 0
    survivors: list[tuple[Mutant, Judgement]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the figures that `autograder selftest mutants --json` prints."""
        return {
            "made": sum(self.made.values()),
            "caught": sum(self.caught.values()),
            "stopped": self.stopped,
            "equivalent": sum(self.equivalent.values()),
            "survivors": len(self.survivors),
        }

    def complaints(self, unit: str) -> Iterator[str]:
        """Yield a paragraph for each survivor and fault; none if all is well."""
        grouped: dict[tuple[str, ...], list[str]] = {}
        for mutant, judgement in self.survivors:
            key = mutant.exercise, mutant.kind, judgement.accepted_by, mutant.was, mutant.now
            grouped.setdefault(key, []).append(mutant.answer)
        for (exercise, kind, accepted_by, was, now), answers in grouped.items():
            lines = [f"- {was}"] if was else []
            yield "\n  ".join(
                [
                    f"{unit} {exercise}, {kind}, accepted by {accepted_by}, "
                    f"made from {', '.join(answers)}",
                    *lines,
                    f"+ {now}",
                ]
            )
        for fault in self.faults:
            yield f"{unit} {fault}"


def as_toml(tally: MutantTally) -> str:
    """Return the survivors as entries for the list of equivalent mutants, without reasons."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for mutant, _ in tally.survivors:
        grouped.setdefault((mutant.exercise, mutant.was, mutant.now), []).append(mutant.answer)
    entries: dict[tuple[str, str, str], list[str]] = {}
    for (exercise, was, now), answers in grouped.items():
        entries.setdefault((exercise, was, json.dumps(answers)), []).append(now)
    return "\n".join(
        f"[[{exercise}]]\nin = {answers}\nwas = {_quoted(was)}\nnow = [\n"
        + "".join(f"    {_quoted(now)},\n" for now in nows)
        + ']\nreason = ""\n'
        for (exercise, was, answers), nows in entries.items()
    )


def _quoted(text: str) -> str:
    return f"'{text}'" if "'" not in text else json.dumps(text, ensure_ascii=False)


def tally_unit(
    unit: str, exercises: Sequence[str], workers: int, on_progress: Callable[[int, int], None]
) -> MutantTally:
    """Make and judge the mutants of one unit in processes forked from this one."""
    checks, answers = prepare_judges(unit, exercises)
    tally = MutantTally()
    limits = _judge_right_ones(checks, answers, workers, tally)
    mutants = [
        mutant for name, found in answers.items() for mutant in _mutants(checks, name, found)
    ]
    questions = [
        Question(mutant.exercise, mutant.source, limits[mutant.exercise, mutant.answer])
        for mutant in mutants
    ]
    judged = checks.judge(questions, workers, lambda done: on_progress(done, len(questions)))
    listed = {key: item for key, item in equivalents(unit).items() if key[0] in answers}
    _count(tally, list(zip(mutants, judged, strict=True)), listed)
    return tally


def _judge_right_ones(
    checks: Judges, answers: dict[str, dict[str, str]], workers: int, tally: MutantTally
) -> dict[tuple[str, str], float]:
    """Judge the right answers; return the limit of processor time for the mutants of each."""
    names = [(exercise, name) for exercise, found in answers.items() for name in found]
    questions = [Question(name[0], answers[name[0]][name[1]], 60) for name in names]
    limits = {}
    for name, judgement in zip(names, checks.judge(questions, workers), strict=True):
        limits[name] = limit_for(judgement.seconds)
        if not (judgement.instant and judgement.hidden):
            tally.faults.append(f"{' '.join(name)} is right but refused: {judgement.message}")
    return limits


def _mutants(checks: Judges, exercise: str, answers: dict[str, str]) -> list[Mutant]:
    check = checks.hidden[exercise].check
    whole = _is_whole([item.value for item in load_outcomes(check.unit, exercise).right])
    trees = {
        name: AnswerTree(source, check.functions, checks.scope, whole, first=place == 0)
        for place, (name, source) in enumerate(answers.items())
    }
    taken = {tree.text for tree in trees.values()}
    return [mutant for name, tree in trees.items() for mutant in make(tree, exercise, name, taken)]


def _is_whole(value: Any) -> bool:
    """Tell whether all numbers in a value are whole."""
    if isinstance(value, dict):
        return all(map(_is_whole, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_whole, value))
    if isinstance(value, np.ndarray | float | int):
        return bool(np.all(np.equal(np.mod(np.real(value), 1), 0)))
    return True


def _count(
    tally: MutantTally,
    judged: list[tuple[Mutant, Judgement]],
    listed: dict[tuple[str, str, str, str], Equivalent],
) -> None:
    unused = dict(listed)
    for mutant, judgement in judged:
        name = mutant.exercise
        for counts in (tally.made, tally.caught, tally.equivalent):
            counts.setdefault(name, 0)
        tally.made[name] += 1
        tally.stopped += judgement.stopped
        if not (judgement.instant or judgement.hidden):
            tally.caught[name] += 1
        elif mutant.key in listed:
            tally.equivalent[name] += 1
            unused.pop(mutant.key, None)
        else:
            tally.survivors.append((mutant, judgement))
    tally.faults += [
        f"{item.exercise} {item.answer}: listed as equivalent, but no such mutant survives: "
        f"{item.was!r} → {item.now!r}"
        for item in unused.values()
    ]
