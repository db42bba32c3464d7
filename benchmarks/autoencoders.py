"""How fast LatentPlane decodes: from the press in the plane to the digit painted.

In a real JupyterLab and a real Chromium the mouse is pressed at points all over the plane; the
clock of the page runs from the pointer's event until the frame with the new digit is painted, and
a press that is not exact at once counts as infinite. Beside it the same digit is asked of Keras
by `predict`, which is what a callback would do.
"""

from __future__ import annotations

import pathlib
import tempfile
import time
from typing import Any

import numpy as np

from benchmarks._rows import row
from benchmarks.explorables import percentile
from tests.browser.lab import Lab, LabServer, chromium, write_notebook

PRESSES = 80
PREDICTIONS = 20

# From the pointer's event until the frame with the new picture is painted.
LISTEN = """
() => {
    const root = document.querySelector('.descent-explorable');
    window.latencies = [];
    document.addEventListener('pointerdown', (event) => {
        const started = event.timeStamp;
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => {
            if (root.dataset.exact === 'true') window.latencies.push(performance.now() - started);
            else window.latencies.push(Infinity);
        };
        const watch = new MutationObserver(() => {
            watch.disconnect();
            requestAnimationFrame(() => port2.postMessage(0));
        });
        watch.observe(root, {attributeFilter: ['data-revision']});
    }, true);
}
"""


def presses(lab: Lab) -> list[float]:
    """Press at points all over the plane; return the latencies in ms, infinite if not exact."""
    shown = lab.explorable("latent")
    shown.wait_swept(2)
    box = shown.root.locator("canvas").first.bounding_box()
    assert box, "the canvas is shown"
    rng = np.random.default_rng(7)
    lab.page.evaluate(LISTEN)
    for press in range(PRESSES):
        part = rng.uniform(0.05, 0.95, size=2)
        x = box["x"] + 62 + part[0] * (box["width"] - 76)
        y = box["y"] + 24 + part[1] * (box["height"] - 68)
        lab.page.mouse.move(x, y)
        lab.page.mouse.down()
        lab.page.wait_for_function(f"window.latencies.length > {press}", timeout=5000)
        lab.page.mouse.up()
        shown.wait_swept(2)
    return lab.page.evaluate("window.latencies")[5:]


def predictions() -> list[float]:
    """Return the milliseconds that Keras's `predict` takes for one digit, after its first call."""
    from course.models.keras_training import quiet_keras

    keras = quiet_keras()
    decoder = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(64, activation="tanh"),
            keras.layers.Dense(64, activation="tanh"),
            keras.layers.Dense(64, activation="sigmoid"),
        ]
    )
    found = []
    for i in range(PREDICTIONS + 3):
        begin = time.perf_counter()
        decoder.predict(np.full((1, 2), i / 10), verbose=0)
        found.append(1000 * (time.perf_counter() - begin))
    return found[3:]


def measure() -> list[dict[str, Any]]:
    """Return the rows: press to decoded, beside a prediction of Keras alone."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = LabServer(pathlib.Path(folder) / "lab")
        try:
            path = server.work / "latent.ipynb"
            write_notebook(path, "from course.explore import LatentPlane", "LatentPlane()")
            lab = Lab(server, browser.new_page(viewport={"width": 1280, "height": 900}))
            lab.open(path.name)
            lab.run_cell(0)
            lab.run_cell(1)
            latencies = presses(lab)
            lab.close()
        finally:
            server.close()
    baseline = predictions()
    rows = []
    for percent, target in ((50, ""), (95, "at most 50 ms")):
        name = f"latent plane, press to painted image, p{percent}, beside Keras's predict alone"
        pair = percentile(latencies, percent), percentile(baseline, percent)
        rows.append(row(name, *pair, "ms", target))
    return rows


if __name__ == "__main__":
    for measured in measure():
        print(measured)
