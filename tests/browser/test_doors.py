"""JupyterLab shows students no tool of a teacher's, and teachers formgrader."""

from __future__ import annotations

import pathlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from autograder import paths
from tests.authoring.wheels import STUDENTS, built, installed
from tests.browser.lab import SCREENSHOTS, LabServer
from tests.waiting import MILLISECONDS

TEACHERS = ("Formgrader", "Create Assignment", "Course List")
NEWS = "get notified about official Jupyter news"


@contextmanager
def opened(browser: Browser, server: LabServer, where: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(MILLISECONDS)
    page.goto(f"{server.url}/{where}?token={server.token}")
    yield page
    context.close()


def commands(page: Page) -> list[str]:
    """Return the labels of all commands, once JupyterLab is there."""
    page.wait_for_function("window.jupyterapp?.restored")
    page.evaluate("jupyterapp.restored")
    return page.evaluate(
        """jupyterapp.commands.listCommands().map((id) => {
            try { return jupyterapp.commands.label(id) } catch { return '' }
        })"""
    )


def tabs(page: Page) -> list[str]:
    """Return the titles of the tabs at both sides."""
    return page.locator(".jp-SideBar").all_inner_texts()


def test_students_see_no_tool_of_a_teacher_s_and_no_news(
    browser: Browser, tmp_path: pathlib.Path
) -> None:
    """The same environment shows them all once the students' own settings are taken away."""
    (tmp_path / "dist").mkdir()
    with installed(built(STUDENTS, tmp_path / "dist")) as environment:
        python = environment.prefix / "bin" / "python"
        for theirs in (True, False):
            folder = tmp_path / f"lab-{theirs}"
            folder.mkdir()
            server = LabServer(folder, python=python)
            try:
                with opened(browser, server, "lab") as page:
                    offered = " ".join([*commands(page), *tabs(page)])
                    assert "Assignment List" in offered
                    shown = [name for name in TEACHERS if name in offered]
                    page.screenshot(path=SCREENSHOTS / f"students-lab-{theirs}.png")
                    asked = page.get_by_text(NEWS)
                    if theirs:
                        assert shown == []
                        page.wait_for_load_state("networkidle")
                        expect(asked).to_have_count(0)
                    else:
                        assert shown == list(TEACHERS)
                        expect(asked).to_be_visible(timeout=MILLISECONDS)
            finally:
                server.close()
            shutil.rmtree(environment.prefix / "etc/jupyter/labconfig", ignore_errors=True)
            shutil.rmtree(
                environment.prefix / "share/jupyter/lab/settings/overrides.d", ignore_errors=True
            )


@pytest.fixture
def lab_of_make(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LabServer]:
    """JupyterLab with the options that `make lab` gives it, in this tree; the class is new."""
    monkeypatch.setenv("DESCENT_CLASSROOM", str(tmp_path / "classroom"))
    monkeypatch.delenv("DESCENT_GRADEBOOK", raising=False)
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.search(r"^lab:.*\n\t@\$\(RUN\) -m jupyter lab(.*)$", makefile, re.M)
    assert found
    server = LabServer(tmp_path, root=paths.ROOT, options=found[1].split())
    yield server
    server.close()


def test_formgrader_works_where_make_lab_starts(browser: Browser, lab_of_make: LabServer) -> None:
    with opened(browser, lab_of_make, "lab") as page:
        assert "Formgrader" in " ".join(commands(page))
        expect(page.locator(".jp-BreadCrumbs")).to_contain_text("notebooks")
    with opened(browser, lab_of_make, "formgrader") as page:
        unit = page.get_by_role("link", name="01_linear_regression").first
        expect(unit).to_be_visible()
        assert "not a subdirectory" not in page.content()
        page.screenshot(path=SCREENSHOTS / "formgrader.png")
