"""The explorables of digits as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pathlib
import time
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator

from course.explore import Confusion, DrawDigit, LearningRates, TrainLive
from tests.browser.lab import SCREENSHOTS, Explored, Lab, LabServer, write_notebook

MADE = {
    "confusion": Confusion(),
    "draw": DrawDigit(),
    "rates": LearningRates(),
    "train": TrainLive(),
}
OPEN = Callable[..., Explored]
ONE_STROKE = [(80, 60), (200, 60), (150, 140), (120, 230)]
"""A 7, in tenths of a cell."""


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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", list(MADE))
def test_reads_well(open_page: OPEN, name: str, theme: str) -> None:
    explored = open_page(name, color_scheme=theme)
    found = Axe().run(explored.page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    explored.page.screenshot(path=SCREENSHOTS / f"{name}-page-{theme}.png")
    box = explored.root.bounding_box()
    assert box["width"] <= 900
    assert box["height"] <= 520


@pytest.mark.parametrize("name", list(MADE))
def test_every_preset_shows_its_own_frame(open_page: OPEN, name: str) -> None:
    explored = open_page(name)
    for preset, values in MADE[name].presets.items():
        explored.root.locator(f"[data-preset='{preset}']").click()
        state = MADE[name].state_class(**(vars(MADE[name].state) | values))
        assert explored.summary == MADE[name].compute(state).summary


def test_a_press_on_a_cell_opens_it(open_page: OPEN) -> None:
    explored = open_page("confusion")
    matrix = explored.root.locator("canvas").first
    before = explored.pixels(1)
    box = matrix.bounding_box()
    # The cell in row 8, column 8, by the axes' own margins.
    x = 62 + (box["width"] - 76) * 8.5 / 10
    y = 24 + (box["height"] - 68) * 8.5 / 10
    matrix.click(position={"x": x, "y": y})
    assert "images of a 8 are rightly called 8" in explored.summary
    assert explored.pixels(1) != before
    explored.press("answer", "ArrowRight")
    assert "are called 9" in explored.summary


def test_a_page_does_not_pretend_to_read_a_new_drawing(open_page: OPEN) -> None:
    explored = open_page("draw")
    before = explored.pixels(0)
    explored.root.locator("canvas").first.click(position={"x": 30, "y": 30})
    assert "draw in a notebook" in explored.summary
    assert explored.pixels(0) == before
    explored.root.locator("[data-preset='a 7']").click()
    assert explored.summary.startswith("It says 7")


@pytest.fixture
def shown(jupyterlab: Callable[[str], Lab], lab_server: LabServer) -> Callable[..., Lab]:
    """Return ``show(*cells) -> Lab``: a notebook of these cells, opened and run."""

    def show(*cells: str) -> Lab:
        write_notebook(lab_server.work / "shown.ipynb", *cells)
        lab = jupyterlab("shown.ipynb")
        lab.run_all()
        return lab

    return show


def explored_in(lab: Lab, name: str) -> Explored:
    return Explored(lab.page, lab.page.locator(f".descent-explorable[data-name='{name}']"))


def test_a_digit_is_drawn_by_mouse_and_by_keys(shown: Callable[..., Lab]) -> None:
    lab = shown("from course.explore import DrawDigit\nDrawDigit()")
    explored = explored_in(lab, "draw")
    explored.root.locator("[data-key='ink']").click()
    explored.wait_settled()
    assert "The sheet is empty" in explored.summary
    pad = explored.root.locator("canvas").first
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    mouse, side = lab.page.mouse, min(box["width"], box["height"])
    for i, (x, y) in enumerate(ONE_STROKE):
        mouse.move(box["x"] + side * x / 280, box["y"] + side * y / 280, steps=4)
        if i == 0:
            mouse.down()
    mouse.up()
    explored.wait_settled()
    assert explored.summary.startswith("It says 7")
    lab.page.screenshot(path=SCREENSHOTS / "draw-lab.png")
    pad.focus()
    pad.press("Delete")
    explored.wait_settled()
    assert "The sheet is empty" in explored.summary
    pad.press("Space")
    for _ in range(14):
        pad.press("ArrowDown")
    explored.wait_settled()
    assert explored.summary.startswith("It says 1")
    touch(lab, [(box["x"] + side * x / 280, box["y"] + side * y / 280) for x, y in ONE_STROKE], pad)
    explored.wait_settled()
    assert explored.summary.startswith("It says 7")


def touch(lab: Lab, places: list[tuple[float, float]], pad: Locator) -> None:
    """Wipe the sheet, then draw one stroke with a finger."""
    pad.press("Delete")
    finger = lab.page.context.new_cdp_session(lab.page)
    kinds = ["touchStart"] + ["touchMove"] * (len(places) - 1)
    for kind, (x, y) in zip(kinds, places, strict=True):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_training_is_watched_and_stopped(shown: Callable[..., Lab]) -> None:
    lab = shown(
        "from course.explore import TrainLive\nlive = TrainLive(epochs=2000, width=8)\nlive",
        "6 * 7 if not live.run else 'still here'",
    )
    explored = explored_in(lab, "train")
    assert "recorded run" in explored.summary
    explored.root.locator("[data-key='training']").check()
    explored.wait("root.querySelector('.descent-summary').textContent.includes('batch/s')")
    explored.press("width", "ArrowRight")
    said = "root.querySelector('.descent-summary').textContent.includes('You moved width')"
    explored.wait(said)
    start = time.monotonic()
    before = explored.revision
    explored.wait(f"Number(root.dataset.revision) > {before} + 3")
    assert time.monotonic() - start < 20
    lab.page.screenshot(path=SCREENSHOTS / "train-lab.png")
    lab.run_cell(1)  # the kernel answers while it trains
    lab.page.locator(".jp-OutputArea-output", has_text="still here").wait_for()
    assert explored.control("training").is_checked()
    explored.root.locator("[data-key='training']").uncheck()
    explored.wait("root.querySelector('.descent-summary').textContent.includes('weights are kept')")
    lab.page.screenshot(path=SCREENSHOTS / "train-lab-stopped.png")
