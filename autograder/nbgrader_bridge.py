"""How we speak to nbgrader: its configuration, the programs it calls, its log."""

import copy
import logging
from functools import cache
from pathlib import Path

import nbgrader.api
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder import paths
from autograder.nbgrader_settings import configure

CONFIGURATION = "nbgrader_config.py"


def config() -> Config:
    """Return nbgrader's configuration for this course, as `nbgrader …` reads it in this folder.

    The caller may change it: it is a copy. `nbgrader_config.py` is executed once for each classroom
    and gradebook in a process; nothing else that changes while a process runs decides what it says.
    Where an installed grader is run in a folder that has none, the course's settings apply alone.
    """
    return copy.deepcopy(_read(paths.classroom(), paths.gradebook()))


@cache
def _read(classroom: Path, gradebook: str) -> Config:
    """Execute the file; it asks for the classroom and the gradebook by itself."""
    if (paths.FOLDER / CONFIGURATION).is_file():
        return PyFileConfigLoader(CONFIGURATION, path=str(paths.FOLDER)).load_config()
    settings = Config()
    configure(settings)
    return settings


def _newest_tables() -> str | None:
    """Return the version of nbgrader's tables as they are made today."""
    from alembic.script import ScriptDirectory  # for a new gradebook only

    return ScriptDirectory(str(Path(nbgrader.api.__file__).with_name("alembic"))).get_current_head()


# Its own asks a program for it, which takes five seconds and must be on the path.
nbgrader.api.get_alembic_version = _newest_tables


def convert(converter: type[BaseConverter], settings: Config, log: logging.Logger) -> None:
    """Run one of nbgrader's converters."""
    directory = CourseDirectory(config=settings, log=log)
    converter(coursedir=directory, config=settings, log=log).start()
