"""Test the grader with hostile submissions: none may gain points, stop it or leave anything behind.

`answers/<unit>/<exercise>/hostile/*.py` are answers to one exercise; the others stay blank.
`attacks/<verdict>/` holds whole notebooks, in three forms:

- `*.py`, percent format, are merged into the released notebook of `UNIT`. A cell with a `grade_id`
  replaces the source of the released cell of that name, or inserts the right answer if it is empty,
  and adds its other metadata; with `"copy": true` it is inserted beside the released cell. A cell
  without a `grade_id` follows the previous cell that has one, or starts the notebook.
- `*.ipynb` are submitted unchanged.
- `*.make.py` define `make(folder)`, which writes submissions too large or too odd to be stored.

The docstring begins with the mechanism. "Earns 1." at its end gives the points honestly earned
before the attack; "Or timeout." names a second verdict, where chance decides which limit applies.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from traitlets.config import Config

from autograder import nbgrader_bridge, paths
from autograder.authoring import catalogue
from autograder.authoring.cells import name_of
from autograder.exam.examination import OWNERS
from autograder.exam.roles import is_test
from autograder.grading.gradebook import open_gradebook, register_unit
from autograder.grading.marking import MarkedSubmission, Submission, mark
from autograder.grading.record import record
from autograder.plugins.examine import Examine, NoSandboxError
from autograder.selftest.canaries import Canaries
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.notes import unreadable_reason
from autograder.submission.released_cells import ReleasedUnit

ATTACKS = paths.ATTACKS
UNIT = "00_start_here"
ATTACK_VERDICTS = ("no-points", "died", "timeout", "out-of-memory", "broke-protocol", "unreadable")

TIME_LIMITS = {"timeout": 8, "notebook_timeout": 60}
LIMITS = {
    "memory": 1 << 30,
    "cpu": 10,
    "wall": 60.0,
    "cell_wall": 12.0,
    "call_cpu": 4.0,
    "call_wall": 6.0,
    "grace": 1.0,
}
"""Tighter than for students, so that attacks which run until a limit end soon."""

PARALLEL_CASES = 3 * (os.cpu_count() or 1)
"""Number of cases marked at a time; many only wait for a limit."""

CaseProgress = Callable[[int, int], None]


@dataclass(frozen=True)
class HostileCase:
    """One hostile submission.

    Attributes
    ----------
    path : Path
    unit : str
    verdict : str
        The verdict it must get; empty for an answer, which must only get no points.
    exercise : str
        Empty for a whole notebook.
    """

    path: Path
    unit: str
    verdict: str = ""
    exercise: str = ""

    @property
    def name(self) -> str:
        """A name that is valid as a student's id."""
        stem = self.path.name.removesuffix(self.path.suffix).removesuffix(".make")
        return f"{self.exercise or self.verdict}-{stem}".replace("_", "-")

    @property
    def text(self) -> tuple[str, str]:
        """Its docstring and its code."""
        source = self.path.read_text(encoding="utf-8")
        if self.path.suffix == ".ipynb":
            return self.path.stem.replace("_", " "), source
        found = re.match(r'\s*"""(.*?)"""\n?', source, re.DOTALL)
        if not found:
            raise catalogue.CatalogueError(f"{self.path}: does not begin with a docstring")
        return found[1].strip(), source[found.end() :]

    @property
    def mechanism(self) -> str:
        """What it does, in a few words."""
        return self.text[0].partition("\n")[0].strip().rstrip(".")

    @property
    def earns(self) -> float:
        """The points honestly earned before the attack."""
        found = re.search(r"Earns (\d+)\.\s*$", self.text[0])
        return float(found[1]) if found else 0.0

    @property
    def allowed(self) -> tuple[str, ...]:
        """The verdicts it may get: its folder's, and a second one if chance decides."""
        found = re.search(r"Or ([a-z-]+)\.", self.text[0])
        return (self.verdict, found[1]) if found else (self.verdict,)

    def hand_in(self) -> Path:
        """Write it into the classroom; return the submission's folder."""
        folder = paths.classroom() / "submitted" / self.name / self.unit
        if self.exercise:
            notebook = compose(self.unit, {self.exercise: self.text[1]})
            return hand_in(notebook, self.unit, self.name).parent
        folder.mkdir(parents=True)
        if self.path.name.endswith(".make.py"):
            scope: dict = {}
            exec(compile(self.path.read_text(encoding="utf-8"), str(self.path), "exec"), scope)
            scope["make"](folder)
        elif self.path.suffix == ".ipynb":
            shutil.copyfile(self.path, folder / f"{self.unit}.ipynb")
        else:
            nbformat.write(_compose_attack(self.text[1]), folder / f"{self.unit}.ipynb")
        return folder


def hostile_cases() -> list[HostileCase]:
    """Return all hostile answers and attacks."""
    found = [
        HostileCase(path, path.parents[2].name, exercise=path.parents[1].name)
        for path in sorted(paths.ANSWERS.glob("*/*/hostile/*.py"))
    ]
    for verdict in ATTACK_VERDICTS:
        files = sorted((ATTACKS / verdict).glob("*"))
        found += [
            HostileCase(path, UNIT, verdict) for path in files if path.suffix in (".py", ".ipynb")
        ]
    return found


def judge_hostile(
    chosen: Iterable[HostileCase] | None = None,
    workers: int = PARALLEL_CASES,
    on_progress: CaseProgress = lambda done, of: None,
) -> list[str]:
    """Grade hostile submissions in a temporary classroom.

    Parameters
    ----------
    chosen : iterable of HostileCase, optional
        All if omitted.
    workers : int
        Number of cases marked at a time.
    on_progress : callable, optional
        Called with the number done and the total.

    Returns
    -------
    list of str
        One sentence for each wrong result; empty if the grader withstands all cases.

    Raises
    ------
    NoSandboxError
        If they would run without a sandbox; none has run then.
    """
    _require_sandbox()
    todo = list(hostile_cases() if chosen is None else chosen)
    with tempfile.TemporaryDirectory() as scratch, Canaries(Path(scratch)) as canaries:
        with classroom_at(Path(scratch) / "classroom", canaries.secret):
            misses = list(_judge_cases(todo, workers, on_progress, canaries))
        return misses + canaries.find_leftovers()


def _require_sandbox() -> None:
    """Check for the sandbox itself, not the settings: some attacks would wreck this machine."""
    from autograder.sandbox import Sandbox

    sandbox = Sandbox()
    missing = sandbox.available()
    if missing or nbgrader_bridge.config().Examine.get("trust_students"):
        raise NoSandboxError(
            missing or "the configuration trusts students; attacks must not be trusted"
        )
    if type(Examine(config=nbgrader_bridge.config()).confinement()) is not Sandbox:
        raise NoSandboxError("the configuration replaces the sandbox, which attacks need")


def count_withstood(judged: Iterable[HostileCase], misses: list[str]) -> dict[str, list[int]]:
    """Count, by exercise or by verdict, the cases without a miss, and all cases."""
    missed = {miss.partition(": ")[0] for miss in misses}
    counts: dict[str, list[int]] = {}
    for case in judged:
        pair = counts.setdefault(case.exercise or case.verdict, [0, 0])
        pair[0] += case.name not in missed
        pair[1] += 1
    return counts


def _judge_cases(
    todo: list[HostileCase], workers: int, on_progress: CaseProgress, canaries: Canaries
) -> Iterator[str]:
    sources = {unit: register_unit(unit) for unit in sorted({case.unit for case in todo})}
    canaries.plant(paths.classroom())
    folders = {case: case.hand_in() for case in todo}
    canaries.snapshot_classroom()
    settings = nbgrader_bridge.config()
    for name, value in TIME_LIMITS.items():
        settings.Examine[name] = value
    settings.Examine.limits = LIMITS

    def try_to_mark(case: HostileCase) -> MarkedSubmission | Exception:
        try:
            return _mark(case, folders[case], sources[case.unit], settings)
        except Exception as error:
            return error

    with ThreadPoolExecutor(workers) as pool, open_gradebook() as gradebook:
        for done, (case, result) in enumerate(
            zip(todo, pool.map(try_to_mark, todo), strict=True), 1
        ):
            if isinstance(result, Exception):
                yield f"{case.name}: it stopped the grader with {type(result).__name__}: {result}"
            else:
                yield from _find_faults(case, result, canaries)
                record(result, Submission(case.name, case.unit, folders[case]), gradebook)
            on_progress(done, len(todo))


def _mark(
    case: HostileCase, folder: Path, source: ReleasedUnit, settings: Config
) -> MarkedSubmission:
    return mark(Submission(case.name, case.unit, folder), source, settings)


def _find_faults(case: HostileCase, marked: MarkedSubmission, canaries: Canaries) -> Iterator[str]:
    points = marked.verdict.automatic[0]
    if points != case.earns:
        yield f"{case.name}: it got {points:g} points, not {case.earns:g}"
    verdict = attack_verdict(marked)
    if case.verdict and verdict not in case.allowed:
        given = [*marked.verdict.reasons, *marked.verdict.details, *_errors(marked)]
        details = "; ".join(given) or "no reason was given"
        yield f"{case.name}: the verdict was {verdict}, not {case.verdict} ({details})"
    text = "\n".join(_texts([marked.notebook, marked.verdict.reasons]))
    yield from (f"{case.name}: {what}" for what in canaries.find_leaks(text))


def _texts(found: object) -> Iterator[str]:
    """Yield every string in a nested structure; in its JSON text, quotes would be escaped."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from _texts([*found.keys(), *found.values()])
    elif isinstance(found, list | tuple):
        for part in found:
            yield from _texts(part)


def attack_verdict(marked: MarkedSubmission) -> str:
    """Return which of `ATTACK_VERDICTS` a marked submission got."""
    if unreadable_reason(marked.notebook):
        return "unreadable"
    reasons = " ".join(r for r in marked.verdict.reasons if r.startswith(OWNERS["candidate"]))
    if any(
        detail.startswith("candidate: it broke the protocol") for detail in marked.verdict.details
    ):
        return "broke-protocol"
    for verdict, words in (
        ("out-of-memory", "too much memory"),
        (
            "timeout",
            "took longer|used more than|could not be stopped|too much processor time|took too long",
        ),
        ("died", "it died|closed its connection|did not start"),
    ):
        if re.search(words, reasons):
            return verdict
    stopped = any(error.startswith("CellTimeoutError") for error in _errors(marked))
    return "timeout" if stopped else "no-points"


def _errors(marked: MarkedSubmission) -> list[str]:
    """Return the errors of all cells that are not tests."""
    return [
        f"{output.ename}: {output.evalue}"
        for cell in marked.notebook.cells
        if cell.cell_type == "code" and not is_test(cell)
        for output in cell.outputs
        if output.output_type == "error"
    ]


def _compose_attack(text: str) -> NotebookNode:
    """Merge the cells of a percent-format text into the released notebook."""
    released = compose(UNIT, {})
    right = solutions(UNIT)
    given = jupytext.reads(text, fmt="py:percent")
    at = 0
    for cell in given.cells:
        metadata = cell.metadata.get("nbgrader", {})
        name = metadata.get("grade_id")
        places = [i for i, other in enumerate(released.cells) if name and name_of(other) == name]
        if not places or metadata.pop("copy", False):
            released.cells.insert(at, new_code_cell(cell.source, metadata=cell.metadata))
            at += 1
            continue
        target = released.cells[places[0]]
        target.source = cell.source or right.get(name, target.source)
        target.metadata.nbgrader.update(metadata)
        target.metadata.update({k: v for k, v in cell.metadata.items() if k != "nbgrader"})
        at = places[0] + 1
    return released


def table() -> str:
    """Return all cases as a Markdown table: mechanism, verdict, file."""
    rows = [
        f"| {case.mechanism} | {case.verdict or 'no points'} | "
        f"`{case.path.relative_to(paths.ROOT)}` |"
        for case in hostile_cases()
    ]
    return "\n".join(["| mechanism | verdict | file |", "|---|---|---|", *rows])


if __name__ == "__main__":
    readme = ATTACKS / "README.md"
    before = readme.read_text(encoding="utf-8").partition("| mechanism |")[0]
    readme.write_text(before + table() + "\n", encoding="utf-8")
