"""Surfaces over two numbers, to be turned by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from course.colours import OKABE_ITO, rgb
from course.figures.figure import Description, figure
from course.validation.arrays import as_array

if TYPE_CHECKING:
    from course.figures.plotly_figure import Figure


def surface(
    x: ArrayLike,
    y: ArrayLike,
    z: ArrayLike,
    labels: tuple[str, str, str],
    alt: str,
    path: ArrayLike | None = None,
) -> Figure | Description:
    """Return a figure of z over x and y, and of a path on it.

    Parameters
    ----------
    x, y : array_like, shapes (c,) and (r,)
    z : array_like, shape (r, c)
        Rows belong to y, columns to x.
    labels : three str
        Of x, y and z, with units.
    alt : str
        What is seen.
    path : array_like, shape (k, 3), optional
        Points x, y, z in order, drawn as a line from a diamond to a cross.

    Raises
    ------
    ValueError
        If shapes disagree or something is not a number.
    """
    across, along = as_array(x, "x", ndim=1), as_array(y, "y", ndim=1)
    up = as_array(z, "z", ndim=2)
    if up.shape != (len(along), len(across)):
        raise ValueError(
            f"z has shape {up.shape}; expected {(len(along), len(across))}: a row for each y"
        )
    words = [f"{label}: %{{{axis}:.4g}}" for axis, label in zip("xyz", labels, strict=True)]
    read = "<br>".join(words) + "<extra></extra>"
    traces: list[dict[str, Any]] = [
        {
            "type": "surface",
            "x": across,
            "y": along,
            "z": up.astype(np.float32),
            "colorscale": "Cividis",
            "showscale": False,
            "opacity": 0.9,
            "contours": {"z": {"show": True, "color": "white", "width": 1}},
            "hovertemplate": read,
        }
    ]
    if path is not None:
        points = as_array(path, "path", ndim=2)
        if points.shape[1] != 3:
            raise ValueError(f"path has shape {points.shape}; expected (k, 3): x, y, z")
        traces.append(_path(points, read))
    axes = {
        f"{axis}axis": {"title": {"text": label}} for axis, label in zip("xyz", labels, strict=True)
    }
    scene = {**axes, "camera": {"eye": {"x": 1.5, "y": -1.6, "z": 0.9}}}
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    return figure(alt, traces, scene=scene, margin=margin, showlegend=False, height=460)


def _path(points: np.ndarray, read: str) -> dict[str, Any]:
    """Return the trace of a path; its ends have marks of their own."""
    symbols = ["circle"] * len(points)
    symbols[0], symbols[-1] = "diamond", "x"
    sizes = [2.0] * len(points)
    sizes[0] = sizes[-1] = 6.0
    colour = rgb(OKABE_ITO["vermilion"])
    return {
        "type": "scatter3d",
        "mode": "lines+markers",
        "x": points[:, 0],
        "y": points[:, 1],
        "z": points[:, 2],
        "line": {"width": 5, "color": colour},
        "marker": {"symbol": symbols, "size": sizes, "color": colour},
        "hovertemplate": f"step %{{pointNumber}}<br>{read}",
    }
