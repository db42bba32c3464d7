"""Hopfield, Ising and RBM as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from course.explore import RBM, Hopfield, Ising
from tests.browser.lab import SCREENSHOTS, Explored, Lab, LabServer, write_notebook

MADE = {"hopfield": Hopfield(), "ising": Ising(), "rbm": RBM()}
OPEN = Callable[..., Explored]


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


@pytest.mark.parametrize("name", list(MADE))
def test_pages_are_light(pages: dict[str, pathlib.Path], name: str) -> None:
    assert pages[name].stat().st_size < 1_500_000


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
    ("name", "moving"), [("hopfield", (1, 2)), ("ising", (0, 1, 2)), ("rbm", (0, 1, 2))]
)
def test_time_moves_the_pictures(open_page: OPEN, name: str, moving: tuple[int, ...]) -> None:
    explored = open_page(name)
    end = {panel: explored.pixels(panel) for panel in moving}
    explored.root.get_by_role("slider").last.press("Home")
    assert all(explored.pixels(panel) != end[panel] for panel in moving)


def test_hopfield_moves_by_keyboard(open_page: OPEN) -> None:
    explored = open_page("hopfield")
    before = explored.pixels(1)
    explored.press("shown", "End")
    assert explored.pixels(1) != before


@pytest.fixture
def shown(jupyterlab: Callable[[str], Lab], lab_server: LabServer) -> Callable[..., Lab]:
    def show(*cells: str) -> Lab:
        write_notebook(lab_server.work / "boltzmann.ipynb", *cells)
        lab = jupyterlab("boltzmann.ipynb")
        lab.run_all()
        return lab

    return show


def test_a_lattice_of_64_by_64_plays_at_30_frames_and_goes_on(shown: Callable[..., Lab]) -> None:
    lab = shown("from course.explore import Ising\nIsing()")
    explored = lab.explorable("ising")
    explored.wait_settled()
    explored.root.get_by_role("button", name="play").click()
    assert explored.pictures_a_second() >= 30
    lab.page.wait_for_function(
        "Number(/sweep ([0-9,]+)/.exec(document.querySelector('.descent-readout').textContent)[1]"
        ".replace(',', '')) > 180"
    )
    assert lab.errors == []


def test_a_letter_is_drawn_and_recalled(shown: Callable[..., Lab]) -> None:
    """Two strokes of the mouse make a T; the network finds its own."""
    lab = shown("from course.explore import Hopfield\nHopfield()")
    explored = lab.explorable("hopfield")
    explored.wait_settled()
    sheet = explored.root.locator("canvas").first
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    for stroke in (((0.2, 0.2), (0.8, 0.2)), ((0.5, 0.2), (0.5, 0.8))):
        (x0, y0), (x1, y1) = (
            (box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in stroke
        )
        lab.page.mouse.move(x0, y0)
        lab.page.mouse.down()
        lab.page.mouse.move(x1, y1, steps=12)
        lab.page.mouse.up()
    explored.wait_settled()
    assert "from your drawing" in explored.summary
    explored.root.screenshot(path=SCREENSHOTS / "hopfield-drawn.png")
    assert lab.errors == []


def test_a_letter_is_drawn_by_keyboard_and_wiped(shown: Callable[..., Lab]) -> None:
    """The pen goes down, right and then down the sheet; Delete gives the stored letter back."""
    lab = shown("from course.explore import Hopfield\nHopfield()")
    explored = lab.explorable("hopfield")
    explored.wait_settled()
    before = explored.summary
    sheet = explored.root.locator("canvas").first
    sheet.focus()
    for key in ("Space", *["ArrowRight"] * 6, *["ArrowDown"] * 6, "Space"):
        sheet.press(key)
    explored.wait_settled()
    assert "from your drawing" in explored.summary
    sheet.press("Delete")
    explored.wait_settled()
    assert explored.summary == before
    assert lab.errors == []


def test_heat_melts_a_lattice_by_keyboard(shown: Callable[..., Lab]) -> None:
    lab = shown("from course.explore import Ising\nIsing(temperature=1.0, begin='all up')")
    explored = lab.explorable("ising")
    explored.wait_settled()
    cold = explored.pixels()
    assert "nearly all spins agree" in explored.summary
    explored.press("temperature", "End")
    explored.wait_settled()
    assert "above T_c" in explored.summary
    assert explored.pixels() != cold
    assert lab.errors == []


def test_a_machine_learns_while_it_is_watched(shown: Callable[..., Lab]) -> None:
    """Play goes on past the epochs at hand; another k by keyboard starts a new machine."""
    lab = shown("from course.explore import RBM\nRBM(n_hidden=16)")
    explored = lab.explorable("rbm")
    explored.wait_settled()
    first, dreams = explored.summary, explored.pixels(1)
    explored.root.get_by_role("button", name="play").click()
    explored.wait("/after 40 epochs/.test(root.querySelector('.descent-summary').textContent)")
    assert explored.pixels(1) != dreams
    explored.root.get_by_role("button", name="pause").click()
    explored.press("k", "ArrowRight")
    explored.wait_settled()
    assert "k = 2: after 20 epochs" in explored.summary
    assert explored.summary != first
    explored.root.screenshot(path=SCREENSHOTS / "rbm-in-jupyterlab.png")
    assert lab.errors == []


def test_training_goes_on_with_the_student_s_own_gradient(shown: Callable[..., Lab]) -> None:
    wrong = "def cd_gradient(v, W, a, b, k, rng):\n    return W\n"
    lab = shown(f"from course.explore import RBM\n{wrong}RBM(cd_gradient=cd_gradient)")
    explored = lab.explorable("rbm")
    explored.wait_settled()
    assert "Your cd_gradient" in explored.summary
    assert lab.errors == []
