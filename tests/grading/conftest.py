"""One classroom, graded once, that the tests of grading look at."""

import nbformat
import pytest

from autograder.authoring import catalogue
from autograder.authoring.cells import name_of
from autograder.grading.gradebook import register_unit
from autograder.grading.run import grade
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.configured import configure

UNIT = "01_linear_regression"
REFLECTION = "The slope is near 454 km/s per Mpc; the scatter is large."

HOSTILE = """\
from IPython.display import HTML, Javascript, Markdown, display
display(HTML("<img src=x onerror=alert(1)><script>alert('html')</script><b>bold</b>"))
display(Javascript("alert('javascript')"))
display(Markdown("<script>alert('markdown')</script>"))
display({"image/png": '"><script>alert("png")</script>'}, raw=True)
print("<script>alert('stream')</script>")
"""
HOSTILE_TEXT = "<script>alert('cell')</script>\n\n[x](javascript:alert(2)) $a<b$"

MALFORMED = {
    "empty": b"",
    "blank-space": b" \n\n",
    "truncated": None,  # filled in below, from a real notebook
    "not-json": b"I attach my homework.",
    "not-notebook": b'{"a": 1}',
    "list": b"[1, 2]",
    "no-cells": b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    "too-new": b'{"nbformat": 9, "nbformat_minor": 0, "metadata": {}, "cells": []}',
    "latin-1": '{"a": "\xe9"}'.encode("latin-1"),
    "deep": b"[" * 100_000,
}


def find(notebook, name):
    return next(cell for cell in notebook.cells if name_of(cell) == name)


def demonstration(source):
    return nbformat.v4.new_code_cell(source)


@pytest.fixture(scope="session")
def impatient():
    """Let a cell that never ends wait 10 s for its end, here and in all that follows."""

    def change(settings):
        settings.Examine.timeout = 10

    with pytest.MonkeyPatch.context() as patch:
        configure(patch, change)
        yield


@pytest.fixture(scope="session")
def classroom(tmp_path_factory, impatient):
    """Hand in and grade one submission of each kind."""
    with classroom_at(tmp_path_factory.mktemp("classroom"), "tests") as folder:
        answers = solutions(UNIT) | {"reflection": REFLECTION}
        right = compose(UNIT, answers, complete=False)
        for name, text in MALFORMED.items():
            path = hand_in(right, UNIT, name)
            path.write_bytes(nbformat.writes(right)[:3000].encode() if text is None else text)
        hand_in(right, UNIT, "right")
        hand_in(compose(UNIT, {}, complete=False), UNIT, "blank")
        _hand_in_altered(answers)
        (folder / "submitted" / "nothing" / UNIT).mkdir(parents=True)
        link = folder / "submitted" / "link" / UNIT / f"{UNIT}.ipynb"
        link.parent.mkdir(parents=True)
        link.symlink_to(folder / "submitted" / "right" / UNIT / f"{UNIT}.ipynb")
        yield folder


def _hand_in_altered(answers):
    def start():
        return compose(UNIT, answers, complete=False)

    notebook = start()
    notebook.metadata.kernelspec.name = "julia-1.10"
    hand_in(notebook, UNIT, "wrong-kernel")

    notebook = start()
    copy = nbformat.from_dict(find(notebook, "predict"))
    copy.id = "copy"
    notebook.cells.append(copy)
    hand_in(notebook, UNIT, "duplicated")

    notebook = start()
    notebook.cells.remove(find(notebook, "test-cost"))
    notebook.cells.remove(find(notebook, "setup"))
    hand_in(notebook, UNIT, "deleted")

    notebook = compose(UNIT, {}, complete=False)
    for cell in notebook.cells:
        if (name_of(cell) or "").startswith("test-"):
            cell.source = "pass"
            cell.metadata.nbgrader.points = 100
            cell.metadata.tags = ["skip-execution"]
    hand_in(notebook, UNIT, "edited")

    wrong = next(a.source for a in catalogue.wrong(UNIT, "cost") if a.mistake == "missing 1/2")
    notebook = compose(UNIT, answers | {"cost": wrong}, complete=False)
    notebook.cells.append(demonstration(HOSTILE))
    notebook.cells.append(nbformat.v4.new_markdown_cell(HOSTILE_TEXT))
    hand_in(notebook, UNIT, "hostile-page")

    noisy = answers["predict"] + "\nimport sys\nprint('starting', file=sys.stderr)\n"
    noisy = noisy.replace("return ", "__import__('sys').stderr.write('log'); return ")
    hand_in(compose(UNIT, answers | {"predict": noisy}, complete=False), UNIT, "noisy")

    notebook = start()
    notebook.cells.insert(
        notebook.cells.index(find(notebook, "gradient")), demonstration("import os\nos._exit(0)")
    )
    hand_in(notebook, UNIT, "killed")

    notebook = start()
    notebook.cells.append(demonstration("while True:\n    print('x' * 10_000)"))
    hand_in(notebook, UNIT, "flood")


@pytest.fixture(scope="session")
def verdicts(classroom):
    return {verdict.student: verdict for verdict in grade(UNIT, workers=2)}


@pytest.fixture(scope="module")
def released_unit(tmp_path_factory):
    with classroom_at(tmp_path_factory.mktemp("classroom"), "tests"):
        yield register_unit(UNIT)
