"""Figures with a description: points, curves and images by Plotly, and drawn networks."""

from course.figures.chain_drawing import chain
from course.figures.curves import curves
from course.figures.network_drawing import layers
from course.figures.pictures import pictures
from course.figures.points import scatter
from course.figures.reliability import reliability
from course.figures.staircase import staircase

__all__ = [
    "chain",
    "curves",
    "layers",
    "pictures",
    "reliability",
    "scatter",
    "staircase",
]
