"""Regions, Perceptron and Bumps as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pytest

from course.explore import Bumps, Perceptron, Regions
from course.explore.base.explorable import Explorable
from tests.browser.explored import OpenPage
from tests.browser.lab import SCREENSHOTS, Show

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


@pytest.mark.parametrize(
    ("kind", "key"), [(Regions, "depth"), (Perceptron, "margin"), (Bumps, "n_bumps")]
)
def test_sliders_move_every_view_by_keyboard(
    open_page: OpenPage, kind: type[Explorable], key: str
) -> None:
    explored = open_page(kind)
    if kind is Perceptron:
        explored.control("dataset").select_option("two clouds")
    before = explored.pictures()
    explored.press(key, "Home", "ArrowRight")
    explored.press(key, "End")
    assert len(explored.moved(before)) == len(before)


def test_a_page_hides_what_it_cannot_move(open_page: OpenPage) -> None:
    explored = open_page(Regions)
    assert not explored.control("learning_rate").is_visible()
    assert explored.control("depth").is_visible()
    explored.control("dataset").select_option("spiral")
    assert explored.is_exact


def test_time_bends_the_mesh_and_moves_the_boundary(open_page: OpenPage) -> None:
    explored = open_page(Regions)
    explored.show_end()
    end = explored.pictures()
    explored.press("epoch", "Home")
    assert explored.moved(end) == [0, 1, 2]
    assert "after epoch 0" in explored.readout


def test_the_perceptron_steps_look_by_look(open_page: OpenPage) -> None:
    explored = open_page(Perceptron)
    assert explored.root.get_by_text("look 0 of 160").is_visible()
    seen = {explored.pixels()}
    for _ in range(4):
        explored.button("one look on").click()
        seen.add(explored.pixels())
    assert len(seen) == 5
    assert explored.root.get_by_text("look 4 of 160").is_visible()
    explored.page.screenshot(path=SCREENSHOTS / "perceptron-page-look-4.png")


def test_regions_train_on_while_they_play(show: Show) -> None:
    """Past the end of the timeline the kernel sends more; a reset begins anew."""
    lab = show(OWN, 'Regions(dataset="spiral", depth=2, width=8)')
    explored = lab.explorable("regions")
    explored.wait_swept(6)
    start = explored.readout
    explored.of_view("(view) => { view.spec.timeline.seconds = 0.4; }")
    explored.button("play").click()
    explored.wait_past("epoch", 1000)
    explored.button("pause").click()
    explored.button("reset").click()
    explored.wait_settled()
    assert explored.readout == start


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_unit_s_explorables_in_the_notebook(show: Show, theme: str) -> None:
    cells = ("Perceptron()", "Regions()", "Bumps()", "Regions(forward=mlp_forward, depth=2)")
    lab = show(OWN, *cells)
    lab.dark(theme == "dark")
    for name, key, sweeps in (
        ("perceptron", "margin", 3),
        ("regions", "width", 6),
        ("bumps", "steepness", 3),
    ):
        explored = lab.explorable(name)
        explored.wait(f"root.dataset.theme === '{theme}'")
        explored.wait_swept(sweeps)
        before = explored.pixels()
        if name == "perceptron":
            explored.control("dataset").select_option("two clouds")
        explored.press(key, "ArrowLeft")
        explored.wait_settled()
        assert explored.pixels() != before
        explored.root.screenshot(path=SCREENSHOTS / f"{name}-lab-{theme}.png")
