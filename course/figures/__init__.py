"""Still pictures with a description and no script: points, curves, small images, networks."""

from course.figures.curves import curves
from course.figures.network_drawing import layers
from course.figures.pictures import pictures
from course.figures.points import scatter

__all__ = ["curves", "layers", "pictures", "scatter"]
