"""How fast unit 03's explorables answer; the gradient by layer beside a plotly FigureWidget.

Measured as in `benchmarks.explorables`: from the key's event until the frame with the new picture
is painted. The FigureWidget shows the same three views, computed by `GradientByLayer.compute`.
"""

from __future__ import annotations

import pathlib
import tempfile
from typing import Any

from benchmarks._rows import row
from benchmarks.explorables import SHOWN, TIME_TO_SHOW, latencies, percentile
from tests.browser.lab import Lab, LabServer, chromium, write_notebook

SETUP = """
import ipywidgets, plotly.graph_objects as go
from plotly.subplots import make_subplots
from course.explore import GradientByLayer, Graph, OptimiserRace
layers = GradientByLayer()
gains = layers.controls[0].positions()
def at(i):
    return layers.compute(layers.state_class(gain=gains[i])).arrays
arrays = at(24)
"""

FIGURE = """
figure = go.FigureWidget(make_subplots(rows=1, cols=3))
for column, (x, y) in enumerate((("layers", "signal"), ("layers", "gradient"), ("gains", "first"))):
    figure.add_trace(go.Scatter(x=arrays[x], y=arrays[y], mode="lines+markers"), 1, column + 1)
figure.add_trace(go.Scatter(x=arrays["here"][:1], y=arrays["here"][1:]), 1, 3)
figure.update_yaxes(type="log", range=[-12, 12])
figure.update_layout(width=900, height=330, showlegend=False)
slider = ipywidgets.IntSlider(24, 0, len(gains) - 1)
def moved(change):
    new = at(change["new"])
    with figure.batch_update():
        figure.data[0].y, figure.data[1].y = new["signal"], new["gradient"]
        figure.data[3].x, figure.data[3].y = new["here"][:1], new["here"][1:]
slider.observe(moved, "value")
ipywidgets.VBox([slider, figure])
"""

# Cell, key of the slider moved, and how many sweeps stand ready before it is moved.
EXPLORABLES = {
    "graph": ("Graph()", "x", 1),
    "gradient_by_layer": ("GradientByLayer(gain=gains[24])", "gain", 3),
    "optimiser_race": ("OptimiserRace()", "learning_rate", 6),
}
MOVES = {"descent": 60, "figure": 30}


def measure_one(server: LabServer, browser: Any, name: str) -> dict[str, Any]:
    """Show one picture in a page and a kernel of its own, and move its slider."""
    cell, key, sweeps = EXPLORABLES.get(name, (FIGURE, "", 0))
    write_notebook(server.work / f"{name}.ipynb", SETUP, cell)
    lab = Lab(server, browser.new_page(viewport={"width": 1280, "height": 900}))
    lab.open(f"{name}.ipynb")
    lab.run_cell(0)
    way = "descent" if key else "figure"
    shown = lab.page.evaluate(TIME_TO_SHOW, [1, SHOWN[way]]) / 1000
    lab.wait_idle()
    if key:
        lab.explorable(name).wait_swept(sweeps)
        moved = latencies(lab, way, f"[data-key='{key}']", MOVES[way])
    else:
        moved = latencies(lab, way, moves=MOVES[way])
    lab.close()
    return {"shown": shown, "latency": moved}


def measure() -> list[dict[str, Any]]:
    """Return the rows: latency and time to show of each explorable."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = LabServer(pathlib.Path(folder) / "lab")
        try:
            found = {name: measure_one(server, browser, name) for name in (*EXPLORABLES, "figure")}
        finally:
            server.close()
    rows = []
    for name in EXPLORABLES:
        beside = found["figure"] if name == "gradient_by_layer" else None
        what = name.replace("_", " ") + (", beside FigureWidget" if beside else "")
        for percent, target in ((50, ""), (95, "at most 33 ms")):
            moved = percentile(found[name]["latency"], percent)
            baseline = percentile(beside["latency"], percent) if beside else None
            label = f"slider to redrawn, p{percent}, {what}"
            rows.append(row(label, moved, baseline, "ms", target))
        shown = beside["shown"] if beside else None
        label = f"cell started to shown, preloaded kernel, {what}"
        rows.append(row(label, found[name]["shown"], shown, "s", "at most 1.0 s"))
    return rows


if __name__ == "__main__":
    for measured in measure():
        print(measured)
