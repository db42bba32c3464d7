"""Threshold and Classifiers as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pytest

from course.explore import Classifiers, Threshold
from course.explore.base.explorable import Explorable
from tests.browser.explored import OpenPage
from tests.browser.lab import SCREENSHOTS, Show

OWN = """
from course.explore import Classifiers, Threshold

def counts_at(y, score, threshold):
    passed = score >= threshold
    tp, fp = sum(passed & (y == 1)), sum(passed & (y == 0))
    return tp, fp, sum(y == 1) - tp, sum(y == 0) - fp
"""


@pytest.mark.parametrize(
    ("kind", "key"), [(Threshold, "separation"), (Threshold, "threshold"), (Classifiers, "depth")]
)
def test_sliders_move_the_views_by_keyboard(
    open_page: OpenPage, kind: type[Explorable], key: str
) -> None:
    explored = open_page(kind)
    before = explored.pictures()
    explored.press(key, "Home", "ArrowRight")
    assert explored.moved(before) == [0, 1, 2]


@pytest.mark.parametrize("panel", [0, 2])
def test_the_threshold_can_be_dragged(open_page: OpenPage, panel: int) -> None:
    explored = open_page(Threshold)
    explored.drag(*(explored.place(t, 5, panel) for t in (1.5, 1.0, 0.0, -2.0)))
    assert explored.summary.startswith("At t = -2.00")
    explored.page.mouse.move(*explored.place(3.0, 5, panel))  # let go: it stays
    assert explored.summary.startswith("At t = -2.00")


def test_a_handle_says_that_it_can_be_dragged_until_one_was(open_page: OpenPage) -> None:
    explored = open_page(Threshold)
    cues = explored.root.get_by_text("drag", exact=True)
    for key in ("Home", "End"):
        explored.press("threshold", key)
        threshold = float(explored.summary.split()[3])
        for cue, panel in zip(cues.all(), (0, 2), strict=True):
            grip = explored.place(threshold, 5, panel)[0]
            words, view = cue.bounding_box(), explored.root.locator("canvas").nth(panel)
            room = view.bounding_box()
            assert words is not None
            assert room is not None
            assert room["x"] < words["x"] < words["x"] + words["width"] < room["x"] + room["width"]
            assert not words["x"] < grip < words["x"] + words["width"]
    explored.drag(explored.place(threshold, 5), explored.place(1.0, 5))
    assert [cue.is_visible() for cue in cues.all()] == [False, False]


def test_play_moves_the_threshold_and_draws_the_trail(open_page: OpenPage) -> None:
    explored = open_page(Threshold)
    explored.press("threshold", "Home")
    explored.button("play").click()
    explored.wait("root.querySelector('[data-key=threshold]').valueAsNumber > 20")
    explored.button("pause").click()
    at = explored.control("threshold").evaluate("(input) => input.valueAsNumber")
    assert f"t = {-4 + at * 0.25:.2f}" in explored.summary
    explored.button("one position on").click()
    assert f"t = {-4 + (at + 1) * 0.25:.2f}" in explored.summary


def test_in_jupyterlab(show: Show) -> None:
    """Both show, and a drag of the threshold asks the kernel nothing."""
    lab = show(OWN, "Threshold()", "Classifiers()")
    cut, mouse = lab.explorable("threshold"), lab.page.mouse
    cut.wait_swept(3)
    with cut.without_requests():
        mouse.move(*cut.place(1.5, 5))
        mouse.down()
        for threshold in (1.0, 0.4, -0.5, -1.0):
            mouse.move(*cut.place(threshold, 5))
        lab.page.wait_for_timeout(400)  # longer than a hand rests before the next prefetch
    assert cut.is_exact
    mouse.up()
    assert cut.summary.startswith("At t = -1.00")
    lab.dark()
    cut.root.screenshot(path=SCREENSHOTS / "threshold-lab-dark.png")
    classifiers = lab.explorable("classifiers")
    classifiers.wait_swept(2)
    classifiers.root.screenshot(path=SCREENSHOTS / "classifiers-lab-dark.png")


def test_a_students_function_moves_it(show: Show) -> None:
    own = show(OWN, "Threshold(counts_at=counts_at)").explorable("threshold")
    own.wait_settled()
    before = own.pixels(1)
    own.press("threshold", "ArrowRight", "ArrowRight")
    assert "t = 1.60" in own.summary
    assert own.pixels(1) != before
