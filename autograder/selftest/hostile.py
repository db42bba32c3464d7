"""Judge the grader by hostile submissions: they gain no point, stop nothing, leave nothing.

`answers/<unit>/<exercise>/hostile/*.py` are answers to one exercise, all others unwritten.
`attacks/<verdict>/` holds whole notebooks, in three forms:

- `*.py`, percent format, are put into the released notebook of `UNIT`. A cell that names a
  `grade_id` stands for that cell: its text replaces the released one, no text means the right
  answer, its other metadata is put on top, and with `"copy": true` it stands beside it. Cells
  without one follow the last that has one, or begin the notebook.
- `*.ipynb` are handed in as they are.
- `*.make.py` define `make(folder)`, which writes what is too large or too strange to be stored.

The docstring begins with the mechanism; "Earns 1." at its end says what was earned honestly before,
"Or timeout." that it is chance which of two limits it meets first.
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
from autograder.exam.roles import is_test
from autograder.grading.gradebook import enrol, open_gradebook
from autograder.grading.marking import Marked, Submission, mark
from autograder.grading.record import record
from autograder.plugins.examine import Examine, NoSandboxError
from autograder.selftest.canaries import Canaries
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.notes import unreadable
from autograder.submission.released_cells import ReleasedUnit

ATTACKS = paths.ATTACKS
UNIT = "00_start_here"
VERDICTS = ("no-points", "died", "timeout", "out-of-memory", "broke-protocol", "unreadable")

TIMES = {"timeout": 8, "notebook_timeout": 60}
LIMITS = {"memory": 1 << 30, "cpu": 10, "call_wall": 4.0, "grace": 1.0}
"""Tighter than for students, so that what waits for its end does not wait long."""

AT_A_TIME = 3 * (os.cpu_count() or 1)
"""Many do nothing but wait for their end."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Case:
    """One hostile submission.

    Attributes
    ----------
    path : Path
    unit : str
    verdict : str
        What it must get; empty for an answer, which need only get no points.
    exercise : str
        Empty for a whole notebook.
    """

    path: Path
    unit: str
    verdict: str = ""
    exercise: str = ""

    @property
    def name(self) -> str:
        """A name that can be a student's."""
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
            raise catalogue.CatalogueError(f"{self.path}: begins with no docstring")
        return found[1].strip(), source[found.end() :]

    @property
    def mechanism(self) -> str:
        """What it does, in a few words."""
        return self.text[0].partition("\n")[0].strip().rstrip(".")

    @property
    def earns(self) -> float:
        """The points that it earned honestly, before."""
        found = re.search(r"Earns (\d+)\.\s*$", self.text[0])
        return float(found[1]) if found else 0.0

    @property
    def allowed(self) -> tuple[str, ...]:
        """The verdicts it may get: its folder's, and another where chance decides."""
        found = re.search(r"Or ([a-z-]+)\.", self.text[0])
        return (self.verdict, found[1]) if found else (self.verdict,)

    def hand_in(self) -> Path:
        """Put it into the classroom; return the submission's folder."""
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
            nbformat.write(_composed(self.text[1]), folder / f"{self.unit}.ipynb")
        return folder


def cases() -> list[Case]:
    """Return the whole hostile corpus."""
    found = [
        Case(path, path.parents[2].name, exercise=path.parents[1].name)
        for path in sorted(paths.ANSWERS.glob("*/*/hostile/*.py"))
    ]
    for verdict in VERDICTS:
        files = sorted((ATTACKS / verdict).glob("*"))
        found += [Case(path, UNIT, verdict) for path in files if path.suffix in (".py", ".ipynb")]
    return found


def judge_hostile(
    chosen: Iterable[Case] | None = None,
    workers: int = AT_A_TIME,
    on_progress: Progress = lambda done, of: None,
) -> list[str]:
    """Grade hostile submissions in a classroom that is thrown away.

    Parameters
    ----------
    chosen : iterable of Case, optional
        All when left out.
    workers : int
        How many are marked at a time.
    on_progress : callable, optional
        Called with how many are done, and of how many.

    Returns
    -------
    list of str
        Every case that did better, or worse, than it should, in a sentence; empty when the grader
        withstands them all.

    Raises
    ------
    NoSandboxError
        If they would not be shut in; none has run then, whatever else is configured.
    """
    _require_sandbox()
    todo = list(cases() if chosen is None else chosen)
    with tempfile.TemporaryDirectory() as scratch, Canaries(Path(scratch)) as canaries:
        with classroom_at(Path(scratch) / "classroom", canaries.secret):
            misses = list(_judged(todo, workers, on_progress, canaries))
        return misses + canaries.left()


def _require_sandbox() -> None:
    """Look for the walls themselves: some cases would leave nothing of this machine in order."""
    from autograder.sandbox import Sandbox

    sandbox = Sandbox()
    missing = sandbox.available()
    if missing or nbgrader_bridge.config().Examine.get("trust_students"):
        raise NoSandboxError(missing or "students are trusted here, and these must not be")
    if type(Examine(config=nbgrader_bridge.config()).confinement()) is not Sandbox:
        raise NoSandboxError("the examination takes no sandbox, and hostile answers need one")


def withstood(judged: Iterable[Case], misses: list[str]) -> dict[str, list[int]]:
    """Count, by exercise or else by verdict, how many cases are in no miss, and of how many."""
    missed = {miss.partition(": ")[0] for miss in misses}
    counts: dict[str, list[int]] = {}
    for case in judged:
        pair = counts.setdefault(case.exercise or case.verdict, [0, 0])
        pair[0] += case.name not in missed
        pair[1] += 1
    return counts


def _judged(
    todo: list[Case], workers: int, on_progress: Progress, canaries: Canaries
) -> Iterator[str]:
    sources = {unit: enrol(unit) for unit in sorted({case.unit for case in todo})}
    canaries.plant(paths.classroom())
    folders = {case: case.hand_in() for case in todo}
    canaries.remember()
    settings = nbgrader_bridge.config()
    for name, value in TIMES.items():
        settings.Examine[name] = value
    settings.Examine.limits = LIMITS

    def marked(case: Case) -> Marked | Exception:
        try:
            return _mark(case, folders[case], sources[case.unit], settings)
        except Exception as error:
            return error

    with ThreadPoolExecutor(workers) as pool, open_gradebook() as gradebook:
        for done, (case, result) in enumerate(zip(todo, pool.map(marked, todo), strict=True), 1):
            if isinstance(result, Exception):
                yield f"{case.name}: it stopped the grader with {type(result).__name__}: {result}"
            else:
                yield from _faults(case, result, canaries)
                record(result, Submission(case.name, case.unit, folders[case]), gradebook)
            on_progress(done, len(todo))


def _mark(case: Case, folder: Path, source: ReleasedUnit, settings: Config) -> Marked:
    return mark(Submission(case.name, case.unit, folder), source, settings)


def _faults(case: Case, marked: Marked, canaries: Canaries) -> Iterator[str]:
    points = marked.verdict.automatic[0]
    if points != case.earns:
        yield f"{case.name}: it got {points:g} points, not {case.earns:g}"
    verdict = verdict_of(marked)
    if case.verdict and verdict not in case.allowed:
        said = "; ".join([*marked.verdict.reasons, *_errors(marked)]) or "no reason was given"
        yield f"{case.name}: the verdict was {verdict}, not {case.verdict} ({said})"
    told = "\n".join(_texts([marked.notebook, marked.verdict.reasons]))
    yield from (f"{case.name}: {what}" for what in canaries.read_in(told))


def _texts(found: object) -> Iterator[str]:
    """Go through every text there is, as it was written: JSON would put a backslash at quotes."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from _texts([*found.keys(), *found.values()])
    elif isinstance(found, list | tuple):
        for part in found:
            yield from _texts(part)


def verdict_of(marked: Marked) -> str:
    """Return which of `VERDICTS` a marked submission got."""
    if unreadable(marked.notebook):
        return "unreadable"
    reasons = " ".join(item for item in marked.verdict.reasons if "candidate:" in item)
    for verdict, words in (
        ("broke-protocol", "broke the protocol"),
        ("out-of-memory", "too much memory"),
        ("timeout", "took longer|could not be stopped|too much processor time|took too long"),
        ("died", "it died|closed its connection|did not start"),
    ):
        if re.search(words, reasons):
            return verdict
    stopped = any(error.startswith("CellTimeoutError") for error in _errors(marked))
    return "timeout" if stopped else "no-points"


def _errors(marked: Marked) -> list[str]:
    """Return how the cells ended that are no tests, where that was by an error."""
    return [
        f"{output.ename}: {output.evalue}"
        for cell in marked.notebook.cells
        if cell.cell_type == "code" and not is_test(cell)
        for output in cell.outputs
        if output.output_type == "error"
    ]


def _composed(text: str) -> NotebookNode:
    """Put the cells of a percent-format text into the released notebook."""
    released = compose(UNIT, {})
    right = solutions(UNIT)
    given = jupytext.reads(text, fmt="py:percent")
    at = 0
    for cell in given.cells:
        label = cell.metadata.get("nbgrader", {})
        name = label.get("grade_id")
        places = [i for i, there in enumerate(released.cells) if name and name_of(there) == name]
        if not places or label.pop("copy", False):
            released.cells.insert(at, new_code_cell(cell.source, metadata=cell.metadata))
            at += 1
            continue
        there = released.cells[places[0]]
        there.source = cell.source or right.get(name, there.source)
        there.metadata.nbgrader.update(label)
        there.metadata.update({k: v for k, v in cell.metadata.items() if k != "nbgrader"})
        at = places[0] + 1
    return released


def table() -> str:
    """Return the corpus as a Markdown table: mechanism, verdict, file."""
    rows = [
        f"| {case.mechanism} | {case.verdict or 'no points'} | "
        f"`{case.path.relative_to(paths.ROOT)}` |"
        for case in cases()
    ]
    return "\n".join(["| mechanism | verdict | file |", "|---|---|---|", *rows])


if __name__ == "__main__":
    readme = ATTACKS / "README.md"
    before = readme.read_text(encoding="utf-8").partition("| mechanism |")[0]
    readme.write_text(before + table() + "\n", encoding="utf-8")
