"""The worker behind an explorable: the latest request wins, and nothing a student does ends it."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import numpy as np
import pytest

from course.explore import Descent
from course.explore.base.frame_server import FrameServer
from tests.explore.message_schema import check_message, errors
from tests.waiting import TIMEOUT


class Listening(FrameServer):
    """A server whose messages are kept instead of sent; each must be as the schema says."""

    def __init__(self, explorable: Any) -> None:
        self.sent: list[dict[str, Any]] = []
        self.known: set[str] = set()
        self.done = threading.Semaphore(0)
        self.wrong: list[BaseException] = []
        super().__init__(explorable, self.keep)

    def keep(self, content: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        try:
            check_message(content, buffers or [], self.known)
        except BaseException as wrong:  # in the worker nobody would see it
            self.wrong.append(wrong)
        entries = content.get("header", {"arrays": {}})["arrays"].values()
        self.known.update(itertools.chain.from_iterable(e.get("keys", ()) for e in entries))
        self.sent.append(content)
        if content["kind"] in ("done", "error"):
            self.done.release()

    def request(self, kind: str, number: int, values: dict[str, Any], **more: Any) -> None:
        request = {"view": "a", "known": [], "priority": "", "values": values}
        request |= {"kind": kind, "number": number} | more
        assert errors(request, "Request") == []
        self.receive(request)

    def wait(self) -> None:
        assert self.done.acquire(timeout=TIMEOUT)
        assert self.wrong == []


def test_a_prefetch_is_a_frame_and_one_sweep_for_each_control() -> None:
    server = Listening(Descent())
    server.request("prefetch", 1, {"learning_rate": 0.3}, priority="theta1")
    server.wait()
    axes = [[axis["key"] for axis in m["header"]["axes"]] for m in server.sent[:-1]]
    assert axes == [[], ["theta1"], ["learning_rate"], ["theta0"], ["momentum"], ["features"]]
    fields = [m["header"]["arrays"]["field"]["starts"] for m in server.sent[:-1]]
    assert fields[0] == [0]
    assert all(starts == [None] for starts in fields[1:-1]), "the field is sent once"
    server.close()


class Slow:
    """A student's gradient that waits until it may go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.go_on.set()

    def __call__(self, X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
        self.begun.set()
        self.go_on.wait(TIMEOUT)
        return theta * 0

    def hold(self) -> None:
        self.begun.clear()
        self.go_on.clear()


def test_the_latest_request_supersedes() -> None:
    slow = Slow()
    server = Listening(Descent(gradient=slow))
    slow.hold()
    server.request("prefetch", 1, {"learning_rate": 0.1})
    assert slow.begun.wait(TIMEOUT)
    server.request("prefetch", 2, {"learning_rate": 0.2})
    server.request("prefetch", 3, {"learning_rate": 0.3})
    slow.go_on.set()
    server.wait()
    assert {message["number"] for message in server.sent} == {3}
    assert server.sent[0]["header"]["base"]["learning_rate"] == 0.3
    server.close()


def test_an_error_is_sent_and_the_worker_lives_on() -> None:
    server = Listening(Descent())
    server.request("frame", 1, {"learning_rate": -1})
    server.wait()
    assert server.sent[-1]["kind"] == "error"
    assert "learning_rate = -1 is out of range" in server.sent[-1]["text"]
    server.request("frame", 2, {"learning_rate": 1})
    server.wait()
    assert [message["kind"] for message in server.sent[-2:]] == ["block", "done"]
    server.close()


GOOD = {
    "view": "a", "number": 9, "kind": "frame", "values": {"momentum": 0.5}, "priority": "",
    "known": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "view", "number", "text"),
    [
        (None, "", 0, "a request is an object, not NoneType"),
        ({}, "", 0, "lacks view, number, kind, values, priority, known"),
        ({k: v for k, v in GOOD.items() if k != "known"}, "a", 9, "lacks known"),
        (GOOD | {"have": []}, "a", 9, "has an unknown have"),
        (GOOD | {"view": ""}, "", 9, "view is ''; expected a name"),
        (GOOD | {"number": "9"}, "a", 0, "number is '9'; expected a whole number from 1"),
        (GOOD | {"kind": "star"}, "a", 9, "kind is 'star'; expected one of prefetch, frame"),
        (GOOD | {"kind": ["frame"]}, "a", 9, "kind is"),
        (GOOD | {"values": {"momentum": None}}, "a", 9, "expected a number, a text or a truth"),
        (GOOD | {"priority": None}, "a", 9, "priority is None"),
        (GOOD | {"known": [1]}, "a", 9, r"known is \[1\]; expected a list of keys"),
    ],
)
def test_a_malformed_request_is_refused_and_nothing_is_lost(
    content: object, view: str, number: int, text: str
) -> None:
    slow = Slow()
    server = Listening(Descent(gradient=slow))
    before = server._explorable.state
    slow.hold()
    server.request("prefetch", 1, {})
    assert slow.begun.wait(TIMEOUT)
    server.request("frame", 2, {"momentum": 0.25}, view="b")
    server.receive(content)
    server.wait()
    (refusal,) = server.sent
    assert (refusal["kind"], refusal["view"], refusal["number"]) == ("error", view, number)
    with pytest.raises(ValueError, match=text):
        raise ValueError(refusal["text"])
    assert server._explorable.state == before
    slow.go_on.set()
    server.wait()
    server.wait()
    done = [(m["view"], m["number"]) for m in server.sent if m["kind"] == "done"]
    assert done == [("a", 1), ("b", 2)], "what was under way and what was queued is responded to"
    server.close()


def test_closing_ends_the_worker() -> None:
    server = Listening(Descent())
    server.request("frame", 1, {})
    server.wait()
    worker = server._worker
    assert worker.is_alive()
    server.close()
    worker.join(TIMEOUT)
    assert not worker.is_alive()
