"""Figures with a description: by Plotly what is measured, and drawn networks."""

from course.figures.chain_drawing import chain
from course.figures.curves import curves
from course.figures.heatmap import confusion, heatmap
from course.figures.histogram import histogram
from course.figures.network_drawing import layers
from course.figures.pictures import pictures
from course.figures.points import scatter
from course.figures.reliability import reliability
from course.figures.staircase import staircase

__all__ = [
    "chain",
    "confusion",
    "curves",
    "heatmap",
    "histogram",
    "layers",
    "pictures",
    "reliability",
    "scatter",
    "staircase",
]
