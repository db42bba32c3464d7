"""Data by hand: points that are painted, dragged, erased and pasted, by mouse, touch and keys."""

from __future__ import annotations

import pytest

from course.explore import Perceptron, Regions
from course.explore.base.drawn import read_points
from tests.browser.explored import Explored, OpenPage, serious, touch
from tests.browser.lab import SCREENSHOTS, Lab, LabServer, Show
from tests.waiting import wait_until

PERCEPTRON = "from course.explore import Perceptron\nshown = Perceptron()\nshown"


def opened(show: Show, name: str, cell: str, *more: str) -> tuple[Lab, Explored]:
    lab = show(cell, *more)
    explored = lab.explorable(name)
    explored.wait_settled()
    return lab, explored


def points(explored: Explored) -> str:
    return explored.of_view("(view) => view.values.points")


def count(explored: Explored) -> int:
    return len(read_points(points(explored))[0])


def printed(lab: Lab, index: int) -> str:
    lab.run_cell(index)
    return lab.page.locator(".jp-Cell").nth(index).locator(".jp-OutputArea-output").inner_text()


def test_the_mouse_paints_samples_that_no_line_separates(show: Show) -> None:
    lab, perceptron = opened(show, "perceptron", PERCEPTRON, "print(shown.points)")
    perceptron.control("points").select_option("0")
    assert points(perceptron) == "", "nothing is taken in hand yet"
    perceptron.page.mouse.click(*perceptron.place(1, -0.5))
    assert count(perceptron) == 5, "the gate's four samples, and the reader's"
    perceptron.control("points").select_option("1")
    perceptron.page.mouse.click(*perceptron.place(0.5, -0.5))
    perceptron.page.mouse.click(*perceptron.place(-0.5, -0.5))
    perceptron.wait_says("No line separates your points")
    perceptron.wait_settled()
    assert printed(lab, 1).count(";") == 6, "the kernel has them too"
    assert printed(lab, 1).strip() == points(perceptron)
    perceptron.root.scroll_into_view_if_needed()
    perceptron.root.screenshot(path=SCREENSHOTS / "painted-perceptron.png")
    # A sample is dragged, and stays of its class.
    start, end = perceptron.place(1, 1), perceptron.place(1.2, 0.2)
    perceptron.drag(start, end)
    moved, classes = read_points(points(perceptron))
    assert moved[3] == pytest.approx([1.2, 0.2], abs=0.03)
    assert classes.tolist() == [0, 0, 0, 1, 0, 1, 1]
    for left in (7, 6, 5):
        perceptron.button("undo").click()
        assert count(perceptron) == left
    perceptron.button("undo").click()
    assert points(perceptron) == ""
    assert perceptron.button("undo").get_attribute("aria-disabled") == "true"


def test_other_data_of_the_course_take_the_place_of_one_s_own(show: Show) -> None:
    _, perceptron = opened(show, "perceptron", PERCEPTRON)
    perceptron.control("points").select_option("0")
    perceptron.page.mouse.click(*perceptron.place(1.2, 1.2))
    perceptron.wait_settled()
    own = points(perceptron)
    perceptron.button("preset: XOR").click()
    perceptron.wait_says("No line separates XOR")
    assert points(perceptron) == ""
    perceptron.button("undo").click()
    assert points(perceptron) == own
    perceptron.button("the course's points").click()
    perceptron.wait_says("No line separates XOR")
    perceptron.button("wipe all points off").click()
    perceptron.wait_says("Put down a point")


def test_keys_paint_carry_and_erase(show: Show) -> None:
    _, perceptron = opened(show, "perceptron", PERCEPTRON)
    perceptron.button("wipe all points off").click()
    perceptron.wait_settled()
    perceptron.control("points").select_option("1")
    plane = perceptron.canvas()
    for key in ("ArrowRight", "Enter"):
        plane.press(key)
    assert count(perceptron) == 1
    assert "+1 is here; 1 points" in perceptron.heard()
    for key in ("Enter", "Shift+ArrowUp", "ArrowLeft", "Enter"):
        plane.press(key)
    places, classes = read_points(points(perceptron))
    middle = (1.5 - 1.2) / 2
    assert places[0] == pytest.approx([middle, middle + 5 * 2.7 / 50], abs=0.02)
    assert classes.tolist() == [1]
    plane.press("Control+z")
    assert read_points(points(perceptron))[0][0][1] == pytest.approx(middle, abs=0.02)
    plane.press("Delete")
    assert count(perceptron) == 1, "the cursor is elsewhere now"
    plane.press("Shift+ArrowDown")
    plane.press("ArrowRight")
    plane.press("Delete")
    assert count(perceptron) == 0
    assert serious(perceptron.page, ".descent-explorable") == []


def test_a_finger_paints_a_class_that_the_network_learns(show: Show) -> None:
    cell = "from course.explore import Regions\nRegions(depth=1, width=4)"
    lab, regions = opened(show, "regions", cell)
    regions.button("wipe all points off").click()
    regions.wait_says("Put down at least two points")
    assert regions.canvas().evaluate("(canvas) => canvas.style.touchAction") != "none"
    regions.control("points").select_option("0")
    assert regions.canvas().evaluate("(canvas) => canvas.style.touchAction") == "none"
    corners = [regions.place(-0.8, y) for y in (-0.8, -0.5, -0.2, 0.1, 0.4, 0.8)]
    touch(regions.page, *corners)
    regions.control("points").select_option("1")
    touch(regions.page, *[regions.place(0.6, y) for y in (-0.8, -0.4, 0.0, 0.4, 0.8)])
    _, classes = read_points(points(regions))
    assert 4 <= (classes == 0).sum() <= 8
    assert 4 <= (classes == 1).sum() <= 8
    regions.wait_says("100 % of the points end on the right side")
    regions.wait_settled()
    regions.show_end()
    for theme in ("light", "dark"):
        lab.dark(theme == "dark")
        regions.wait(f"root.dataset.theme === '{theme}'")
        regions.root.screenshot(path=SCREENSHOTS / f"painted-regions-{theme}.png")
    regions.control("points").select_option("erase")
    touch(regions.page, *corners)
    assert (read_points(points(regions))[1] == 0).sum() < 3
    assert serious(regions.page, ".descent-explorable") == []


def test_an_outlier_is_dragged_and_the_line_follows(show: Show) -> None:
    cell = "from course.explore import Descent\nDescent()"
    _, descent = opened(show, "descent", cell)
    descent.show_end()
    least = descent.of_view("({frame}) => frame.scalars.least_cost")
    far = descent.of_view("({frame: {arrays: {x, y}}}) => [x.values[23], y.values[23]]")
    descent.control("points").select_option("0")
    descent.drag(descent.place(*far, 1), descent.place(far[0], -500, 1))
    descent.wait_settled()
    assert count(descent) == 24
    assert descent.of_view("({frame}) => frame.scalars.least_cost") > 1.5 * least
    legend = descent.root.locator(".descent-legend").nth(1)
    assert "your points" in legend.inner_text()
    descent.root.screenshot(path=SCREENSHOTS / "dragged-descent.png")
    descent.button("the course's points").click()
    descent.wait_settled()
    assert descent.of_view("({frame}) => frame.scalars.least_cost") == least


TABLES = {
    "a spreadsheet's, with decimal commas": "distance\tvelocity\n0,5\t300\n1,0\t-100\n1,5\t700\n",
    "a file's": "0.5,300\n1.0,-100\n1.5,700",
    "semicolons": "0,5;300\n1,0;−100\n1,5;700\n",
    "spaces": " 0.5   300 \n 1.0 -100\n\n 1.5 700",
}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_pasted(show: Show, table: str) -> None:
    _, descent = opened(show, "descent", "from course.explore import Descent\nDescent()")
    descent.button("paste a table").click()
    descent.root.locator("textarea").fill(TABLES[table] + "\n9.9\t1" * ("\t" in TABLES[table]))
    descent.button("take these points").click()
    assert points(descent) == "0.5,300;1,-100;1.5,700"
    said = descent.root.locator(".descent-paste [role=status]").inner_text()
    assert "3 of " in said
    if "\t" in TABLES[table]:
        assert "1 without numbers" in said
        assert "1 beyond the axes" in said
    descent.wait_settled()
    assert descent.is_exact
    assert serious(descent.page, ".descent-explorable") == []


def test_painted_points_are_saved_in_the_permalink_and_come_back(
    show: Show, lab_server: LabServer
) -> None:
    cells = (
        PERCEPTRON,
        "print(shown.to_permalink())",
        "again = Perceptron.from_permalink(shown.to_permalink())\nprint(again.points)",
    )
    lab, perceptron = opened(show, "perceptron", *cells)
    perceptron.control("points").select_option("1")
    perceptron.page.mouse.click(*perceptron.place(1.2, -1))
    perceptron.wait_settled()
    assert printed(lab, 2).strip() == points(perceptron)
    perceptron.button("help and keys").click()
    permalink = perceptron.root.locator(".descent-permalink").inner_text()
    assert permalink == printed(lab, 1).strip()
    own = points(perceptron)
    perceptron.button("reset").click()
    perceptron.wait_settled()
    assert points(perceptron) == ""
    link = f'<a href="#{permalink}">my points</a>'
    perceptron.root.evaluate("(root, link) => root.insertAdjacentHTML('afterend', link)", link)
    perceptron.page.get_by_role("link", name="my points").click()
    wait_until(lambda: points(perceptron) == own)


@pytest.mark.parametrize("kind", [Perceptron, Regions], ids=lambda kind: kind.name)
def test_a_page_paints_nothing(open_page: OpenPage, kind: type) -> None:
    explored = open_page(kind)
    assert not explored.control("points").is_visible()
