"""How fast the explorables answer, in a real JupyterLab and a real Chromium.

The same picture (landscape with path, line on the data, cost over steps) is shown three ways:
Descent, a plotly FigureWidget, a matplotlib ``interact``. All three compute it with
`Descent.compute`. A key is pressed on the slider, and the clock of the page runs from the key's
event until the first frame after the picture really changed is painted: after the redraw for
Descent, after ``plotly_afterplot`` for the FigureWidget, after the new image has loaded for
``interact``.
"""

from __future__ import annotations

import pathlib
import statistics
import tempfile
from typing import Any

from benchmarks._rows import row
from tests.browser.lab import Lab, LabServer, chromium, write_notebook

MOVES = {"descent": 120, "figure": 40, "interact": 40}
FIRST = 5
"""Moves left out: they meet code that the browser has not compiled yet, in all three ways."""

SETUP = """
from dataclasses import replace
import ipywidgets, numpy as np, plotly.graph_objects as go
import matplotlib.pyplot as plt
from plotly.subplots import make_subplots
from course.explore import Batches, Descent
descent = Descent()
alphas = descent.controls[0].positions()
def at(i):
    return descent.compute(replace(descent.state, learning_rate=alphas[i]))
arrays = at(40).arrays
theta0, theta1 = (np.linspace(*ends, 72) for ends in descent.problem.window)
"""

DESCENT = "Descent(learning_rate=alphas[40])"

FIGURE = """
figure = go.FigureWidget(make_subplots(rows=1, cols=3))
figure.add_trace(go.Contour(z=arrays["field"], x=theta0, y=theta1, ncontours=14), 1, 1)
figure.add_trace(go.Scatter(x=arrays["path0"], y=arrays["path1"]), 1, 1)
figure.add_trace(go.Scatter(x=arrays["x"], y=arrays["y"], mode="markers"), 1, 2)
figure.add_trace(go.Scatter(x=arrays["line_x"], y=arrays["line_y"][-1]), 1, 2)
figure.add_trace(go.Scatter(x=arrays["steps"], y=arrays["costs"]), 1, 3)
figure.update_yaxes(type="log", row=1, col=3)
figure.update_layout(width=900, height=330, showlegend=False)
slider = ipywidgets.IntSlider(40, 0, len(alphas) - 1)
def moved(change):
    new = at(change["new"]).arrays
    with figure.batch_update():
        figure.data[1].x, figure.data[1].y = new["path0"], new["path1"]
        figure.data[3].y = new["line_y"][-1]
        figure.data[4].y = new["costs"]
slider.observe(moved, "value")
ipywidgets.VBox([slider, figure])
"""

INTERACT = """
def show(i):
    new = at(i).arrays
    _, (left, middle, right) = plt.subplots(1, 3, figsize=(9, 3.3))
    left.contourf(theta0, theta1, new["field"], 14, cmap="cividis")
    left.plot(new["path0"], new["path1"])
    left.set(xlim=descent.problem.window[0], ylim=descent.problem.window[1])
    middle.scatter(new["x"], new["y"])
    middle.plot(new["line_x"], new["line_y"][-1])
    right.semilogy(new["steps"], new["costs"])
    plt.show()
ipywidgets.interact(show, i=ipywidgets.IntSlider(40, 0, len(alphas) - 1));
"""

SHOWN = {
    "descent": "Number(document.querySelector('.descent-explorable')?.dataset.revision) > 0",
    "figure": "document.querySelectorAll('.js-plotly-plot .scatterlayer .trace').length >= 4",
    "interact": "document.querySelector('.widget-output img, .jupyter-widgets img')?.complete",
}

SLIDERS = {
    "descent": "[data-key='learning_rate']",
    "figure": ".noUi-handle",
    "interact": ".noUi-handle",
}

# Runs a cell and gives the milliseconds until its picture is on the screen.
TIME_TO_SHOW = """
async ([index, shown]) => {
    const isShown = new Function(`return ${shown}`);
    jupyterapp.shell.currentWidget.content.activeCellIndex = index;
    const started = performance.now();
    jupyterapp.commands.execute('notebook:run-cell');
    for (;;) {
        const now = await new Promise(requestAnimationFrame);
        if (isShown()) return performance.now() - started;
        if (now - started > 60000) throw new Error('never shown');
    }
}
"""

# Each gives `redrawn(done)`: calls `done` once, after the next change of the picture.
REDRAWN = {
    "descent": """(done) => {
        const root = document.querySelector('.descent-explorable');
        const watch = new MutationObserver(() => { watch.disconnect(); done(); });
        watch.observe(root, {attributeFilter: ['data-revision']});
    }""",
    "figure": """(done) => {
        const plot = document.querySelector('.js-plotly-plot');
        const once = () => { plot.removeListener('plotly_afterplot', once); done(); };
        plot.on('plotly_afterplot', once);
    }""",
    "interact": """(done) => {
        const watch = new MutationObserver((changes) => {
            for (const {addedNodes} of changes) for (const node of addedNodes) {
                const image = node.querySelector?.('img') ?? (node.tagName === 'IMG' ? node : null);
                if (!image) continue;
                watch.disconnect();
                if (image.complete) done(); else image.onload = done;
                return;
            }
        });
        watch.observe(document.querySelector('.jp-Notebook'), {childList: true, subtree: true});
    }""",
}

# From the key's event until the frame with the new picture is painted: an animation frame comes
# just before painting, and a message posted from it is handled just after.
LISTEN = """
(redrawn) => {
    window.latency = null;
    const begin = (event) => {
        document.removeEventListener('keydown', begin, true);
        const started = event.timeStamp;
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => { window.latency = performance.now() - started; };
        eval(redrawn)(() => requestAnimationFrame(() => port2.postMessage(0)));
    };
    document.addEventListener('keydown', begin, true);
}
"""


def latencies(
    lab: Lab,
    way: str,
    slider: str = "",
    moves: int = 0,
    keys: tuple[str, str] = ("ArrowRight", "ArrowLeft"),
) -> list[float]:
    """Return the milliseconds from key to redrawn, nine of one key, nine of the other, and so on.

    Parameters
    ----------
    lab
    way
        How the picture is shown: one of `REDRAWN`.
    slider
        What gets the keys; that of `SLIDERS` if not given.
    moves
        How many; those of `MOVES` if not given.
    keys
        There and back.
    """
    handle = lab.page.locator(slider or SLIDERS[way]).first
    handle.focus()
    found = []
    for move in range(moves or MOVES[way]):
        lab.page.evaluate(LISTEN, REDRAWN[way])
        handle.press(keys[move // 9 % 2])
        lab.page.wait_for_function("window.latency !== null")
        found.append(lab.page.evaluate("window.latency"))
    return found[FIRST:]


def saved_megabytes(lab: Lab, path: pathlib.Path) -> float:
    """Save the notebook and return its size with all widget state."""
    lab.wait_idle()
    lab.command("docmanager:save")
    return path.stat().st_size / 1e6


def measure_way(server: LabServer, browser: Any, way: str, *cells: str) -> dict[str, Any]:
    """Show one of the three pictures in a page and a kernel of its own, and move its slider."""
    path = server.work / f"{way}.ipynb"
    write_notebook(path, SETUP, *cells)
    lab = Lab(server, browser.new_page(viewport={"width": 1280, "height": 900}))
    lab.open(path.name)
    lab.run_cell(0)
    found: dict[str, Any] = {"shown": lab.page.evaluate(TIME_TO_SHOW, [1, SHOWN[way]]) / 1000}
    lab.wait_idle()
    if way == "descent":
        lab.explorable("descent").wait_swept(5)
    found["latency"] = latencies(lab, way)
    for index in range(2, 1 + len(cells)):
        lab.run_cell(index)
    found["saved"] = saved_megabytes(lab, path)
    lab.close()
    return found


def percentile(values: list[float], percent: int) -> float:
    """Return a percentile of `values`."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def measure() -> list[dict[str, Any]]:
    """Return the rows: latency, time to show, size of the saved notebook."""
    cells = {"descent": (DESCENT, "Batches()"), "figure": (FIGURE,), "interact": (INTERACT,)}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = LabServer(pathlib.Path(folder) / "lab", save_widgets=True)
        try:
            found = {way: measure_way(server, browser, way, *cells[way]) for way in cells}
        finally:
            server.close()
    descent = found["descent"]
    rows = []
    for way, label in (("figure", "FigureWidget"), ("interact", "matplotlib interact")):
        for percent, target in ((50, ""), (95, "below 25 ms and at least 7 times faster")):
            pair = (percentile(each["latency"], percent) for each in (descent, found[way]))
            name = f"slider to redrawn, p{percent}, beside {label}"
            rows.append(row(name, *pair, "ms", target))
    baseline = found["figure"]
    name = "cell started to explorable shown, preloaded kernel, beside FigureWidget"
    rows.append(row(name, descent["shown"], baseline["shown"], "s", "at most 1.0 s"))
    name = "saved notebook with both explorables, beside one FigureWidget"
    rows.append(row(name, descent["saved"], baseline["saved"], "MB", "at most 1 MB"))
    return rows


if __name__ == "__main__":
    for measured in measure():
        print(measured)
