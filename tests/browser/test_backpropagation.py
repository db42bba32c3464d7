"""Graph, GradientByLayer and OptimiserRace as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pytest

from course.explore import GradientByLayer, Graph, OptimiserRace
from course.explore.base.explorable import Explorable
from tests.browser.explored import OpenPage
from tests.browser.lab import SCREENSHOTS, Show

OWN = """
import math
from course.explore import GradientByLayer, Graph, OptimiserRace
from course.models.autodiff_node import Node

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


@pytest.mark.parametrize(
    ("kind", "key"), [(Graph, "x"), (GradientByLayer, "gain"), (OptimiserRace, "momentum")]
)
def test_sliders_move_every_view_by_keyboard(
    open_page: OpenPage, kind: type[Explorable], key: str
) -> None:
    explored = open_page(kind)
    before = explored.pictures()
    explored.press(key, "ArrowLeft")
    assert len(explored.moved(before)) == len(before)


def test_a_drag_moves_a_slider_by_mouse(open_page: OpenPage) -> None:
    explored = open_page(GradientByLayer)
    box = explored.control("gain").bounding_box()
    before = explored.summary
    explored.page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2)
    explored.wait(f"root.querySelector('.descent-summary').textContent !== {before!r}")
    assert explored.summary != before


def test_one_slider_finds_the_edge(open_page: OpenPage) -> None:
    """From vanishing through kept to exploding, with the gain alone."""
    explored = open_page(GradientByLayer)
    words = [explored.summary.split(":")[0]]
    for _ in range(20):
        explored.press("gain", "ArrowRight")
        words.append(explored.summary.split(":")[0])
    assert list(dict.fromkeys(words)) == ["Vanishing", "Kept", "Exploding"]


def test_the_graph_steps_forward_then_backward(open_page: OpenPage) -> None:
    explored = open_page(Graph)
    seen = {explored.pixels()}
    for place in range(13):
        explored.button("one step on").click()
        seen.add(explored.pixels())
        if place == 10:  # t has received one derivative of two
            explored.page.screenshot(path=SCREENSHOTS / "graph-page-partial.png")
    assert len(seen) == 14
    assert explored.root.get_by_text("step 13 of 13").is_visible()


def test_the_start_of_the_race_can_be_dragged(open_page: OpenPage) -> None:
    explored = open_page(OptimiserRace)
    before = explored.pixels()
    explored.drag(explored.place(-1.7, 1.0), explored.place(-1.5, -0.8))
    assert explored.summary != ""
    assert explored.pixels() != before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_unit_s_explorables_in_the_notebook(show: Show, theme: str) -> None:
    lab = show(OWN, "Graph()", "GradientByLayer()", "OptimiserRace()")
    lab.dark(theme == "dark")
    for name, key, sweeps in (
        ("graph", "x", 1),
        ("gradient_by_layer", "gain", 3),
        ("optimiser_race", "learning_rate", 6),
    ):
        explored = lab.explorable(name)
        explored.wait(f"root.dataset.theme === '{theme}'")
        explored.wait_swept(sweeps)
        before = explored.pixels()
        explored.press(key, "ArrowRight", "ArrowRight")
        assert explored.pixels() != before
        assert explored.is_exact
        explored.root.screenshot(path=SCREENSHOTS / f"{name}-lab-{theme}.png")


def test_students_own_code_is_what_moves(show: Show) -> None:
    lab = show(
        OWN,
        'Graph("x*x + exp(x*x)", value=Value, x=0.5)',
        "OptimiserRace(adam=adam_step)",
    )
    graph = lab.explorable("graph")
    graph.wait_swept(1)
    graph.show_end()
    # This class passes on to its parents only: right in a chain of one, wrong from there.
    assert "your backward gives" in graph.summary
    race = lab.explorable("optimiser_race")
    race.wait_swept(6)
    race.show_end()
    assert "Left the picture: Adam" in race.summary
