"""Figures in a real JupyterLab: drawn by Plotly, read by the pointer, saved small and in words."""

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.explored import serious
from tests.browser.lab import LabServer, Show
from tests.waiting import wait_until

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


def test_a_saved_figure_is_small_and_its_page_shows_picture_and_words(
    show: Show, lab_server: LabServer, tmp_path: Path
) -> None:
    lab = show(HUNDRED)
    expect(lab.page.locator(".scatterlayer .point")).to_have_count(100)
    file = lab_server.work / "shown.ipynb"

    def saved() -> list[dict]:
        lab.command("docmanager:save")
        outputs = json.loads(file.read_text())["cells"][0]["outputs"]
        # The picture comes a moment after the figure.
        return outputs if outputs and "image/png" in outputs[0]["data"] else []

    outputs = wait_until(saved)
    assert len(json.dumps(outputs)) < 20_000
    page = tmp_path / "page.html"
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", str(file), f"--output={page}"],
        check=True,
        capture_output=True,
    )
    text = page.read_text(encoding="utf-8")
    assert "data:image/png;base64," in text
    assert "a hundred points on a parabola" in text
