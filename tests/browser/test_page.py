"""The page without a kernel: offline, by keyboard, light and dark, as the reader meets it."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest

from course import explore
from course.explore import Batches, Bumps, Descent, Ising, Regions
from course.explore.base.controls import Slider
from course.explore.base.explorable import Explorable
from tests.browser.explored import OpenPage, serious
from tests.browser.lab import SCREENSHOTS

EXPLORABLES = [getattr(explore, name) for name in explore.__all__]
EVERY = pytest.mark.parametrize("kind", EXPLORABLES, ids=lambda kind: kind.name)

MOST_BYTES = {Bumps: 2_100_000, Regions: 2_100_000}
"""Where a page may have more than the others."""


@EVERY
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_reads_well(open_page: OpenPage, kind: type[Explorable], theme: str) -> None:
    explored = open_page(kind, color_scheme=theme)
    assert explored.root.get_attribute("data-theme") == theme
    explored.button("help and keys").click()
    assert serious(explored.page) == []
    explored.button("help and keys").click()
    explored.page.screenshot(path=SCREENSHOTS / f"{kind.name}-page-{theme}.png")


@EVERY
def test_fits_its_screen_and_twice_the_zoom(open_page: OpenPage, kind: type[Explorable]) -> None:
    explored = open_page(kind)
    box = explored.root.bounding_box()
    assert box["width"] <= 900
    assert box["height"] <= 520
    titles = explored.root.locator(".descent-panel-title")
    heights = titles.evaluate_all("(all) => all.map((title) => title.clientHeight)")
    assert len(set(heights)) == 1, "a title of two lines pushes its panel down"
    zoomed = open_page(kind, viewport={"width": 450, "height": 400}, device_scale_factor=2)
    assert zoomed.page.evaluate("document.documentElement.scrollWidth") <= 450
    zoomed.page.screenshot(path=SCREENSHOTS / f"{kind.name}-page-zoomed.png", full_page=True)


@EVERY
def test_is_light(exported: Callable[..., pathlib.Path], kind: type[Explorable]) -> None:
    assert exported(kind).stat().st_size < MOST_BYTES.get(kind, 1_500_000)


@EVERY
def test_every_preset_shows_its_own_frame(open_page: OpenPage, kind: type[Explorable]) -> None:
    explored, made = open_page(kind), kind()
    for preset, values in made.presets.items():
        explored.button(f"preset: {preset}").click()
        state = made.state_class(**(vars(made.state) | values))
        assert explored.summary == made.compute(state).summary
        assert explored.is_exact
        explored.button("reset").click()


@pytest.mark.parametrize("kind", [Descent, Batches], ids=lambda kind: kind.name)
def test_every_slider_moves_the_picture_by_keyboard(
    open_page: OpenPage, kind: type[Explorable]
) -> None:
    explored = open_page(kind)
    for control in kind().controls:
        if isinstance(control, Slider):
            before = explored.pixels()
            explored.press(control.key, "End", "ArrowLeft")
            assert explored.pixels() != before, control.key
            assert explored.is_exact


def test_choice_changes_the_landscape(open_page: OpenPage) -> None:
    explored = open_page(Descent)
    before = explored.pixels()
    explored.control("features").select_option("standardised")
    assert explored.pixels() != before
    assert "2/λ_max = 2" in explored.summary


def test_sliders_and_views_have_names(open_page: OpenPage) -> None:
    explored = open_page(Descent)
    slider = explored.page.get_by_role("slider", name="learning rate α", exact=True)
    assert slider.get_attribute("aria-valuetext") == "0.9"
    views = explored.root.get_by_role("application").all()
    assert len(views) == 3
    for view in views:
        assert view.get_attribute("aria-label").endswith(explored.summary)


def test_the_canvas_shows_the_path_in_its_colour(open_page: OpenPage) -> None:
    explored = open_page(Descent)

    def orange() -> int:
        return explored.canvas().evaluate(
            """(canvas) => {
                const {width, height} = canvas;
                const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
                let count = 0;
                for (let i = 0; i < data.length; i += 4)
                    count += data[i] === 0xD5 && data[i + 1] === 0x5E && data[i + 2] === 0;
                return count;
            }"""
        )

    explored.show_end()
    whole = orange()
    explored.press("step", "Home")
    assert whole > 1.5 * orange() > 0


def test_an_axis_has_two_ticks_at_least(open_page: OpenPage) -> None:
    """One alone, the 0 of a narrow panel from −3.6 to 3.6, would give no scale."""
    page = open_page(Descent).page
    ticks = "ticksOf(makeScale(-3.6, 3.6, false, 0, 196), 196 / 64).map((tick) => tick.at)"
    assert page.evaluate(ticks) == [-2, 0, 2]


def test_the_head_of_a_path_is_whole_where_the_axis_ends(open_page: OpenPage) -> None:
    explored = open_page(Ising)
    explored.show_end()
    beyond = explored.of_view(
        """({panels: [_, {canvas, view}]}) => {
            const strip = [Math.ceil(view.box.right) + 1, 0, 4, canvas.height];
            const {data} = canvas.getContext('2d').getImageData(...strip);
            return data.some((value, i) => i % 4 === 3 && value > 0);
        }"""
    )
    assert beyond


def test_time_runs_by_keyboard_and_stops_at_its_end(open_page: OpenPage) -> None:
    explored = open_page(Descent)
    assert explored.root.get_by_text("step 0 of 60").is_visible()
    explored.root.press(".")
    explored.root.press(".")
    explored.root.press(",")
    assert explored.root.get_by_text("step 1 of 60").is_visible()
    explored.root.press(" ")
    assert explored.button("pause").is_visible()
    explored.root.get_by_text("step 60 of 60").wait_for()
    explored.button("play").wait_for()


def test_reduced_motion_shows_the_end_at_once(open_page: OpenPage) -> None:
    explored = open_page(Descent, reduced_motion="reduce")
    explored.button("play").click()
    assert explored.root.get_by_text("step 60 of 60").is_visible()


def test_reset_goes_back(open_page: OpenPage) -> None:
    explored = open_page(Batches)
    seen = explored.summary
    explored.press("batch_size", "End")
    assert explored.summary != seen
    explored.root.press("0")
    assert explored.summary == seen


def test_the_previous_run_stays_as_a_ghost(open_page: OpenPage) -> None:
    explored = open_page(Descent)
    explored.show_end()
    assert not explored.root.get_by_text("before").first.is_visible()
    explored.press("learning_rate", "Home")
    assert explored.root.get_by_text("before").first.is_visible()


def test_the_start_can_be_dragged(open_page: OpenPage) -> None:
    explored = open_page(Descent)
    x, y = explored.place(Descent().state.theta0, Descent().state.theta1)
    explored.drag((x, y), (x + 110, y - 70))
    label = explored.root.locator("label", has_text="start θ₀").inner_text()
    assert label != "start θ₀ = −550"
    assert explored.is_exact


def test_links_set_the_sliders(open_page: OpenPage) -> None:
    explored = open_page(Descent)
    explored.page.evaluate(
        """document.querySelector('main').insertAdjacentHTML('afterbegin',
            '<a href="#descent?preset=diverges&momentum=0.65">go</a>')"""
    )
    explored.page.get_by_role("link", name="go").click()
    assert explored.is_exact
    assert "2(1+β)/λ_max" in explored.summary
    assert not explored.page.url.endswith("0.65")
