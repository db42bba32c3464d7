"""The explorable in a notebook: answers the browser's questions from a thread of its own.

The browser asks for the star of sweeps around a state and scrubs it by itself. Callbacks of
widgets may run beside cells, so questions are only noted down in the callback; one worker thread
computes. A newer question of the same view overtakes an older one, even half answered.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import anywidget
import traitlets

from course.explore.base.frame import Block, Frame, pack
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
        self._questions: dict[str, dict[str, Any]] = {}
        self._asked = threading.Condition()
        self._worker: threading.Thread | None = None
        self._frame: Frame | None = None
        self.on_msg(self._note)

    def show_state(self) -> None:
        """Tell every view where the controls stand now."""
        self.state = {"values": vars(self._explorable.state), "by": "kernel"}

    def push(self) -> None:
        """Send every view what is seen now, unasked: something went on by itself."""
        block = self._explorable.single(self._explorable.state)
        header, buffer = pack(block)
        self.send({"view": "", "kind": "push", "header": header}, [buffer])

    def close(self) -> None:
        """Take the explorable off the page and let the worker end."""
        with self._asked:
            self._questions = {"": {}}
            self._asked.notify()
        super().close()

    def _note(self, _: object, question: dict[str, Any], __: object) -> None:
        """Note a question down, in place of an older one of the same view."""
        with self._asked:
            self._questions[question["view"]] = question
            if self._worker is None:
                self._worker = threading.Thread(
                    target=self._work, name=self._explorable.name, daemon=True
                )
                self._worker.start()
            self._asked.notify()

    def _work(self) -> None:
        while True:
            with self._asked:
                while not self._questions:
                    self._asked.wait()
                view, question = self._questions.popitem()
            if not view:
                return
            self._answer(view, question)

    def _answer(self, view: str, question: dict[str, Any]) -> None:
        """Send what was asked for, block by block, until done or overtaken."""
        reply = {"view": view, "number": question["number"]}
        have = set(question["have"])
        try:
            for block in self._blocks(view, question):
                if view in self._questions:
                    return
                header, buffer = pack(block, have)
                have.update(key for a in header["arrays"].values() for key in a.get("keys", ()))
                self.send({**reply, "kind": "block", "header": header}, [buffer])
            self.send({**reply, "kind": "done"})
        except Exception as wrong:  # a worker must outlive whatever a student's function does
            text = f"{type(wrong).__name__}: {wrong}"
            self.send({**reply, "kind": "trouble", "text": text})

    def _blocks(self, view: str, question: dict[str, Any]) -> Iterator[Block]:
        """Yield the blocks that answer a question: the star, one frame, or what follows in time."""
        explorable = self._explorable
        state = explorable.adopt(question["values"])
        if question["kind"] == "star":
            if self.state["values"] != vars(state):
                self.state = {"values": vars(state), "by": view}
            blocks = explorable.star(state, question["first"], lambda: view in self._questions)
            first = next(blocks)
            self._frame = first.frames[0]
            yield first
            yield from blocks
            return
        if question["kind"] == "more" and self._frame is not None:
            self._frame = explorable.more(state, self._frame)
        else:  # in passing: when the hand rests, a star with the whole frame follows
            self._frame = explorable.glimpse(state)
        yield Block(vars(state), [], [self._frame])
