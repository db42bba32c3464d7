"""What the right answer gives is kept in the classroom: read where nothing changed, else anew."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from autograder.hidden_tests import hidden_test
from autograder.hidden_tests.hidden_test import HiddenTest
from autograder.hidden_tests.perceptron import perceptron_fit, perceptron_predict
from course.checks.diagnosis import symptoms


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESCENT_CLASSROOM", str(tmp_path))
    forget()
    return tmp_path / "right"


def forget() -> None:
    """Be as another interpreter is."""
    for remembered in (hidden_test._right_outcomes, hidden_test._fingerprint):
        remembered.cache_clear()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[HiddenTest]:
    """Note for which tests the right answer is run."""
    noted: list[HiddenTest] = []
    right = HiddenTest.run_right_answer
    monkeypatch.setattr(
        HiddenTest, "run_right_answer", lambda self: noted.append(self) or right(self)
    )
    return noted


def ask(test: HiddenTest, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask as another interpreter would."""
    monkeypatch.setenv("DESCENT_SECRET", secret)
    forget()
    hidden_test._right_outcomes(test, secret)


def test_it_is_run_once_for_a_school(
    cache: Path, runs: list[HiddenTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(perceptron_predict, "a school", monkeypatch)
    (cached,) = cache.glob("*.json")
    assert cache.stat().st_mode & 0o077 == 0
    ask(perceptron_predict, "a school", monkeypatch)
    assert runs == [perceptron_predict]
    read = hidden_test._right_outcomes(perceptron_predict, "a school")
    assert not symptoms(perceptron_predict.run_right_answer(), read)
    assert len(json.loads(cached.read_text(encoding="utf-8"))) == len(read)
    runs.clear()
    ask(perceptron_predict, "another school", monkeypatch)
    assert runs == [perceptron_predict]
    assert len(list(cache.glob("*.json"))) == 2


def test_other_code_makes_it_anew(
    cache: Path, runs: list[HiddenTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(perceptron_predict, "a school", monkeypatch)
    monkeypatch.setattr(hidden_test, "_hash_dependencies", lambda: b"other programs")
    ask(perceptron_predict, "a school", monkeypatch)
    assert runs == [perceptron_predict] * 2


def test_other_libraries_or_data_make_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def fresh() -> bytes:
        hidden_test._hash_dependencies.cache_clear()
        return hidden_test._hash_dependencies()

    before = fresh()
    files = {path.name for path in hidden_test._dependency_files()}
    assert {"hubble1929.csv", "letters.txt", "collider_keras.json", "roc.py"} <= files
    names = {word.split()[0] for word in hidden_test._library_versions()}
    assert {"numpy", "scikit-learn", "keras"} < names
    assert any(name.startswith("tensorflow") for name in names)
    monkeypatch.setattr(hidden_test, "version", lambda name: "99")
    assert fresh() != before
    monkeypatch.undo()
    assert fresh() == before


def test_without_a_classroom_nothing_is_kept(
    tmp_path: Path, runs: list[HiddenTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_CLASSROOM", str(tmp_path / "none"))
    ask(perceptron_predict, "a school", monkeypatch)
    ask(perceptron_predict, "a school", monkeypatch)
    assert len(runs) == 2
    assert list(tmp_path.iterdir()) == []


def test_of_two_at_once_one_computes(
    cache: Path, runs: list[HiddenTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", "a school")
    tests = [perceptron_predict, perceptron_fit]
    threads = [threading.Thread(target=hidden_test.prepare, args=(tests, True)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(runs, key=tests.index) == tests
    forget()
    assert hidden_test.prepare(tests, compute=False), "what is kept is read"
    assert len(runs) == 2
