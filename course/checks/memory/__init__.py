"""Probes of unit 06: memory in spins, and a restricted Boltzmann machine."""

from course.checks.memory.rbm import cd_gradient, rbm_conditionals, rbm_energy, train_rbm
from course.checks.memory.spins import (
    boltzmann_sample,
    hebbian_weights,
    hopfield_energy,
    p_on,
    partition_function,
    recall,
)

__all__ = [
    "boltzmann_sample",
    "cd_gradient",
    "hebbian_weights",
    "hopfield_energy",
    "p_on",
    "partition_function",
    "rbm_conditionals",
    "rbm_energy",
    "recall",
    "train_rbm",
]
