"""Build units: derive notebooks, solutions and the checks' stored outcomes from their texts."""

import logging
import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from nbgrader.converters import GenerateAssignment, GenerateSolution

from autograder import nbgrader_bridge, paths
from autograder.authoring import catalogue, source_notebooks
from autograder.authoring.reference import namespace
from course.checks.check import Check, instant_checks, public_generator
from course.checks.diagnosis import Mistake
from course.checks.observation import Outcome
from course.checks.stored_outcomes import StoredOutcomes, dump

log = logging.getLogger(__name__)
log.setLevel(logging.ERROR)  # nbgrader warns about every notebook it replaces

OUTCOMES_FOLDER = Path("course/checks/outcomes")


def build_all(units: Sequence[str], root: Path = paths.ROOT) -> Iterator[list[Path]]:
    """Build units in parallel, one on each core; yield the files of each in order.

    Processes are spawned, because a fork after TensorFlow's first operation hangs.
    """
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(build, units, repeat(root))


def build(unit: str, root: Path = paths.ROOT) -> list[Path]:
    """Build one unit below `root`; return the files written."""
    source_notebooks.write(unit, root / "build" / "source")
    values = root / OUTCOMES_FOLDER / f"{unit}.jsonl"
    values.parent.mkdir(parents=True, exist_ok=True)
    values.write_text(_run_answers(unit), encoding="utf-8")
    released, solution = _convert(unit, root)
    return [values, released, solution]


def _convert(unit: str, root: Path) -> tuple[Path, Path]:
    """Make a unit's released notebook and solution with nbgrader, without the class's gradebook."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = nbgrader_bridge.config()
        settings.CourseDirectory.root = str(root)
        settings.CourseDirectory.db_url = f"sqlite:///{scratch}/gradebook.db"
        settings.CourseDirectory.assignment_id = unit
        settings.BaseConverter.force = True
        for converter in (GenerateAssignment, GenerateSolution):
            nbgrader_bridge.convert(converter, settings, log)
    name = Path(unit) / f"{unit}.ipynb"
    return root / "course" / "notebooks" / name, root / "solutions" / name


def _run_answers(unit: str) -> str:
    """Run the right answer and the mistakes on the public inputs; return their stored outcomes."""
    return dump(
        {
            exercise: StoredOutcomes(
                right=_observe(check, ""),
                mistakes=tuple(
                    Mistake(answer.mistake, answer.hint, _observe(check, answer.source))
                    for answer in catalogue.wrong(unit, exercise)
                ),
            )
            for exercise, check in instant_checks(unit).items()
        }
    )


def _observe(check: Check, source: str) -> tuple[Outcome, ...]:
    """Observe the right answer, or the one in `source`, on the public inputs."""
    scope = namespace(check.unit)
    exec(compile(source, f"<{check.exercise}>", "exec"), scope)
    functions = [scope[name] for name in check.functions]
    return tuple(check.observe(*functions, rng=public_generator())[1])
