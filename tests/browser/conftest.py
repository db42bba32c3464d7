"""One JupyterLab for all browser tests of a run, and the explorables' own pages."""

from __future__ import annotations

import fcntl
import functools
import os
import pathlib
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from course.explore.base.explorable import Explorable
from tests.browser.explored import Explored, OpenPage, note_errors
from tests.browser.lab import Lab, LabServer, OpenLab, Show, write_notebook
from tests.waiting import MILLISECONDS

WIDE = {"width": 1280, "height": 900}
PAGE = {"width": 924, "height": 700}
"""An explorable on its page is 900 pixels wide then."""
WITHIN = ("file:", "blob:", "data:")


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    """Return a running JupyterLab; put notebooks in its ``work`` folder."""
    server = LabServer(tmp_path_factory.mktemp("lab"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def lab_pages(browser: Browser, lab_server: LabServer) -> Iterator[list[Lab]]:
    """Return the JupyterLab that stands open, if any: a page takes seconds to load."""
    pages: list[Lab] = []
    yield pages
    for lab in pages:
        lab.page.context.close()


@pytest.fixture
def jupyterlab(
    browser: Browser, lab_server: LabServer, lab_pages: list[Lab], request: pytest.FixtureRequest
) -> Iterator[OpenLab]:
    """Return ``open(notebook) -> Lab``; an error in the browser fails the test.

    Its kernels and tabs end with the test. The page is the last test's, unless that one failed.
    """
    failed = request.session.testsfailed

    def open_notebook(notebook: str) -> Lab:
        if not lab_pages:
            lab_pages.append(Lab(lab_server, browser.new_context(viewport=WIDE).new_page()))
        lab_pages[0].open(notebook)
        return lab_pages[0]

    yield open_notebook
    for lab in lab_pages:
        errors, lab.errors[:] = lab.errors[:], []
        if errors or request.session.testsfailed > failed:
            lab_pages.remove(lab)
            lab.page.context.close()
        else:
            lab.put_away()
        assert errors == []


@pytest.fixture
def show(jupyterlab: OpenLab, lab_server: LabServer) -> Show:
    """Return ``show(*cells) -> Lab``: a notebook of these cells, opened and run."""

    def open_and_run(*cells: str) -> Lab:
        write_notebook(lab_server.work / "shown.ipynb", *cells)
        lab = jupyterlab("shown.ipynb")
        lab.run_all()
        return lab

    return open_and_run


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., pathlib.Path]:
    """Return ``exported(kind)``: the page of an explorable as it opens.

    It is written once a run, in seconds each; the processes of a run share them.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    @functools.cache
    def write(kind: type[Explorable]) -> pathlib.Path:
        path = folder / f"{kind.name}.html"
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                kind().to_html(path)
        return path

    return write


@pytest.fixture
def open_page(browser: Browser, exported: Callable[..., pathlib.Path]) -> Iterator[OpenPage]:
    """Return ``open(kind, **options) -> Explored``, with the network off.

    Options are those of a playwright context. An error on the page, or any request beyond its file,
    fails the test.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(kind: type[Explorable], **options: object) -> Explored:
        context = browser.new_context(**({"viewport": PAGE} | options))
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.set_default_timeout(MILLISECONDS)
        note_errors(page, errors)
        page.on("request", lambda r: None if r.url.startswith(WITHIN) else errors.append(r.url))
        page.goto(exported(kind).as_uri())
        return Explored(page, page.locator(".descent-explorable"))

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []
