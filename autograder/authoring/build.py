"""Derive from the course's text: notebooks, solutions, the numbers that checks compare with."""

import logging
import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from itertools import repeat
from pathlib import Path

from nbgrader.converters import GenerateAssignment, GenerateSolution

from autograder import nbgrader_bridge, paths
from autograder.authoring import catalogue, source_notebooks
from autograder.authoring.reference import namespace
from course.checks.check import Check, public_generator
from course.checks.diagnosis import Mistake
from course.checks.observation import Outcome
from course.checks.stored_outcomes import StoredOutcomes, dump

log = logging.getLogger(__name__)
log.setLevel(logging.ERROR)  # nbgrader warns of every notebook it replaces

VALUES = Path("course/checks/outcomes")


def build_all(units: Sequence[str], root: Path = paths.ROOT) -> Iterator[list[Path]]:
    """Build units side by side, as many as there are cores; yield the files of one after another.

    Processes are spawned: after TensorFlow's first operation a fork would hang.
    """
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(build, units, repeat(root))


def build(unit: str, root: Path = paths.ROOT) -> list[Path]:
    """Derive everything of one unit and write it below `root`; return the files written."""
    source_notebooks.write(unit, root / "build" / "source")
    values = root / VALUES / f"{unit}.jsonl"
    values.parent.mkdir(parents=True, exist_ok=True)
    values.write_text(_values(unit), encoding="utf-8")
    released, solution = _convert(unit, root)
    return [values, released, solution]


def checks(unit: str) -> dict[str, Check]:
    """Return the instant checks of a unit, by exercise."""
    module = import_module(f"course.checks.{unit.split('_', 1)[1]}")
    return {name: item for name, item in vars(module).items() if isinstance(item, Check)}


def _convert(unit: str, root: Path) -> tuple[Path, Path]:
    """Release a unit and make its solution with nbgrader's own converters, grades untouched."""
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


def _values(unit: str) -> str:
    """Run the right and the mistaken answers on the public inputs and write down what they give."""
    return dump(
        {
            exercise: StoredOutcomes(
                right=_watch(check, ""),
                mistakes=tuple(
                    Mistake(answer.mistake, answer.hint, _watch(check, answer.source))
                    for answer in catalogue.wrong(unit, exercise)
                ),
            )
            for exercise, check in checks(unit).items()
        }
    )


def _watch(check: Check, source: str) -> tuple[Outcome, ...]:
    """Observe the right answer, or the one in `source`, on the public inputs."""
    scope = namespace(check.unit)
    exec(compile(source, f"<{check.exercise}>", "exec"), scope)
    functions = [scope[name] for name in check.functions]
    return tuple(check.observe(*functions, rng=public_generator())[1])
