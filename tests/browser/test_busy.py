"""An explorable while its kernel runs a cell: it is answered beside, or says what it waits for."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.explored import serious
from tests.browser.lab import SCREENSHOTS, Lab, LabServer, Show, write_notebook
from tests.browser.test_presence import DESCENT, notice, waiting

BUSY = "import pathlib, time\nwhile pathlib.Path('busy').exists():\n    time.sleep(0.02)"
EIGHT_SECONDS = "import time\nshown.momentum = 0.3\ntime.sleep(8)\nprint('slept')"
"""It moves the explorable: ipykernel answers a comm on the shell that has sent by it last."""
STATUS = "jupyterapp.shell.currentWidget.sessionContext.session.kernel.status"
ELSEWHERE = "(view) => view.jump({momentum: 0.77, learning_rate: 0.123})"
"""A state no frame of which is at hand."""


@pytest.fixture
def alone(browser: Browser, tmp_path: pathlib.Path) -> Iterator[Lab]:
    """Return a JupyterLab that sends all that widgets say to the main shell."""
    server = LabServer(tmp_path)
    settings = tmp_path / "jupyterlab_settings_dir" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "kernels-settings.jupyterlab-settings").write_text(
        json.dumps({"commsOverSubshells": "disabled"})
    )
    lab = Lab(server, browser.new_page(viewport={"width": 1280, "height": 900}))
    yield lab
    lab.close()
    server.close()
    assert lab.errors == []


def start_cell(lab: Lab, index: int) -> None:
    """Run a cell without waiting for its end."""
    lab.page.evaluate(
        """(index) => {
            jupyterapp.shell.currentWidget.content.activeCellIndex = index;
            jupyterapp.commands.execute('notebook:run-cell');
        }""",
        index,
    )
    lab.page.wait_for_function(f"{STATUS} === 'busy'")


def prompt(lab: Lab, index: int) -> str:
    """Return a cell's prompt: a star while it runs."""
    return lab.page.locator(".jp-Cell").nth(index).locator(".jp-InputPrompt").first.inner_text()


def test_a_slider_is_answered_while_a_cell_of_eight_seconds_runs(show: Show) -> None:
    cell = "from course.explore import Descent\nshown = Descent()\nshown"
    lab = show(cell, "1", "print(shown.momentum)")
    write = "jupyterapp.shell.currentWidget.content.widgets[1].model.sharedModel.setSource"
    lab.page.evaluate(f"(text) => {write}(text)", EIGHT_SECONDS)
    descent = lab.explorable("descent")
    descent.wait_swept(5)
    start_cell(lab, 1)
    descent.wait("root.textContent.includes('momentum β = 0.3')")
    descent.of_view(ELSEWHERE)
    descent.wait_settled()
    assert descent.is_exact
    assert prompt(lab, 1) == "[*]:", "the cell still runs"
    assert notice(descent) == ""
    lab.page.locator(".jp-OutputArea-output", has_text="slept").wait_for()
    lab.run_cell(2)
    lab.page.locator(".jp-OutputArea-output", has_text="0.77").last.wait_for()


def test_training_is_stopped_while_a_cell_runs(show: Show, lab_server: LabServer) -> None:
    lab = show(
        "from course.explore import TrainLive\nlive = TrainLive(epochs=2000, width=8)\nlive",
        BUSY,
        "print(live.training, live.run and live.run.running)",
    )
    live = lab.explorable("train")
    live.control("training").check()
    live.wait_says("to go")
    (lab_server.work / "busy").touch()
    try:
        start_cell(lab, 1)
        live.control("training").uncheck()
        live.wait_says("weights are kept")
        assert prompt(lab, 1) == "[*]:", "the cell still runs"
        lab.page.screenshot(path=SCREENSHOTS / "train-stopped-beside-a-cell.png")
    finally:
        (lab_server.work / "busy").unlink()
    lab.wait_idle()
    lab.run_cell(2)
    lab.page.get_by_text("False False").wait_for()


def test_without_a_shell_beside_it_says_what_it_waits_for_and_comes_back(alone: Lab) -> None:
    work = alone.server.work
    write_notebook(work / "alone.ipynb", DESCENT, BUSY)
    alone.open("alone.ipynb")
    alone.run_all()
    descent = alone.explorable("descent")
    descent.wait_swept(5)
    (work / "busy").touch()
    try:
        start_cell(alone, 1)
        # What is at hand moves on: a slider over its frames, and time.
        descent.press("learning_rate", "Home")
        assert descent.is_exact
        descent.press("step", "Home", "ArrowRight")
        assert waiting(descent) == ""
        descent.of_view(ELSEWHERE)
        descent.root.get_by_text("waits for the running cell").wait_for()
        assert not descent.is_exact
        assert descent.root.get_attribute("data-resting") != "true"
        assert notice(descent) == "", "nothing is wrong"
        assert serious(alone.page, ".descent-explorable") == []
        for theme in ("light", "dark"):
            alone.dark(theme == "dark")
            descent.wait(f"root.dataset.theme === '{theme}'")
            descent.root.screenshot(path=SCREENSHOTS / f"waits-{theme}.png")
        descent.press("step", "Home", "ArrowRight")
        assert descent.root.get_by_text("step 1 of 60").is_visible()
    finally:
        (work / "busy").unlink()
    descent.wait_settled()
    assert waiting(descent) == ""
    assert descent.of_view("(view) => view.values.momentum") == 0.77


def test_a_picture_that_takes_long_is_said_to(show: Show) -> None:
    slow = (
        "import pathlib, time\nfrom course.explore import Descent\n"
        "class Slow(Descent):\n"
        "    def compute(self, state):\n"
        "        while state.momentum == 0.77 and pathlib.Path('busy').exists():\n"
        "            time.sleep(0.02)\n"
        "        return super().compute(state)\n"
        "pathlib.Path('busy').touch()\nSlow()"
    )
    lab = show(slow, "pathlib.Path('busy').unlink()")
    descent = lab.explorable("descent")
    (lab.server.work / "busy").touch()
    descent.wait_swept(5)
    descent.of_view(ELSEWHERE)
    descent.root.get_by_text("is being computed").wait_for()
    lab.run_cell(1)
    descent.wait_settled()
    assert waiting(descent) == ""


def test_numbers_that_are_waited_for_are_told_of_too(alone: Lab) -> None:
    work = alone.server.work
    cell = "from course.explore import Ising\nIsing()"
    write_notebook(work / "ising.ipynb", cell, BUSY)
    alone.open("ising.ipynb")
    alone.run_all()
    ising = alone.explorable("ising")
    ising.wait_settled()
    (work / "busy").touch()
    try:
        start_cell(alone, 1)
        ising.page.mouse.click(*ising.place(20.5, 30.5))
        ising.root.get_by_text("waits for the running cell").wait_for()
    finally:
        (work / "busy").unlink()
    ising.root.get_by_text("The spin of column 21").wait_for()
    assert waiting(ising) == ""
