"""The page without a kernel: offline, by keyboard, light and dark, as the reader meets it."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from course.explore import Batches, Descent
from tests.browser.lab import SCREENSHOTS, Explored

MADE = {"descent": Descent(), "batches": Batches()}
OPEN = Callable[..., Explored]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pathlib.Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, explorable in MADE.items():
        explorable.to_html(folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in MADE}


@pytest.fixture
def open_page(browser: Browser, pages: dict[str, pathlib.Path]) -> Iterator[OPEN]:
    """Open a page with the network off; any error or any request beyond the file fails the test."""
    contexts, trouble = [], []

    def open_one(name: str, **options: object) -> Explored:
        context = browser.new_context(**({"viewport": {"width": 920, "height": 660}} | options))
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda r: trouble.append(r.url) if r.url[:5] not in KNOWN else None)
        page.goto(pages[name].as_uri())
        return Explored(page, page.locator(".descent-explorable"))

    yield open_one
    for context in contexts:
        context.close()
    assert trouble == []


KNOWN = ("file:", "blob:", "data:")


def serious(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical."""
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html']}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", list(MADE))
def test_reads_well(open_page: OPEN, name: str, theme: str) -> None:
    explored = open_page(name, color_scheme=theme)
    assert explored.root.get_attribute("data-theme") == theme
    explored.root.get_by_role("button", name="help and keys").click()
    assert serious(explored.page) == []
    explored.root.get_by_role("button", name="help and keys").click()
    explored.page.screenshot(path=SCREENSHOTS / f"{name}-page-{theme}.png")


@pytest.mark.parametrize("name", list(MADE))
def test_fits_its_screen_and_twice_the_zoom(open_page: OPEN, name: str) -> None:
    box = open_page(name, viewport={"width": 924, "height": 700}).root.bounding_box()
    assert box["width"] <= 900
    assert box["height"] <= 520
    zoomed = open_page(name, viewport={"width": 450, "height": 400}, device_scale_factor=2)
    assert zoomed.page.evaluate("document.documentElement.scrollWidth") <= 450
    zoomed.page.screenshot(path=SCREENSHOTS / f"{name}-page-zoomed.png", full_page=True)


@pytest.mark.parametrize("name", list(MADE))
def test_every_slider_moves_the_picture_by_keyboard(open_page: OPEN, name: str) -> None:
    explored = open_page(name)
    for control in MADE[name].controls:
        if not hasattr(control, "low"):
            continue
        before = explored.pixels()
        explored.press(control.key, "End", "ArrowLeft")
        assert explored.pixels() != before, control.key
        assert explored.root.get_attribute("data-exact") == "true"


def test_choice_changes_the_landscape(open_page: OPEN) -> None:
    explored = open_page("descent")
    before = explored.pixels()
    explored.control("features").select_option("standardised")
    assert explored.pixels() != before
    assert "2/λ_max = 2" in explored.summary


@pytest.mark.parametrize("name", list(MADE))
def test_every_preset_shows_its_own_frame(open_page: OPEN, name: str) -> None:
    explored = open_page(name)
    for preset, values in MADE[name].presets.items():
        explored.root.locator(f"[data-preset='{preset}']").click()
        state = MADE[name].state_class(**(vars(MADE[name].state) | values))
        assert explored.summary == MADE[name].compute(state).summary
        assert explored.root.get_attribute("data-exact") == "true"


def test_sliders_and_views_have_names(open_page: OPEN) -> None:
    explored = open_page("descent")
    slider = explored.page.get_by_role("slider", name="learning rate α", exact=True)
    assert slider.get_attribute("aria-valuetext") == "0.9"
    views = explored.root.get_by_role("img").all()
    assert len(views) == 3
    for view in views:
        assert view.get_attribute("aria-label").endswith(explored.summary)


def test_the_canvas_shows_the_path_in_its_colour(open_page: OPEN) -> None:
    explored = open_page("descent")

    def orange() -> int:
        return explored.root.locator("canvas").first.evaluate(
            """(canvas) => {
                const {width, height} = canvas;
                const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
                let count = 0;
                for (let i = 0; i < data.length; i += 4)
                    count += data[i] === 0xD5 && data[i + 1] === 0x5E && data[i + 2] === 0;
                return count;
            }"""
        )

    whole = orange()
    explored.press("step", "Home")
    assert whole > 1.5 * orange() > 0


def test_time_runs_by_keyboard_and_stops_at_its_end(open_page: OPEN) -> None:
    explored = open_page("descent")
    explored.root.press(".")
    assert explored.root.get_by_text("step 0 of 60").is_visible()
    explored.root.press(".")
    explored.root.press(".")
    explored.root.press(",")
    assert explored.root.get_by_text("step 1 of 60").is_visible()
    explored.root.press(" ")
    assert explored.root.get_by_role("button", name="pause").is_visible()
    explored.root.get_by_text("step 60 of 60").wait_for()
    explored.root.get_by_role("button", name="play").wait_for()


def test_reduced_motion_shows_the_end_at_once(open_page: OPEN) -> None:
    explored = open_page("descent", reduced_motion="reduce")
    explored.press("step", "Home")
    explored.root.get_by_role("button", name="play").click()
    assert explored.root.get_by_text("step 60 of 60").is_visible()


def test_reset_goes_back(open_page: OPEN) -> None:
    explored = open_page("batches")
    seen = explored.summary
    explored.press("batch_size", "End")
    assert explored.summary != seen
    explored.root.press("0")
    assert explored.summary == seen


def test_the_previous_run_stays_as_a_ghost(open_page: OPEN) -> None:
    explored = open_page("descent")
    assert not explored.root.get_by_text("before").first.is_visible()
    explored.press("learning_rate", "Home")
    assert explored.root.get_by_text("before").first.is_visible()


def test_the_start_can_be_dragged(open_page: OPEN) -> None:
    explored = open_page("descent")
    canvas = explored.root.locator("canvas").first
    at = canvas.evaluate(
        """(canvas) => {
            const view = [...descentExplorables][0].panels[0].view;
            const box = canvas.getBoundingClientRect();
            const {theta0, theta1} = view.values;
            return [box.x + view.x(theta0), box.y + view.y(theta1)];
        }"""
    )
    mouse = explored.page.mouse
    mouse.move(*at)
    mouse.down()
    mouse.move(at[0] + 110, at[1] - 70, steps=4)
    mouse.up()
    label = explored.root.locator("label", has_text="start θ₀").inner_text()
    assert label != "start θ₀ = −550"
    assert explored.root.get_attribute("data-exact") == "true"


def test_links_set_the_sliders(open_page: OPEN) -> None:
    explored = open_page("descent")
    explored.page.evaluate(
        """document.querySelector('main').insertAdjacentHTML('afterbegin',
            '<a href="#descent?preset=diverges&momentum=0.65">go</a>')"""
    )
    explored.page.get_by_role("link", name="go").click()
    assert explored.root.get_attribute("data-exact") == "true"
    assert "2(1+β)/λ_max" in explored.summary
    assert not explored.page.url.endswith("0.65")
