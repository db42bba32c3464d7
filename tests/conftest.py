"""One Chromium for all tests of a run: a process cannot hold two."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.lab import SCREENSHOTS, chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with chromium() as running:
        yield running
