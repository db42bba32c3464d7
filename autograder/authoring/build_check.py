"""What `autograder build --check` demands of the tree; each problem is told with its file."""

import ast
import json
import math
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder import paths
from autograder.authoring.build import build_all
from autograder.authoring.unit_text import read_unit
from course.checks.observation import ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE

MEDIAN_LINES = 6
LONG_LINES = 20
LONG_SHARE = 0.10
"""A code cell a student sees: median at most 6 lines, at most one in ten over 20."""

MARKERS = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME", "autograder.hidden_tests")
SHORTEST_SECRET = 40
"""Characters; a shorter solution may stand anywhere by chance."""
STUB = ["# YOUR CODE HERE", "raise NotImplementedError()"]


def problems(units: list[str]) -> Iterator[str]:
    """Find everything wrong with what is derived from the text of `units`."""
    with tempfile.TemporaryDirectory() as scratch:
        for unit, fresh in zip(units, build_all(units, Path(scratch)), strict=True):
            yield from _stale(unit, fresh, Path(scratch))
            yield from _solutions(unit)
            yield from budget(unit)
    yield from _orphans()
    yield from leaks(_course(), units)
    yield from _staff_imports()


def _name(path: Path) -> str:
    return str(path.relative_to(paths.ROOT))


def _stale(unit: str, fresh: list[Path], scratch: Path) -> Iterator[str]:
    """Compare every derived file with a fresh build."""
    for built in fresh:
        path = paths.ROOT / built.relative_to(scratch)
        if not path.exists():
            yield f"{_name(path)}: missing; run `autograder build {unit}`"
        elif not _same(path, built):
            yield f"{_name(path)}: differs from a fresh build; run `autograder build {unit}`"


def _same(path: Path, built: Path) -> bool:
    """Compare two files: byte by byte, or, where they hold values, value by value."""
    if path.suffix != ".jsonl":
        return path.read_bytes() == built.read_bytes()
    there, fresh = (
        [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
        for file in (path, built)
    )
    return _alike(there, fresh)


def _alike(there: Any, fresh: Any) -> bool:
    """Compare stored values as checks do: each kind of processor has last digits of its own."""
    if isinstance(there, dict) and isinstance(fresh, dict):
        return there.keys() == fresh.keys() and all(_alike(there[k], fresh[k]) for k in there)
    if isinstance(there, list) and isinstance(fresh, list):
        return len(there) == len(fresh) and all(map(_alike, there, fresh))
    if isinstance(there, float) and isinstance(fresh, float):
        return math.isclose(there, fresh, rel_tol=RELATIVE_TOLERANCE, abs_tol=ABSOLUTE_TOLERANCE)
    return there == fresh


def _notebook(folder: Path, unit: str) -> NotebookNode | None:
    path = folder / unit / f"{unit}.ipynb"
    return nbformat.read(path, as_version=4) if path.exists() else None


def _solutions(unit: str) -> Iterator[str]:
    """Hold each stub against its solution: they may differ only inside the markers."""
    released, solved = _notebook(paths.RELEASED, unit), _notebook(paths.SOLUTIONS, unit)
    if released is None or solved is None:
        return
    path = _name(paths.RELEASED / unit / f"{unit}.ipynb")
    stubs = {cell.id: cell.source for cell in released.cells}
    for cell in solved.cells:
        if cell.cell_type != "code" or not cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        if "### BEGIN SOLUTION" not in cell.source:
            yield f"{path}: cell {cell.id!r} has no solution markers, so its stub would be bare"
        elif stubs.get(cell.id) != "\n".join(_stub(cell.source)):
            yield f"{path}: cell {cell.id!r} differs from its solution outside the markers"


def _stub(source: str) -> Iterator[str]:
    """Put the stub where the solution stands."""
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


def budget(unit: str) -> Iterator[str]:
    """Count the lines of the code cells a student sees, one-line tests among them."""
    released = _notebook(paths.RELEASED, unit)
    if released is None:
        return
    lengths = [len(cell.source.splitlines()) for cell in released.cells if cell.cell_type == "code"]
    path = _name(paths.RELEASED / unit / f"{unit}.ipynb")
    if lengths and statistics.median(lengths) > MEDIAN_LINES:
        yield (
            f"{path}: code cells have a median of {statistics.median(lengths):g} lines; "
            f"at most {MEDIAN_LINES}"
        )
    long = [length for length in lengths if length > LONG_LINES]
    if len(long) > LONG_SHARE * len(lengths):
        yield f"{path}: {len(long)} of {len(lengths)} code cells are over {LONG_LINES} lines"


def _orphans() -> Iterator[str]:
    """Find notebooks that no text makes."""
    known = set(paths.units())
    for folder in (paths.RELEASED, paths.SOLUTIONS):
        for path in folder.glob("**/*.ipynb"):
            if ".ipynb_checkpoints" not in path.parts and path.stem not in known:
                yield f"{_name(path)}: no text in source/ makes this notebook"


def leaks(texts: Mapping[str, str], units: list[str]) -> Iterator[str]:
    """Search what students get, by the names of files, for markers and any solution's text."""
    secret = [
        (unit, cell, region)
        for unit in units
        for cell, region in _regions(unit)
        if len(region) > SHORTEST_SECRET
    ]
    for name, text in texts.items():
        for marker in MARKERS:
            if marker in text:
                yield f"{name}: holds {marker!r}, which is for staff only"
        shown = folded(name, text)
        for unit, cell, region in secret:
            if region in shown:
                yield f"{name}: shows the solution or the hidden test of cell {cell!r} of {unit}"


def _course() -> dict[str, str]:
    """Return what students get, as text, by the names of files."""
    return {
        _name(path): path.read_text(encoding="utf-8")
        for path in (paths.ROOT / "course").glob("**/*")
        if path.suffix in {".py", ".ipynb", ".js", ".json", ".jsonl", ".html", ".md"}
    }


def folded(name: str, text: str) -> str:
    """Fold the white space of a text, or of each cell of a notebook."""
    parts = [text]
    if name.endswith(".ipynb"):
        parts = ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    return "\n".join(" ".join(part.split()) for part in parts)


def _regions(unit: str) -> Iterator[tuple[str, str]]:
    """Yield the text of every solution and hidden test of a unit, white space folded."""
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


def _staff_imports() -> Iterator[str]:
    """Find imports of staff code in what students get."""
    for path in sorted((paths.ROOT / "course").glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.split(".")[0] == "autograder" for name in names):
                yield f"{_name(path)}, line {node.lineno}: course imports staff code"
