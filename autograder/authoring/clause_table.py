"""The table of a unit's clauses: which wrong answer breaks each, and what tells it apart."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from autograder import paths
from autograder.authoring.catalogue import Answer
from autograder.authoring.cells import named_cells
from autograder.authoring.clauses import ClauseError, broken_by, unit_clauses
from autograder.authoring.reference import namespace
from autograder.authoring.unit_text import read_unit
from course.checks.diagnosis import symptoms
from course.checks.observation import Observation, Outcome

HEAD = """# Every clause of the docstrings, and what fails without it

`autograder build` makes this table from the unit's text and from the wrong answers here.

| exercise | clause | a wrong answer that breaks it | what the instant check sees | hidden test |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class ObservedAnswer:
    """A wrong answer, and what was observed of it on the public inputs."""

    answer: Answer
    observations: Sequence[Observation]
    outcomes: Sequence[Outcome]


@dataclass(frozen=True)
class ObservedExercise:
    """The outcomes of the right answer to an exercise, and what was observed of the wrong ones."""

    right: Sequence[Outcome]
    wrong: Sequence[ObservedAnswer]

    def first_difference(self, found: ObservedAnswer) -> str:
        """Return the first observation that tells an answer from the right one; empty if none."""
        different = symptoms(self.right, found.outcomes)
        return found.observations[min(different)].description if different else ""


def make_table(unit: str, observed: Mapping[str, ObservedExercise]) -> tuple[str, list[str]]:
    """Return the table of a unit as Markdown, and its problems.

    Parameters
    ----------
    unit : str
    observed : mapping
        By exercise.
    """
    rows, problems = [], []
    for exercise, clauses in unit_clauses(unit).items():
        if exercise not in observed:
            continue
        breakers, unclear = _breakers(observed[exercise], clauses)
        problems += unclear
        for clause in clauses:
            if not breakers[clause]:
                problems.append(
                    f"source/{unit}.py, exercise {exercise!r}: no wrong answer breaks the clause "
                    f"{clause!r}; write one, with the line `Breaks: {clause}`"
                )
                continue
            found = min(breakers[clause], key=_by_focus)
            caught = _is_caught(found.answer)
            if not caught:
                problems.append(f"{_name(found.answer)}: passes the hidden test")
            seen = observed[exercise].first_difference(found)
            cells = (exercise, clause, found.answer.path.stem, seen, "caught" if caught else "—")
            rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n")
    return HEAD + "".join(rows), problems


def _breakers(
    observed: ObservedExercise, clauses: Sequence[str]
) -> tuple[dict[str, list[ObservedAnswer]], list[str]]:
    """Return the answers that break each clause, and what is wrong with their lines."""
    breakers: dict[str, list[ObservedAnswer]] = {clause: [] for clause in clauses}
    problems = []
    for found in observed.wrong:
        try:
            named = broken_by(found.answer, clauses)
        except ClauseError as error:
            problems.append(str(error))
            continue
        if named and not observed.first_difference(found):
            problems.append(f"{_name(found.answer)}: breaks a clause and passes the instant check")
            continue
        for clause in named:
            breakers[clause].append(found)
    return breakers, problems


def _by_focus(found: ObservedAnswer) -> tuple[int, str]:
    """Order answers: first the one that breaks fewest clauses."""
    return len(found.answer.breaks), found.answer.path.name


def _name(answer: Answer) -> str:
    return f"{paths.ANSWERS.name}/{answer.path.relative_to(paths.ANSWERS)}"


@cache  # one answer may break several clauses
def _is_caught(answer: Answer) -> bool:
    """Tell whether the test cell of the unit's text, which holds the hidden test, fails."""
    cells = named_cells(read_unit(paths.SOURCE / f"{answer.unit}.py"))
    scope = namespace(answer.unit)
    exec(compile(answer.source, str(answer.path), "exec"), scope)
    with _school_of_its_own():
        try:
            exec(cells[f"test-{answer.exercise}"].source, scope)
        except Exception:  # as in nbgrader, a test that raises gives no points
            return True
    return False


@contextmanager
def _school_of_its_own() -> Iterator[None]:
    """Give hidden tests a secret, and no classroom in which to keep what they compute."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.update(DESCENT_SECRET="clauses", DESCENT_CLASSROOM=f"{scratch}/none")
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
