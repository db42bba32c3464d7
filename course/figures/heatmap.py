"""A table of numbers as coloured cells, and the confusion matrix, which is one."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from course.colours import CIVIDIS_SCALE
from course.figures.figure import Description, figure
from course.validation.arrays import as_array
from course.validation.images import as_counts

if TYPE_CHECKING:
    from course.figures.plotly_figure import Figure

CELL, LEAST, MOST = 96, 300, 460
"""Width of a cell, and the least and largest side of a figure, in pixels."""
NAMED = 3
"""Confusions that the words name."""


def heatmap(
    values: ArrayLike,
    rows: Sequence[object],
    columns: Sequence[object],
    y_label: str,
    x_label: str,
    value: str,
    *,
    alt: str,
) -> Figure | Description:
    """Return a figure of a table: each cell has its number written in it, and its colour.

    Parameters
    ----------
    values : array_like, shape (r, c)
    rows, columns : sequence
        Names of the r rows, from the top, and of the c columns.
    y_label, x_label, value : str
        What rows, columns and numbers are, with units.
    alt : str
        What is seen; the numbers follow it, row by row.

    Raises
    ------
    ValueError
        If there is not a name for each row and column, or the values are no table of numbers.
    """
    table = as_array(values, "values", ndim=2)
    if table.shape != (len(rows), len(columns)):
        raise ValueError(
            f"values has shape {table.shape}; expected ({len(rows)}, {len(columns)}) for "
            f"{len(rows)} rows and {len(columns)} columns"
        )
    shown = [[f"{number:.3g}" for number in row] for row in table]
    lines = (f"{name}: {', '.join(row)}" for name, row in zip(rows, shown, strict=True))
    words = f"{alt}; {value} for each {y_label}, from the top: {'; '.join(lines)}."
    read = [[f"{value}: {text}" for text in row] for row in shown]
    return _cells(words, table, shown, read, (rows, columns), (y_label, x_label))


def confusion(matrix: ArrayLike) -> Figure | Description:
    """Return a figure of a confusion matrix: counts in the cells, which are brighter for more.

    A cell's brightness goes with ln(1 + count): on a scale of the counts themselves a good
    classifier's mistakes would be as dark as nothing at all.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        Entry [i, j] counts the samples of class i that were called j: rows are the truth.

    Raises
    ------
    ValueError
        If it is not square, or an entry is not a count.
    """
    counts = as_counts(matrix).astype(int)
    shown = [[f"{count:,}" if count else "" for count in row] for row in counts.tolist()]
    read = [
        [f"{count:,} of {total:,}" for count in row]
        for row, total in zip(counts.tolist(), counts.sum(axis=1).tolist(), strict=True)
    ]
    classes = range(len(counts))
    labels = ("truth", "answer")
    return _cells(_words(counts), np.log1p(counts), shown, read, (classes, classes), labels)


def _words(counts: np.ndarray) -> str:
    """Say how many samples were called what they are, and which mistakes are most frequent."""
    right = int(np.trace(counts))
    wrong = counts - np.diag(np.diag(counts))
    order = np.argsort(-wrong, axis=None, kind="stable")[:NAMED]
    pairs = [(i, j) for i, j in zip(*np.unravel_index(order, wrong.shape), strict=True)]
    named = [f"{i} called {j}, {_times(wrong[i, j])}" for i, j in pairs if wrong[i, j]]
    most = f" Most frequent mistakes: {'; '.join(named)}." if named else ""
    return (
        f"A confusion matrix, rows the truth: {right:,} of {counts.sum():,} on the diagonal.{most}"
    )


def _times(count: int) -> str:
    return "1 time" if count == 1 else f"{count:,} times"


def _cells(
    alt: str,
    values: np.ndarray,
    shown: list[list[str]],
    read: list[list[str]],
    names: tuple[Sequence[object], Sequence[object]],
    labels: tuple[str, str],
) -> Figure | Description:
    """Return the figure of a table; `shown` stands in a cell, the pointer reads `read` there."""
    rows, columns = ([html.escape(str(name)) for name in side] for side in names)
    y_label, x_label = map(html.escape, labels)
    trace = {
        "type": "heatmap",
        "z": values.astype(np.float32),
        "x": columns,
        "y": rows,
        "text": shown,
        "texttemplate": "%{text}",
        "hovertext": [[html.escape(text) for text in row] for row in read],
        "hovertemplate": f"{y_label} %{{y}}<br>{x_label} %{{x}}<br>%{{hovertext}}<extra></extra>",
        "showscale": False,
        "colorscale": CIVIDIS_SCALE,
        "xgap": 1,
        "ygap": 1,
    }
    # Names, though they may look like numbers: 0.001 and 0.01 stand side by side.
    axis: dict[str, Any] = {"type": "category", "dtick": 1, "showgrid": False, "ticks": ""}
    width, height = (min(MOST, max(LEAST, 90 + CELL * len(side))) for side in (columns, rows))
    return figure(
        alt,
        [trace],
        xaxis={**axis, "title": {"text": labels[1]}},
        yaxis={**axis, "title": {"text": labels[0]}, "autorange": "reversed"},
        width=width,
        height=height,
    )
