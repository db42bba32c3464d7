"""Twelve submissions, eleven broken each in another way, end with twelve recorded verdicts."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.grading import gradebook
from autograder.grading.run import grade
from autograder.grading.verdict import load_verdicts, verdict_folder
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.configured import configure
from tests.grading.test_nbgrader import nbgrader

UNIT = "00_start_here"
PATIENCE = 3
"""Seconds of processor time for a cell; a sleeper is waited for three times as long, twice."""

CODE = {
    "exits": ("import os; os._exit(7)", "exit status 7"),
    "segfaults": ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
    "sleeps-on": (
        "import time\nwhile True:\n  try: time.sleep(99)\n  except BaseException: pass",
        "took longer than",
    ),
    "floods": ("while True: print('x' * 100_000)", "of processor time and was stopped"),
    "hangs-up": ("import os; os.closerange(3, 256)", "the notebook's interpreter has ended: it"),
}

FILES = {
    "empty": (b"", "the file is empty"),
    "half": (b'{"cells": [{"cell_type": "code", "sou', "truncated"),
    "deep": (b"[" * 100_000, "nested too deeply"),
    "not-utf8": (b'{"a": "\xff"}', "not UTF-8"),
    "surrogate": (None, ""),
    "no-file": (None, "no notebook at all"),
}


def hand_in_all() -> None:
    right = compose(UNIT, solutions(UNIT), complete=False)
    hand_in(right, UNIT, "right")
    for name, (code, _) in CODE.items():
        notebook = nbformat.from_dict(right)
        notebook.cells.append(new_code_cell(code))
        hand_in(notebook, UNIT, name)
    for name, (data, _) in FILES.items():
        path = hand_in(right, UNIT, name)
        if name == "surrogate":
            text = json.loads(path.read_text(encoding="utf-8"))
            text["cells"][0]["metadata"]["\ud800"] = ["\udfff"] * 3
            text["metadata"]["kernelspec"] = ["none", None]
            data = json.dumps(text).encode()
        path.unlink() if data is None else path.write_bytes(data)


@pytest.fixture(scope="module", params=["autograder grade", "nbgrader autograde"])
def verdicts(request, tmp_path_factory):
    def end_soon(settings):
        settings.Examine.timeout = PATIENCE

    folder = tmp_path_factory.mktemp("broken")
    with pytest.MonkeyPatch.context() as patch, classroom_at(folder, "broken"):
        configure(patch, end_soon)
        hand_in_all()
        if request.param == "autograder grade":
            grade(UNIT, workers=2)
        else:
            gradebook.register_unit(UNIT)
            nbgrader("autograde", UNIT, f"--Examine.timeout={PATIENCE}")
        assert len(list(verdict_folder(UNIT).glob("*.json"))) == len(gradebook.read_scores(UNIT))
        yield request.param, load_verdicts(UNIT)


def test_each_has_its_verdict_with_a_reason(verdicts):
    how, found = verdicts
    names = {"right", *CODE, *FILES}
    assert len(names) == 12
    if how == "nbgrader autograde":  # it takes no notice of a folder without a notebook
        names.remove("no-file")
    assert found.keys() == names
    for name, (_, reason) in (CODE | FILES).items():
        if name in found:
            assert reason in " ".join(found[name].reasons), found[name]


def test_what_was_earned_stays_and_nothing_else_is_given(verdicts):
    _, found = verdicts
    full = found["right"].automatic
    assert full[0] == full[1] > 0
    assert found["right"].reasons == ()
    for name in (*CODE, "surrogate"):
        assert found[name].automatic == full, name
    for name in FILES.keys() & found.keys() - {"surrogate"}:
        assert found[name].points == 0, name
