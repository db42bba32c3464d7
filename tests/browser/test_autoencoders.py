"""Rotate and LatentPlane as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pytest

from course.explore import LatentPlane, Rotate
from course.explore.autoencoders.latent_plane import State
from course.explore.base.explorable import Explorable
from tests.browser.explored import Explored, OpenPage
from tests.browser.lab import SCREENSHOTS, Show

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


@pytest.mark.parametrize(
    ("kind", "key", "stroke", "changed"),
    [
        (Rotate, "k", "ArrowRight", [0, 2]),
        (Rotate, "view", "End", [0, 2]),  # the last panel shows the ghost of the run before
        (LatentPlane, "z1", "ArrowLeft", [0, 1]),
        (LatentPlane, "z2", "End", [0, 1]),
        (LatentPlane, "depth", "ArrowLeft", [0, 1, 2]),
    ],
)
def test_sliders_move_the_views_by_keyboard(
    open_page: OpenPage, kind: type[Explorable], key: str, stroke: str, changed: list[int]
) -> None:
    explored = open_page(kind)
    if kind is Rotate:
        explored.show_end()
    before = explored.pictures()
    explored.press(key, stroke)
    assert explored.moved(before) == changed


def test_play_turns_the_axes(open_page: OpenPage) -> None:
    explored = open_page(Rotate)
    explored.show_end()
    end = explored.pictures()
    explored.button("reset").click()
    assert explored.moved(end) == [0, 1, 2]
    assert "at step 0 of the turn" in explored.readout
    explored.button("play").click()
    explored.root.get_by_text("at step 24 of the turn").wait_for()
    explored.button("play").wait_for()
    assert explored.moved(end) == []


def stands_at(explored: Explored) -> tuple[float, ...]:
    """Return where the two sliders stand."""
    texts = [explored.control(key).get_attribute("aria-valuetext") for key in ("z1", "z2")]
    return tuple(float(text.replace("−", "-")) for text in texts)


def test_a_press_decodes_and_a_drag_goes_on(open_page: OpenPage) -> None:
    explored = open_page(LatentPlane)
    mouse = explored.page.mouse
    before = explored.pixels(1)
    mouse.move(*explored.place(1.2, -0.6))  # away from the mark: nothing is held yet
    assert explored.pixels(1) == before
    mouse.down()
    assert stands_at(explored) == (1.2, -0.6)
    assert explored.pixels(1) != before
    assert explored.is_exact
    mouse.move(*explored.place(-1.0, 1.4))
    mouse.up()
    assert stands_at(explored) == (-1.0, 1.4)
    assert explored.summary == LatentPlane().compute(State(-1.0, 1.4, 2)).summary
    mouse.move(*explored.place(2.0, 2.0))  # let go: it stays
    assert stands_at(explored) == (-1.0, 1.4)


def test_in_jupyterlab(show: Show) -> None:
    """Both show; a press in the plane decodes at once and asks the kernel nothing."""
    lab = show("from course.explore import LatentPlane, Rotate", "LatentPlane()", "Rotate()")
    plane = lab.explorable("latent")
    plane.wait_swept(2)
    before, mouse = plane.pixels(1), lab.page.mouse
    with plane.without_requests():
        mouse.move(*plane.place(-1.0, 0.4))
        mouse.down()
        assert plane.pixels(1) != before
        assert stands_at(plane) == (-1.0, 0.4)
        assert plane.is_exact
    mouse.up()
    plane.wait_swept(2)
    plane.press("depth", "Home")
    assert plane.summary.startswith("No hidden layer")
    lab.dark()
    plane.root.screenshot(path=SCREENSHOTS / "latent-lab-dark.png")
    turned = lab.explorable("rotate")
    turned.wait_swept(3)
    turned.root.screenshot(path=SCREENSHOTS / "rotate-lab-dark.png")


def test_a_students_functions_move_them(show: Show) -> None:
    own = "LatentPlane(encoder=encoder, decoder=decoder, depth=4)"
    lab = show(OWN, "Rotate(pca=pca)", own)
    lab.explorable("rotate").wait_settled()
    plane = lab.explorable("latent")
    plane.wait_swept(2)
    assert plane.summary.startswith("Your models")
    before = plane.pixels(1)
    plane.press("z1", "ArrowRight", "ArrowRight", "ArrowRight")
    assert plane.pixels(1) != before
