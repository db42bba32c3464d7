"""The explorables of digits as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

from course.explore import Confusion, DrawDigit
from tests.browser.explored import OpenPage
from tests.browser.lab import SCREENSHOTS, Show

ONE_STROKE = [(8.0, 6.0), (20.0, 6.0), (15.0, 14.0), (12.0, 23.0)]
"""A 7, in cells of the sheet."""


def test_a_press_on_a_cell_opens_it(open_page: OpenPage) -> None:
    explored = open_page(Confusion)
    before = explored.pixels(1)
    explored.page.mouse.click(*explored.place(8, 8))
    assert "images of a 8 are rightly called 8" in explored.summary
    assert explored.pixels(1) != before
    explored.press("answer", "ArrowRight")
    assert "are called 9" in explored.summary


def test_a_page_does_not_pretend_to_read_a_new_drawing(open_page: OpenPage) -> None:
    explored = open_page(DrawDigit)
    before = explored.pixels()
    explored.canvas().click(position={"x": 30, "y": 30})
    assert "draw in a notebook" in explored.summary
    assert explored.pixels() == before
    explored.button("preset: a 7").click()
    assert explored.summary.startswith("It says 7")


def test_a_digit_is_drawn_by_mouse_by_keys_and_by_touch(show: Show) -> None:
    lab = show("from course.explore import DrawDigit\nDrawDigit()")
    explored = lab.explorable("draw")
    explored.control("ink").click()
    explored.wait_settled()
    assert "The sheet is empty" in explored.summary
    places = [explored.place(*at) for at in ONE_STROKE]
    explored.drag(*places)
    explored.wait_settled()
    assert explored.summary.startswith("It says 7")
    lab.page.screenshot(path=SCREENSHOTS / "draw-lab.png")
    pad = explored.canvas()
    pad.focus()
    pad.press("Delete")
    explored.wait_settled()
    assert "The sheet is empty" in explored.summary
    pad.press("Space")
    for _ in range(14):
        pad.press("ArrowDown")
    explored.wait_settled()
    assert explored.summary.startswith("It says 1")
    pad.press("Delete")
    explored.touch(*places)
    explored.wait_settled()
    assert explored.summary.startswith("It says 7")


def test_training_is_watched_and_stopped(show: Show) -> None:
    lab = show(
        "from course.explore import TrainLive\nlive = TrainLive(epochs=2000, width=8)\nlive",
        "6 * 7 if not live.run else 'still here'",
    )
    explored = lab.explorable("train")
    assert "no such run was recorded" in explored.summary
    explored.control("training").check()
    explored.wait_says("to go")
    explored.press("width", "ArrowRight")
    explored.wait_says("You moved width")
    before = explored.revision
    explored.wait(f"Number(root.dataset.revision) > {before} + 3")
    lab.page.screenshot(path=SCREENSHOTS / "train-lab.png")
    lab.run_cell(1)  # the kernel answers while it trains
    lab.page.locator(".jp-OutputArea-output", has_text="still here").wait_for()
    assert explored.control("training").is_checked()
    explored.control("training").uncheck()
    explored.wait_says("weights are kept")
    lab.page.screenshot(path=SCREENSHOTS / "train-lab-stopped.png")
