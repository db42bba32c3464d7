"""nbgrader's settings, changed for a test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from traitlets.config import Config

from autograder import nbgrader_bridge


def configure(patch: pytest.MonkeyPatch, change: Callable[[Config], None]) -> None:
    """Have `change` made to the settings wherever they are read."""
    as_they_are = nbgrader_bridge.config

    def config() -> Config:
        settings = as_they_are()
        change(settings)
        return settings

    patch.setattr(nbgrader_bridge, "config", config)


def put_exchange(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have nbgrader's exchange in a folder."""

    def change(settings: Config) -> None:
        settings.Exchange.root = str(folder)

    configure(patch, change)
