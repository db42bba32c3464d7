"""Points, and lines or curves through them."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from course.figures.figure import Description, figure, hover, line_trace, titles
from course.validation.arrays import as_array, as_arrays

if TYPE_CHECKING:
    from course.figures.plotly_figure import Figure

FINE = 200
"""Points of a curve that is no straight line."""
MARGIN = 0.06
"""Share of the axes left free around the points."""


def scatter(
    x: ArrayLike,
    y: ArrayLike,
    x_label: str,
    y_label: str,
    alt: str,
    lines: Mapping[str, Sequence[float]] | None = None,
    names: Sequence[str] = (),
) -> Figure | Description:
    """Return a figure of points and of lines or curves through them.

    Parameters
    ----------
    x, y : array_like, shape (m,)
    x_label, y_label : str
        With units.
    alt : str
        What is seen.
    lines : mapping of str to (intercept, slope, …), optional
        Of a curve the coefficients of a polynomial, the constant first.
    names : sequence of m str, optional
        What the pointer reads beside a point's values; by default its index.

    Raises
    ------
    ValueError
        If x and y differ in length or are not numbers, a line is not two numbers or more, or there
        is not a name for each point.
    """
    across, up = as_arrays(x=x, y=y)
    for name, line in (lines or {}).items():
        if len(as_array(line, f"line {name!r}", ndim=1)) < 2:
            raise ValueError(f"line {name!r} is {line}; expected (intercept, slope)")
    if len(names) not in (0, len(across)):
        raise ValueError(f"{len(names)} names for {len(across)} points; expected one for each")
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": across,
        "y": up,
        "text": list(map(html.escape, names)) or None,
        "marker": {"size": 9, "line": {"width": 1, "color": "white"}},
        "hovertemplate": hover("%{text}" if names else "index %{pointNumber}", x_label, y_label),
        "showlegend": False,
    }
    ends = _ends(np.append(across, 0.0))
    drawn = []
    for i, (name, coefficients) in enumerate((lines or {}).items()):
        at = np.linspace(*ends, 2 if len(coefficients) == 2 else FINE)
        height = np.polynomial.polynomial.polyval(at, coefficients)
        drawn.append(line_trace(name, at, height, i, x_label, y_label))
    layout = titles(x_label, y_label)
    layout["xaxis"]["range"], layout["yaxis"]["range"] = ends, _ends(up)
    legend = {"x": 0.02, "y": 0.98, "bgcolor": "rgba(0, 0, 0, 0)"}
    return figure(alt, [points, *drawn], **layout, legend=legend)


def _ends(values: np.ndarray) -> tuple[float, float]:
    """Return the ends of an axis that shows all values, whatever a curve does beyond."""
    low, high = float(values.min()), float(values.max())
    room = MARGIN * ((high - low) or 1.0)
    return low - room, high + room
