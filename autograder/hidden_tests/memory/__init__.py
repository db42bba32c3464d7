"""Hidden tests of unit 06."""

from autograder.hidden_tests.memory.rbm import cd_gradient, rbm_conditionals, rbm_energy, train_rbm
from autograder.hidden_tests.memory.spins import (
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
