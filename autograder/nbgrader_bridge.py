"""Calls to nbgrader: its configuration, and its converters."""

import copy
import logging
from functools import cache
from pathlib import Path

from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder import paths
from autograder.nbgrader_settings import configure

CONFIG_FILE = "nbgrader_config.py"


def config() -> Config:
    """Return nbgrader's configuration for this course, as `nbgrader …` reads it in this folder.

    The caller may change the returned copy. `nbgrader_config.py` is executed once in a process for
    each classroom and gradebook, the only variables it depends on. Without that file, as in the
    folder of an installed grader, the course's settings apply alone.
    """
    return copy.deepcopy(_read_config(paths.classroom(), paths.gradebook()))


@cache
def _read_config(classroom: Path, gradebook: str) -> Config:
    """Execute the file, which reads the classroom and the gradebook from the environment."""
    if (paths.FOLDER / CONFIG_FILE).is_file():
        return PyFileConfigLoader(CONFIG_FILE, path=str(paths.FOLDER)).load_config()
    settings = Config()
    configure(settings)
    return settings


def convert(converter: type[BaseConverter], settings: Config, log: logging.Logger) -> None:
    """Run one of nbgrader's converters."""
    directory = CourseDirectory(config=settings, log=log)
    converter(coursedir=directory, config=settings, log=log).start()
