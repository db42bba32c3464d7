"""How fast Regions answers and plays, in a real JupyterLab and a real Chromium.

The same picture (region with its boundary and points, loss over epochs, warped plane) is shown by
Regions and by a plotly FigureWidget, both from `Regions.compute`. Slider to redrawn is measured as
in `benchmarks.explorables`, with the frames of one slider at hand in both: sent ahead by Regions,
computed ahead and kept in the kernel for the FigureWidget. While playing, frames are counted on
the page, and the FigureWidget is played by a loop in the kernel that waits for every redraw.
"""

from __future__ import annotations

import pathlib
import tempfile
import time
from typing import Any

import numpy as np

from benchmarks import explorables
from benchmarks._rows import row
from benchmarks.explorables import latencies, percentile
from course.data.gates import PLANE_DATASETS
from course.models import network
from tests.browser.lab import Lab, LabServer, chromium, write_notebook

SETUP = """
from dataclasses import replace
import ipywidgets, numpy as np, plotly.graph_objects as go
from plotly.subplots import make_subplots
from course.explore import Regions
regions = Regions()
rates = next(c for c in regions.controls if c.key == "learning_rate").positions()
frames = [regions.preview(replace(regions.state, learning_rate=r)).arrays for r in rates]
film = regions.frame().arrays
"""

DESCENT = "Regions(learning_rate=rates[1])"

FIGURE = """
side = np.linspace(-1.1, 1.1, 40)
def lines(a, k):
    gap = np.full((a["mesh_x"].shape[1], 1), np.nan)
    return [np.hstack([a[n][k], gap]).ravel() for n in ("mesh_x", "mesh_y")]
figure = go.FigureWidget(make_subplots(rows=1, cols=3))
a = frames[1]
figure.add_trace(go.Heatmap(z=a["region"][-1], x=side, y=side, showscale=False), 1, 1)
figure.add_trace(go.Contour(z=a["region"][-1], x=side, y=side, showscale=False,
    contours=dict(start=127.5, end=127.5, size=1, coloring="lines")), 1, 1)
colours = dict(color=a["classes"], size=8)
figure.add_trace(go.Scatter(x=a["x1"], y=a["x2"], mode="markers", marker=colours), 1, 1)
figure.add_trace(go.Scatter(x=a["epochs"], y=a["losses"]), 1, 2)
mesh = lines(a, -1)
figure.add_trace(go.Scatter(x=mesh[0], y=mesh[1], mode="lines"), 1, 3)
figure.add_trace(go.Scatter(x=a["seen_x"][-1], y=a["seen_y"][-1], mode="markers",
    marker=colours), 1, 3)
figure.update_yaxes(type="log", row=1, col=2)
figure.update_layout(width=900, height=330, showlegend=False)
def draw(a, k=-1):
    mesh = lines(a, k)
    with figure.batch_update():
        figure.data[0].z = figure.data[1].z = a["region"][k]
        figure.data[3].y = a["losses"]
        figure.data[4].x, figure.data[4].y = mesh
        figure.data[5].x, figure.data[5].y = a["seen_x"][k], a["seen_y"][k]
slider = ipywidgets.IntSlider(1, 0, len(frames) - 1)
slider.observe(lambda change: draw(frames[change["new"]]), "value")
play = ipywidgets.IntSlider(0, 0, len(film["region"]) - 1)
play.observe(lambda change: draw(film, change["new"]), "value")
ipywidgets.VBox([slider, figure, play])
"""

# Counts how often the film's next moment is drawn (region, points and mesh anew) in 3 s of play.
PLAYED = """
async () => {
    const {frame, spec} = [...descentExplorables][0];
    const moments = frame.arrays.region.shape[0] - 1;
    const root = document.querySelector('.descent-explorable');
    root.querySelector('button[aria-label="play"]').click();
    await new Promise(requestAnimationFrame);
    const [started, gaps] = [performance.now(), []];
    let [seen, last] = ['', started];
    while (performance.now() - started < 3000) {
        await new Promise(requestAnimationFrame);
        const epoch = root.querySelector('.descent-time input').valueAsNumber;
        const moment = Math.round(epoch * moments / spec.timeline.length);
        const now = performance.now();
        if (moment === seen) continue;
        gaps.push(now - last);
        [seen, last] = [moment, now];
    }
    return {rate: 1000 * gaps.length / (last - started), gaps};
}
"""

# Moves the FigureWidget's second slider on after every redraw, for 3 s.
FIGURE_PLAYED = """
async () => {
    const plot = document.querySelector('.js-plotly-plot');
    const handle = document.querySelectorAll('.noUi-handle')[1];
    handle.focus();
    const started = performance.now();
    let count = 0;
    while (performance.now() - started < 3000) {
        const drawn = new Promise((done) => plot.once('plotly_afterplot', done));
        handle.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
        await drawn;
        count += 1;
    }
    return 1000 * count / (performance.now() - started);
}
"""


def measure_way(server: LabServer, browser: Any, way: str, cell: str) -> dict[str, Any]:
    """Show one of the two pictures in a page and a kernel of its own; move it and play it."""
    path = pathlib.Path(server.work) / f"{way}.ipynb"
    write_notebook(path, SETUP, cell)
    lab = Lab(server, browser.new_page(viewport={"width": 1280, "height": 900}))
    lab.open(path.name)
    lab.run_cell(0)
    shown = lab.page.evaluate(explorables.TIME_TO_SHOW, [1, explorables.SHOWN[way]]) / 1000
    lab.wait_idle()
    if way == "descent":
        lab.explorable("regions").wait_swept(6)
    found = {"shown": shown, "latency": latencies(lab, way)}
    if way == "descent":
        lab.explorable("regions").wait_settled()
        found["played"] = lab.page.evaluate(PLAYED)["rate"]
    else:
        found["played"] = lab.page.evaluate(FIGURE_PLAYED)
    lab.close()
    return found


def epoch_milliseconds(depth: int = 4, width: int = 16, epochs: int = 400) -> float:
    """Return how long the largest network of the sliders takes for one epoch."""
    rng = np.random.default_rng(0)
    X, y = PLANE_DATASETS["spiral"](120, rng)
    X, Y = X.astype(np.float32), y[:, None].astype(np.float32)
    weights = network.initialise([2, *[width] * depth, 1], rng)
    names = ["tanh"] * depth + ["sigmoid"]
    network.train(X, Y, weights, names, 0.1, 50, "binary_crossentropy")
    started = time.perf_counter()
    network.train(X, Y, weights, names, 0.1, epochs, "binary_crossentropy")
    return 1000 * (time.perf_counter() - started) / epochs


def measure() -> list[dict[str, Any]]:
    """Return the rows: latency, pictures a second while playing, time to show, an epoch."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = LabServer(pathlib.Path(folder) / "lab")
        try:
            descent = measure_way(server, browser, "descent", DESCENT)
            baseline = measure_way(server, browser, "figure", FIGURE)
        finally:
            server.close()
    rows = []
    for percent, target in ((50, ""), (95, "at most 33 ms")):
        pair = (percentile(found["latency"], percent) for found in (descent, baseline))
        name = f"Regions, slider to redrawn, p{percent}, beside FigureWidget"
        rows.append(row(name, *pair, "ms", target))
    name = "Regions, pictures a second while playing, beside FigureWidget"
    played = descent["played"], baseline["played"]
    rows.append(row(name, *played, "frames/s", "at least 30 frames/s"))
    name = "Regions, cell started to shown, preloaded kernel, beside FigureWidget"
    rows.append(row(name, descent["shown"], baseline["shown"], "s", "at most 1.0 s"))
    name = "one epoch of the largest network, 120 points, depth 4, width 16, float32"
    rows.append(row(name, epoch_milliseconds(), None, "ms", ""))
    return rows


if __name__ == "__main__":
    for measured in measure():
        print(measured)
