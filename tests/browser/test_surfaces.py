"""Surfaces that are turned by mouse, touch and keys, on a page and in JupyterLab."""

from __future__ import annotations

import pytest

from course.explore import AnswerSurface, Bowl, LossLandscape
from course.explore.base.explorable import Explorable
from tests.browser.explored import Explored, OpenPage, serious
from tests.browser.lab import SCREENSHOTS, Show

SOLID = {Bowl: [0], LossLandscape: [0], AnswerSurface: [0, 1]}
"""The panels of each explorable that are turned."""
EVERY = pytest.mark.parametrize("kind", SOLID, ids=lambda kind: kind.name)
BACK = "bring back the first view"

# Where the eye is, and whether the surface hides a place of its floor from it.
_SIDE = "({panelRow}) => [panelRow.turn.azimuth, panelRow.turn.elevation]"
_HIDES = """
({panels}, [x, y]) => {
    const {space, relief} = panels[0].view;
    const [u, v] = [space.x(x), space.y(y)];
    return relief.hides(u, v, relief.heightAt(u, v));
}
"""
_PLACES = """
({panels}, places) => {
    const {space} = panels[0].view;
    return places.map(([u, v, w]) => space.at(u, v, w));
}
"""


def middle(explored: Explored, panel: int = 0) -> tuple[float, float]:
    """Return the middle of a panel on the page."""
    canvas = explored.canvas(panel)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@EVERY
def test_all_surfaces_turn_together_by_mouse_and_turn_back(
    open_page: OpenPage, kind: type[Explorable]
) -> None:
    explored = open_page(kind)
    first = explored.pictures()
    x, y = middle(explored)
    explored.drag((x, y), (x - 90, y + 30))
    assert explored.moved(first) == SOLID[kind]
    azimuth, elevation = explored.of_view(_SIDE)
    turned = explored.pictures()
    explored.drag((x, y), (x - 40, y))
    assert explored.of_view(_SIDE) == [pytest.approx(azimuth + 20), elevation]
    assert explored.moved(turned) == SOLID[kind]
    explored.button(BACK).first.click()
    assert explored.moved(first) == []


@EVERY
def test_a_finger_turns_it(open_page: OpenPage, kind: type[Explorable]) -> None:
    explored = open_page(kind, viewport={"width": 390, "height": 700}, has_touch=True)
    x, y = middle(explored)
    before = explored.pictures()
    explored.touch((x, y), (x + 20, y), (x + 60, y), (x + 90, y + 10))
    assert explored.moved(before) == SOLID[kind]


@EVERY
def test_arrow_keys_turn_it_and_are_told(open_page: OpenPage, kind: type[Explorable]) -> None:
    explored = open_page(kind)
    canvas = explored.canvas()
    first, words = explored.pictures(), canvas.get_attribute("aria-label")
    seen = [explored.pixels()]
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"):
        canvas.press(key)
        seen.append(explored.pixels())
    assert len(set(seen)) == 5
    assert seen[1] == seen[5], "the last three keys go round to where the first led"
    assert canvas.get_attribute("aria-label") != words
    assert "Turned by 35°, seen from large" in canvas.get_attribute("aria-label")
    heard = explored.root.locator("[aria-live]", has_text="seen from").first.inner_text()
    assert canvas.get_attribute("aria-label").endswith(heard)
    assert serious(explored.page) == []
    canvas.press("Home")
    assert explored.moved(first) == []


def test_reset_turns_back_too(open_page: OpenPage) -> None:
    explored = open_page(Bowl)
    first = explored.pictures()
    explored.canvas().press("ArrowRight")
    explored.root.press("0")
    assert explored.moved(first) == []
    assert explored.button(BACK).get_attribute("aria-disabled") == "true"


def test_the_other_keys_do_what_they_do_elsewhere(open_page: OpenPage) -> None:
    explored = open_page(Bowl)
    explored.canvas().press(".")
    assert explored.root.get_by_text("step 1 of 60").is_visible()


def test_from_above_it_is_a_map(open_page: OpenPage) -> None:
    explored = open_page(Bowl)
    for _ in range(9):
        explored.canvas().press("ArrowDown")
    assert explored.of_view(_SIDE)[1] == 90
    assert "seen from above, as a map." in explored.canvas().get_attribute("aria-label")
    explored.of_view("({panelRow}) => panelRow.turn.by(-panelRow.turn.azimuth, 0)")
    origin, right, away, up = explored.of_view(
        _PLACES, [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0.5]]
    )
    assert right == [pytest.approx(origin[0] + origin[1] - away[1]), pytest.approx(origin[1])]
    assert away[0] == pytest.approx(origin[0])
    assert away[1] < origin[1]
    assert up == pytest.approx(origin)


def test_the_near_wall_hides_the_bottom_from_a_low_eye(open_page: OpenPage) -> None:
    explored = open_page(Bowl)
    bottom = [-40.8, 454.2]
    assert not explored.of_view(_HIDES, bottom)
    explored.show_end()
    high = explored.pixels()
    for _ in range(4):
        explored.canvas().press("ArrowUp")
    assert explored.of_view(_HIDES, bottom)
    assert explored.pixels() != high
    explored.page.screenshot(path=SCREENSHOTS / "bowl-page-low.png")


def test_the_surface_moves_with_time(open_page: OpenPage) -> None:
    explored = open_page(AnswerSurface)
    before = explored.pictures()
    explored.show_end()
    assert explored.moved(before) == [1, 2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_surfaces_in_the_notebook(show: Show, theme: str) -> None:
    names = ("bowl", "loss_landscape", "answer_surface")
    imported = "from course.explore import AnswerSurface, Bowl, LossLandscape"
    lab = show(imported, "Bowl()", "LossLandscape()", "AnswerSurface()")
    lab.dark(theme == "dark")
    for name, key in zip(names, ("learning_rate", "depth", "gain"), strict=True):
        explored = lab.explorable(name)
        explored.wait(f"root.dataset.theme === '{theme}'")
        explored.wait_settled()
        explored.show_end()
        before = explored.pixels()
        explored.canvas().press("ArrowLeft")
        explored.canvas().press("ArrowDown")
        assert explored.pixels() != before
        before = explored.pictures()
        explored.press(key, "ArrowRight")
        explored.wait_settled()
        assert explored.moved(before)
        explored.root.screenshot(path=SCREENSHOTS / f"{name}-lab-{theme}.png")
