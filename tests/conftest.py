"""One Chromium for all tests of a process, which cannot hold two; who shares what with whom."""

from collections.abc import Iterator
from functools import cache

import nbgrader.api
import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests.browser.lab import SCREENSHOTS, chromium

# nbgrader starts a program of seconds for each new gradebook; its answer is always the same.
nbgrader.api.get_alembic_version = cache(nbgrader.api.get_alembic_version)

# However slow a machine is, the gate tries the same examples there; `make prove` draws new ones.
SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("gate", derandomize=True, **SLOW)
settings.register_profile("prove", **SLOW)
settings.load_profile("gate")


GRADED = {f"tests/grading/test_{name}.py" for name in ("cli", "feedback", "grading", "report")}
"""Files that look at one classroom, which every process that has one of them grades."""


class _Together(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "graded" if file in GRADED else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _Together | None:
    """Where one process takes a whole file, let it take all files of `GRADED`."""
    return _Together(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with chromium() as running:
        yield running
