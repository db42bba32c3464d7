"""Explorables."""

from course.explore.backward.gradient_by_layer import GradientByLayer
from course.explore.backward.graph import Graph
from course.explore.backward.optimiser_race import OptimiserRace
from course.explore.line.batches import Batches
from course.explore.line.descent import Descent

__all__ = ["Batches", "Descent", "GradientByLayer", "Graph", "OptimiserRace"]
