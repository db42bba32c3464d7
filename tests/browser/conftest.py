"""One JupyterLab for all browser tests of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.lab import Lab, LabServer

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    """Return a running JupyterLab; put notebooks in its ``work`` folder."""
    server = LabServer(tmp_path_factory.mktemp("lab"))
    yield server
    server.close()


@pytest.fixture
def jupyterlab(browser: Browser, lab_server: LabServer) -> Iterator[Callable[[str], Lab]]:
    """Return ``open(notebook) -> Lab``; its kernels and pages end with the test."""
    context = browser.new_context(viewport=WIDE)
    labs: list[Lab] = []

    def open_notebook(notebook: str) -> Lab:
        lab = Lab(lab_server, context.new_page())
        labs.append(lab)
        lab.open(notebook)
        return lab

    yield open_notebook
    for lab in labs:
        lab.close()
    context.close()
