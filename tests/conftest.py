"""One Chromium for all tests of a run: a process cannot hold two."""

from collections.abc import Iterator
from functools import cache

import nbgrader.api
import pytest
from playwright.sync_api import Browser

from tests.browser.lab import SCREENSHOTS, chromium

# nbgrader starts a program of seconds for each new gradebook; its answer is always the same.
nbgrader.api.get_alembic_version = cache(nbgrader.api.get_alembic_version)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with chromium() as running:
        yield running
