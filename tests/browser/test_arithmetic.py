"""The numbers behind one thing: opened by mouse, touch and keys, and read term by term."""

from __future__ import annotations

import pytest

from course.explore import Ising
from tests.browser.explored import Explored, OpenPage, serious, touch
from tests.browser.lab import SCREENSHOTS, Show


def rows(explored: Explored) -> list[str]:
    """Return the lines of the arithmetic that is open, once it is there."""
    lines = explored.root.locator(".descent-terms tr")
    lines.first.wait_for()
    return [line.inner_text() for line in lines.all()]


def title(explored: Explored) -> str:
    return explored.root.locator(".descent-arithmetic-title").inner_text()


def current(explored: Explored) -> str:
    return explored.root.locator(".descent-terms tr[aria-current]").inner_text()


def is_open(explored: Explored) -> bool:
    return explored.root.locator(".descent-arithmetic").is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_click_on_a_spin_opens_its_sum_and_keys_go_through_it(show: Show, theme: str) -> None:
    lab = show("from course.explore import Ising\nIsing(temperature=1.5)")
    lab.dark(theme == "dark")
    ising = lab.explorable("ising")
    ising.wait_settled()
    ising.show_end()
    ising.page.mouse.click(*ising.place(20.5, 30.5))
    lines = rows(ising)
    assert len(lines) == 5 + 1 + 3
    assert title(ising).startswith("The spin of column 21, row 34")
    assert current(ising) == lines[0], "the first term is read first"
    for line in lines[1:]:
        ising.page.keyboard.press("ArrowDown")
        assert current(ising) == line
    heard = ising.root.locator(".descent-arithmetic .descent-heard").text_content()
    assert heard == lines[-1].split("\t")[0]
    ising.page.keyboard.press("Home")
    assert current(ising) == lines[0]
    assert serious(lab.page, ".descent-explorable") == []
    ising.root.screenshot(path=SCREENSHOTS / f"arithmetic-ising-{theme}.png")
    # Time moves: the numbers follow.
    before = title(ising)
    ising.press("sweep", "Home")
    ising.wait(f"root.querySelector('.descent-arithmetic-title').textContent !== {before!r}")
    assert "after sweep 0" in title(ising)
    ising.root.locator(".descent-terms").press("Escape")
    assert not is_open(ising)
    assert ising.canvas().evaluate("(canvas) => canvas === document.activeElement")


def test_a_unit_is_opened_by_keys_and_a_finger(show: Show) -> None:
    lab = show("from course.explore import Regions\nRegions(depth=2, width=3)")
    regions = lab.explorable("regions")
    regions.wait_settled()
    regions.show_end()
    regions.canvas().press("ArrowRight")
    assert "class" in regions.heard()
    regions.canvas().press("Enter")
    assert (
        "z of unit 1 of hidden layer 1"
        in regions.root.locator(".descent-terms caption").inner_text()
        if rows(regions)
        else False
    )
    count = regions.root.locator(".descent-arithmetic-count")
    assert count.inner_text() == "1 of 7"
    for _ in range(6):
        regions.page.keyboard.press("ArrowRight")
    assert count.inner_text() == "7 of 7"
    assert any(line.startswith("derivative of the loss by z: p − y") for line in rows(regions))
    regions.root.screenshot(path=SCREENSHOTS / "arithmetic-regions.png")
    regions.button("close the arithmetic").click()
    assert not is_open(regions)
    touch(regions.page, regions.place(-0.9, -0.9))
    assert len(rows(regions)) == 3 + 1 + 2
    regions.button("next sum").click()
    assert count.inner_text() == "2 of 7"


def test_a_spin_of_the_memory_and_a_node_of_the_graph(show: Show) -> None:
    lab = show(
        "from course.explore import Graph, Hopfield\nHopfield()",
        "Graph()",
    )
    hopfield = lab.explorable("hopfield")
    hopfield.wait_settled()
    hopfield.page.mouse.click(*hopfield.place(4.5, 4.5, 1))
    assert len(rows(hopfield)) == 4 + 1 + 1 + 3
    hopfield.button("next sum").click()
    assert len(rows(hopfield)) == 99 + 1 + 3
    for _ in range(30):
        hopfield.page.keyboard.press("ArrowDown")
    hopfield.root.screenshot(path=SCREENSHOTS / "arithmetic-hopfield.png")
    graph = lab.explorable("graph")
    graph.wait_settled()
    box = graph.canvas()
    box.press("ArrowRight")
    assert "not computed yet" in graph.heard()
    box.press("Enter")
    graph.wait(
        "root.querySelector('.descent-arithmetic-title').textContent.includes('no value yet')"
    )
    graph.page.keyboard.press("Escape")
    graph.show_end()
    box.press("Home")
    box.press("ArrowRight")
    box.press("Enter")
    assert any(line.startswith("∂J/∂u") for line in [*rows(graph), *next_sum(graph)])
    graph.root.screenshot(path=SCREENSHOTS / "arithmetic-graph.png")


def next_sum(explored: Explored) -> list[str]:
    explored.page.keyboard.press("ArrowRight")
    return rows(explored)


def test_a_point_of_the_roc_and_a_sample_of_the_perceptron(show: Show) -> None:
    lab = show("from course.explore import Perceptron, Threshold\nThreshold()", "Perceptron()")
    threshold = lab.explorable("threshold")
    threshold.wait_settled()
    spot = threshold.of_view("({frame}) => [...frame.arrays.here.values]")
    threshold.page.mouse.click(*threshold.place(*spot, 1))
    assert any(line.startswith("TP\t= ") for line in rows(threshold))
    assert "t = 1.5" in title(threshold)
    threshold.root.screenshot(path=SCREENSHOTS / "arithmetic-threshold.png")
    perceptron = lab.explorable("perceptron")
    perceptron.wait_settled()
    perceptron.root.press(".")
    perceptron.page.mouse.click(*perceptron.place(1, 1))
    assert any(line.startswith("w₁ x₁ = ") for line in rows(perceptron))
    assert "(1, 1)" in title(perceptron)
    perceptron.root.screenshot(path=SCREENSHOTS / "arithmetic-perceptron.png")


def test_a_page_says_that_it_cannot_work_it_out(open_page: OpenPage) -> None:
    ising = open_page(Ising)
    ising.page.mouse.click(*ising.place(20.5, 30.5))
    assert "open it in a notebook" in title(ising)
    assert serious(ising.page) == []
