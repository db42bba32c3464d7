"""The explorable in a notebook: responds to the browser's requests from a thread of its own.

The browser asks for the frames around a state and moves through them by itself. Callbacks of
widgets may run beside cells, so the callback only queues a request; one worker thread computes. A
newer request of a view supersedes an older one, even half-way through the response.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import anywidget
import traitlets

from course.explore.base.frame import Block, Frame, pack
from course.explore.base.messages import (
    MalformedRequestError,
    Request,
    block_message,
    done_message,
    error_message,
    read_request,
    refusal_message,
    update_message,
)
from course.explore.base.script import STYLE, widget_script
from course.explore.base.viewable import Viewable


class ExplorableWidget(anywidget.AnyWidget):
    """One explorable, shown; all its views share its state.

    Parameters
    ----------
    explorable
        What is shown.
    """

    _esm = traitlets.Unicode(widget_script()).tag(sync=True)
    _css = traitlets.Unicode(STYLE).tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict(help="values, and which view set them").tag(sync=True)
    header = traitlets.Dict(help="of the first frame, so that it shows at once").tag(sync=True)
    buffer = traitlets.Bytes().tag(sync=True)

    def __init__(self, explorable: Viewable) -> None:
        header, buffer = pack(explorable.single(explorable.state))
        super().__init__(
            spec=explorable.spec(),
            state={"values": vars(explorable.state), "by": "kernel"},
            header=header,
            buffer=buffer,
        )
        self._explorable = explorable
        self._requests: dict[str, Request] = {}
        self._closing = False
        self._changed = threading.Condition()
        self._worker: threading.Thread | None = None
        self._frame: Frame | None = None
        self.on_msg(self._on_message)

    def sync_state(self) -> None:
        """Send every view where the controls stand now."""
        self.state = {"values": vars(self._explorable.state), "by": "kernel"}

    def send_update(self) -> None:
        """Send every view the present frame, without a request: it has changed by itself."""
        header, buffer = pack(self._explorable.single(self._explorable.state))
        self.send(update_message(header), [buffer])

    def close(self) -> None:
        """Take the explorable off the page and let the worker end."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        super().close()

    def _on_message(self, _: object, content: object, __: object) -> None:
        """Queue a request in place of an older one of the same view; refuse a malformed one."""
        try:
            request = read_request(content)
        except MalformedRequestError as error:
            self.send(refusal_message(content, error))
            return
        with self._changed:
            self._requests[request.view] = request
            if self._worker is None:
                self._worker = threading.Thread(
                    target=self._work, name=self._explorable.name, daemon=True
                )
                self._worker.start()
            self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._requests and not self._closing:
                    self._changed.wait()
                if self._closing:
                    return
                _, request = self._requests.popitem()
            self._respond(request)

    def _superseded(self, request: Request) -> bool:
        return self._closing or request.view in self._requests

    def _respond(self, request: Request) -> None:
        """Send what was asked for, block by block, until done or superseded."""
        known = set(request.known)
        try:
            for block in self._blocks(request):
                if self._superseded(request):
                    return
                header, buffer = pack(block, known)
                known.update(key for a in header["arrays"].values() for key in a.get("keys", ()))
                self.send(block_message(request, header), [buffer])
            self.send(done_message(request))
        except Exception as error:  # a worker must outlive whatever a student's function does
            self.send(error_message(request, error))

    def _blocks(self, request: Request) -> Iterator[Block]:
        """Yield the blocks of a response: a prefetch, one frame, or what follows in time."""
        explorable = self._explorable
        state = explorable.apply(request.values)
        if request.kind == "prefetch":
            if self.state["values"] != vars(state):
                self.state = {"values": vars(state), "by": request.view}
            blocks = explorable.prefetch(state, request.priority, lambda: self._superseded(request))
            first = next(blocks)
            self._frame = first.frames[0]
            yield first
            yield from blocks
            return
        if request.kind == "next_frame" and self._frame is not None:
            self._frame = explorable.next_frame(state, self._frame)
        else:  # in passing: when the hand rests, a prefetch with the whole frame follows
            self._frame = explorable.preview(state)
        yield Block(vars(state), [], [self._frame])
