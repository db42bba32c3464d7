"""How fast the course draws ROC curves, and how fast the threshold follows the hand.

The curve of a million scores is timed beside scikit-learn's in turns, so that both meet the same
load. The threshold is dragged with the mouse over the histogram of 100,000 events in a real
JupyterLab; the clock of the page runs from the pointer's event until the frame with the new picture
is painted, and requests to the kernel are counted.
"""

from __future__ import annotations

import pathlib
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from sklearn import metrics

from benchmarks._rows import row
from benchmarks.explorables import percentile
from course.models.roc_curve import area, curve
from tests.browser.lab import Lab, LabServer, chromium, write_notebook

EVENTS = 1_000_000
TURNS = 7
MOVES = 120

# From the pointer's event until the frame with the new picture is painted.
LISTEN = """
() => {
    const root = document.querySelector('.descent-explorable');
    window.latencies = [];
    window.requests = 0;
    new MutationObserver(() => { if (root.dataset.pending === 'true') window.requests += 1; })
        .observe(root, {attributeFilter: ['data-pending']});
    document.addEventListener('pointermove', (event) => {
        const started = event.timeStamp;
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => { window.latencies.push(performance.now() - started); };
        const watch = new MutationObserver(() => {
            watch.disconnect();
            requestAnimationFrame(() => port2.postMessage(0));
        });
        watch.observe(root, {attributeFilter: ['data-revision']});
    }, true);
}
"""


def _seconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def curves() -> list[dict[str, Any]]:
    """Return the rows that time a curve and an area beside scikit-learn, in turns."""
    rng = np.random.default_rng(1)
    y = (rng.random(EVENTS) < 0.1).astype(int)
    rows = []
    for kind, score in (
        ("no ties", rng.normal(size=EVENTS) + y),
        ("many ties", np.round(rng.normal(size=EVENTS) + y, 3)),
    ):
        pairs = (
            ("ROC curve", partial(curve, y, score), partial(metrics.roc_curve, y, score)),
            (
                "AUC",
                partial(area, score[y == 1], score[y == 0]),
                partial(metrics.roc_auc_score, y, score),
            ),
        )
        for what, descent, baseline in pairs:
            times = [(_seconds(descent), _seconds(baseline)) for _ in range(TURNS)]
            pair = map(float, np.median(times, axis=0))
            name = f"{what} of {EVENTS:,} scores, {kind}, beside scikit-learn"
            rows.append(row(name, *pair, "s", "at most 1.2 times slower"))
    return rows


def drag(lab: Lab) -> tuple[list[float], int]:
    """Drag the threshold to and fro; return the latencies in ms and the requests to the kernel."""
    shown = lab.explorable("threshold")
    shown.wait_swept(3)
    box = shown.root.locator("canvas").first.bounding_box()
    assert box, "the canvas is shown"
    left, width = box["x"] + 62, box["width"] - 76
    middle = box["y"] + 150
    lab.page.mouse.move(left + width * 0.5, middle)
    lab.page.mouse.down()
    lab.page.evaluate(LISTEN)
    for move in range(MOVES):
        part = 0.5 + 0.3 * np.sin(move / 7)
        before = lab.page.evaluate("window.latencies.length")
        lab.page.mouse.move(left + width * part, middle)
        lab.page.wait_for_function(f"window.latencies.length > {before}", timeout=2000)
    requests = lab.page.evaluate("window.requests")
    lab.page.mouse.up()
    return lab.page.evaluate("window.latencies")[5:], requests


def measure() -> list[dict[str, Any]]:
    """Return the rows: curves beside scikit-learn, and the dragged threshold."""
    rows = curves()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = LabServer(pathlib.Path(folder) / "lab")
        try:
            path = server.work / "threshold.ipynb"
            write_notebook(path, "from course.explore import Threshold", "Threshold()")
            lab = Lab(server, browser.new_page(viewport={"width": 1280, "height": 900}))
            lab.open(path.name)
            lab.run_cell(0)
            lab.run_cell(1)
            latencies, requests = drag(lab)
            lab.close()
        finally:
            server.close()
    for percent, target in ((50, ""), (95, "at most 25 ms")):
        name = f"threshold dragged over 100,000 events to redrawn, p{percent}"
        rows.append(row(name, percentile(latencies, percent), None, "ms", target))
    name = f"requests to the kernel during {MOVES} moves of the threshold"
    rows.append(row(name, requests, None, "", "none"))
    return rows


if __name__ == "__main__":
    for measured in measure():
        print(measured)
