"""Installed from its wheel, outside of any source tree, the grader knows its units."""

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from autograder import paths
from autograder.authoring import catalogue
from autograder.selftest.compose import compose, solutions
from tests.authoring.wheels import STUDENTS, Environment, built, installed

UNIT = "00_start_here"
EXERCISE = "period"
SEARCH = """\
import os, sys
STAFFS = {"hidden_tests", "nbgrader_bridge.py", "answers", "attacks", "solutions", "source"}
tops = {*sys.path, sys.prefix, sys.base_prefix, "/usr/lib", "/usr/local/lib"} - {""}
seen = [(at, {*folders, *files}) for top in tops for at, folders, files in os.walk(top)]
print(len(seen) > 1000, [at for at, names in seen if "autograder" in at and names & STAFFS])
"""
CONFIGURATION = (paths.ROOT / "nbgrader_config.py").read_text() + "c.Examine.timeout = 90\n"
KERNEL = """\
import jupyter_client
manager, client = jupyter_client.manager.start_new_kernel(kernel_name="descent")
client.execute_interactive("import course; print(6 * 7, course.__file__)", timeout=60)
manager.shutdown_kernel(now=True)
"""


def hand_in(folder: Path, student: str, notebook: nbformat.NotebookNode) -> None:
    path = folder / "classroom" / "submitted" / student / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    """An environment with staff's wheel alone, and a folder with three submissions."""
    with installed(built(paths.ROOT, tmp_path_factory.mktemp("dist"))) as environment:
        right = solutions(UNIT)
        wrong = catalogue.wrong(UNIT, EXERCISE)[0].source
        hand_in(environment.folder, "right", compose(UNIT, right))
        hand_in(environment.folder, "wrong", compose(UNIT, right | {EXERCISE: wrong}))
        curious = compose(UNIT, right)
        curious.cells.append(nbformat.v4.new_code_cell(SEARCH))
        hand_in(environment.folder, "curious", curious)
        environment.run("autograder", "grade", "00")
        yield environment


def verdict(school: Environment, student: str) -> dict:
    return json.loads((school.folder / "classroom/verdicts" / UNIT / f"{student}.json").read_text())


def test_submissions_get_their_points_and_mistakes_their_names(school: Environment) -> None:
    right, wrong = (verdict(school, student)["exercises"] for student in ("right", "wrong"))
    assert right[EXERCISE]["points"] == right[EXERCISE]["max_points"] > 0
    assert wrong[EXERCISE]["points"] == 0
    assert wrong[EXERCISE]["mistake"] == catalogue.wrong(UNIT, EXERCISE)[0].mistake
    log = (school.folder / "classroom" / "grading.log").read_text()
    assert "is started anew" not in log  # interpreters are forked here too


def test_a_submission_sees_nothing_of_staff_s(school: Environment) -> None:
    path = school.folder / "classroom" / "autograded" / "curious" / UNIT / f"{UNIT}.ipynb"
    (output,) = nbformat.read(path, 4).cells[-1].outputs
    assert output.text == "True []\n"
    # The environment itself has what the cell looked for, and under two names.
    for folder in ("lib", "lib64"):
        assert list((school.prefix / folder).glob("python*/site-packages/autograder/data/answers"))


def test_what_is_written_is_written_where_it_is_run(school: Environment) -> None:
    assert {path.name for path in school.folder.iterdir()} <= {"classroom", "build", "notebooks"}
    assert "kept: nothing has changed" in school.run("autograder", "grade", "00")


def test_its_commands_answer(school: Environment) -> None:
    assert "grade" in school.run("autograder", "--help")
    assert "Everything is ready" in school.run("course", "check")
    assert "run `build` in the source tree" in school.run("autograder", "build", fails=True)
    assert "feedback for 3 students" in school.run("autograder", "feedback", "00")
    school.run("autograder", "kernels", "install")
    assert f"42 {school.prefix}" in school.run("python", "-c", KERNEL)


def test_plain_nbgrader_and_a_school_s_own_settings(school: Environment) -> None:
    path = school.folder / "nbgrader_config.py"
    path.write_text(CONFIGURATION)
    try:
        read = "from autograder.nbgrader_bridge import config; print(config().Examine.timeout)"
        assert school.run("python", "-c", read) == "90\n"
        chosen = ("--student=wrong", "--force")
        school.run("python", "-m", "nbgrader", "autograde", UNIT, *chosen)
    finally:
        path.unlink()
    assert verdict(school, "wrong")["exercises"][EXERCISE]["points"] == 0


def test_students_have_their_notebooks_and_no_grader(tmp_path: Path) -> None:
    with installed(built(STUDENTS, tmp_path)) as environment:
        assert "Everything is ready" in environment.run("course", "check")
        environment.run("course", "notebooks", "mine")
        copied = environment.folder / "mine" / UNIT / f"{UNIT}.ipynb"
        released = paths.RELEASED / UNIT / f"{UNIT}.ipynb"
        assert copied.read_bytes() == released.read_bytes()
        copied.write_text("what a student wrote")
        assert "left as it is" in environment.run("course", "notebooks", "mine")
        assert copied.read_text() == "what a student wrote"
        assert not (environment.prefix / "bin" / "autograder").exists()
        missing = environment.run("python", "-c", "import course.checks, autograder", fails=True)
        assert "No module named 'autograder'" in missing
