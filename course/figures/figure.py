"""A Plotly figure in the course's look, which says in words what it shows.

JupyterLab draws it by Plotly's own renderer, so that a page loads the script once, and adds a
picture to the notebook, which nbconvert's pages show (see `course.saved_figures`). The words stand
below the figure everywhere. While a notebook is graded nobody looks: the functions of this package
then return the description alone, and Plotly is not imported.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course.grading_mode import is_graded

if TYPE_CHECKING:
    from course.figures.plotly_figure import Figure

DASHES = ("solid", "dash", "dot", "dashdot")
"""Lines differ not only by colour."""


@dataclass(frozen=True)
class Description:
    """What stands in a figure's place while a notebook is graded."""

    alt: str

    def __repr__(self) -> str:
        return f"<figure: {self.alt}>"


def figure(alt: str, traces: Sequence[Mapping[str, Any]], **layout: Any) -> Figure | Description:
    """Return Plotly's figure of `traces`, or, while a notebook is graded, its description.

    Parameters
    ----------
    alt : str
        What is seen, for a reader who cannot see it.
    traces : sequence of mapping
        Plotly's traces, each with its ``type``.
    **layout
        Plotly's layout, beyond that of the course.

    Examples
    --------
    >>> figure("three points", [{"type": "scatter", "y": [1, 4, 9]}]).data[0].y
    (1, 4, 9)
    """
    if is_graded():
        return Description(alt)
    from course.figures.plotly_figure import Figure

    return Figure([dict(trace) for trace in traces], layout, alt=alt)


def line_trace(
    name: str, x: np.ndarray, y: np.ndarray, number: int, x_label: str, y_label: str
) -> dict[str, Any]:
    """Return the trace of a named line, the `number`-th of its figure: each has another dash."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": {"width": 2.5, "dash": DASHES[number % len(DASHES)]},
        "hovertemplate": hover(html.escape(name), x_label, y_label),
        "showlegend": True,
    }


def titles(x_label: str, y_label: str) -> dict[str, Any]:
    """Return the layout of two axes with their names."""
    return {"xaxis": {"title": {"text": x_label}}, "yaxis": {"title": {"text": y_label}}}


def hover(sample: str, x_label: str, y_label: str) -> str:
    """Return Plotly's template of what the pointer reads: the sample, and its two values."""
    names = [html.escape(label) for label in (x_label, y_label)]
    return f"{sample}<br>{names[0]}: %{{x:.4g}}<br>{names[1]}: %{{y:.4g}}<extra></extra>"
