"""Whether a notebook runs for its student or for a grader."""

import os
import sys
import warnings


def is_graded() -> bool:
    """Tell whether this notebook is being graded (nbgrader says so in the environment)."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def shorter(wanted: int, graded: int) -> int:
    """Return `wanted`, or `graded` while this notebook is graded: nobody looks at that result.

    Examples
    --------
    >>> shorter(500, 60)
    500
    """
    return min(wanted, graded) if is_graded() else wanted


def run_as_written() -> None:
    """Let TensorFlow, where it is imported, run functions as they are written: for graded work.

    To compile them takes longer than the few steps of training that are left.
    """
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow:
        tensorflow.config.run_functions_eagerly(True)
        warnings.filterwarnings("ignore", "Even though the `tf.config.experimental_run_functions")
