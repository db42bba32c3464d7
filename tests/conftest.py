"""One Chromium for all tests of a process, which cannot hold two; who shares what with whom."""

from collections.abc import Iterator
from functools import cache

import nbgrader.api
import pytest
from playwright.sync_api import Browser

from tests.browser.lab import SCREENSHOTS, chromium

# nbgrader starts a program of seconds for each new gradebook; its answer is always the same.
nbgrader.api.get_alembic_version = cache(nbgrader.api.get_alembic_version)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let one process take all that is in a file, or that looks at one graded classroom."""
    graded = "verdicts" in getattr(item, "fixturenames", ())
    group = "verdicts" if graded else item.nodeid.partition("::")[0]
    item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with chromium() as running:
        yield running
