"""Curves in the unit square, such as ROC curves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from course.figures.figure import Description, figure, line_trace, titles
from course.validation.arrays import as_array

if TYPE_CHECKING:
    from course.figures.plotly_figure import Figure

MAX_POINTS = 600


def curves(
    lines: Mapping[str, tuple[ArrayLike, ArrayLike]],
    x_label: str,
    y_label: str,
    alt: str,
    names_above: bool = False,
) -> Figure | Description:
    """Return a figure of curves whose points lie in the unit square.

    Parameters
    ----------
    lines : mapping of str to (x, y)
        The points of each curve in order, two array_likes (k,). Of more than 600 points, 600 evenly
        spaced along the curve are drawn.
    x_label, y_label : str
    alt : str
        What is seen.
    names_above : bool
        Whether the curves' names stand in the upper left corner, and not in the lower right.

    Raises
    ------
    ValueError
        If x and y of a curve differ in length or are not numbers.
    """
    traces = []
    for i, (name, points) in enumerate(lines.items()):
        if len(points) != 2:
            raise ValueError(f"{name}: got {len(points)} arrays; expected two, x and y")
        x, y = (
            as_array(a, f"{axis} of {name}", ndim=1) for axis, a in zip("xy", points, strict=True)
        )
        if x.shape != y.shape:
            raise ValueError(f"{name}: x has shape {x.shape} and y has shape {y.shape}")
        across, up = _thin(x, y)
        traces.append(line_trace(name, across, up, i, x_label, y_label))
    layout = titles(x_label, y_label)
    layout["xaxis"]["range"] = layout["yaxis"]["range"] = [-0.01, 1.01]
    below = {"x": 0.98, "xanchor": "right", "y": 0.04}
    legend = {**({"x": 0.02, "y": 0.98} if names_above else below), "bgcolor": "rgba(0, 0, 0, 0)"}
    return figure(alt, traces, **layout, legend=legend, width=480, height=440)


def _thin(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep points at equal distances along the curve, and both ends."""
    if len(x) <= MAX_POINTS:
        return x, y
    length = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(x)) + np.abs(np.diff(y)))])
    at = np.searchsorted(length, np.linspace(0, length[-1], MAX_POINTS))
    keep = np.unique(np.append(at, len(x) - 1))
    return x[keep], y[keep]
