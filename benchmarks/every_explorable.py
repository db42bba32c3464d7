"""How fast each explorable follows a key, a surface turns, numbers open; when figures are shown.

Measured as in `benchmarks.explorables`: from the key's event until the frame with the new picture
is painted. Each explorable stands in a notebook of its own, in one JupyterLab, and its time is
scrubbed where it has one, else the first slider whose frames the kernel sends ahead. DrawDigit and
LatentPlane ask the kernel on each move: see `benchmarks.keras_mnist` and `benchmarks.autoencoders`.
"""

from __future__ import annotations

import pathlib
import tempfile
from typing import Any

from benchmarks._rows import row
from benchmarks.explorables import LISTEN, TIME_TO_SHOW, latencies, percentile
from course import explore
from course.explore.base.controls import Slider
from course.explore.base.explorable import Explorable
from tests.browser.lab import Lab, LabServer, chromium, write_notebook

FRAME = "at most 16.7 ms, one frame of a display"
MOVES = 60
SURFACES = ("Bowl", "AnswerSurface", "LossLandscape")
SPINS = 40

EXPLORABLE = "Number(document.querySelector('.descent-explorable')?.dataset.revision) > 0"
PREDICTION = "document.querySelector('.descent-prediction canvas')"
FIGURE = "document.querySelectorAll('.js-plotly-plot .scatterlayer .trace').length > 0"
WARM = """
import numpy as np
import plotly.graph_objects as go
from course import figures
x = np.linspace(0, 1, 100)
y = x**2
"""
OURS = "figures.curves({'square': (x, y)}, 'x', 'y', 'a parabola')"
USUAL = "go.FigureWidget(go.Scatter(x=x, y=y))"

# Calls `done` once, when the words of the arithmetic are another sum's.
SUM_OPENED = """(done) => {
    const title = document.querySelector('.descent-arithmetic-title');
    const watch = new MutationObserver(() => { watch.disconnect(); done(); });
    watch.observe(title, {childList: true, characterData: true, subtree: true});
}"""


class Bench:
    """A JupyterLab in which one notebook after the other is shown."""

    def __init__(self, server: LabServer, browser: Any) -> None:
        self.server, self.browser = server, browser

    def shown(self, first: str, cell: str, condition: str) -> tuple[Lab, float]:
        """Run `first`, then `cell`; return the page and the seconds until `condition` holds."""
        write_notebook(self.server.work / "bench.ipynb", first, cell)
        lab = Lab(self.server, self.browser.new_page(viewport={"width": 1280, "height": 900}))
        lab.open("bench.ipynb")
        lab.run_cell(0)
        seconds = lab.page.evaluate(TIME_TO_SHOW, [1, condition]) / 1000
        lab.wait_idle()
        return lab, seconds

    def explorable(self, name: str) -> tuple[Lab, float]:
        """Show the explorable of a class."""
        return self.shown(f"from course.explore import {name}", f"{name}()", EXPLORABLE)


def scrubbed(explorable: Explorable) -> str:
    """Return the key of what moves through frames at hand: time, or the first slider swept."""
    if explorable.timeline:
        return explorable.timeline.drives or explorable.timeline.name
    swept = (c.key for c in explorable.controls if isinstance(c, Slider) and c.swept)
    return next(swept, "")


def follows(bench: Bench, name: str) -> list[dict[str, Any]]:
    """Return the rows of one explorable: how fast it follows a key; how fast a surface is there."""
    explorable = getattr(explore, name)()
    key = scrubbed(explorable)
    if not key:
        return []
    lab, seconds = bench.explorable(name)
    shown = lab.explorable(explorable.name)
    shown.wait_settled()
    if not explorable.timeline:
        shown.wait_swept(1)
    shown.control(key).press("Home")
    moved = latencies(lab, "descent", f"[data-key='{key}']", MOVES)
    rows = [row(f"{name}, {key} moved to redrawn, p95", percentile(moved, 95), None, "ms", FRAME)]
    if name in SURFACES:
        canvas = ".descent-panel:has(.descent-turn-back) canvas"
        turned = latencies(lab, "descent", canvas, MOVES)
        label = f"{name}, surface turned to redrawn, p95"
        rows.append(row(label, percentile(turned, 95), None, "ms", FRAME))
        label = f"{name}, cell started to shown, preloaded kernel"
        rows.append(row(label, seconds, None, "s", "at most 1.0 s"))
    lab.close()
    return rows


def opens_sums(bench: Bench) -> dict[str, Any]:
    """Return the row of the arithmetic: from Enter on a spin to its sum, term by term."""
    lab, _ = bench.explorable("Ising")
    ising = lab.explorable("ising")
    ising.wait_settled()
    canvas = ising.canvas()
    canvas.press("ArrowRight")
    canvas.press("Enter")
    ising.root.locator(".descent-terms tr").first.wait_for()
    canvas.focus()
    found = []
    for _ in range(SPINS):
        canvas.press("ArrowRight")
        lab.page.evaluate(LISTEN, SUM_OPENED)
        canvas.press("Enter")
        lab.page.wait_for_function("window.latency !== null")
        found.append(lab.page.evaluate("window.latency"))
    lab.close()
    return row("Ising, Enter on a spin to its sum, p95", percentile(found, 95), None, "ms")


def measure() -> list[dict[str, Any]]:
    """Return the rows."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = LabServer(pathlib.Path(folder) / "lab")
        bench = Bench(server, browser)
        try:
            rows = [found for name in explore.__all__ for found in follows(bench, name)]
            rows.append(opens_sums(bench))
            asked = "from course.predictions import ask"
            lab, seconds = bench.shown(asked, 'ask("equal_scores")', PREDICTION)
            lab.close()
            name = "prediction, cell started to shown"
            rows.append(row(name, seconds, None, "s", "at most 1.0 s"))
            times = []
            for cell in (OURS, USUAL):
                lab, seconds = bench.shown(WARM, cell, FIGURE)
                times.append(seconds)
                lab.close()
            name = "first figure of a page, warm kernel, beside FigureWidget"
            rows.append(row(name, *times, "s", "at most 0.7 s"))
        finally:
            server.close()
    return rows


if __name__ == "__main__":
    for measured in measure():
        print(measured)
