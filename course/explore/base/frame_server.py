"""Frames for the browser: answers what views request, from a thread of its own.

The browser asks for the frames around a state and moves through them by itself. Callbacks of
widgets may run beside cells, so `FrameServer.receive` only queues a request; one worker thread
computes. A newer request of a view supersedes an older one, even half-way through the response.
Questions about one thing of a picture have a thread of their own: they neither wait for frames nor
supersede any.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from course.explore.base.frame import Block, Frame, pack
from course.explore.base.messages import (
    ArithmeticQuestion,
    MalformedRequestError,
    Message,
    Request,
    arithmetic_message,
    block_message,
    done_message,
    error_message,
    no_arithmetic_message,
    read_message,
    refusal_message,
)
from course.explore.base.viewable import Viewable


class Send(Protocol):
    """Sends a message, with its buffers, to all views."""

    def __call__(self, content: Message, buffers: list[bytes] | None = None) -> None:
        """Send `content`."""


class FrameServer:
    """Computes frames of one explorable for all its views.

    It moves nothing: a request says at which values its frames are wanted, and what the controls'
    values are is known from the explorable's traits alone.

    Parameters
    ----------
    explorable
        What is shown.
    send
        Sends a response to the views.
    """

    def __init__(self, explorable: Viewable, send: Send) -> None:
        self._explorable = explorable
        self._send = send
        self._requests: dict[str, Request] = {}
        self._closing = False
        self._changed = threading.Condition()
        self._worker: threading.Thread | None = None
        self._frame: Frame | None = None
        self._questions = ThreadPoolExecutor(1, thread_name_prefix=f"{explorable.name}-questions")

    def close(self) -> None:
        """Let the worker end."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._questions.shutdown(wait=False, cancel_futures=True)

    def receive(self, content: object) -> None:
        """Queue a request in place of an older one of the same view; refuse a malformed one."""
        try:
            request = read_message(content)
        except MalformedRequestError as error:
            self._send(refusal_message(content, error))
            return
        if isinstance(request, ArithmeticQuestion):
            if not self._closing:
                self._questions.submit(self._explain, request)
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
                self._send(block_message(request, header), [buffer])
            self._send(done_message(request))
        except Exception as error:  # a worker must outlive whatever a student's function does
            self._send(error_message(request, error))

    def _explain(self, question: ArithmeticQuestion) -> None:
        """Send the numbers behind what the reader points at."""
        explorable, shown = self._explorable, self._frame
        try:
            state = explorable.state_with(question.values)
            start = shown.scalars.get("start", 0.0) if shown else 0.0
            streamed = shown is not None and start > 0 and start == question.pick.start
            frame = shown if shown and streamed else explorable.compute(state)
            arithmetic = explorable.arithmetic(state, frame, question.pick)
            self._send(arithmetic_message(question, arithmetic))
        except Exception as error:  # as above: a student's function may do anything
            self._send(no_arithmetic_message(question, error))

    def _blocks(self, request: Request) -> Iterator[Block]:
        """Yield the blocks of a response: a prefetch, one frame, or what follows in time."""
        explorable = self._explorable
        state = explorable.state_with(request.values)
        if request.kind == "prefetch":
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
