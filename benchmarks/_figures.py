"""Writes `docs/performance.md` and the README's ten figures from ``results.json``."""

from __future__ import annotations

import ast
import json
import pathlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks._rows import COLUMNS, cells

FOLDER = pathlib.Path(__file__).parent
RESULTS = FOLDER / "results.json"
README = FOLDER.parent / "README.md"
PERFORMANCE = FOLDER.parent / "docs" / "performance.md"
BETWEEN = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)

HEADLINES = (
    (
        "explorables",
        "slider to redrawn, p95, beside FigureWidget",
        "slider moved to picture redrawn, 95th percentile, beside plotly's FigureWidget",
    ),
    (
        "explorables",
        "cell started to explorable shown",
        "cell started to explorable shown, beside FigureWidget",
    ),
    (
        "explorables",
        "saved notebook with both explorables",
        "saved notebook with two explorables, beside one FigureWidget",
    ),
    (
        "roc",
        "ROC curve of 1,000,000 scores, no ties",
        "ROC curve of a million scores, beside scikit-learn",
    ),
    (
        "kernels",
        "kernel ready and Keras's first layer",
        "kernel ready and Keras's first layer, beside an ordinary kernel",
    ),
    (
        "kernels",
        "memory of a further idle TensorFlow kernel",
        "memory of one more TensorFlow kernel, beside an ordinary kernel",
    ),
    (
        "kernels",
        "a submission of each unit",
        "one submission of each unit, processor time, beside plain nbgrader",
    ),
    (
        "kernels",
        "01_linear_regression, beside those cells",
        "one submission of unit 01, beside only the cells that points depend on, in one preloaded "
        "interpreter",
    ),
    (
        "parallel",
        "one student of a class",
        "one student of a class, all units, two workers, beside plain nbgrader",
    ),
    ("verdicts", "wrong verdicts", ""),
)
"""The README's figures: benchmark, how the row's name begins, what to call it there if not so."""

INTRODUCTION = """\
# Performance

`make bench` measures every figure again and writes this page, `benchmarks/results.json` and the \
table in the README. `python -m benchmarks explorables` measures one part and leaves the others as \
they are. The rows on MNIST need a file of it, which `COURSE_MNIST` names.

- **Baseline** is the usual way to do the same thing, measured in the same run on the same \
machine. A row without one has a target only.
- **Ratio** compares the two: the smaller time or size is better, and the larger rate.
- **Target** is what Descent holds itself to. Rows "for comparison" and rows with a dash have none.
- p50 and p95: half of all cases, and 95 of 100, took at most this long.

Each heading names the machine and how busy it was: figures taken under load compare the two ways \
rather than tell how fast either is.
"""


def results() -> dict[str, Any]:
    """Return what was measured, by benchmark."""
    read: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return read


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table of rows of `COLUMNS`."""
    return "\n".join(f"| {' | '.join(line)} |" for line in (COLUMNS, ["---"] * len(COLUMNS), *rows))


def performance() -> str:
    """Return the page of all figures."""
    parts = [INTRODUCTION]
    for name, result in results().items():
        rows = table(map(cells, result["rows"]))
        parts.append(f"## {name}\n\n{about(name)}\n\n{result['machine']}\n\n{rows}\n")
    return "\n".join(parts)


def about(benchmark: str) -> str:
    """Return the first line of a benchmark's docstring."""
    text = (FOLDER / f"{benchmark}.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]


def headlines() -> str:
    """Return the README's table.

    Raises
    ------
    ValueError
        If not exactly one row has one of the names.
    """
    measured, lines = results(), []
    for benchmark, start, short in HEADLINES:
        found = [row for row in measured[benchmark]["rows"] if row["name"].startswith(start)]
        if len(found) != 1:
            raise ValueError(f"{benchmark}: {len(found)} rows begin with {start!r}; expected one")
        name, *others = cells(found[0])
        lines.append((short or name, *others))
    return table(lines)


def filled(readme: str) -> str:
    """Return the README's text with the figures as they are now."""
    return BETWEEN.sub(lambda found: f"{found[1]}\n{headlines()}\n\n{found[2]}", readme)


def write() -> None:
    """Bring the page and the README up to date."""
    PERFORMANCE.write_text(performance(), encoding="utf-8")
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
