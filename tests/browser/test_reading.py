"""Values read off a panel by mouse, touch and keys; pictures and links that are taken along."""

from __future__ import annotations

import io
import pathlib
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from course import explore
from course.explore import Bowl, Confusion, Descent, Graph, Ising, Threshold
from course.explore.base.explorable import Explorable
from tests.browser.explored import Explored, OpenPage, serious, touch
from tests.browser.lab import SCREENSHOTS, Show

EXPLORABLES = [getattr(explore, name) for name in explore.__all__]
EVERY = pytest.mark.parametrize("kind", EXPLORABLES, ids=lambda kind: kind.name)
SHEETS = ("draw", "hopfield", "latent")
"""Of these the first panel is drawn or moved on."""


def hover(explored: Explored, x: float, y: float, panel: int = 0) -> str:
    explored.page.mouse.move(*explored.place(x, y, panel))
    return explored.reading(panel)


def test_the_mouse_reads_a_line_its_points_and_its_ground(open_page: OpenPage) -> None:
    descent = open_page(Descent)
    descent.show_end()
    arrays = Descent().frame().arrays
    step = 12
    cost = float(arrays["costs"][step])
    assert hover(descent, step, cost, 2).startswith(f"step {step}, J {cost:,.0f}"[:14])
    x, y = float(arrays["x"][7]), float(arrays["y"][7])
    read = hover(descent, x, y, 1)
    words = f"24 nebulae: distance {x:.4g} Mpc, velocity {y:.4g} km/s"
    assert read.startswith(words.replace("-", "−"))
    assert read.endswith(" of 24)")
    ground = hover(descent, 250, 100)
    said = re.fullmatch(r"θ₀ (.+), θ₁ (.+): J (.+)", ground.replace("−", "-"))
    assert said, ground
    theta0, theta1, J = (float(number.replace(",", "")) for number in said.groups())
    surface = Descent().problem.surfaces["raw"]
    assert float(surface.costs(np.array([theta0, theta1]))) == pytest.approx(J, rel=0.02)
    descent.page.screenshot(path=SCREENSHOTS / "reading-descent.png")
    descent.page.mouse.move(5, 5)
    assert descent.reading() == ""


def test_what_is_to_come_cannot_be_read(open_page: OpenPage) -> None:
    descent = open_page(Descent)
    costs = Descent().frame().arrays["costs"]
    assert "step 40" not in hover(descent, 40, float(costs[40]), 2)
    descent.show_end()
    assert "step 40" in hover(descent, 40, float(costs[40]), 2)


def test_arrow_keys_read_and_are_heard(open_page: OpenPage) -> None:
    descent = open_page(Descent)
    descent.show_end()
    over_steps = descent.canvas(2)
    over_steps.press("Home")
    over_steps.press("Home")
    assert descent.heard(2).startswith("step 0, J ")
    for _ in range(3):
        over_steps.press("ArrowRight")
    assert descent.heard(2).startswith("step 3, J ")
    assert descent.heard(2) == descent.reading(2)
    over_steps.press("Shift+ArrowRight")
    assert descent.heard(2).startswith("step 13, J ")
    over_steps.press("ArrowUp")
    assert descent.heard(2).startswith("least squares: J ")
    assert serious(descent.page) == []
    before = descent.pictures()
    descent.press("learning_rate", "Home")
    assert descent.moved(before)
    over_steps.press("Escape")
    assert descent.reading(2) == ""
    # Elsewhere keys do what they did.
    over_steps.press("0")
    assert descent.root.get_by_text("step 0 of 60").is_visible()


def test_a_lattice_is_read_spin_by_spin(open_page: OpenPage) -> None:
    ising = open_page(Ising)
    spins = ising.of_view("({frame}) => [...frame.arrays.spins.values.slice(0, 64 * 64)]")
    lattice = ising.canvas()
    lattice.press("Home")
    lattice.press("Home")
    assert ising.heard().startswith(
        f"column 1, row 64: {('down, −1', 'up, +1')[spins[0]]} · Enter: the numbers"
    )
    lattice.press("ArrowUp")
    assert ising.heard().startswith(f"column 1, row 63: {('down, −1', 'up, +1')[spins[64]]}")
    assert hover(ising, 10.5, 20.5).startswith("column 11, row 44: ")


def test_histogram_table_graph_and_surface(open_page: OpenPage) -> None:
    threshold = open_page(Threshold)
    arrays = Threshold().frame().arrays
    x, high = float(arrays["edges"][40] + 0.1), float(arrays["background"][40])
    read = hover(threshold, x, high)
    assert read.startswith("background: score ")
    assert f"events in each bin {high:.0f}" in read
    confusion = open_page(Confusion)
    table = confusion.of_view("({frame}) => [...frame.arrays.counts.values]")
    n = round(len(table) ** 0.5)
    assert hover(confusion, 3, 5).endswith(f" 3: {table[5 * n + 3]}")
    graph = open_page(Graph)
    graph.show_end()
    graph.canvas().press("Home")
    graph.canvas().press("Home")
    assert re.match(
        r"x: 1\.2, derivative [−\d.]+ · Enter: the numbers behind this node", graph.heard()
    )
    bowl = open_page(Bowl)
    bowl.canvas().press("Shift+ArrowRight")
    heard = bowl.heard()
    assert re.match(r"θ₀ [−\d.]+, θ₁ [−\d.]+: J [\d.,]+", heard)
    before = bowl.pictures()
    bowl.canvas().press("Shift+ArrowRight")
    assert bowl.heard() != heard
    assert bowl.moved(before) == [], "with Shift it is read, not turned"


def test_a_finger_reads(open_page: OpenPage) -> None:
    descent = open_page(Descent, viewport={"width": 390, "height": 700}, has_touch=True)
    descent.show_end()
    arrays = Descent().frame().arrays
    canvas = descent.canvas(1)
    canvas.scroll_into_view_if_needed()
    touch(descent.page, descent.place(float(arrays["x"][7]), float(arrays["y"][7]), 1))
    assert descent.reading(1).startswith("24 nebulae: distance")
    box = canvas.bounding_box()
    note = descent.root.locator(".descent-panel").nth(1).locator(".descent-reading").bounding_box()
    assert note["x"] >= box["x"] - 1
    assert note["x"] + note["width"] <= box["x"] + box["width"] + 1
    descent.page.screenshot(path=SCREENSHOTS / "reading-touch.png")


@EVERY
def test_every_panel_can_be_read_by_keys(open_page: OpenPage, kind: type[Explorable]) -> None:
    explored = open_page(kind)
    if kind().timeline and not kind().timeline.drives:
        explored.show_end()
    for place, panel in enumerate(kind().make_panels()):
        kinds = {type(layer).__name__ for layer in panel.layers}
        if kinds <= {"Pad", "Images", "Mesh"}:
            continue
        shift = "Shift+" if panel.z else ""
        explored.canvas(place).press(f"{shift}Home")
        explored.canvas(place).press(f"{shift}Home")
        assert explored.heard(place), panel.title
        assert "NaN" not in explored.heard(place)


# ---- taken along ----


def saved(explored: Explored, button: str, folder: pathlib.Path) -> bytes:
    explored.button("save or share").click()
    with explored.page.expect_download() as download:
        explored.button(button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    explored.button("save or share").click()
    return path.read_bytes()


@EVERY
def test_the_picture_is_saved(
    open_page: OpenPage, browser: Browser, kind: type[Explorable], tmp_path: pathlib.Path
) -> None:
    explored = open_page(kind)
    if kind().timeline and not kind().timeline.drives:
        explored.show_end()
    png = Image.open(io.BytesIO(saved(explored, "save the picture as PNG", tmp_path)))
    svg = saved(explored, "save the picture as SVG", tmp_path)
    drawn = ElementTree.fromstring(svg)
    namespace = "{http://www.w3.org/2000/svg}"
    assert drawn.find(f"{namespace}desc").text == explored.summary
    assert drawn.find(f"{namespace}title").text == kind.title
    texts = [text.text for text in drawn.iter(f"{namespace}text")]
    for panel in kind().make_panels():
        assert panel.title in texts
    size = int(drawn.get("width")), int(drawn.get("height"))
    assert (2 * size[0], 2 * size[1]) == png.size
    # Both show the same: the SVG, drawn by the browser, beside the PNG.
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=2)
    page.set_content(f"<style>body {{margin: 0}} svg {{display: block}}</style>{svg.decode()}")
    shot = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    # Where letters and edges fall between pixels, two ways to draw differ; seen from afar, no more.
    one, other = (np.asarray(image.convert("L").reduce(8), dtype=float) for image in (png, shot))
    png.save(SCREENSHOTS / f"{kind.name}-saved.png")
    shot.save(SCREENSHOTS / f"{kind.name}-saved-svg.png")
    assert (np.abs(one - other) > 40).mean() < 0.005
    assert png.convert("L").getextrema()[0] < 100 < 200 < png.convert("L").getextrema()[1]


def test_a_state_is_copied_as_a_link_that_opens_it_again(
    open_page: OpenPage, browser: Browser, exported: Callable[..., pathlib.Path]
) -> None:
    descent = open_page(Descent, permissions=["clipboard-read", "clipboard-write"])
    descent.button("preset: diverges").click()
    descent.press("momentum", "End")
    descent.press("step", "Home", "ArrowRight", "ArrowRight")
    descent.button("save or share").click()
    descent.button("copy a link to this state").click()
    descent.root.get_by_text("Copied.").wait_for()
    link = descent.page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(exported(Descent).as_uri() + "#descent?learning_rate=")
    assert link.endswith("&now=2")
    assert serious(descent.page) == []
    descent.page.screenshot(path=SCREENSHOTS / "share-descent.png")
    page = browser.new_page(viewport={"width": 924, "height": 700})
    page.goto(link)
    again = Explored(page, page.locator(".descent-explorable"))
    again.root.get_by_text("step 2 of 60").wait_for()
    assert again.of_view("({values}) => values") == descent.of_view("({values}) => values")
    assert again.summary == descent.summary
    # Another state behind the address: the page follows.
    page.evaluate("location.hash = '#descent?momentum=0&now=60'")
    again.root.get_by_text("step 60 of 60").wait_for()
    assert again.of_view("({values}) => values.momentum") == 0
    page.close()


def test_a_notebook_s_link_opens_the_page(
    show: Show, browser: Browser, exported: Callable[..., pathlib.Path]
) -> None:
    lab = show("from course.explore import Descent\nDescent()")
    descent = lab.explorable("descent")
    descent.wait_settled()
    descent.button("preset: too small").click()
    descent.wait_settled()
    descent.button("save or share").click()
    descent.button("copy a link to this state").click()
    field = descent.root.locator(".descent-link")
    field.wait_for()
    link = field.input_value()
    assert link.startswith("#descent?")
    descent.root.get_by_text("behind the address of this explorable's own page").wait_for()
    assert serious(lab.page, ".descent-explorable") == []
    page = browser.new_page()
    page.goto(exported(Descent).as_uri() + link)
    again = Explored(page, page.locator(".descent-explorable"))
    again.wait_says(descent.summary)
    page.close()
