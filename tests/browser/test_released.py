"""The released notebooks in a real JupyterLab, as a student has them."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from autograder import paths
from autograder.selftest.compose import compose, solutions
from tests.browser.explored import serious
from tests.browser.lab import SCREENSHOTS, LabServer, OpenLab

UNIT = "01_linear_regression"

# JupyterLab marks its own cells so, and ipywidgets gives its sliders no name for a screen reader;
# what the course puts in a cell is looked at like all else.
JUPYTERLABS_OWN = (
    ".jp-Toolbar",
    ".jp-InputPrompt",
    ".jp-OutputPrompt",
    ".cm-editor",
    ".widget-slider",
)
TEXTS_AND_OUTPUTS = {
    "include": [[".jp-RenderedHTMLCommon"], [".jp-OutputArea-output"]],
    "exclude": [[selector] for selector in JUPYTERLABS_OWN],
}


def index_of(notebook: nbformat.NotebookNode, text: str) -> int:
    return next(i for i, cell in enumerate(notebook.cells) if text in cell.source)


def test_before_anything_is_written_the_explorable_says_so(
    jupyterlab: OpenLab, lab_server: LabServer
) -> None:
    path = paths.RELEASED / UNIT / f"{UNIT}.ipynb"
    shutil.copy(path, lab_server.work)
    notebook = nbformat.read(path, as_version=4)
    lab = jupyterlab(path.name)
    for text in ("from course.checks", "hubble1929()", "with_ones(r", "def gradient(", "Descent("):
        lab.run_cell(index_of(notebook, text))
    explored = lab.explorable("descent")
    explored.wait_settled()
    assert "NotImplementedError" in explored.summary or "not written" in explored.summary


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_solved_notebook_runs_and_answers_to_keys(
    jupyterlab: OpenLab, lab_server: LabServer, theme: str
) -> None:
    nbformat.write(compose(UNIT, solutions(UNIT)), lab_server.work / f"solved-{theme}.ipynb")
    lab = jupyterlab(f"solved-{theme}.ipynb")
    lab.dark(theme == "dark")
    lab.run_all()
    for name, key in (("descent", "learning_rate"), ("batches", "batch_size")):
        explored = lab.explorable(name)
        explored.wait_settled()
        explored.show_end()
        before, reported = explored.pixels(), explored.summary
        explored.press(key, *["ArrowRight"] * 4)
        assert explored.pixels() != before, f"the path of {name} did not move"
        assert explored.summary != reported
        explored.wait_settled()
        lab.page.screenshot(path=SCREENSHOTS / f"{UNIT}-{name}-{theme}.png")
    assert serious(lab.page, TEXTS_AND_OUTPUTS) == []


def test_start_here_is_a_student_s_first_ten_minutes(
    jupyterlab: OpenLab, lab_server: LabServer
) -> None:
    unit = "00_start_here"
    notebook = compose(unit, solutions(unit))
    nbformat.write(notebook, lab_server.work / "start.ipynb")
    lab = jupyterlab("start.ipynb")
    lab.run_cell(index_of(notebook, "from course.checks"))
    lab.run_cell(index_of(notebook, "descent = Descent()"))
    explored = lab.explorable("descent")
    explored.wait_settled()
    explored.press("learning_rate", "ArrowLeft")
    explored.wait_settled()
    for text in ("def period(", "check.period(period)", "readiness.check("):
        lab.run_cell(index_of(notebook, text))
    reported = lab.page.locator(".jp-OutputArea-output")
    reported.filter(has_text="period — right").first.wait_for()
    reported.filter(has_text="the slider's move has reached Python").first.wait_for()
    lab.page.screenshot(path=SCREENSHOTS / f"{unit}.png")
    assert serious(lab.page, TEXTS_AND_OUTPUTS) == []


def test_the_map_opens_a_unit_and_answers_unfold(
    jupyterlab: OpenLab, lab_server: LabServer
) -> None:
    start = "00_start_here"
    for unit in (start, UNIT):
        shutil.copytree(paths.RELEASED / unit, lab_server.work / unit)
    page = jupyterlab(f"{start}/{start}.ipynb").page
    answer = page.locator("details").first
    words = answer.locator("p").first
    assert not words.is_visible()
    answer.locator("summary").click()
    words.wait_for()
    page.get_by_role("link", name="01 · A straight line downhill").click()
    page.wait_for_function(
        "unit => window.jupyterapp.shell.currentWidget.context?.path === `${unit}/${unit}.ipynb`",
        arg=UNIT,
    )
    folded = page.locator("details", has_text="Derivation").first
    folded.locator("summary").click()
    folded.locator("mjx-container").first.wait_for()
