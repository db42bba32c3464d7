"""The command line: plain errors with exit code 2, and tables."""

import io
import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

from autograder.cli import app
from autograder.console import verdict_table
from autograder.grading.gradebook import Entry
from autograder.grading.verdict import Verdict
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.conftest import UNIT


def run(*arguments):
    return CliRunner().invoke(app, [*arguments])


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        (["grade", "01_linear_regresion"], "Did you mean 01_linear_regression"),
        (["grade", "01", "--student", "rihgt"], "Did you mean"),
        (["report", "99"], "no unit is called '99'"),
    ],
)
def test_unknown_names_get_the_nearest(classroom, arguments, reported):
    result = run(*arguments)
    assert result.exit_code == 2
    assert reported in result.output


@pytest.mark.parametrize("command", ["grade", "feedback", "report", "export"])
def test_without_a_classroom_it_says_what_to_do(tmp_path, command):
    with classroom_at(tmp_path / "none", "tests"):
        result = run(command)
    assert result.exit_code == 2
    assert "autograder demo" in result.output or "autograder grade" in result.output


def test_grade_ends_with_a_table(verdicts):
    result = run("grade", "01", "--student", "empty", "--student", "right")
    assert result.exit_code == 0
    assert "the file is" in result.output
    assert "right" in result.output


def test_what_students_wrote_is_shown_as_it_is():
    reported = ("a cell is named '[/b]'", "the notebook was called '[red]mine.ipynb'")
    verdict = Verdict("[i]ada", UNIT, 0.0, 1.0, {}, reasons=reported)
    entry = Entry((("cost", 0, 1, True),), (), None, None, None, None)
    screen = Console(file=io.StringIO(), width=200)
    screen.print(verdict_table([verdict], {UNIT: {"[i]ada": entry}}))
    for text in ("[i]ada", "0 / 1", *reported, "to grade by hand: cost"):
        assert text in screen.file.getvalue()


def test_verdicts_prints_the_figures_and_fails_on_a_miss(monkeypatch):
    from autograder.selftest import verdicts as module

    good = module.UnitTally(
        (18.0, 18.0), (0.0, 18.0), {"cost": [3, 3]}, {"cost": [6, 6]}, {"cost": [6, 6]}
    )
    for misses, code in (([], 0), (["wrong/x.py: a wrong answer got 1 points"], 1)):
        good.misses = misses
        monkeypatch.setattr(module, "judge_units", lambda *_: {UNIT: good})
        result = CliRunner().invoke(app, ["verdicts", "01", "--json"])
        assert result.exit_code == code
        figures = json.loads(result.stdout)
        assert figures["units"][UNIT]["solution"] == [18.0, 18.0]
        assert set(figures["units"][UNIT]["exercises"]["cost"]) == {"right", "wrong", "hints"}
