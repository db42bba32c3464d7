"""What is seen while a class is graded."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from autograder import console
from autograder.grading.marking import Submission
from autograder.grading.plan import NEW, Plan
from autograder.grading.verdict import Verdict
from tests.grading.conftest import UNIT


@pytest.mark.parametrize(
    ("seconds", "rate", "left"),
    [(2, "30.0 a minute", "0:00:06"), (0.25, "4.0 a second", "0:00:01")],
)
def test_the_bar_says_what_is_graded_and_why_how_fast_and_how_long(
    monkeypatch, seconds, rate, left
):
    now = 100.0
    seen = Console(
        record=True, file=io.StringIO(), force_terminal=True, width=120, get_time=lambda: now
    )
    monkeypatch.setattr(console, "errors", seen)
    items = [Submission(f"student-{number}", UNIT, Path()) for number in range(8)]
    bar = console.GradingBar()
    with bar:
        bar.add(Plan("another", {}, {}, unchanged=items))
        bar.add(Plan(UNIT, {}, {}, dict.fromkeys(items[:6], NEW), unchanged=items[6:]))
        for item in items[:3]:
            now += seconds
            bar.advance(Verdict(item.student, UNIT, 1.0, 1.0, {}))
    assert (bar.done, bar.total) == (3, 6)
    text = seen.export_text()
    assert "another: 8 kept: nothing has changed since they were graded" in text
    assert f"{UNIT}: 2 kept" in text
    assert f"{UNIT}: 6 graded {NEW}" in text
    (*_, last) = (line for line in text.splitlines() if "3/6" in line)
    assert UNIT in last
    assert rate in last
    assert left in last
