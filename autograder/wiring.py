"""How we speak to nbgrader: its configuration, the programs it calls, its log."""

import logging
import os
import sys
from pathlib import Path

from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.layout import ROOT


def config() -> Config:
    """Return nbgrader's configuration for this course, as `nbgrader …` reads it in this folder."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()


def find_programs() -> None:
    """Let nbgrader find `alembic`, which it starts by name.

    The folder of this interpreter must be on the path even where the environment was not activated.
    """
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join((programs, os.environ["PATH"]))


def convert(converter: type[BaseConverter], settings: Config, log: logging.Logger) -> None:
    """Run one of nbgrader's converters."""
    find_programs()
    directory = CourseDirectory(config=settings, log=log)
    converter(coursedir=directory, config=settings, log=log).start()
