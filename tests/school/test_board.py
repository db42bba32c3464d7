"""The live board: what checks tell it, that they never wait for it, and what a teacher sees."""

import json
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from autograder.board.standings import MAX_STUDENTS, Standings
from autograder.paths import ROOT
from course import live_board
from course.checks import linear_regression as check
from course.live_board import Reporter, pseudonym
from course.validation.arrays import as_arrays
from tests.waiting import MILLISECONDS, TIMEOUT, wait_until

UNIT, MISTAKE = "01_linear_regression", "missing 1/2"
MARK = "zebra crossing"
"""Stands in an answer, its name, its error; and nowhere else."""


class Board:
    """A board that runs, as a teacher starts it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "autograder", "board", "--port", "0"]
        self._process = subprocess.Popen(
            [*command, "--address", "127.0.0.1"], cwd=ROOT, text=True, stdout=subprocess.PIPE
        )
        assert self._process.stdout
        line = next(line for line in self._process.stdout if "The board is at" in line)
        self.page = line.split()[4]
        self.address, _, self.key = self.page.partition("/?key=")

    def data(self, key: str | None = None) -> dict[str, Any]:
        asked = f"{self.address}/data?key={self.key if key is None else key}"
        with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:
            return dict(json.load(answer))

    def post(self, body: bytes) -> int:
        try:
            asked = urllib.request.Request(f"{self.address}/report", body)
            with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def end(self) -> int:
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(TIMEOUT)


@pytest.fixture
def board() -> Iterator[Board]:
    started = Board()
    yield started
    assert started.end() == 0


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A student's own folder, in which nothing is kept yet."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv(live_board.VARIABLE, raising=False)
    for remembered in (live_board._reporter, live_board._new_key):
        remembered.cache_clear()
    yield tmp_path / "data"
    for remembered in (live_board._reporter, live_board._new_key):
        remembered.cache_clear()


class Listener:
    """A server that keeps what it is sent; it answers once it may."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.may_answer = threading.Event()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                listener.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                listener.may_answer.wait(TIMEOUT)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def end(self) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    started = Listener()
    yield started
    started.end()


def zebra_crossing(X: Any, y: Any, theta: Any) -> Any:
    """Zebra crossing."""
    raise ValueError(MARK)


def cost_without_half(X: Any, y: Any, theta: Any) -> Any:
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return np.mean((X @ theta - y) ** 2)


def test_a_hundred_students_stand_on_the_page(board: Board, browser: Browser) -> None:
    keys = [f"{number * 977:016x}" for number in range(100)]
    for number, who in enumerate(keys):
        reporter = Reporter(board.address, who, TIMEOUT)
        reporter.report(UNIT, "predict", True, None)
        reporter.report(UNIT, "cost", False, None)
        reporter.report(UNIT, "cost", number % 3 > 0, None if number % 3 else MISTAKE)
    wait_until(lambda: board.data()["version"] == 300)
    data = board.data()
    assert [row["name"] for row in data["students"]] == sorted(map(pseudonym, keys))
    assert data["columns"][:3] == [["01", "predict"], ["01", "cost"], ["01", "gradient"]]
    place = data["columns"].index(["01", "cost"])
    assert all(row["states"][place][2] == 2 for row in data["students"])
    assert data["mistakes"] == [{"unit": "01", "exercise": "cost", "name": MISTAKE, "count": 34}]
    page = browser.new_page()
    page.goto(board.page)
    page.wait_for_function(
        "document.querySelectorAll('#students tr').length === 100", timeout=MILLISECONDS
    )
    assert page.inner_text("#commonest") == f"Commonest now: {MISTAKE} in 01 · cost: 34"
    Reporter(board.address, "f" * 16, TIMEOUT).report(UNIT, "predict", True, None)
    page.wait_for_selector(f"text={pseudonym('f' * 16)}", timeout=MILLISECONDS)
    found = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:200]) for item in found] == []
    page.close()


def test_a_check_tells_words_of_the_course_and_nothing_of_the_notebook(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(live_board.VARIABLE, listener.address)
    listener.may_answer.set()
    said = check.cost(zebra_crossing)
    assert MARK in repr(said)
    assert check.cost(cost_without_half).mistake == MISTAKE
    wait_until(lambda: len(listener.bodies) == 2)
    for body, mistake in zip(listener.bodies, (None, MISTAKE), strict=True):
        assert MARK.encode() not in body.lower()
        told = json.loads(body)
        assert len(told.pop("who")) == 16
        assert told == {"unit": UNIT, "exercise": "cost", "right": False, "mistake": mistake}


def test_no_check_waits_for_the_board(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    """The listener answers only after the checks are done: one that waited would never be."""
    monkeypatch.setattr(live_board, "PATIENCE", TIMEOUT)
    monkeypatch.setattr(Reporter.__init__, "__defaults__", (TIMEOUT,))
    monkeypatch.setenv(live_board.VARIABLE, listener.address)
    for _ in range(live_board.WAITING + 5):
        assert "Live board: on" in repr(check.predict(lambda X, theta: X @ theta))
    assert not listener.may_answer.is_set()
    reporter = live_board._reporter(listener.address, live_board._who())
    assert reporter.reached is None
    listener.may_answer.set()
    wait_until(lambda: reporter.reached)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{port}", "nonsense", "http://", "http://[::1"]
)
def test_a_board_that_is_away_costs_nothing(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    alone = check.cost(zebra_crossing)
    monkeypatch.setenv(live_board.VARIABLE, address.format(port=port))
    said = check.cost(zebra_crossing)
    assert (said.passed, said.message, said.mistake) == (alone.passed, alone.message, alone.mistake)
    if "port" in address:
        reporter = live_board._reporter(address.format(port=port), live_board._who())
        wait_until(lambda: reporter.reached is False)
        assert "on, but it does not answer" in check.cost(zebra_crossing)._repr_html_()


def test_it_is_off_unless_the_school_has_one(home: Path, capsys: pytest.CaptureFixture) -> None:
    before = threading.active_count()
    said = check.predict(lambda X, theta: X @ theta)
    assert said.board == ""
    assert "board" not in repr(said) + said._repr_html_()
    assert threading.active_count() == before
    assert not home.exists()
    assert live_board.status() == "Live board: off. Nothing is told of your checks."


def test_a_student_leaves_and_joins(
    listener: Listener, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    listener.may_answer.set()
    monkeypatch.setenv(live_board.VARIABLE, listener.address)
    assert pseudonym(live_board._who()) in check.predict(lambda X, theta: X @ theta).board
    wait_until(lambda: len(listener.bodies) == 1)
    live_board.leave()
    assert check.predict(lambda X, theta: X @ theta).board == ""
    live_board.join()
    assert f"on, at {listener.address}" in capsys.readouterr().out
    assert "on" in check.predict(lambda X, theta: X @ theta).board
    wait_until(lambda: len(listener.bodies) == 2)
    who = {json.loads(body)["who"] for body in listener.bodies}
    assert len(who) == 1, "a student keeps the pseudonym"
    monkeypatch.delenv(live_board.VARIABLE)
    assert "off" in live_board.status()
    live_board.join("http://192.0.2.1:1")
    assert "on, at http://192.0.2.1:1" in live_board.status()


def test_nothing_is_told_while_a_notebook_is_graded(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(live_board.VARIABLE, listener.address)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert check.predict(lambda X, theta: X @ theta).board == ""
    assert live_board._reporter.cache_info().misses == 0


def report(**changes: object) -> bytes:
    good = {"who": "0" * 16, "unit": UNIT, "exercise": "cost", "right": False, "mistake": MISTAKE}
    return json.dumps(good | changes).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 1500, b"x" * 100_000,
        report(who="Ada Lovelace"), report(who=3), report(unit="99_none"), report(unit=["01"]),
        report(exercise="<script>alert(1)</script>"), report(exercise=None), report(right="yes"),
        report(mistake=MARK), report(mistake={}),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(board: Board, body: bytes) -> None:
    try:
        assert board.post(body) == 400
    except (urllib.error.URLError, ConnectionError):  # too long: the server hangs up
        assert len(body) > 2000
    assert board.data() == {"version": 0, "columns": [], "students": [], "mistakes": []}
    assert board.post(report()) == 204


def test_only_the_teacher_s_address_shows_it(board: Board) -> None:
    for key in ("", "wrong", "é"):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            board.data(urllib.request.quote(key))
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(board.address, timeout=TIMEOUT)


def test_a_flood_fills_the_board_and_no_more() -> None:
    standings = Standings()
    taken = [standings.take(report(who=f"{n:016x}")) for n in range(MAX_STUDENTS + 5)]
    assert sum(taken) == MAX_STUDENTS == len(standings.as_data()["students"])
    assert standings.take(report(mistake=None, right=True))


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told = subprocess.run(
            [sys.executable, "-m", "autograder", "board", "--port", port, "--address", "127.0.0.1"],
            cwd=ROOT, text=True, capture_output=True, check=False, timeout=TIMEOUT,
        )  # fmt: skip
    assert told.returncode == 2
    assert f"port {port} cannot be had" in told.stderr
