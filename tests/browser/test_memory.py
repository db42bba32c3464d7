"""Hopfield, Ising and RBM as a reader meets them: on a page and in JupyterLab."""

from __future__ import annotations

import pytest

from course.explore import RBM, Hopfield, Ising
from course.explore.base.explorable import Explorable
from tests.browser.explored import OpenPage
from tests.browser.lab import SCREENSHOTS, Show


@pytest.mark.parametrize(
    ("kind", "moving"), [(Hopfield, [1, 2]), (Ising, [0, 1, 2]), (RBM, [0, 1, 2])]
)
def test_time_moves_the_pictures(
    open_page: OpenPage, kind: type[Explorable], moving: list[int]
) -> None:
    explored = open_page(kind)
    explored.show_end()
    end = explored.pictures()
    explored.root.get_by_role("slider").last.press("Home")
    assert explored.moved(end) == moving


def test_hopfield_moves_by_keyboard(open_page: OpenPage) -> None:
    explored = open_page(Hopfield)
    before = explored.pixels(1)
    explored.press("shown", "End")
    assert explored.pixels(1) != before


def test_a_lattice_of_64_by_64_plays_and_goes_on(show: Show) -> None:
    """Play shows moment after moment, and asks for more sweeps before those at hand are over."""
    explored = show("from course.explore import Ising\nIsing()").explorable("ising")
    explored.wait_settled()
    before = explored.pictures()
    explored.button("play").click()
    explored.wait_past("sweep", 180)
    assert explored.moved(before) == [0, 1, 2]


def test_a_letter_is_drawn_and_recalled(show: Show) -> None:
    """Two strokes of the mouse make a T; the network finds its own."""
    explored = show("from course.explore import Hopfield\nHopfield()").explorable("hopfield")
    explored.wait_settled()
    for start, end in (((5, 5), (23, 5)), ((14, 5), (14, 23))):
        explored.drag(explored.place(*start), explored.place(*end))
    explored.wait_settled()
    assert "from your drawing" in explored.summary
    explored.root.screenshot(path=SCREENSHOTS / "hopfield-drawn.png")


def test_a_letter_is_drawn_by_keyboard_and_wiped(show: Show) -> None:
    """The pen goes down, right and then down the sheet; Delete gives the stored letter back."""
    explored = show("from course.explore import Hopfield\nHopfield()").explorable("hopfield")
    explored.wait_settled()
    explored.show_end()
    before = explored.summary
    sheet = explored.canvas()
    sheet.focus()
    for key in ("Space", *["ArrowRight"] * 6, *["ArrowDown"] * 6, "Space"):
        sheet.press(key)
    explored.wait_settled()
    assert "from your drawing" in explored.summary
    sheet.press("Delete")
    explored.wait_settled()
    assert explored.summary == before


def test_heat_melts_a_lattice_by_keyboard(show: Show) -> None:
    lab = show("from course.explore import Ising\nIsing(temperature=1.0, begin='all up')")
    explored = lab.explorable("ising")
    explored.wait_settled()
    explored.show_end()
    cold = explored.pixels()
    assert "nearly all spins agree" in explored.summary
    explored.press("temperature", "End")
    explored.wait_settled()
    assert "above T_c" in explored.summary
    assert explored.pixels() != cold


def test_a_machine_learns_while_it_is_watched(show: Show) -> None:
    """Play goes on past the epochs at hand; another k by keyboard starts a new machine."""
    explored = show("from course.explore import RBM\nRBM(n_hidden=16)").explorable("rbm")
    explored.wait_settled()
    first, dreams = explored.summary, explored.pixels(1)
    explored.button("play").click()
    explored.wait_says("after 40 epochs")
    assert explored.pixels(1) != dreams
    explored.button("pause").click()
    explored.press("k", "ArrowRight")
    explored.wait_settled()
    assert "k = 2: after 20 epochs" in explored.summary
    assert explored.summary != first
    explored.root.screenshot(path=SCREENSHOTS / "rbm-in-jupyterlab.png")


def test_training_goes_on_with_the_student_s_own_gradient(show: Show) -> None:
    wrong = "def cd_gradient(v, W, a, b, k, rng):\n    return W\n"
    lab = show(f"from course.explore import RBM\n{wrong}RBM(cd_gradient=cd_gradient)")
    explored = lab.explorable("rbm")
    explored.wait_settled()
    assert "Your cd_gradient" in explored.summary
