"""An explorable whose kernel is gone says so, rests, and comes back."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from course.explore import Descent
from tests.browser.explored import Explored, OpenPage, serious
from tests.browser.lab import SCREENSHOTS, Lab, Show

DESCENT = "import os\nprint(os.getpid())\nfrom course.explore import Descent\nDescent()"
KERNEL = "jupyterapp.shell.currentWidget.sessionContext"


def kernel_process(lab: Lab) -> int:
    return int(lab.page.locator(".jp-OutputArea-output").first.inner_text())


def restart(lab: Lab) -> None:
    lab.page.evaluate(f"async () => {{ await {KERNEL}.session.kernel.restart() }}")


def kill(lab: Lab) -> None:
    """Kill the kernel, as the system does when memory is full; the server starts another."""
    os.kill(kernel_process(lab), signal.SIGKILL)
    lab.page.locator(".jp-Dialog button.jp-mod-accept").click()  # JupyterLab tells of it


def replace(lab: Lab) -> None:
    lab.page.evaluate(f"async () => {{ await {KERNEL}.changeKernel({{name: 'python3'}}) }}")


def shut_down(lab: Lab) -> None:
    lab.page.evaluate(f"async () => {{ await {KERNEL}.shutdown() }}")


def notice(descent: Explored) -> str:
    return descent.root.locator(".descent-notice").inner_text()


def waiting(explored: Explored) -> str:
    line = explored.root.locator(".descent-waiting")
    return line.inner_text() if line.is_visible() else ""


@pytest.mark.parametrize(
    ("gone", "shown"), [(restart, True), (kill, True), (replace, False), (shut_down, False)]
)
def test_it_says_that_its_kernel_is_gone_and_rests_until_its_cell_is_run(
    show: Show, gone: Callable[[Lab], None], shown: bool
) -> None:
    lab = show(DESCENT)
    descent = lab.explorable("descent")
    descent.wait_swept(5)
    before = descent.summary
    gone(lab)
    if not shown:  # the first move that needs the kernel finds out
        descent.press("momentum", "End")
    descent.wait("root.dataset.resting === 'true'")
    assert "restarted or shut down" in notice(descent)
    assert "Run this cell again" in notice(descent)
    assert descent.control("momentum").evaluate("(input) => Boolean(input.closest('[inert]'))")
    descent.of_view("(view) => view.jump({momentum: 0.5})")  # as a link in the text does
    stand = descent.of_view("(view) => JSON.stringify(view.values) === JSON.stringify(view.shown)")
    assert stand, "the controls stand where the picture is"
    assert serious(lab.page, ".descent-explorable") == []
    if gone is restart:
        lab.page.screenshot(path=SCREENSHOTS / "kernel_gone.png")
    if gone is shut_down:
        replace(lab)
    lab.wait_idle()
    lab.run_cell(0)
    back = lab.explorable("descent")
    back.wait_swept(5)
    assert notice(back) == ""
    assert back.summary == before
    back.press("momentum", "End")
    back.wait_settled()
    assert back.is_exact


def test_a_kernel_that_does_not_answer_is_told_of_and_comes_back_by_itself(show: Show) -> None:
    lab = show(DESCENT)
    descent = lab.explorable("descent")
    descent.wait_swept(5)
    process = kernel_process(lab)
    os.kill(process, signal.SIGSTOP)
    try:
        descent.of_view("(view) => view.jump({momentum: 0.77, learning_rate: 0.123})")
        descent.wait("!root.querySelector('.descent-notice').hidden")
        assert "has not answered" in notice(descent)
        assert waiting(descent) == "", "one word at a time"
        assert descent.root.get_attribute("data-resting") == "false"
    finally:
        os.kill(process, signal.SIGCONT)
    descent.wait("root.querySelector('.descent-notice').hidden")
    descent.wait_settled()
    assert notice(descent) == ""
    assert descent.of_view("(view) => view.values.momentum") == 0.77


def test_what_needs_no_kernel_never_tells_of_one(open_page: OpenPage) -> None:
    descent = open_page(Descent)
    descent.press("learning_rate", "End")
    assert not descent.root.locator(".descent-notice").is_visible()
    assert descent.of_view("(view) => view.kernel.presence.state") == "here"
