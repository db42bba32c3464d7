"""What known answers give is kept in the classroom: read where nothing changed, else made anew."""

from __future__ import annotations

import fcntl
import json
import threading
from pathlib import Path

import pytest

from autograder import examine
from autograder.examine import Hidden
from autograder.laws.perceptron import perceptron_fit, perceptron_predict
from course.checks.values import write


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESCENT_CLASSROOM", str(tmp_path))
    forget()
    return tmp_path / "known"


def forget() -> None:
    """Be as another interpreter is."""
    for remembered in (examine._values, examine._right, examine._fingerprint):
        remembered.cache_clear()


def asked_anew(test: Hidden, secret: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Ask as another interpreter would; tell whether known answers were run for it."""
    monkeypatch.setenv("DESCENT_SECRET", secret)
    forget()
    runs, values = [], Hidden.values

    def noted(self: Hidden) -> object:
        runs.append(self)
        return values(self)

    with monkeypatch.context() as patch:
        patch.setattr(Hidden, "values", noted)
        examine._values(test, secret)
    return bool(runs)


def test_they_are_run_once_for_a_school(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked_anew(perceptron_predict, "a school", monkeypatch)
    (kept,) = room.glob("*-known.json")
    assert room.stat().st_mode & 0o077 == 0
    assert not asked_anew(perceptron_predict, "a school", monkeypatch)
    assert write(examine._values(perceptron_predict, "a school")) == write(
        perceptron_predict.values()
    )
    assert asked_anew(perceptron_predict, "another school", monkeypatch)
    assert len(list(room.glob("*-known.json"))) == 2
    assert json.loads(kept.read_text(encoding="utf-8"))["mistakes"]


def test_another_answer_in_the_catalogue_makes_them_anew(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked_anew(perceptron_predict, "a school", monkeypatch)
    fewer = examine.catalogue.wrong("02_perceptron", "perceptron_predict")[1:]
    monkeypatch.setattr(examine.catalogue, "wrong", lambda *_: fewer)
    assert asked_anew(perceptron_predict, "a school", monkeypatch)


def test_without_a_classroom_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_CLASSROOM", str(tmp_path / "none"))
    assert asked_anew(perceptron_predict, "a school", monkeypatch)
    assert asked_anew(perceptron_predict, "a school", monkeypatch)
    assert list(tmp_path.iterdir()) == []


def test_two_that_compute_divide_the_work(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one holds a test, the other takes the next; it comes back for what the first kept."""
    monkeypatch.setenv("DESCENT_SECRET", "a school")
    tests = [perceptron_predict, perceptron_fit]
    order, right = [], Hidden.values

    def other() -> None:
        with examine._lock(examine._kept(perceptron_predict, "a school")).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            held.set()
            done.wait(60)

    def noted(self: Hidden) -> object:
        order.append(self)
        done.set()
        return right(self)

    held, done = threading.Event(), threading.Event()
    monkeypatch.setattr(Hidden, "values", noted)
    thread = threading.Thread(target=other)
    thread.start()
    held.wait(60)
    assert examine.prepare(tests, compute=True)
    thread.join()
    assert order == tests[::-1]
    forget()
    assert examine.prepare(tests, compute=False), "what is kept is read"
    assert order == tests[::-1]
