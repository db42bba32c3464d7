"""Imports go one way: in no circle, never from students' code to staff's, nor out of a sandbox."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from autograder.paths import ROOT

PRODUCT = ("course", "autograder")
GUEST = "autograder.exam.guest"
SERVER = "autograder.forkserver.server"

ALIASES = {"guest": GUEST, "server": SERVER, "sealing": "autograder.sandbox.sealing"}
"""What a sandbox calls the folders that it mounts there."""

Graph = dict[str, set[str]]


@cache
def modules(root: Path = ROOT) -> dict[str, Path]:
    """Return every module of the product by its dotted name."""
    found = {}
    for top in PRODUCT:
        for path in sorted((root / top).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(name: str, root: Path = ROOT) -> Iterator[str]:
    """Yield the modules of the product that one imports, at its top, within functions, for types.

    A package that only leads to what is imported is not counted: each `__init__` would close a
    circle.
    """
    known, path = modules(root), modules(root)[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=aliases):
                wanted = [alias.name for alias in aliases]
            case ast.ImportFrom(module=module, names=aliases, level=level):
                above = package[: len(package) - level + 1] if level else []
                base = ".".join([*above, *([module] if module else [])])
                wanted = [f"{base}.{alias.name}" for alias in aliases]
            case _:
                continue
        for target in wanted:
            yield from _nearest(target, known)


def _nearest(target: str, known: dict[str, Path]) -> Iterator[str]:
    """Yield the module that a dotted name means: itself, or what it is an attribute of."""
    first, dot, rest = target.partition(".")
    target = f"{ALIASES.get(first, first)}{dot}{rest}"
    while target:
        if target in known:
            yield target
            return
        target = target.rpartition(".")[0]


def graph(root: Path = ROOT) -> Graph:
    """Return what each module imports of the product."""
    return {name: set(imported(name, root)) - {name} for name in modules(root)}


def packages(fine: Graph) -> dict[str, Graph]:
    """Return, for each package, what its parts import of each other: modules and sub-packages."""
    levels: dict[str, Graph] = {}
    for name, targets in fine.items():
        for target in targets:
            mine, theirs = name.split("."), target.split(".")
            common = 0
            while common < min(len(mine), len(theirs)) and mine[common] == theirs[common]:
                common += 1
            if common in (len(mine), len(theirs)):  # a package and a part of its own
                continue
            level = levels.setdefault(".".join(mine[:common]), {})
            level.setdefault(mine[common], set()).add(theirs[common])
    return levels


def circle(edges: Graph) -> list[str]:
    """Return the names of one circle, none where there is none."""
    try:
        list(TopologicalSorter(edges).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


def test_modules_import_in_no_circle() -> None:
    assert not circle(graph())


def test_packages_import_in_no_circle() -> None:
    found = {name or "the top": circle(edges) for name, edges in packages(graph()).items()}
    assert not {name: names for name, names in found.items() if names}


def test_the_course_imports_nothing_of_staff() -> None:
    upward = {
        f"{name} → {target}"
        for name, targets in graph().items()
        for target in targets
        if name.startswith("course") and target.startswith("autograder")
    }
    assert not upward


@pytest.mark.parametrize("alone", [GUEST, SERVER, "autograder.sandbox.sealing"])
def test_what_runs_inside_a_sandbox_imports_nothing_from_outside(alone: str) -> None:
    allowed = {
        # Students' own package, which every sandbox shows: a counted generator keeps its class.
        GUEST: (GUEST, "course.checks.draw_budget"),
        SERVER: (SERVER, GUEST, "autograder.sandbox.sealing"),
    }.get(alone, (alone,))
    outside = {
        f"{name} → {target}"
        for name, targets in graph().items()
        if name.startswith(alone)
        for target in targets
        if not target.startswith(allowed)
    }
    assert not outside


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"course/a.py": "import course.b", "course/b.py": "from course import a"}, "modules"),
        ({"course/a.py": "def f():\n    from course.b import x", "course/b.py": "import course.a"},
         "modules"),
        ({"course/p/a.py": "import course.q.c", "course/q/b.py": "import course.p.d",
          "course/p/d.py": "", "course/q/c.py": ""}, "packages"),
        ({"course/p/a.py": "from . import b", "course/p/b.py": "from .a import x"}, "modules"),
        ({"course/a.py": "import course.b", "course/b.py": "import json"}, ""),
    ],
)  # fmt: skip
def test_a_circle_is_found(files: dict[str, str], expected: str, tmp_path: Path) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    fine = graph(tmp_path)
    in_packages = any(map(circle, packages(fine).values()))
    found = "modules" if circle(fine) else "packages" if in_packages else ""
    assert found == expected
