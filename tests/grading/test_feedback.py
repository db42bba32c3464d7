"""Students read hints and comments; nothing of the hidden tests, and nothing that runs."""

import re
import sys

import pytest
from playwright.sync_api import Browser

from autograder.feedback.pages import write_feedback
from autograder.paths import ROOT
from tests.grading.conftest import UNIT


@pytest.fixture(scope="session")
def pages(verdicts, classroom):
    write_feedback([UNIT])
    return classroom / "feedback"


def annotated(pages, student):
    return (pages / student / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")


def test_everybody_gets_a_page_and_an_annotated_notebook(pages, verdicts):
    for student in verdicts:
        assert (pages / student / "index.html").exists()
        assert annotated(pages, student)


def test_nothing_of_the_grader_is_in_any_file(pages):
    for path in filter(lambda p: p.is_file(), pages.rglob("*")):
        text = path.read_text(encoding="utf-8")
        for secret in ("autograder", "HIDDEN TESTS", "right answers of", str(ROOT), sys.prefix):
            assert secret not in text, (path, secret)


def test_hints_and_right_answers_show(pages, verdicts):
    hint = verdicts["hostile-page"].exercises["cost"].message
    index = (pages / "hostile-page" / "index.html").read_text(encoding="utf-8")
    assert hint in index
    assert "✓ right" in index
    assert hint in annotated(pages, "hostile-page")


def test_the_page_of_an_unreadable_submission_says_why(pages):
    assert "the file is empty" in (pages / "empty" / "index.html").read_text(encoding="utf-8")
    assert "the file is empty" in annotated(pages, "empty")


def test_a_hostile_output_is_inert(pages, browser: Browser):
    text = annotated(pages, "hostile-page")
    assert not re.search(r"<script[^>]*>\s*alert|<img[^>]*onerror|href=.javascript", text)
    assert "<b>bold</b>" in text
    page = browser.new_page()
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto((pages / "hostile-page" / UNIT / f"{UNIT}.html").as_uri(), wait_until="commit")
    page.wait_for_selector("#notebook", state="attached")
    page.evaluate("() => 1")
    injected = (
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.head.append(s); return window.ran === undefined; }"
    )
    assert page.evaluate(injected)
    assert dialogs == []
    page.close()
