"""How often each value occurs, in one sample or in several on one axis."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from course.colours import ROLES, rgb
from course.figures.figure import DASHES, Description, figure, titles
from course.validation.arrays import as_array, require_whole

if TYPE_CHECKING:
    from course.figures.plotly_figure import Figure

COLOURS = tuple(ROLES["light"][role] for role in ("class0", "class1", "train", "validation"))
EMPTY = 0.5
"""Where an empty bin is drawn on a logarithmic axis, which has no 0."""


def histogram(
    samples: Mapping[str, ArrayLike],
    x_label: str,
    y_label: str,
    alt: str,
    *,
    bins: int = 40,
    log: bool = False,
) -> Figure | Description:
    """Return a figure of how many values of each sample lie in each of some equal bins.

    What is kept are the counts, not the values: its size does not grow with the samples.

    Parameters
    ----------
    samples : mapping of str to array_like, shape (m,)
        Up to four; where there are two classes, background first.
    x_label : str
        With unit.
    y_label : str
        What is counted, such as ``"events"``.
    alt : str
        What is seen.
    bins : int
        Bins of one width, from the smallest to the largest value of all samples.
    log : bool
        Whether the axis of counts is logarithmic; a bin that is empty stands below 1.

    Raises
    ------
    ValueError
        If there is no sample or more than four, all are empty, or one is no row of numbers.
    """
    require_whole(least=1, bins=bins)
    if not 1 <= len(samples) <= len(COLOURS):
        raise ValueError(f"got {len(samples)} samples; expected one to {len(COLOURS)}")
    if not any(map(np.size, samples.values())):
        raise ValueError("all samples are empty; expected at least one number")
    values = {
        name: as_array(sample, name, ndim=1) if np.size(sample) else np.empty(0)
        for name, sample in samples.items()
    }
    edges = np.histogram_bin_edges(np.concatenate(list(values.values())), bins)
    floor = EMPTY if log else 0.0
    traces = [
        _steps(name, np.histogram(sample, edges)[0], edges, number, x_label, y_label, floor)
        for number, (name, sample) in enumerate(values.items())
    ]
    layout = titles(x_label, y_label)
    layout["xaxis"]["hoverformat"] = ".4g"
    if log:
        highest = max(trace["y"].max() for trace in traces)
        ends = np.log10([EMPTY, 1.5 * highest]).tolist()
        layout["yaxis"] |= {"type": "log", "dtick": 1, "range": ends}
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom"}
    return figure(alt, traces, **layout, legend=legend, hovermode="x")


def _steps(
    name: str,
    counts: np.ndarray,
    edges: np.ndarray,
    number: int,
    x_label: str,
    y_label: str,
    floor: float,
) -> dict[str, Any]:
    """Return the outline of a histogram, down to `floor` on both sides, filled and hatched."""
    width = edges[1] - edges[0]
    middles = np.arange(-1, len(counts) + 1) * width + edges[0] + width / 2
    named, x, y = (html.escape(text) for text in (name, x_label, y_label))
    read = [
        f"{named}<br>{x}: {low:.4g} to {low + width:.4g}<br>{y}: {count:,}"
        for low, count in zip(edges[:-1], counts.tolist(), strict=True)
    ]
    colour = rgb(COLOURS[number])
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": middles,
        "y": np.maximum([floor, *counts, floor], floor),
        "line": {"shape": "hvh", "width": 2.5, "dash": DASHES[number], "color": colour},
        "fill": "tozeroy",
        "fillcolor": colour.replace("rgb", "rgba").replace(")", ", 0.2)"),
        "hovertext": [f"{named}: no value here", *read, f"{named}: no value here"],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": True,
    }
