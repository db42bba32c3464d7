"""Threshold and Classifiers as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from course.explore import Classifiers, Threshold
from tests.browser.lab import SCREENSHOTS, Explored, Lab, LabServer, write_notebook

MADE = {"threshold": Threshold(), "classifiers": Classifiers()}
OPEN = Callable[..., Explored]

OWN = """
from course.explore import Classifiers, Threshold

def counts_at(y, score, threshold):
    passed = score >= threshold
    tp, fp = sum(passed & (y == 1)), sum(passed & (y == 0))
    return tp, fp, sum(y == 1) - tp, sum(y == 0) - fp
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pathlib.Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, explorable in MADE.items():
        explorable.to_html(folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in MADE}


@pytest.fixture
def open_page(browser: Browser, pages: dict[str, pathlib.Path]) -> Iterator[OPEN]:
    """Open a page with the network off; an error on it fails the test."""
    contexts, trouble = [], []

    def open_one(name: str, **options: object) -> Explored:
        context = browser.new_context(**({"viewport": {"width": 920, "height": 660}} | options))
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(pages[name].as_uri())
        return Explored(page, page.locator(".descent-explorable"))

    yield open_one
    for context in contexts:
        context.close()
    assert trouble == []


def serious(page: Page) -> list[str]:
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
    assert serious(explored.page) == []
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
def test_every_preset_shows_its_own_frame(open_page: OPEN, name: str) -> None:
    explored = open_page(name)
    for preset, values in MADE[name].presets.items():
        explored.root.locator(f"[data-preset='{preset}']").click()
        state = MADE[name].state_class(**(vars(MADE[name].state) | values))
        assert explored.summary == MADE[name].compute(state).summary
        assert explored.root.get_attribute("data-exact") == "true"
        explored.root.get_by_role("button", name="reset", exact=True).click()


@pytest.mark.parametrize(
    ("name", "key"),
    [("threshold", "separation"), ("threshold", "threshold"), ("classifiers", "depth")],
)
def test_sliders_move_the_views_by_keyboard(open_page: OPEN, name: str, key: str) -> None:
    explored = open_page(name)
    before = [explored.pixels(panel) for panel in range(3)]
    explored.press(key, "Home", "ArrowRight")
    assert all(explored.pixels(panel) != old for panel, old in enumerate(before))


def at_threshold(explored: Explored, panel: int, threshold: float) -> tuple[float, float]:
    """Return where on the page a panel has this threshold, in the middle of its height."""
    box = explored.root.locator("canvas").nth(panel).bounding_box()
    return box["x"] + 62 + (box["width"] - 76) * (threshold + 4) / 11, box["y"] + 140


@pytest.mark.parametrize("panel", [0, 2])
def test_the_threshold_can_be_dragged(open_page: OPEN, panel: int) -> None:
    explored = open_page("threshold")
    mouse = explored.page.mouse
    mouse.move(*at_threshold(explored, panel, 1.5))
    mouse.down()
    for threshold in (1.0, 0.0, -2.0):
        mouse.move(*at_threshold(explored, panel, threshold))
    mouse.up()
    assert explored.summary.startswith("At t = -2.00")
    mouse.move(*at_threshold(explored, panel, 3.0))  # let go: it stays
    assert explored.summary.startswith("At t = -2.00")


def test_play_moves_the_threshold_and_draws_the_trail(open_page: OPEN) -> None:
    explored = open_page("threshold")
    explored.press("threshold", "Home")
    explored.root.get_by_role("button", name="play").click()
    explored.wait("root.querySelector('[data-key=threshold]').valueAsNumber > 20")
    explored.root.get_by_role("button", name="pause").click()
    at = explored.control("threshold").evaluate("(input) => input.valueAsNumber")
    assert f"t = {-4 + at * 0.25:.2f}" in explored.summary
    step = explored.root.get_by_role("button", name="one position on")
    step.click()
    assert f"t = {-4 + (at + 1) * 0.25:.2f}" in explored.summary


def test_in_jupyterlab(jupyterlab: Callable[[str], Lab], lab_server: LabServer) -> None:
    """Both show; a drag asks the kernel nothing; a student's function is taken."""
    cells = (OWN, "Threshold()", "Classifiers()", "Threshold(counts_at=counts_at)")
    write_notebook(lab_server.work / "ranking.ipynb", *cells)
    lab = jupyterlab("ranking.ipynb")
    lab.run_cell(0)
    lab.run_cell(1)
    shown = lab.explorable("threshold")
    shown.wait_swept(3)
    mouse = lab.page.mouse
    lab.page.evaluate(
        """() => {
            const root = document.querySelector('.descent-explorable');
            window.asked = 0;
            new MutationObserver(() => { window.asked += root.dataset.pending === 'true'; })
                .observe(root, {attributeFilter: ['data-pending']});
        }"""
    )
    mouse.move(*at_threshold(shown, 0, 1.5))
    mouse.down()
    for threshold in (1.0, 0.4, -0.5, -1.0):
        mouse.move(*at_threshold(shown, 0, threshold))
    lab.page.wait_for_timeout(400)  # longer than a hand rests before the next star is asked for
    assert lab.page.evaluate("window.asked") == 0
    assert shown.root.get_attribute("data-exact") == "true"
    mouse.up()
    assert shown.summary.startswith("At t = -1.00")
    lab.dark()
    lab.run_cell(2)
    lab.explorable("classifiers").wait_swept(2)
    lab.page.screenshot(path=SCREENSHOTS / "ranking-lab-dark.png")
    lab.run_cell(3)
    own = Explored(lab.page, lab.explorable("threshold").root.nth(1))
    own.wait_settled()
    assert "% of the signal" in own.summary
    assert lab.errors == []
