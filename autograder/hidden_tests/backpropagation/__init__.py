"""Hidden tests of unit 03."""

from autograder.hidden_tests.backpropagation.by_hand import (
    gradient_check,
    j_backward,
    logistic_backward,
    mlp_backward,
    softmax_cross_entropy,
)
from autograder.hidden_tests.backpropagation.engine import Value
from autograder.hidden_tests.backpropagation.training import (
    adagrad_step,
    adam_step,
    clip_by_norm,
    init_weights,
    rmsprop_step,
    sgd_momentum_step,
)

__all__ = [
    "Value",
    "adagrad_step",
    "adam_step",
    "clip_by_norm",
    "gradient_check",
    "init_weights",
    "j_backward",
    "logistic_backward",
    "mlp_backward",
    "rmsprop_step",
    "sgd_momentum_step",
    "softmax_cross_entropy",
]
