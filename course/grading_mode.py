"""Whether this notebook is being graded, and what is shorter then."""

import os
import sys
import warnings


def is_graded() -> bool:
    """Tell whether this notebook is being graded: nbgrader sets an environment variable."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def shortened(wanted: int, graded: int) -> int:
    """Return `wanted`, or `graded` while this notebook is graded, where the result does not count.

    Examples
    --------
    >>> shortened(500, 60)
    500
    """
    return min(wanted, graded) if is_graded() else wanted


def run_eagerly() -> None:
    """Let TensorFlow, if it is imported, run functions eagerly: for notebooks being graded.

    Compiling them takes longer than the few steps of training that a graded notebook runs.
    """
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow:
        tensorflow.config.run_functions_eagerly(True)
        warnings.filterwarnings("ignore", "Even though the `tf.config.experimental_run_functions")
