"""Figures in a real JupyterLab: drawn by Plotly, read by the pointer, saved small and in words."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.explored import serious
from tests.browser.lab import SCREENSHOTS, LabServer, Show
from tests.waiting import MILLISECONDS, wait_until

HUNDRED = """
import numpy as np
from course.figures import scatter
x = np.arange(100)
names = [f"sample {i}" for i in x]
scatter(x, x**2, "time (s)", "way (m)", alt="a hundred points on a parabola", names=names)
"""


def test_a_figure_is_drawn_and_read_by_the_pointer(show: Show) -> None:
    lab = show(HUNDRED)
    figure = lab.page.locator(".jp-RenderedPlotly")
    expect(figure.locator(".scatterlayer .point")).to_have_count(100)
    expect(figure.locator(".xtitle")).to_have_text("time (s)")
    expect(lab.page.locator(".descent-caption")).to_contain_text("a hundred points on a parabola")
    figure.locator(".scatterlayer .point").nth(60).hover(force=True)
    expect(figure.locator(".hoverlayer")).to_contain_text("sample 60")
    expect(figure.locator(".hoverlayer")).to_contain_text("way (m): 3600")
    assert serious(lab.page, ".jp-RenderedPlotly") == []
    assert serious(lab.page, ".descent-caption") == []


def test_its_words_follow_the_theme(show: Show) -> None:
    lab = show(HUNDRED)
    lab.dark(False)
    words = lab.page.locator(".jp-RenderedPlotly .xtitle")

    def ink() -> float:
        return sum(_channels(words.evaluate("node => getComputedStyle(node).fill")))

    wait_until(lambda: ink() < 3 * 60)
    lab.dark()
    wait_until(lambda: ink() > 3 * 200)  # the theme's colours come a moment after its name


def _channels(colour: str) -> list[float]:
    return [float(part) for part in colour.partition("(")[2].strip(")").split(",")[:3]]


KINDS = (
    HUNDRED,
    """
from course.figures import confusion, histogram, pictures
rng = np.random.default_rng(1)
events = {"background": rng.exponential(150, 10_000), "signal": rng.normal(500, 15, 1000)}
histogram(events, "mass (GeV)", "events", alt="a peak on a slope")
""",
    "confusion(90 * np.eye(10) + rng.integers(3, size=(10, 10)))",
    "pictures(rng.integers(2, size=(20, 8, 8)), alt='twenty images of noise')",
)
"""A cell for each kind of figure."""

WORDS = ("a hundred points", "a peak on a slope", "A confusion matrix", "twenty images")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_histograms_and_cells_are_read_by_the_pointer(show: Show, theme: str) -> None:
    lab = show(*KINDS)
    lab.dark(theme == "dark")
    _, histogram, confusion, pictures = lab.page.locator(".jp-RenderedPlotly").all()
    for figure, place, reads in (
        (histogram, (0.5, 0.5), ("background", "signal", "mass (GeV): ", "events: ")),
        (confusion, (0.5, 0.5), ("truth ", "answer ", " of ")),
        (pictures, (0.04, 0.15), ("image 0: ",)),
    ):
        figure.scroll_into_view_if_needed()
        box = figure.locator(".main-svg").first.bounding_box()
        assert box
        lab.page.mouse.move(box["x"] + place[0] * box["width"], box["y"] + place[1] * box["height"])
        for text in reads:
            expect(figure.locator(".hoverlayer")).to_contain_text(text)
    # Numbers stand out from their cell on either page: dark on a bright one, bright on a dark one.
    numbers = confusion.locator(".heatmap-label text")
    inks = numbers.evaluate_all("nodes => nodes.map((node) => getComputedStyle(node).fill)")
    assert len(inks) > 30
    assert {sum(_channels(ink)) > 3 * 128 for ink in inks} == {True, False}
    assert serious(lab.page, ".jp-RenderedPlotly") == []
    assert serious(lab.page, ".descent-caption") == []
    lab.page.screenshot(path=SCREENSHOTS / f"figures-{theme}.png")


def test_saved_figures_are_small_and_seen_on_a_page_in_print_and_in_notebook_7(
    show: Show, lab_server: LabServer, browser: Browser, tmp_path: Path
) -> None:
    lab = show(*KINDS)
    file = lab_server.work / "shown.ipynb"

    def saved() -> list[list[dict]]:
        lab.command("docmanager:save")
        outputs = [cell["outputs"] for cell in json.loads(file.read_text())["cells"]]
        # The picture comes a moment after the figure.
        return outputs if all(out and "image/png" in out[0]["data"] for out in outputs) else []

    for outputs in wait_until(saved):
        assert len(json.dumps(outputs)) < 20_000

    exported = tmp_path / "page.html"
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", str(file), f"--output={exported}"],
        check=True,
        capture_output=True,
    )
    page = browser.new_page()
    page.context.set_offline(True)
    page.goto(exported.as_uri())
    page.emulate_media(media="print")
    _shows_every_figure(page, page.locator(".jp-OutputArea img"))
    page.close()

    alone = shutil.copy(file, lab_server.work / "alone.ipynb")  # with a kernel of its own
    page = browser.new_page()
    page.goto(f"{lab_server.url}/notebooks/{alone.name}?token={lab_server.token}")
    _shows_every_figure(page, page.locator(".jp-RenderedPlotly"))
    page.close()


def _shows_every_figure(page: Page, figures: Locator) -> None:
    expect(figures).to_have_count(len(KINDS), timeout=MILLISECONDS)
    for figure, words in zip(figures.all(), WORDS, strict=True):
        figure.scroll_into_view_if_needed()
        expect(figure).to_be_visible()
        expect(page.locator(".descent-caption", has_text=words)).to_be_visible()
