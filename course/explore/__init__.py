"""Explorables."""

from course.explore.line.batches import Batches
from course.explore.line.descent import Descent

__all__ = ["Batches", "Descent"]
