"""Still pictures with a description and no script: points and lines, curves, small images."""

from course.figures.curves import curves
from course.figures.pictures import pictures
from course.figures.points import scatter

__all__ = ["curves", "pictures", "scatter"]
