"""The checks of `autograder build --check`; each problem is reported with its file."""

import ast
import json
import math
import re
import statistics
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder import paths
from autograder.authoring import quoted_numbers, time_estimate
from autograder.authoring.build import build, for_each
from autograder.authoring.unit_text import read_unit
from course.checks.diagnosis import say_the_same
from course.checks.difference import ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE

MEDIAN_LINES = 6
LONG_LINES = 20
LONG_SHARE = 0.10
"""Lengths of the code cells that students see: median at most 6 lines, one in ten over 20."""

MARKERS = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME", "autograder.hidden_tests")
MIN_SECRET_LENGTH = 40
"""Characters; a shorter solution may occur elsewhere by chance."""
STUB = ["# YOUR CODE HERE", "raise NotImplementedError()"]


def find_problems(units: list[str]) -> Iterator[str]:
    """Yield every problem of the files derived from the texts of `units`."""
    for problems in for_each(units, _find_problems_of):
        yield from problems
    yield from _find_orphans()
    yield from find_leaks(_course_texts(), units)
    yield from _find_staff_imports()


def _find_problems_of(unit: str) -> list[str]:
    """Build one unit afresh, and return every problem of its files."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = build(unit, Path(scratch))
        solved = Path(scratch) / "solutions" / unit / f"{unit}.ipynb"
        return [
            *_find_stale(unit, fresh.files, Path(scratch)),
            *fresh.problems,
            *_find_stub_differences(unit),
            *check_cell_lengths(unit),
            *check_points(unit),
            *check_times(unit),
            *quoted_numbers.find_problems(unit, solved),
        ]


def _relative_name(path: Path) -> str:
    return str(path.relative_to(paths.ROOT))


def _find_stale(unit: str, fresh: list[Path], scratch: Path) -> Iterator[str]:
    """Compare every derived file with a fresh build."""
    for built in fresh:
        path = paths.ROOT / built.relative_to(scratch)
        if not path.exists():
            yield f"{_relative_name(path)}: missing; run `autograder build {unit}`"
        elif (where := _first_difference(path, built)) is not None:
            name = _relative_name(path)
            yield f"{name}: differs from a fresh build{where}; run `autograder build {unit}`"


def _first_difference(path: Path, built: Path) -> str | None:
    """Compare two files byte by byte, files of outcomes value by value; tell where they differ."""
    if path.suffix != ".jsonl":
        return None if path.read_bytes() == built.read_bytes() else ""
    stored, fresh = map(_read_outcomes, (path, built))
    if [name for name, _ in stored] != [name for name, _ in fresh]:
        return " in its exercises and mistakes"
    for (answer, known), (_, outcomes) in zip(stored, fresh, strict=True):
        if len(known) != len(outcomes):
            return f" in {answer}: {len(known) - 1} observations, now {len(outcomes) - 1}"
        for i, (before, now) in enumerate(zip(known, outcomes, strict=True)):
            if not _is_close(before, now):
                place = f"observation {i}" if i else "its hint"
                return f" in {answer}, {place}: {_shorten(before)}, now {_shorten(now)}"
    return None


def _read_outcomes(path: Path) -> list[tuple[str, list[Any]]]:
    """Read the hint and all outcomes of each answer, also those that the right one gives too."""
    answers: list[tuple[str, list[Any]]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        stored = json.loads(line) if line else {}
        if "exercise" in stored:
            exercise = stored["exercise"]
            own: list[Any] = [""]
            right = own
            answers.append((f"{exercise}, the right answer", own))
        elif "mistake" in stored:
            own = [stored["hint"]]
            answers.append((f"{exercise}, {stored['mistake']!r}", own))
        elif "right" in stored:
            own += right[len(own) : len(own) + stored["right"]]
        elif stored:
            own.append(stored)
    return answers


def _shorten(stored: Any) -> str:
    return textwrap.shorten(json.dumps(stored, ensure_ascii=False), 120)


def _is_close(stored: Any, fresh: Any) -> bool:
    """Compare stored values with the checks' tolerances: last digits depend on the CPU."""
    if isinstance(stored, dict) and isinstance(fresh, dict):
        if (
            "raised" in stored and stored.keys() == fresh.keys()
        ):  # Pythons word messages differently
            alike = say_the_same(stored["message"], fresh["message"])
            return stored["raised"] == fresh["raised"] and alike
        return stored.keys() == fresh.keys() and all(_is_close(stored[k], fresh[k]) for k in stored)
    if isinstance(stored, list) and isinstance(fresh, list):
        return len(stored) == len(fresh) and all(map(_is_close, stored, fresh))
    if isinstance(stored, float) and isinstance(fresh, float):
        return math.isclose(stored, fresh, rel_tol=RELATIVE_TOLERANCE, abs_tol=ABSOLUTE_TOLERANCE)
    return stored == fresh


def _notebook(folder: Path, unit: str) -> NotebookNode | None:
    path = folder / unit / f"{unit}.ipynb"
    return nbformat.read(path, as_version=4) if path.exists() else None


def _find_stub_differences(unit: str) -> Iterator[str]:
    """Compare each stub with its solution: they may differ only between the markers."""
    released, solved = _notebook(paths.RELEASED, unit), _notebook(paths.SOLUTIONS, unit)
    if released is None or solved is None:
        return
    path = _relative_name(paths.RELEASED / unit / f"{unit}.ipynb")
    stubs = {cell.id: cell.source for cell in released.cells}
    for cell in solved.cells:
        if cell.cell_type != "code" or not cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        if "### BEGIN SOLUTION" not in cell.source:
            yield f"{path}: cell {cell.id!r} has no solution markers, so its stub would be bare"
        elif stubs.get(cell.id) != "\n".join(_stub(cell.source)):
            yield f"{path}: cell {cell.id!r} differs from its solution outside the markers"


def _stub(source: str) -> Iterator[str]:
    """Replace the solution by the stub."""
    inside = False
    for line in source.split("\n"):
        if "BEGIN SOLUTION" in line:
            inside = True
            indent = line[: len(line) - len(line.lstrip())]
            yield from (indent + text for text in STUB)
        elif "END SOLUTION" in line:
            inside = False
        elif not inside:
            yield line


def check_cell_lengths(unit: str) -> Iterator[str]:
    """Check the lengths of the code cells that a student sees, tests included."""
    released = _notebook(paths.RELEASED, unit)
    if released is None:
        return
    lengths = [len(cell.source.splitlines()) for cell in released.cells if cell.cell_type == "code"]
    path = _relative_name(paths.RELEASED / unit / f"{unit}.ipynb")
    if lengths and statistics.median(lengths) > MEDIAN_LINES:
        yield (
            f"{path}: code cells have a median of {statistics.median(lengths):g} lines; "
            f"at most {MEDIAN_LINES}"
        )
    long = [length for length in lengths if length > LONG_LINES]
    if len(long) > LONG_SHARE * len(lengths):
        yield f"{path}: {len(long)} of {len(lengths)} code cells are over {LONG_LINES} lines"


def check_points(unit: str) -> Iterator[str]:
    """Check that the line below the title promises the points that the cells have."""
    released = _notebook(paths.RELEASED, unit)
    if released is None or not released.cells:
        return
    found = re.search(r"(\d+) points?\b", released.cells[0].source)
    points = sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in released.cells)
    if found is None:
        yield f"source/{unit}.py: no line below the title says how many points there are"
    elif int(found[1]) != points:
        yield f"source/{unit}.py: the title promises {found[0]}; the cells have {points:g}"


def check_times(unit: str) -> Iterator[str]:
    """Check that a unit fits in the sitting that its title promises, and shows its timetable."""
    path = paths.SOURCE / f"{unit}.py"
    if time_estimate.MARK not in path.read_text(encoding="utf-8"):
        mark = time_estimate.MARK
        yield f"source/{unit}.py: no line {mark} in the first cell shows the timetable"
    for problem in time_estimate.find_overtime(read_unit(path)):
        yield f"source/{unit}.py: {problem}"


def _find_orphans() -> Iterator[str]:
    """Find notebooks without a unit's text."""
    known = set(paths.units())
    for folder in (paths.RELEASED, paths.SOLUTIONS):
        for path in folder.glob("**/*.ipynb"):
            if ".ipynb_checkpoints" not in path.parts and path.stem not in known:
                yield f"{_relative_name(path)}: no text in source/ makes this notebook"


def find_leaks(texts: Mapping[str, str], units: list[str]) -> Iterator[str]:
    """Search students' files, given as text by name, for markers and the text of solutions."""
    secret = [
        (unit, cell, region)
        for unit in units
        for cell, region in _secret_regions(unit)
        if len(region) > MIN_SECRET_LENGTH
    ]
    for name, text in texts.items():
        for marker in MARKERS:
            if marker in text:
                yield f"{name}: holds {marker!r}, which is for staff only"
        shown = fold_whitespace(name, text)
        for unit, cell, region in secret:
            if region in shown:
                yield f"{name}: shows the solution or the hidden test of cell {cell!r} of {unit}"


def _course_texts() -> dict[str, str]:
    """Return students' files as text, by name."""
    return {
        _relative_name(path): path.read_text(encoding="utf-8")
        for path in (paths.ROOT / "course").glob("**/*")
        if path.suffix in {".py", ".ipynb", ".js", ".json", ".jsonl", ".html", ".md"}
    }


def fold_whitespace(name: str, text: str) -> str:
    """Collapse the whitespace of a text, or of each cell of a notebook."""
    parts = [text]
    if name.endswith(".ipynb"):
        parts = ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    return "\n".join(" ".join(part.split()) for part in parts)


def _secret_regions(unit: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each solution and hidden test of a unit, whitespace collapsed."""
    for cell in read_unit(paths.SOURCE / f"{unit}.py").cells:
        inside: list[str] | None = None
        for line in cell.source.split("\n"):
            if "### BEGIN" in line:
                inside = []
            elif "### END" in line:
                yield cell.id, " ".join(" ".join(inside or ()).split())
                inside = None
            elif inside is not None:
                inside.append(line)


def _find_staff_imports() -> Iterator[str]:
    """Find imports of staff code in students' files."""
    for path in sorted((paths.ROOT / "course").glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            if any(name.split(".")[0] == "autograder" for name in names):
                yield f"{_relative_name(path)}, line {node.lineno}: course imports staff code"
