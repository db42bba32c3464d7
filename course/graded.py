"""Whether a notebook runs for its student or for a grader."""

import os


def is_graded() -> bool:
    """Tell whether this notebook is being graded (nbgrader says so in the environment)."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"
