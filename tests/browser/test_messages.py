"""What browser and kernel really send each other in JupyterLab keeps to the one schema."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from playwright.sync_api import Browser, Page, WebSocket

from course.explore import Descent
from tests.browser.lab import Lab, LabServer, write_notebook
from tests.browser.test_lab import WALK
from tests.explore.message_schema import check_layout, check_message, errors

STUMBLE = (
    WALK.removesuffix("Walk()\n")
    + '''
class Stumble(Walk):
    """Walks on, but not at the largest step."""

    def compute(self, state):
        if state.step > 0.95:
            raise ValueError("stumbled")
        return super().compute(state)

shown = Stumble()
shown
'''
)
UPDATE = "shown.send_update()"
DESCENT = "from course.explore import Descent\nDescent()"


class MessageLog:
    """Everything that widgets and their kernel send each other on a page, in order."""

    def __init__(self, page: Page) -> None:
        self.sent: list[tuple[str, dict[str, Any], list[bytes]]] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self._record("browser", frame))
        socket.on("framereceived", lambda frame: self._record("kernel", frame))

    def _record(self, sender: str, frame: str | bytes) -> None:
        if isinstance(frame, str):  # not of a kernel
            return
        _, (_, _, _, content, *buffers) = deserialize_msg_from_ws_v1(frame)
        message = json.loads(content)
        if "comm_id" in message:
            self.sent.append((sender, message["data"], buffers))

    def messages(self, sender: str) -> list[tuple[dict[str, Any], list[bytes]]]:
        """Return the explorables' own messages of one side, with their buffers."""
        return [
            (data["content"], buffers)
            for by, data, buffers in self.sent
            if by == sender and data.get("method") == "custom"
        ]

    def traits(self) -> list[tuple[dict[str, Any], list[bytes]]]:
        """Return the widgets' traits as either side sent them, with their buffers."""
        return [(data["state"], buffers) for _, data, buffers in self.sent if "state" in data]


@pytest.fixture
def watched(browser: Browser, lab_server: LabServer) -> Iterator[tuple[Lab, MessageLog]]:
    """Return a JupyterLab with three cells that have run, and the log of its messages."""
    write_notebook(lab_server.work / "messages.ipynb", STUMBLE, UPDATE, DESCENT)
    context = browser.new_context()
    page = context.new_page()
    log = MessageLog(page)
    lab = Lab(lab_server, page)
    lab.open("messages.ipynb")
    lab.run_all()
    yield lab, log
    lab.close()
    context.close()
    assert lab.errors == []


def test_every_kind_of_message_keeps_to_the_schema(watched: tuple[Lab, MessageLog]) -> None:
    lab, log = watched
    walk, descent = lab.explorable("walk"), lab.explorable("descent")
    descent.wait_swept(5)
    descent.press("learning_rate", "ArrowRight")
    descent.wait_swept(5)
    walk.press("step", "ArrowRight")
    walk.wait_settled()
    walk.button("play").click()
    walk.wait_says(re.compile("from [2-9]"))
    walk.button("pause").click()
    walk.press("step", "End")
    walk.wait_says("stumbled")
    requests, responses = log.messages("browser"), log.messages("kernel")
    assert {r["kind"] for r, _ in requests} == {"prefetch", "frame", "next_frame"}
    assert {r["kind"] for r, _ in responses} == {"block", "done", "error", "update"}
    known: dict[tuple[str, int], set[str]] = {}
    for request, buffers in requests:
        assert errors(request, "Request") == []
        assert buffers == []
        known[request["view"], request["number"]] = set(request["known"])
    for response, buffers in responses:
        at_hand = known.get((response.get("view"), response.get("number")), set())
        check_message(response, buffers, at_hand)
        arrays = response.get("header", {"arrays": {}})["arrays"].values()
        at_hand.update(itertools.chain.from_iterable(a.get("keys", ()) for a in arrays))


def test_the_traits_keep_to_the_schema(watched: tuple[Lab, MessageLog]) -> None:
    lab, log = watched
    lab.explorable("descent").press("momentum", "End")
    lab.explorable("descent").wait_settled()
    keys = {control.key for control in Descent().controls} | {"step"}
    states = [{k: v for k, v in state.items() if k in keys} for state, _ in log.traits()]
    moved = [state for state in states if state]
    assert len(moved) >= 3, "two that were opened, one that was moved"
    assert {"momentum": 0.95} in moved, "a move sends what has moved, and nothing else"
    assert all(errors(state, "Values") == [] for state in moved)
    opened = [(state["_header"], buffers) for state, buffers in log.traits() if "_header" in state]
    assert len(opened) == 2
    for header, (buffer,) in opened:
        assert errors(header, "Header") == []
        check_layout(header, buffer)


def test_a_malformed_request_of_a_page_is_refused_and_the_view_goes_on(
    watched: tuple[Lab, MessageLog],
) -> None:
    lab, log = watched
    descent = lab.explorable("descent")
    descent.wait_swept(5)
    descent.of_view("(view) => view.kernel.send({kind: 'frame', number: 'first'})")
    descent.press("momentum", "End")
    descent.wait_settled()
    assert descent.is_exact
    (refusal,) = [message for message, _ in log.messages("kernel") if message["kind"] == "error"]
    assert refusal["text"] == "the request lacks values, priority, known"
    assert errors(refusal) == []
