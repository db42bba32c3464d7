"""What the two distributions hold: staff's all that grading needs, students' nothing of staff's."""

import ast
import json
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from autograder import paths
from autograder.authoring import build_check
from tests.authoring import wheels
from tests.authoring.wheels import reported

PROJECT = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())["project"]
Wheel = dict[str, bytes]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Wheel]:
    def build(project: Path) -> Wheel:
        path = wheels.built(project, tmp_path_factory.mktemp("dist"))
        with zipfile.ZipFile(path) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}

    return build


@pytest.fixture(scope="module")
def staff(opened: Callable[[Path], Wheel]) -> Wheel:
    return opened(paths.ROOT)


@pytest.fixture(scope="module")
def students(opened: Callable[[Path], Wheel]) -> Wheel:
    return opened(wheels.STUDENTS)


def texts(wheel: Wheel) -> dict[str, str]:
    return {name: content.decode("utf-8") for name, content in wheel.items()}


def about(wheel: Wheel) -> dict[str, list[str]]:
    (name,) = [name for name in wheel if name.endswith(".dist-info/METADATA")]
    header = HeaderParser().parsestr(wheel[name].decode())
    return {key: header.get_all(key) or [] for key in set(header)}


def scripts(wheel: Wheel) -> str:
    (name,) = [name for name in wheel if name.endswith(".dist-info/entry_points.txt")]
    return wheel[name].decode()


def test_students_get_the_course_and_nothing_else(staff: Wheel, students: Wheel) -> None:
    course = {name: content for name, content in students.items() if name.startswith("course/")}
    assert course == {name: staff[name] for name in staff if name.startswith("course/")}
    rest = {re.sub(r"^descent_course-[\d.]+\.", "", name) for name in students.keys() - course}
    assert rest == {
        "data/data/etc/jupyter/jupyter_server_config.d/descent.json",
        "data/data/etc/jupyter/nbgrader_config.json",
        "data/data/etc/jupyter/labconfig/page_config.d/descent.json",
        "data/data/share/jupyter/lab/settings/overrides.d/descent.json",
        "dist-info/METADATA", "dist-info/RECORD", "dist-info/WHEEL", "dist-info/entry_points.txt",
        "dist-info/extra_metadata/LICENSE", "dist-info/extra_metadata/LICENSE-TEXT",
    }  # fmt: skip
    assert scripts(students).split("\n")[:2] == ["[console_scripts]", "course = course.cli:app"]
    assert "autograder" not in scripts(students)


def test_students_get_no_test_answer_or_solution(staff: Wheel, students: Wheel) -> None:
    assert list(build_check.find_leaks(texts(students), paths.units())) == []
    assert reported(texts(students)) == set()
    # The same search finds them where they are.
    whole = {name: text for name, text in texts(staff).items() if "/data/attacks/" not in name}
    found = "\n".join(build_check.find_leaks(whole, paths.units()))
    assert all(f"of cell {name!r}" in found for name in ("cost", "test-cost", "hebbian_weights"))
    assert len(reported(whole)) > 1000


def test_both_have_one_version_and_one_set_of_pins(staff: Wheel, students: Wheel) -> None:
    ours, theirs = about(staff), about(students)
    for key in ("Version", "Requires-Python", "License-Expression"):
        assert theirs[key] == ours[key]
    assert ours["Version"] == [PROJECT["version"]]
    assert set(theirs["Requires-Dist"]) < set(ours["Requires-Dist"])
    staff_only = {"nbgrader", "jupytext", "sqlalchemy", "distributed", "msgpack", "rich"}
    names = {Requirement(pin).name for pin in theirs["Requires-Dist"]}
    assert not names & staff_only
    assert staff_only < {
        Requirement(pin).name for pin in ours["Requires-Dist"] if "extra ==" not in pin
    }


def imported(wheel: Wheel) -> set[str]:
    """Return the modules that a wheel's programs and notebooks import, by their first names."""
    found = set()
    for name, text in texts(wheel).items():
        parts = [text] if name.endswith(".py") else []
        if name.endswith(".ipynb"):
            cells = json.loads(text)["cells"]
            parts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        for part in parts:
            found |= {name.split(".")[0] for name in _imports(part)}
    return found


def _imports(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(str(name))]):
                yield name


def with_theirs(pins: list[str]) -> set[str]:
    """Return the names of what is required, and of what that requires, and so on."""
    found: set[str] = set()
    pending = [Requirement(pin) for pin in pins]
    while pending:
        required = pending.pop()
        name = re.sub(r"[-_.]+", "-", required.name).lower()
        if name in found or (required.marker and not required.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        pending += map(Requirement, metadata.requires(name) or [])
    return found


def test_what_students_import_is_required(students: Wheel) -> None:
    there = with_theirs(about(students)["Requires-Dist"])
    whose = metadata.packages_distributions()
    needed = {name for name in imported(students) if name in whose} - {"course"}
    assert {"numpy", "keras", "anywidget", "jupyter_server"} <= needed
    for name in sorted(needed):
        assert {re.sub(r"[-_.]+", "-", it).lower() for it in whose[name]} & there, name
    assert "autograder" not in imported(students)


def test_staff_get_all_that_grading_needs(staff: Wheel) -> None:
    def kept(folder: Path) -> set[str]:
        files = (path for path in folder.rglob("*") if path.is_file())
        return {
            path.relative_to(paths.ROOT).as_posix()
            for path in files
            if not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
        }

    for name in ("source", "answers", "attacks", "solutions"):
        found = {n.removeprefix("autograder/data/") for n in staff if f"/data/{name}/" in n}
        assert found == kept(paths.ROOT / name)
    packages = kept(paths.ROOT / "autograder") | kept(paths.ROOT / "course")
    assert packages == {name for name in staff if name in packages}
    outside = {name.split("/")[0] for name in staff} - {"course", "autograder"}
    assert all(re.match(r"descent-[\d.]+\.(dist-info|data)$", name) for name in outside)
    assert "autograder = autograder.cli:app" in scripts(staff)
    assert "descent-forked = autograder.kernels.provisioner:ForkedProvisioner" in scripts(staff)
