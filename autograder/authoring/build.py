"""Build units: derive notebooks, solutions, stored outcomes and tables of clauses from texts."""

import logging
import multiprocessing
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from nbgrader.converters import GenerateAssignment, GenerateSolution

from autograder import nbgrader_bridge, paths
from autograder.authoring import catalogue, source_notebooks
from autograder.authoring.clause_table import ObservedAnswer, ObservedExercise, make_table
from autograder.authoring.reference import code, namespace
from course.checks.check import Check, instant_checks
from course.checks.diagnosis import Mistake
from course.checks.observation import Observation, Outcome
from course.checks.stored_outcomes import StoredOutcomes, dump

Result = TypeVar("Result")

log = logging.getLogger(__name__)
log.setLevel(logging.ERROR)  # nbgrader warns about every notebook it replaces

OUTCOMES_FOLDER = Path("course/checks/outcomes")
ANSWERS_FOLDER = Path("answers")


@dataclass(frozen=True)
class Built:
    """The files written for a unit, and what is wrong with its clauses."""

    files: list[Path]
    problems: list[str]


def build_all(units: Sequence[str], root: Path = paths.ROOT) -> Iterator[Built]:
    """Build units in parallel; yield what was built of each in order."""
    return for_each(units, partial(build, root=root))


def for_each(units: Sequence[str], do: Callable[[str], Result]) -> Iterator[Result]:
    """Call `do` with each unit in parallel, one on each core; yield the results in order.

    Those with networks to train take longest and are begun first. Processes are spawned, because a
    fork after TensorFlow's first operation hangs.
    """
    longest_first = sorted(units, key=lambda unit: "keras" not in code(unit))
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        futures = {unit: pool.submit(do, unit) for unit in longest_first}
        for unit in units:
            yield futures[unit].result()


def build(unit: str, root: Path = paths.ROOT) -> Built:
    """Build one unit below `root`."""
    source_notebooks.write(unit, root / "build" / "source")
    observed = _run_answers(unit)
    values = _write(root / OUTCOMES_FOLDER / f"{unit}.jsonl", _dump_outcomes(observed))
    text, problems = make_table(unit, observed)
    clauses = _write(root / ANSWERS_FOLDER / unit / "clauses.md", text)
    return Built([values, *_convert(unit, root), clauses], problems)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _convert(unit: str, root: Path) -> tuple[Path, Path]:
    """Make a unit's released notebook and solution with nbgrader, without the class's gradebook."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = nbgrader_bridge.config()
        settings.CourseDirectory.root = str(root)
        settings.CourseDirectory.db_url = f"sqlite:///{scratch}/gradebook.db"
        settings.CourseDirectory.release_directory = "course/notebooks"  # below `root`
        settings.CourseDirectory.assignment_id = unit
        settings.BaseConverter.force = True
        for converter in (GenerateAssignment, GenerateSolution):
            nbgrader_bridge.convert(converter, settings, log)
    name = Path(unit) / f"{unit}.ipynb"
    return root / "course" / "notebooks" / name, root / "solutions" / name


def _run_answers(unit: str) -> dict[str, ObservedExercise]:
    """Run the right answer and the mistakes of every exercise on the public inputs."""
    return {
        exercise: ObservedExercise(
            right=_observe(check, "")[1],
            wrong=tuple(
                ObservedAnswer(answer, *_observe(check, answer.source))
                for answer in catalogue.wrong(unit, exercise)
            ),
        )
        for exercise, check in instant_checks(unit).items()
    }


def _dump_outcomes(unit: Mapping[str, ObservedExercise]) -> str:
    """Return the stored outcomes of a unit's exercises."""
    return dump(
        {
            exercise: StoredOutcomes(
                right=tuple(observed.right),
                mistakes=tuple(
                    Mistake(found.answer.mistake, found.answer.hint, tuple(found.outcomes))
                    for found in observed.wrong
                ),
            )
            for exercise, observed in unit.items()
        }
    )


def _observe(check: Check, source: str) -> tuple[list[Observation], list[Outcome]]:
    """Observe the right answer, or the one in `source`, on the public inputs."""
    scope = namespace(check.unit)
    exec(compile(source, f"<{check.exercise}>", "exec"), scope)
    functions = [scope[name] for name in check.functions]
    if "keras" in sys.modules:  # it shuffles samples by a generator of its own
        sys.modules["keras"].utils.set_random_seed(0)
    return check.observe(*functions)
