"""How soon the teacher's page of the live board shows the checks of a class."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import Any

from autograder.paths import ROOT
from benchmarks._rows import row
from course.live_board import Reporter
from tests.browser.lab import chromium

STUDENTS = 100
ROUNDS = 10
UNIT, EXERCISE = "01_linear_regression", "cost"


def measure() -> list[dict]:
    """Time from the checks of a whole class, all at once, to the page that shows all of them."""
    command = [sys.executable, "-m", "autograder", "board", "--port", "0", "--address", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        line = next(line for line in server.stdout if "The board is at" in line)
        address = line.split()[4]
        class_of = [
            Reporter(address.partition("/?")[0], f"{number:016x}") for number in range(STUDENTS)
        ]
        with chromium() as browser:
            page = browser.new_page()
            page.goto(address)
            _report(class_of, page, 1)  # connections, threads and the unit's text, once
            times = [_report(class_of, page, tries) for tries in range(2, ROUNDS + 2)]
    finally:
        server.terminate()
        server.wait()
    name = f"checks of {STUDENTS} students at once to the teacher's page, median"
    return [row(name, statistics.median(times), unit="s", target="at most 1 s")]


def _report(class_of: list[Reporter], page: Any, tries: int) -> float:
    """Have every student's check reported; return the seconds until the page shows all."""
    start = time.perf_counter()
    for student in class_of:
        student.report(UNIT, EXERCISE, right=False, mistake="missing 1/2")
    page.wait_for_function(
        "([students, tries]) => [...document.querySelectorAll('#students .wrong')]"
        ".filter((one) => one.textContent.endsWith(` ${tries}`)).length === students",
        arg=[STUDENTS, tries],
    )
    return time.perf_counter() - start
