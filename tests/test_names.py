"""One name for one thing: no module and no public class of the product bears another's name."""

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from autograder.paths import ROOT

MIRRORED = (
    Path("course/checks"),
    Path("autograder/hidden_tests"),
    Path("course/models/own"),
    Path("course/predictions/units"),
)
"""What belongs to a unit goes by the unit's name: checks, tests, own versions, predictions."""

MODULES = {
    "cli": "one for each command, `course` and `autograder`",
    "repair": "the function, and the preprocessor by which nbgrader calls it",
    # An explorable bears the name of the model that it shows.
    "classifiers": "the explorable and the classifiers it shows",
    "hopfield": "the explorable and the model it shows",
    "ising": "the explorable and the model it shows",
    "rbm": "the explorable and the model it shows",
    "perceptron": "the explorable, in the unit of the same name",
    "autoencoders": "guards of the unit of the same name",
}
"""Module names that stand twice, and why."""

CLASSES = {
    "State": "each explorable declares its own; it is never imported from another module",
}
"""Public classes that stand twice, and why."""


def sources(root: Path = ROOT) -> Iterable[Path]:
    return sorted(path for top in ("course", "autograder") for path in (root / top).rglob("*.py"))


def twice(places: dict[str, list[Path]]) -> dict[str, list[str]]:
    return {name: list(map(str, found)) for name, found in places.items() if len(found) > 1}


def modules(root: Path = ROOT) -> dict[str, list[str]]:
    """Return the module names that stand more than once; of mirrored ones a pair counts once."""
    places = defaultdict(list)
    mirrored = set()
    for path in (path.relative_to(root) for path in sources(root)):
        if path.stem.startswith("__"):
            continue
        for folder in MIRRORED:
            if path.is_relative_to(folder):
                inner = path.relative_to(folder)
                if inner in mirrored:
                    break
                mirrored.add(inner)
        else:
            places[path.stem].append(path)
    return twice(places)


def classes(root: Path = ROOT) -> dict[str, list[str]]:
    """Return the public classes that stand in more than one module."""
    places = defaultdict(list)
    for path in sources(root):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path.relative_to(root))
    return twice(places)


def test_a_module_s_name_stands_once() -> None:
    found = modules()
    assert {name: where for name, where in found.items() if name not in MODULES} == {}
    assert set(MODULES) <= set(found), "a name that is allowed stands once: drop it from the list"


def test_a_class_s_name_stands_once() -> None:
    found = classes()
    assert {name: where for name, where in found.items() if name not in CLASSES} == {}
    assert set(CLASSES) <= set(found), "a name that is allowed stands once: drop it from the list"


@pytest.mark.parametrize(
    ("files", "named", "shaped"),
    [
        (["course/a/net.py", "autograder/b/net.py"], ["net"], ["Net"]),
        (["course/checks/line.py", "autograder/hidden_tests/line.py"], [], ["Net"]),
        (["course/checks/m/line.py", "autograder/hidden_tests/line.py"], ["line"], ["Net"]),
        (["course/a.py"], [], []),
    ],
)
def test_what_stands_twice_is_found(
    files: list[str], named: list[str], shaped: list[str], tmp_path: Path
) -> None:
    for name in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("class Net:\n    pass\n", encoding="utf-8")
    assert list(modules(tmp_path)) == named
    assert list(classes(tmp_path)) == shaped
