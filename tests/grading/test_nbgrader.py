"""Plain nbgrader works in this folder, and so does its formgrader in JupyterLab."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.dbutil import _temp_alembic_ini
from playwright.sync_api import Browser

from autograder import nbgrader_settings, paths
from autograder.grading.verdict import load_verdicts
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.browser.lab import LabServer
from tests.grading.conftest import HOSTILE, HOSTILE_TEXT, UNIT, demonstration


def nbgrader(*arguments, fails=False):
    programs = str(Path(sys.executable).parent)
    environment = os.environ | {
        "PATH": os.pathsep.join((programs, os.environ["PATH"])),
        "PYTHONPATH": str(paths.ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=paths.ROOT, env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_version_of_the_tables_is_that_which_nbgrader_asks_a_program_for():
    with _temp_alembic_ini("sqlite://") as settings:
        command = [sys.executable, "-m", "alembic", "-c", settings, "heads"]
        reported = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert nbgrader_settings._newest_schema_version() == reported.split()[0]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Release a unit, hand in three submissions, autograde, all with nbgrader's own commands."""
    folder = tmp_path_factory.mktemp("plain")
    with classroom_at(folder / "classroom", "tests"):
        shutil.rmtree(paths.BUILD / "source" / UNIT, ignore_errors=True)  # as in a fresh clone
        released = f"--CourseDirectory.release_directory={folder / 'release'}"
        nbgrader("generate_assignment", UNIT, "--force", released)
        answers = solutions(UNIT)
        hand_in(compose(UNIT, answers, complete=False), UNIT, "right")
        hostile = compose(UNIT, {}, complete=False)
        hostile.cells += [demonstration(HOSTILE), nbformat.v4.new_markdown_cell(HOSTILE_TEXT)]
        hand_in(hostile, UNIT, "blank")
        hand_in(compose(UNIT, {}, complete=False), UNIT, "empty").write_text("")
        nbgrader("autograde", UNIT)
        nbgrader("generate_feedback", UNIT)
        nbgrader("export", f"--CsvExportPlugin.to={folder / 'grades.csv'}")
        yield folder


def test_plain_nbgrader_gives_the_same_verdicts(course):
    verdicts = load_verdicts(UNIT)
    got, most = verdicts["right"].automatic
    assert got == most > 0
    assert verdicts["blank"].points == 0
    assert verdicts["empty"].reasons == ("the file is empty",)
    rows = (course / "grades.csv").read_text().splitlines()
    assert len(rows) == 4


def test_plain_feedback_hides_the_tests(course):
    pages = list((course / "classroom" / "feedback").rglob("*.html"))
    assert len(pages) == 3
    for page in pages:
        assert "autograder" not in page.read_text(encoding="utf-8")


def test_plain_validate_runs_on_the_released_notebook(course):
    reported = nbgrader("validate", str(course / "release" / UNIT / f"{UNIT}.ipynb"))
    assert "FAILED" in reported


def test_formgrader_shows_units_submissions_and_notebooks(
    course, browser: Browser, tmp_path, monkeypatch
):
    monkeypatch.setenv("PYTHONPATH", str(paths.ROOT))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    server = LabServer(tmp_path, root=paths.ROOT)
    page = browser.new_page()
    try:
        base, token = f"{server.url}/formgrader", f"?token={server.token}"
        page.goto(f"{server.url}/lab{token}", wait_until="commit")
        page.goto(f"{base}/manage_assignments{token}")
        page.wait_for_selector(f"text={UNIT}")
        page.goto(f"{base}/manage_submissions/{UNIT}")
        for student in ("right", "blank", "empty"):
            page.wait_for_selector(f"td:has-text('{student}')")
        dialogs = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        shown = ""
        for number in (1, 2, 3):
            page.goto(f"{base}/gradebook/{UNIT}/{UNIT}")
            page.click(f"text=Submission #{number}")
            page.wait_for_selector(".nbgrader_cell")
            shown += page.content()
        page.screenshot(path=paths.BUILD / "screenshots" / "formgrader.png")
        assert "<b>bold</b>" in shown  # what is harmless stays, so this is the hostile page
        assert not re.search(
            r"<script[^>]*>\s*alert|<img[^>]*onerror|href=.javascript:alert", shown
        )
        assert dialogs == []
    finally:
        page.close()
        server.close()
