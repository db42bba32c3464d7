"""Graph, GradientByLayer and OptimiserRace as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from course.explore import GradientByLayer, Graph, OptimiserRace
from tests.browser.lab import SCREENSHOTS, Explored, Lab, LabServer, write_notebook

MADE = {
    "graph": Graph(),
    "gradient_by_layer": GradientByLayer(),
    "optimiser_race": OptimiserRace(),
}
OPEN = Callable[..., Explored]

OWN = """
import math
from course.explore import GradientByLayer, Graph, OptimiserRace
from course.nodes import Node

class Value(Node):
    def __add__(self, other):
        other = Value.of(other)
        return Value(self.value + other.value, [(self, 1.0), (other, 1.0)], "+")

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.value * other.value, [(self, other.value), (other, self.value)], "×")

    def exp(self):
        return Value(math.exp(self.value), [(self, math.exp(self.value))], "exp")

    def backward(self):
        self.derivative = 1.0
        for parent, local in self.parents:
            parent.derivative += self.derivative * local

def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    return theta + alpha * gradient, state
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
        context = browser.new_context(**({"viewport": {"width": 924, "height": 660}} | options))
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
    assert explored.root.get_attribute("data-theme") == theme
    found = Axe().run(explored.page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    explored.page.screenshot(path=SCREENSHOTS / f"{name}-page-{theme}.png")


@pytest.mark.parametrize("name", list(MADE))
def test_fits_its_screen_and_twice_the_zoom(open_page: OPEN, name: str) -> None:
    box = open_page(name).root.bounding_box()
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
    ("name", "key"), [("graph", "x"), ("gradient_by_layer", "gain"), ("optimiser_race", "momentum")]
)
def test_sliders_move_every_view_by_keyboard(open_page: OPEN, name: str, key: str) -> None:
    explored = open_page(name)
    before = [explored.pixels(panel) for panel in range(2)]
    explored.press(key, "ArrowLeft")
    assert all(explored.pixels(panel) != old for panel, old in enumerate(before))


def test_a_drag_moves_a_slider_by_mouse(open_page: OPEN) -> None:
    explored = open_page("gradient_by_layer")
    box = explored.control("gain").bounding_box()
    before = explored.summary
    explored.page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2)
    explored.wait(f"root.querySelector('.descent-summary').textContent !== {before!r}")
    assert explored.summary != before


def test_one_slider_finds_the_edge(open_page: OPEN) -> None:
    """From vanishing through kept to exploding, with the gain alone."""
    explored = open_page("gradient_by_layer")
    words = [explored.summary.split(":")[0]]
    for _ in range(20):
        explored.press("gain", "ArrowRight")
        words.append(explored.summary.split(":")[0])
    assert list(dict.fromkeys(words)) == ["Vanishing", "Kept", "Exploding"]


def test_the_graph_steps_forward_then_backward(open_page: OPEN) -> None:
    explored = open_page("graph")
    explored.press("step", "Home")
    seen = {explored.pixels()}
    for place in range(13):
        explored.root.get_by_role("button", name="one step on").click()
        seen.add(explored.pixels())
        if place == 10:  # t has heard along one arrow of two
            explored.page.screenshot(path=SCREENSHOTS / "graph-page-partial.png")
    assert len(seen) == 14
    assert explored.root.get_by_text("step 13 of 13").is_visible()


def test_the_start_of_the_race_can_be_dragged(open_page: OPEN) -> None:
    explored = open_page("optimiser_race")
    box = explored.root.locator("canvas").first.bounding_box()
    before = explored.pixels()
    at = explored.page.evaluate(
        """() => {
            const { x, y } = [...descentExplorables][0].panels[0].view;
            return [x(-1.7), y(1.0)];
        }"""
    )
    explored.page.mouse.move(box["x"] + at[0], box["y"] + at[1])
    explored.page.mouse.down()
    explored.page.mouse.move(box["x"] + 80, box["y"] + 230, steps=4)
    explored.page.mouse.up()
    explored.wait("root.querySelector('.descent-summary').textContent !== ''")
    assert explored.pixels() != before


@pytest.fixture
def shown(jupyterlab: Callable[[str], Lab], lab_server: LabServer) -> Callable[..., Lab]:
    def show(*cells: str) -> Lab:
        write_notebook(lab_server.work / "backward.ipynb", *cells)
        lab = jupyterlab("backward.ipynb")
        lab.run_all()
        return lab

    return show


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_unit_s_explorables_in_the_notebook(shown: Callable[..., Lab], theme: str) -> None:
    lab = shown(OWN, "Graph()", "GradientByLayer()", "OptimiserRace()")
    lab.dark(theme == "dark")
    for name, key, sweeps in (
        ("graph", "x", 1),
        ("gradient_by_layer", "gain", 3),
        ("optimiser_race", "learning_rate", 6),
    ):
        explored = lab.explorable(name)
        explored.root.scroll_into_view_if_needed()
        explored.wait(f"root.dataset.theme === '{theme}'")
        explored.wait_swept(sweeps)
        before = explored.pixels()
        explored.press(key, "ArrowRight", "ArrowRight")
        assert explored.pixels() != before
        assert explored.root.get_attribute("data-exact") == "true"
        explored.root.screenshot(path=SCREENSHOTS / f"{name}-lab-{theme}.png")
    assert lab.errors == []


def test_students_own_code_is_what_moves(shown: Callable[..., Lab]) -> None:
    lab = shown(
        OWN,
        'Graph("x*x + exp(x*x)", value=Value, x=0.5)',
        "OptimiserRace(adam=adam_step)",
    )
    graph = lab.explorable("graph")
    graph.wait_swept(1)
    # This class passes on to its parents only: right in a chain of one, wrong from there.
    assert "your backward gives" in graph.summary
    race = lab.explorable("optimiser_race")
    race.wait_swept(6)
    assert "Left the picture: Adam" in race.summary
    assert lab.errors == []
