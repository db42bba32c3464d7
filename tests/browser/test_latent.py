"""Rotate and LatentPlane as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from course.explore import LatentPlane, Rotate
from course.explore.latent.plane import State
from tests.browser.lab import SCREENSHOTS, Explored, Lab, LabServer, write_notebook

MADE = {"rotate": Rotate(), "latent": LatentPlane()}
OPEN = Callable[..., Explored]
REACH = 3.1
"""The axes of the plane run from −3.1 to 3.1."""


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
        explored.root.locator(f'[data-preset="{preset}"]').click()
        state = MADE[name].state_class(**(vars(MADE[name].state) | values))
        assert explored.summary == MADE[name].compute(state).summary
        assert explored.root.get_attribute("data-exact") == "true"
        explored.root.get_by_role("button", name="reset", exact=True).click()


@pytest.mark.parametrize(
    ("name", "key", "stroke", "changed"),
    [
        ("rotate", "k", "ArrowRight", (0, 2)),
        ("rotate", "view", "End", (0, 2)),  # the last panel shows the ghost of the run before
        ("latent", "z1", "ArrowLeft", (0, 1)),
        ("latent", "z2", "End", (0, 1)),
        ("latent", "depth", "ArrowLeft", (0, 1, 2)),
    ],
)
def test_sliders_move_the_views_by_keyboard(
    open_page: OPEN, name: str, key: str, stroke: str, changed: tuple[int, ...]
) -> None:
    explored = open_page(name)
    before = [explored.pixels(panel) for panel in range(3)]
    explored.press(key, stroke)
    moved = tuple(panel for panel in range(3) if explored.pixels(panel) != before[panel])
    assert moved == changed


def test_play_turns_the_axes(open_page: OPEN) -> None:
    explored = open_page("rotate")
    end = [explored.pixels(panel) for panel in range(3)]
    step = explored.root.get_by_role("button", name="one step on")
    step.click()  # after the end, the first step starts the turn again
    assert all(explored.pixels(panel) != old for panel, old in enumerate(end))
    assert "at step 0 of the turn" in explored.root.locator(".descent-readout").inner_text()
    explored.root.get_by_role("button", name="play").click()
    explored.wait("root.querySelector('.descent-readout').textContent.includes('step 24 ')")
    explored.wait("!root.querySelector('[aria-label=pause]')")
    assert [explored.pixels(panel) for panel in range(3)] == end


def place(explored: Explored, z1: float, z2: float) -> tuple[float, float]:
    """Return where on the page the plane has this point."""
    box = explored.root.locator("canvas").first.bounding_box()
    left, top = box["x"] + 62, box["y"] + 24
    width, height = box["width"] - 76, box["height"] - 68
    return left + width * (z1 + REACH) / (2 * REACH), top + height * (REACH - z2) / (2 * REACH)


def stands_at(explored: Explored) -> tuple[float, ...]:
    """Return where the two sliders stand."""
    texts = [explored.control(key).get_attribute("aria-valuetext") for key in ("z1", "z2")]
    return tuple(float(text.replace("−", "-")) for text in texts)


def test_a_press_decodes_and_a_drag_goes_on(open_page: OPEN) -> None:
    explored = open_page("latent")
    mouse = explored.page.mouse
    before = explored.pixels(1)
    mouse.move(*place(explored, 1.2, -0.6))  # away from the mark: nothing is held yet
    assert explored.pixels(1) == before
    mouse.down()
    assert stands_at(explored) == (1.2, -0.6)
    decoded = explored.pixels(1)
    assert decoded != before
    assert explored.root.get_attribute("data-exact") == "true"
    mouse.move(*place(explored, -1.0, 1.4))
    mouse.up()
    assert stands_at(explored) == (-1.0, 1.4)
    assert explored.summary == MADE["latent"].compute(State(-1.0, 1.4, 2)).summary
    mouse.move(*place(explored, 2.0, 2.0))  # let go: it stays
    assert stands_at(explored) == (-1.0, 1.4)


def test_in_jupyterlab(jupyterlab: Callable[[str], Lab], lab_server: LabServer) -> None:
    """Both show; a press in the plane decodes at once and asks the kernel nothing."""
    cells = ("from course.explore import LatentPlane, Rotate", "LatentPlane()", "Rotate()")
    write_notebook(lab_server.work / "latent.ipynb", *cells)
    lab = jupyterlab("latent.ipynb")
    lab.run_cell(0)
    lab.run_cell(1)
    shown = lab.explorable("latent")
    shown.wait_swept(2)
    lab.page.evaluate(
        """() => {
            const root = document.querySelector('.descent-explorable');
            window.asked = 0;
            new MutationObserver(() => { window.asked += root.dataset.pending === 'true'; })
                .observe(root, {attributeFilter: ['data-pending']});
        }"""
    )
    before, mouse = shown.pixels(1), lab.page.mouse
    mouse.move(*place(shown, -1.0, 0.4))
    mouse.down()
    assert shown.pixels(1) != before
    assert stands_at(shown) == (-1.0, 0.4)
    assert shown.root.get_attribute("data-exact") == "true"
    assert lab.page.evaluate("window.asked") == 0
    mouse.up()
    shown.wait_swept(2)
    shown.press("depth", "Home")
    assert shown.summary.startswith("No hidden layer")
    lab.dark()
    lab.run_cell(2)
    lab.explorable("rotate").wait_swept(3)
    lab.page.screenshot(path=SCREENSHOTS / "latent-lab-dark.png")
    assert lab.errors == []


OWN = """
import numpy as np
from course.explore import LatentPlane, Rotate

def pca(X, k):
    _, s, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    return X.mean(axis=0), Vt[:k].T, s[:k] ** 2 / len(X)

def encoder(X):
    return X[:, [20, 43]]

def decoder(codes):
    return np.repeat(codes / 3, 32, axis=1)
"""


def test_a_students_functions_move_them(
    jupyterlab: Callable[[str], Lab], lab_server: LabServer
) -> None:
    own = "LatentPlane(encoder=encoder, decoder=decoder, depth=4)"
    write_notebook(lab_server.work / "own_latent.ipynb", OWN, "Rotate(pca=pca)", own)
    lab = jupyterlab("own_latent.ipynb")
    lab.run_cell(0)
    lab.run_cell(1)
    lab.explorable("rotate").wait_settled()
    lab.run_cell(2)
    shown = lab.explorable("latent")
    shown.wait_swept(2)
    assert shown.summary.startswith("Your models")
    before = shown.pixels(1)
    shown.press("z1", "ArrowRight", "ArrowRight", "ArrowRight")
    assert shown.pixels(1) != before
    assert lab.errors == []
