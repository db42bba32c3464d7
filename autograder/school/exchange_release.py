"""Release every unit in nbgrader's exchange, as the account of staff's that runs this."""

import logging

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseAssignment

from autograder import nbgrader_bridge, paths

log = logging.getLogger(__name__)


def release_all() -> None:
    """Put the released notebooks where students fetch them; what they handed in is not touched."""
    for unit in paths.units():
        settings = nbgrader_bridge.config()
        settings.CourseDirectory.assignment_id = unit
        settings.ExchangeReleaseAssignment.force = True
        directory = CourseDirectory(config=settings, log=log)
        ExchangeReleaseAssignment(coursedir=directory, config=settings, log=log).start()
