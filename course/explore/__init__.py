"""Explorables."""

from course.explore.line.batches import Batches
from course.explore.line.descent import Descent
from course.explore.neuron.bumps import Bumps
from course.explore.neuron.perceptron import Perceptron
from course.explore.neuron.regions import Regions

__all__ = ["Batches", "Bumps", "Descent", "Perceptron", "Regions"]
