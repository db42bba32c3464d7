"""Where a submission lies: what leaves no doubt is graded with a reason, all else is named."""

import json
import os
import shutil

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.authoring.release import release_notebook
from autograder.cli import app
from autograder.grading.intake import describe_ungraded, find_submissions
from autograder.grading.run import grade
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.unit_names import means_unit

UNIT = "00_start_here"
OTHER = "02_perceptron"


@pytest.fixture
def submitted(tmp_path):
    with classroom_at(tmp_path / "classroom", "tests") as classroom:
        (classroom / "submitted").mkdir(parents=True)
        yield classroom / "submitted"


def put(folder, name=f"{UNIT}.ipynb", answers=None):
    folder.mkdir(parents=True, exist_ok=True)
    answers = solutions(UNIT) if answers is None else answers
    nbformat.write(compose(UNIT, answers, complete=False), folder / name)


def points():
    return {verdict.student: verdict.points for verdict in grade(UNIT)}


UNMISTAKABLE = ("00_Start_Here", "00_start_here ", "00-start-here", "00 Start here", "00",
                "00_start_here-Copy1", "00_start_here (1)", "00_start_here 2")  # fmt: skip


def test_a_folder_whose_name_leaves_no_doubt_is_graded_and_says_so(submitted):
    for number, name in enumerate(UNMISTAKABLE):
        put(submitted / f"s{number}" / name)
    found = {verdict.student: verdict for verdict in grade(UNIT)}
    for number, name in enumerate(UNMISTAKABLE):
        verdict = found[f"s{number}"]
        assert verdict.points == 1.0
        assert verdict.reasons == (f"the folder was called {name!r}; graded as {UNIT!r}",)
    assert describe_ungraded() == []


def test_a_folder_that_gets_its_right_name_later_loses_the_reason(submitted):
    put(submitted / "ada" / UNIT.upper())
    assert grade(UNIT)[0].reasons
    (submitted / "ada" / UNIT.upper()).rename(submitted / "ada" / UNIT)
    assert grade(UNIT)[0].reasons == ()


@pytest.mark.parametrize(
    "name", ["01_start_here", "start", "00_start_her", "00_start_here_final", "000", "photocopy"]
)
def test_a_name_that_could_be_another_is_not_taken_for_the_units(name):
    assert not means_unit(name, UNIT)


def test_all_that_is_misplaced_is_named_and_the_rest_is_graded(submitted):
    put(submitted / "good" / UNIT)
    for folder in (
        submitted / "file-in-students-folder",
        submitted / "Ada Lovelace_12345_assignsubmission_file_",
        submitted / "typo" / "00_start_hier",
        submitted / UNIT / "swapped",
        submitted / "deep" / "submission" / UNIT,
        submitted / "two" / "00_START_HERE",
        submitted / "two" / "00_start_here-Copy1",
        submitted / "beside" / UNIT,
        submitted / "beside" / f"{UNIT}-Copy1",
        submitted / f"ada+{UNIT}+2026-01-10 14:30:00 UTC+abcdef",
        submitted / "eve" / f"eve+{UNIT}+2026-01-10 14:30:00 UTC",
    ):
        put(folder)
    for name in (f"loose_{UNIT}.ipynb", "all.zip", "all.tar.gz", f"back\\{UNIT}\\{UNIT}.ipynb"):
        (submitted / name).write_bytes(b"x")
    (submitted / "zipped").mkdir()
    (submitted / "zipped" / f"{UNIT}.ZIP").write_bytes(b"x")
    for system in (".DS_Store", "Thumbs.db", "good/.DS_Store", "._good", "zipped/__MACOSX"):
        (submitted / system).write_bytes(b"x")
    (submitted / "nobody").mkdir()
    result = CliRunner().invoke(app, ["grade", "00", "--workers", "1"])
    assert result.exit_code == 0
    lines = [line for line in result.output.splitlines() if line.startswith("not graded")]
    for expected in (
        "lies in a student's folder, not in a unit's; expected submitted/STUDENT/UNIT/UNIT.ipynb): "
        f"'Ada Lovelace_12345_assignsubmission_file_/{UNIT}.ipynb', "
        f"'file-in-students-folder/{UNIT}.ipynb'",
        f"rename it to {UNIT!r} if that is meant): 'typo/00_start_hier'",
        f"is named after {UNIT}, where a student's folder was expected",
        "one level too deep; expected submitted/STUDENT/UNIT/UNIT.ipynb): 'deep/submission'",
        "leave one of them under that name): 'two/00_START_HERE', 'two/00_start_here-Copy1'",
        f"(stands beside {UNIT!r}, which was graded): 'beside/{UNIT}-Copy1'",
        f"run `nbgrader collect {UNIT}`, or move what it holds to submitted/STUDENT/{UNIT}): "
        f"'ada+{UNIT}+2026-01-10 14:30:00 UTC+abcdef', "
        f"'eve/eve+{UNIT}+2026-01-10 14:30:00 UTC'",
        f"(lies outside any student's folder; expected submitted/STUDENT/UNIT/UNIT.ipynb): "
        f"'loose_{UNIT}.ipynb'",
        f"is an archive; unpack it, so that its notebook is at submitted/STUDENT/UNIT/UNIT.ipynb): "
        f"'all.tar.gz', 'all.zip', 'zipped/{UNIT}.ZIP'",
        "has backslashes in its name",
    ):
        assert sum(expected in line for line in lines) == 1, (expected, lines)
    assert len(lines) == 10
    assert points() == {"good": 1.0, "beside": 1.0}


def test_a_class_in_which_nothing_can_be_graded_is_told_what_lies_there(submitted):
    put(submitted / "ada")
    result = CliRunner().invoke(app, ["grade", "00", "--workers", "1"])
    assert result.exit_code == 2
    assert "no submissions for 00_start_here" in result.output
    assert f"'ada/{UNIT}.ipynb'" in result.output


def test_of_a_chosen_student_only_that_folder_is_looked_at(submitted):
    put(submitted / "ada" / UNIT)
    put(submitted / "ben")
    assert describe_ungraded(["ada"]) == []
    assert len(describe_ungraded(["ben"])) == len(describe_ungraded()) == 1


def test_other_units_that_lie_in_their_place_are_not_misplaced(submitted):
    put(submitted / "ada" / UNIT)
    put(submitted / "ada" / OTHER)
    assert describe_ungraded() == []
    assert [item.folder.name for item in find_submissions(OTHER)] == [OTHER]


def test_a_name_that_is_no_text_stops_nothing(submitted):
    put(submitted / "ada" / UNIT)
    (submitted / os.fsdecode(b"\xe9.ipynb")).write_bytes(b"x")
    (line,) = describe_ungraded()
    assert "\\udce9.ipynb" in line
    assert line.encode()


@pytest.mark.parametrize(
    "name",
    [f"{UNIT}-Copy1.ipynb", f"{UNIT} 2.ipynb", f"{UNIT}.ipynb.json", f"{UNIT.upper()}.IPYNB",
     f"{UNIT} (3).ipynb", "mine.ipynb"],
)  # fmt: skip
def test_a_notebook_of_another_name_alone_is_graded(submitted, name):
    put(submitted / "ada" / UNIT, name)
    (submitted / "ada" / UNIT / f"._{name}").write_bytes(b"Mac OS X" * 25)
    (verdict,) = grade(UNIT)
    assert verdict.points == 1.0
    assert verdict.reasons == (f"the notebook was called {name!r}; graded as '{UNIT}.ipynb'",)


def test_among_other_names_the_units_is_taken(submitted):
    put(submitted / "ada" / UNIT, f"{UNIT}-Copy1.ipynb")
    put(submitted / "ada" / UNIT, "scratch.ipynb", {})
    (verdict,) = grade(UNIT)
    assert verdict.points == 1.0
    assert "another notebook lies in the folder and was not graded: 'scratch.ipynb'" in (
        verdict.reasons
    )


@pytest.mark.parametrize(
    ("content", "lack"),
    [
        ("blank", "nothing is written in it"),
        ("empty", "the file is empty"),
        ("truncated", "the file is truncated"),
    ],
)
def test_a_copy_with_answers_stands_in_for_a_notebook_without(submitted, content, lack):
    folder = submitted / "ada" / UNIT
    put(folder, answers={})
    put(folder, f"{UNIT}-Copy1.ipynb")
    if content != "blank":
        text = (folder / f"{UNIT}.ipynb").read_text()
        (folder / f"{UNIT}.ipynb").write_text("" if content == "empty" else text[:500])
    (verdict,) = grade(UNIT)
    assert verdict.points == 1.0
    (reason,) = verdict.reasons
    assert f"'{UNIT}-Copy1.ipynb' was graded in place of '{UNIT}.ipynb': {lack}" in reason


def test_a_notebook_with_answers_is_graded_and_its_copies_are_named(submitted):
    folder = submitted / "ada" / UNIT
    put(folder)
    put(folder, f"{UNIT}-Copy1.ipynb", {})
    put(folder, f"{UNIT}-Copy2.ipynb")
    (verdict,) = grade(UNIT)
    assert verdict.points == 1.0
    assert verdict.reasons == (
        "other notebooks lie in the folder and were not graded: "
        f"'{UNIT}-Copy1.ipynb', '{UNIT}-Copy2.ipynb'",
    )


def test_two_copies_with_answers_are_not_chosen_between(submitted):
    folder = submitted / "ada" / UNIT
    put(folder, f"{UNIT}-Copy1.ipynb")
    put(folder, f"{UNIT}-Copy2.ipynb")
    (verdict,) = grade(UNIT)
    assert verdict.points == 0
    assert "it is not clear which one counts" in verdict.reasons[0]
    assert "-Copy2" in verdict.reasons[0]


@pytest.mark.parametrize("inner", [UNIT, "submission"])
def test_a_notebook_one_folder_too_deep_is_graded(submitted, inner):
    put(submitted / "ada" / UNIT / inner)
    (verdict,) = grade(UNIT)
    assert verdict.points == 1.0
    assert f"the notebook lay one folder deeper, in {inner!r}" in verdict.reasons
    assert describe_ungraded() == []


def test_a_link_is_not_followed_into_a_deeper_folder(submitted, tmp_path):
    put(tmp_path / "elsewhere" / UNIT / "inner")
    (submitted / "ada").symlink_to(tmp_path / "elsewhere")
    (verdict,) = grade(UNIT)
    assert verdict.points == 0
    assert "symbolic link" in verdict.reasons[0]


def test_an_archive_in_a_units_folder_is_named(submitted):
    (submitted / "ada" / UNIT).mkdir(parents=True)
    shutil.make_archive(submitted / "ada" / UNIT / "work", "zip", submitted / "ada" / UNIT)
    (verdict,) = grade(UNIT)
    assert "an archive, 'work.zip': unpack it" in verdict.reasons[0]
    assert not verdict.read


@pytest.mark.parametrize("named", [True, False])
def test_a_notebook_of_another_unit_is_called_so_in_one_line(submitted, named):
    notebook = compose(OTHER, solutions(OTHER))
    if not named:  # as editors write it that know no metadata
        for cell in notebook.cells:
            cell.metadata.clear()
            cell.pop("id")
    hand_in(notebook, UNIT, "ada")
    (verdict,) = grade(UNIT)
    assert verdict.points == 0
    assert not verdict.read
    assert verdict.reasons == (
        "this is the notebook of unit 02 (02_perceptron), where that of unit 00 (00_start_here) "
        "was expected",
    )


def test_a_notebook_of_both_units_is_graded(submitted):
    both = compose(UNIT, solutions(UNIT))
    both.cells += [nbformat.from_dict(cell) for cell in release_notebook(OTHER).cells[:30]]
    for number, cell in enumerate(both.cells):
        cell.id = str(number)
    hand_in(both, UNIT, "ada")
    (verdict,) = grade(UNIT)
    assert verdict.points == 1.0
    assert len(json.dumps(verdict.reasons)) < 2000
