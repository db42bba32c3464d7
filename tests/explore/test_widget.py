"""The worker behind a widget: the latest question wins, and nothing a student does ends it."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from course.explore import Descent
from course.explore.base.widget import ExplorableWidget
from tests.waiting import TIMEOUT


class Listening(ExplorableWidget):
    """A widget whose messages are kept instead of sent."""

    def __init__(self, explorable: Descent) -> None:
        self.sent: list[dict[str, Any]] = []
        self.done = threading.Semaphore(0)
        super().__init__(explorable)

    def send(self, content: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        self.sent.append(content)
        if content["kind"] in ("done", "trouble"):
            self.done.release()

    def ask(self, kind: str, number: int, values: dict[str, Any], **more: Any) -> None:
        question = {"view": "a", "have": [], "first": "", "values": values}
        self._note(self, question | {"kind": kind, "number": number} | more, None)

    def wait(self) -> None:
        assert self.done.acquire(timeout=TIMEOUT)


def test_a_star_is_a_frame_and_one_sweep_for_each_control() -> None:
    widget = Listening(Descent())
    widget.ask("star", 1, {"learning_rate": 0.3}, first="theta1")
    widget.wait()
    axes = [[axis["key"] for axis in m["header"]["axes"]] for m in widget.sent[:-1]]
    assert axes == [[], ["theta1"], ["learning_rate"], ["theta0"], ["momentum"], ["features"]]
    assert widget._explorable.state.learning_rate == 0.3
    assert widget.state["by"] == "a"
    fields = [m["header"]["arrays"]["field"]["starts"] for m in widget.sent[:-1]]
    assert fields[0] == [0]
    assert all(starts == [None] for starts in fields[1:-1]), "the field is sent once"
    widget.ask("star", 2, {}, view="b")
    widget.wait()
    assert widget.state["by"] == "a", "who asks without moving tells no other view"
    widget.close()


def test_the_latest_question_overtakes() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
        begun.set()
        go_on.wait(TIMEOUT)
        return theta * 0

    go_on.set()
    widget = Listening(Descent(gradient=slow))
    begun.clear()
    go_on.clear()
    widget.ask("star", 1, {"learning_rate": 0.1})
    assert begun.wait(TIMEOUT)
    widget.ask("star", 2, {"learning_rate": 0.2})
    widget.ask("star", 3, {"learning_rate": 0.3})
    go_on.set()
    widget.wait()
    assert {message["number"] for message in widget.sent} == {3}
    assert widget._explorable.state.learning_rate == 0.3
    widget.close()


def test_trouble_is_told_and_the_worker_lives_on() -> None:
    widget = Listening(Descent())
    widget.ask("frame", 1, {"learning_rate": -1})
    widget.wait()
    assert widget.sent[-1]["kind"] == "trouble"
    assert "learning_rate = -1 is out of range" in widget.sent[-1]["text"]
    widget.ask("frame", 2, {"learning_rate": 1})
    widget.wait()
    assert [message["kind"] for message in widget.sent[-2:]] == ["block", "done"]
    widget.close()


def test_closing_ends_the_worker() -> None:
    widget = Listening(Descent())
    widget.ask("frame", 1, {})
    widget.wait()
    worker = widget._worker
    assert worker.is_alive()
    widget.close()
    worker.join(TIMEOUT)
    assert not worker.is_alive()


def test_shown_as_a_widget_with_words_for_where_there_is_none() -> None:
    bundle, *_ = Descent()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"].startswith("Descent: a straight line downhill. α = 0.9")


def test_moving_by_code_tells_every_view() -> None:
    descent = Descent()
    descent._repr_mimebundle_()
    descent.set(momentum=0.5)
    assert descent._widget.state["by"] == "kernel"
    assert descent._widget.state["values"]["momentum"] == 0.5
    with pytest.raises(ValueError, match="out of range"):
        descent.set(momentum=2)
