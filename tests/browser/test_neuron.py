"""Regions, Perceptron and Bumps as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from course.explore import Bumps, Perceptron, Regions
from tests.browser.lab import SCREENSHOTS, Explored, Lab, LabServer, write_notebook

MADE = {"regions": Regions(), "perceptron": Perceptron(), "bumps": Bumps()}
OPEN = Callable[..., Explored]

OWN = """
import numpy as np
from course.explore import Bumps, Perceptron, Regions

def mlp_forward(X, weights, activations):
    values = [X]
    for (W, b), name in zip(weights, activations):
        z = values[-1] @ W + b
        values.append(np.tanh(z) if name == "tanh" else 1 / (1 + np.exp(-z)))
    return values
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
    ("name", "key"), [("regions", "depth"), ("perceptron", "margin"), ("bumps", "n_bumps")]
)
def test_sliders_move_every_view_by_keyboard(open_page: OPEN, name: str, key: str) -> None:
    explored = open_page(name)
    if name == "perceptron":
        explored.control("dataset").select_option("two clouds")
    before = [explored.pixels(panel) for panel in range(2)]
    explored.press(key, "Home", "ArrowRight")
    explored.press(key, "End")
    assert all(explored.pixels(panel) != old for panel, old in enumerate(before))


def test_a_page_hides_what_it_cannot_move(open_page: OPEN) -> None:
    explored = open_page("regions")
    assert not explored.control("learning_rate").is_visible()
    assert explored.control("depth").is_visible()
    explored.control("dataset").select_option("spiral")
    assert explored.root.get_attribute("data-exact") == "true"


def test_time_bends_the_mesh_and_moves_the_boundary(open_page: OPEN) -> None:
    explored = open_page("regions")
    end = [explored.pixels(panel) for panel in range(3)]
    explored.press("epoch", "Home")
    start = [explored.pixels(panel) for panel in range(3)]
    assert all(a != b for a, b in zip(start, end, strict=True))
    assert "after epoch 0" in explored.root.locator(".descent-readout").inner_text()


def test_the_perceptron_steps_look_by_look(open_page: OPEN) -> None:
    explored = open_page("perceptron")
    explored.root.get_by_role("button", name="one look on").click()
    assert explored.root.get_by_text("look 0 of 160").is_visible()
    seen = {explored.pixels()}
    for _ in range(4):
        explored.root.get_by_role("button", name="one look on").click()
        seen.add(explored.pixels())
    assert len(seen) == 5
    explored.page.screenshot(path=SCREENSHOTS / "perceptron-page-look-4.png")


@pytest.fixture
def shown(jupyterlab: Callable[[str], Lab], lab_server: LabServer) -> Callable[..., Lab]:
    def show(*cells: str) -> Lab:
        write_notebook(lab_server.work / "neuron.ipynb", *cells)
        lab = jupyterlab("neuron.ipynb")
        lab.run_all()
        return lab

    return show


def test_regions_train_on_while_they_play(shown: Callable[..., Lab]) -> None:
    """Past the end of the timeline the kernel sends more; a reset begins anew."""
    lab = shown(OWN, 'Regions(dataset="spiral", depth=2, width=8)')
    explored = lab.explorable("regions")
    explored.wait_swept(6)
    readout = explored.root.locator(".descent-readout")
    end = readout.inner_text()
    explored.press("epoch", "End")
    explored.root.evaluate("(root) => { [...descentExplorables][0].spec.timeline.seconds = 0.4; }")
    explored.root.get_by_role("button", name="play").click()
    lab.page.wait_for_function(
        "Number(/epoch ([0-9,]+)/.exec(document.querySelector('.descent-readout').textContent)[1]"
        ".replace(',', '')) > 1000"
    )
    explored.root.get_by_role("button", name="pause").click()
    explored.root.get_by_role("button", name="reset", exact=True).click()
    explored.wait_settled()
    assert readout.inner_text() == end
    assert lab.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_unit_s_explorables_in_the_notebook(shown: Callable[..., Lab], theme: str) -> None:
    cells = ("Perceptron()", "Regions()", "Bumps()", "Regions(forward=mlp_forward, depth=2)")
    lab = shown(OWN, *cells)
    lab.dark(theme == "dark")
    for name, key, sweeps in (
        ("perceptron", "margin", 3),
        ("regions", "width", 6),
        ("bumps", "steepness", 3),
    ):
        explored = lab.explorable(name)
        explored.root.first.scroll_into_view_if_needed()
        explored.wait(f"root.dataset.theme === '{theme}'")
        explored.wait_swept(sweeps)
        before = explored.pixels()
        if name == "perceptron":
            explored.control("dataset").first.select_option("two clouds")
        explored.root.locator(f"[data-key='{key}']").first.press("ArrowLeft")
        explored.wait_settled()
        assert explored.pixels() != before
        explored.root.first.screenshot(path=SCREENSHOTS / f"{name}-lab-{theme}.png")
    assert lab.errors == []
