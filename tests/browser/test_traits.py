"""Explorables beside other widgets in a real JupyterLab: linked, observed, in boxes and tabs."""

from __future__ import annotations

from tests.browser.explored import Explored, serious
from tests.browser.lab import SCREENSHOTS, Lab, LabServer, Show
from tests.waiting import wait_until

SIDE_BY_SIDE = """
import ipywidgets as widgets
from course.explore import Descent

def gradient(X, y, theta):
    return X.T @ (X @ theta - y) / len(y)

yours, course_s = Descent(gradient=gradient), Descent(features="standardised")
rate = widgets.FloatLogSlider(value=0.9, min=-2, max=2, step=0.05, description="α")
for one in (yours, course_s):
    widgets.jslink((rate, "value"), (one, "learning_rate"))
table = widgets.HTML()

def follow(change):
    table.value = (f"<table><tr><td>α</td><td>{yours.learning_rate:.3g}</td></tr>"
                   f"<tr><td>J</td><td>{yours.frame().arrays['costs'][-1]:.4g}</td></tr></table>")

yours.observe(follow, "learning_rate")
widgets.VBox([rate, widgets.HBox([yours, course_s]), table])
"""


KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"


def both(lab: Lab) -> tuple[Explored, Explored]:
    return lab.explorable("descent", 0), lab.explorable("descent", 1)


def rate_of(explored: Explored) -> float:
    return explored.of_view("(view) => view.values.learning_rate")


def test_one_slider_drives_two_side_by_side_and_a_table_follows(show: Show) -> None:
    lab = show(SIDE_BY_SIDE)
    yours, course_s = both(lab)
    for one in (yours, course_s):
        one.wait_swept(5)
    handle = lab.page.locator(".noUi-handle").first
    handle.press("End")
    for one in (yours, course_s):
        one.wait_says("α = 5 ")  # 100 is more than they have
    boxes = [one.root.bounding_box() for one in (yours, course_s)]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert abs(boxes[0]["width"] - boxes[1]["width"]) < 2
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1
    for theme in ("light", "dark"):
        lab.dark(theme == "dark")
        yours.wait(f"root.dataset.theme === '{theme}'")
        yours.root.scroll_into_view_if_needed()
        lab.page.screenshot(path=SCREENSHOTS / f"linked-{theme}.png")
    # Any of the three moves the others, and the words of both follow.
    yours.control("learning_rate").press("Home")
    for one in (yours, course_s):
        one.wait_says("α = 0.01 ")
    handle.press("ArrowRight")
    wait_until(lambda: rate_of(yours) == rate_of(course_s) > 0.01)
    table = lab.page.locator(".jp-OutputArea-output table")
    table.get_by_text(f"{rate_of(yours):.3g}", exact=True).wait_for()
    assert serious(lab.page, ".descent-explorable") == []


def test_linked_in_the_browser_they_move_while_the_kernel_is_busy(
    show: Show, lab_server: LabServer
) -> None:
    lab = show(
        "import ipywidgets as widgets\nfrom course.explore import Descent\n"
        "one, other = Descent(), Descent()\n"
        "widgets.jslink((one, 'learning_rate'), (other, 'learning_rate'))\n"
        "widgets.Tab([widgets.VBox([one, other])], titles=['two'])",
        "import pathlib, time\nwhile pathlib.Path('busy').exists():\n    time.sleep(0.02)",
        "print(one.learning_rate, other.learning_rate)",
    )
    one, other = both(lab)
    for each in (one, other):
        each.wait_swept(5)
    (lab_server.work / "busy").touch()
    try:
        lab.page.evaluate(
            """() => {
                jupyterapp.shell.currentWidget.content.activeCellIndex = 1;
                jupyterapp.commands.execute('notebook:run-cell');
            }"""
        )
        lab.page.wait_for_function(f"{KERNEL}.status === 'busy'")
        one.control("learning_rate").press("Home")
        for each in (one, other):
            each.wait_says("α = 0.01 ")
            assert each.is_exact, "the frames were at hand"
    finally:
        (lab_server.work / "busy").unlink()
    lab.wait_idle()
    lab.run_cell(2)
    printed = lab.page.locator(".jp-OutputArea-output").last
    assert printed.inner_text().strip() == "0.01 0.01", "the kernel has heard of it"
