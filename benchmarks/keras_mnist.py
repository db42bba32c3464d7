"""How long unit 04 takes: to train, to be graded, to answer a stroke of the pen.

The solution notebook is run from top to bottom in a fresh kernel, cell by cell, as a reader would.
Strokes are drawn with the mouse in a real JupyterLab, for a network of the deck's size; the clock
of the page runs from the pointer's event until the frame with its own probabilities is painted.
"""

from __future__ import annotations

import pathlib
import re
import tempfile
from copy import deepcopy
from datetime import datetime
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.exam.examination import examine
from autograder.exam.limits import Limits
from autograder.forkserver import client
from autograder.paths import SOLUTIONS
from autograder.plugins.launch import start_candidate, start_examiner
from autograder.sandbox import Sandbox
from benchmarks._rows import row
from benchmarks.explorables import percentile
from benchmarks.kernels import count_cpu_time
from course.output_widgets import leave_unanswered
from tests.browser.lab import Lab, LabServer, chromium, write_notebook

NOTEBOOK = SOLUTIONS / "04_keras_mnist" / "04_keras_mnist.ipynb"
TRAINS = re.compile(r"^(?!def ).*(\.fit\b|\btrain\(|\btrain_by_hand\(|\bsearch,)", re.MULTILINE)
MOVES = 120

NETWORK = """
import numpy as np
from course.explore import DrawDigit
rng = np.random.default_rng(4)
sizes = [784, 512, 10]
layers = [(rng.normal(0, 0.05, pair), np.zeros(pair[1])) for pair in zip(sizes, sizes[1:])]
"""

LISTEN = """
() => {
    const root = document.querySelector('.descent-explorable');
    window.latencies = [];
    document.addEventListener('pointerrawupdate', (event) => {
        const started = event.timeStamp;
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => { window.latencies.push(performance.now() - started); };
        const watch = new MutationObserver(() => {
            if (root.dataset.exact !== 'true') return;
            watch.disconnect();
            requestAnimationFrame(() => port2.postMessage(0));
        });
        watch.observe(root, {attributeFilter: ['data-revision', 'data-exact']});
    }, true);
}
"""


def notebook() -> list[dict[str, Any]]:
    """Run the solution notebook; return what its training takes, and how good the model is."""
    solved = nbformat.read(NOTEBOOK, 4)
    leave_unanswered()
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        NotebookClient(solved, resources=resources, record_timing=True, timeout=600).execute()
    cells = [cell for cell in solved.cells if cell.cell_type == "code"]
    data = next(_printed_text(cell) for cell in cells if "load_mnist()" in cell.source)
    which = data.split(",")[0].removeprefix("Data: ")
    training = [_seconds(cell) for cell in cells if TRAINS.search(cell.source)]
    deck = next(cell for cell in cells if 'timed("training"' in cell.source)
    accuracy = float(re.findall(r"0\.\d+", _printed_text(deck))[-1])
    return [
        row("unit 04, first cell, fresh kernel", _seconds(cells[0]), None, "s", "at most 1 s"),
        row(f"unit 04, all training, {which}", sum(training), None, "s", "at most 90 s"),
        row(f"the deck's model after 5 epochs, {which}", accuracy, None, "", "at least 0.94"),
    ]


def _seconds(cell: NotebookNode) -> float:
    times = cell.metadata.execution
    begin, end = (datetime.fromisoformat(times[f"iopub.{at}"]) for at in ENDS)
    return (end - begin).total_seconds()


ENDS = ("status.busy", "status.idle")


def _printed_text(cell: NotebookNode) -> str:
    return "".join(
        output.get("text", "") or output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    )


def grading() -> list[dict[str, Any]]:
    """Return what examining one submission of the unit costs: the solution, and all of it run.

    Counted is every process, from a start with no fork server on. A cell that may read any name
    makes every demonstration run.
    """
    solved = nbformat.read(NOTEBOOK, 4)
    looks = deepcopy(solved)
    looks.cells.append(new_code_cell("len(globals())"))
    rows = []
    with count_cpu_time() as spent:
        for what, submission in (
            ("one submission", solved),
            ("every cell of one submission", looks),
        ):
            client.close_all()
            before = spent()
            _examine(submission)
            name = f"unit 04, {what}, examined from a cold start, processor time"
            rows.append(row(name, spent() - before, None, "s", "at most 30 s"))
    return rows


def _examine(submission: NotebookNode) -> None:
    limits = Limits()
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        candidate = start_candidate(Sandbox(), place, limits)
        found = examine(submission, candidate, start_examiner(place, limits), limits)
    wrong = [
        output.evalue
        for cell in found.notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    assert not wrong, wrong


def draw(lab: Lab) -> list[float]:
    """Draw one long stroke; return the milliseconds from each move to its probabilities."""
    shown = lab.explorable("draw")
    shown.wait_settled()
    pad = shown.root.locator("canvas").first
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box, "the pad is shown"
    side = min(box["width"], box["height"])
    mouse = lab.page.mouse

    def place(move: int) -> tuple[float, float]:
        across, down = (move * 7) % 24 / 28 + 0.07, move / MOVES * 0.8 + 0.1
        return box["x"] + side * across, box["y"] + side * down

    mouse.move(*place(0))
    mouse.down()
    lab.page.evaluate(LISTEN)
    for move in range(1, MOVES):
        before = lab.page.evaluate("window.latencies.length")
        mouse.move(*place(move))
        lab.page.wait_for_function(f"window.latencies.length > {before}", timeout=5000)
    mouse.up()
    return lab.page.evaluate("window.latencies")[5:]


def strokes() -> list[dict[str, Any]]:
    """Return the rows of drawing by mouse."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = LabServer(pathlib.Path(folder) / "lab")
        try:
            write_notebook(server.work / "draw.ipynb", NETWORK, 'DrawDigit(layers, ink="")')
            lab = Lab(server, browser.new_page(viewport={"width": 1280, "height": 900}))
            lab.open("draw.ipynb")
            lab.run_cell(0)
            lab.run_cell(1)
            found = draw(lab)
            lab.close()
        finally:
            server.close()
    return [
        row(f"a digit drawn, move to probabilities, p{percent}",
            percentile(found, percent), None, "ms", target)
        for percent, target in ((50, ""), (95, "at most 50 ms"))
    ]  # fmt: skip


def measure() -> list[dict[str, Any]]:
    """Return the rows of this benchmark."""
    return [*strokes(), *notebook(), *grading()]


if __name__ == "__main__":
    for measured in measure():
        print(measured)
