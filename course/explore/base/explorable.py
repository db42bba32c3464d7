"""The base of every explorable: a state, a pure function of it, and all that readers do with it."""

from __future__ import annotations

import dataclasses
import itertools
import pathlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import anywidget
import traitlets

from course.colours import CIVIDIS, ROLES
from course.explore.base.controls import (
    Control,
    ControlTrait,
    Timeline,
    check_state,
    nearest_name,
)
from course.explore.base.frame import Block, Frame, pack
from course.explore.base.frame_server import FrameServer
from course.explore.base.messages import update_message
from course.explore.base.permalink import read_permalink, write_permalink
from course.explore.base.picture import Panel
from course.explore.base.script import STYLE, widget_script
from course.explore.base.sums import Arithmetic, Pick
from course.grading_mode import is_graded


class Explorable(anywidget.AnyWidget):
    """A picture that answers when you move it: a widget, with a trait for each control.

    A subclass declares its state, the controls and the panels, and computes a frame; the base does
    the rest. See the recipe in `course.explore`.

    Each control's value is the trait of its key: set it, observe it, link it to another widget's.
    The traits are the state; browser and kernel keep no other. All views share them.

    Parameters
    ----------
    **state
        Where the controls stand at first; what is not given keeps its default.

    Raises
    ------
    StateError
        If an entry of the state is unknown or out of range. It is a ValueError and a TraitError,
        here and wherever the state is set.
    """

    _esm = traitlets.Unicode(widget_script()).tag(sync=True)
    _css = traitlets.Unicode(STYLE).tag(sync=True)
    _spec = traitlets.Dict().tag(sync=True)
    _header = traitlets.Dict(help="of the first frame, so that it shows at once").tag(sync=True)
    _buffer = traitlets.Bytes().tag(sync=True)
    _wanted = False
    """Whether somebody has asked to see it: the browser hears of nothing else."""
    moved_by_page = False
    """Whether a page has moved a control: values set in Python do not count."""

    name: ClassVar[str] = ""
    """One word; permalinks begin with it."""
    title: ClassVar[str] = ""
    about: ClassVar[str] = ""
    """One or two sentences: what is seen."""
    about_live: ClassVar[str] = ""
    """What can be done beyond that where a kernel runs; a page without one does not say it."""
    state_class: ClassVar[type[Any]]
    presets: Mapping[str, Mapping[str, Any]] = {}
    """Named states, or parts of one; set in the constructor where they depend on data."""
    timeline: Timeline | None = None
    readout: ClassVar[str] = ""
    """What the browser fills in at the present time: ``"J = {costs}"`` reads the array `costs`."""
    streams: ClassVar[bool] = False
    """Whether play goes on past the end of the timeline, with frames from `next_frame`."""

    def __init__(self, **state: Any) -> None:
        unmoved = dataclasses.asdict(self.state_class())
        keys = [control.key for control in self.controls]
        if sorted(keys) != sorted(unmoved):
            raise TypeError(f"{type(self).__name__}: controls {keys} but state {list(unmoved)}")
        taken = [
            key
            for key in keys
            if hasattr(self, key) and not isinstance(getattr(type(self), key, None), ControlTrait)
        ]
        if taken:
            raise ValueError(
                f"no control can be called {taken[0]!r}: an explorable has something else of that "
                "name; take another name"
            )
        self.add_traits(**{c.key: ControlTrait(c, unmoved[c.key]) for c in self.controls})
        self._server = FrameServer(self, self.send)
        self.on_msg(lambda _, content, __: self._server.receive(content))
        super().__init__(**check_state(state, self.controls))

    # ---- what a subclass gives -----------------------------------------------------------------

    def make_controls(self) -> Sequence[Control]:
        """Return one control for each field of the state, in the order shown."""
        raise NotImplementedError

    def make_panels(self) -> Sequence[Panel]:
        """Return the linked views, left to right; one of them a loss or energy over time."""
        raise NotImplementedError

    def compute(self, state: Any) -> Frame:
        """Return what is seen at `state`. Pure: the same state gives the same frame."""
        raise NotImplementedError

    def preview(self, state: Any) -> Frame:
        """Return what a sweep shows at a neighbouring state: `compute`, or a coarser frame.

        A page without a kernel holds previews only.
        """
        return self.compute(state)

    def next_frame(self, state: Any, frame: Frame) -> Frame:
        """Return the frame that follows `frame` in time (only where `streams` is true)."""
        raise NotImplementedError

    def arithmetic(self, state: Any, frame: Frame, pick: Pick) -> Arithmetic:
        """Return the numbers behind what the reader points at, in a panel that is `explained`.

        Parameters
        ----------
        state, frame
            Where the controls stand, and what is seen there.
        pick
            What is pointed at.

        Raises
        ------
        ValueError
            If nothing is there that could be explained; the message is shown.
        """
        raise NotImplementedError

    # ---- what a reader uses --------------------------------------------------------------------

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """The controls, in the order shown."""
        return tuple(self.make_controls())

    @property
    def state(self) -> Any:
        """Where the controls stand now; the traits in one."""
        return self.state_class(**{c.key: getattr(self, c.key) for c in self.controls})

    def set(self, **changes: Any) -> None:
        """Move several controls at once, as a reader would; the browser follows.

        Raises
        ------
        StateError
            If an entry is unknown or out of range; nothing moves then.
        """
        checked = check_state(changes, self.controls)
        with self.hold_sync(), self.hold_trait_notifications():
            for key, value in checked.items():
                setattr(self, key, value)

    def state_with(self, changes: Mapping[str, Any]) -> Any:
        """Return the present state with `changes`, checked; nothing moves."""
        return dataclasses.replace(self.state, **check_state(changes, self.controls))

    def preset(self, name: str) -> None:
        """Move the controls to the preset called `name`.

        Raises
        ------
        ValueError
            If there is no such preset; the nearest is offered.
        """
        if name not in self.presets:
            raise ValueError(f"unknown preset {name!r}; {nearest_name(name, self.presets)}")
        self.set(**self.presets[name])

    def frame(self) -> Frame:
        """Return what is seen now."""
        return self.compute(self.state)

    def to_permalink(self) -> str:
        """Return the whole state as one line to paste."""
        return write_permalink(self.name, dataclasses.asdict(self.state))

    @classmethod
    def from_permalink(cls, permalink: str, **given: Any) -> Explorable:
        """Return an explorable at the state that `permalink` holds.

        Parameters
        ----------
        permalink
            What `to_permalink` returned.
        **given
            What the explorable is built with besides its state: data, a function of yours.

        Raises
        ------
        ValueError
            If the permalink is broken; the message says where.
        """
        explorable = cls(**given)
        explorable.set(**read_permalink(permalink, cls.name, explorable.controls))
        return explorable

    def to_html(self, path: str | pathlib.Path | None = None) -> str:
        """Return one page that shows the explorable with no kernel and no network.

        Its sliders move over fewer positions than in a notebook; the page says which it carries.

        Parameters
        ----------
        path
            Where to write the page as well, if given.
        """
        from course.explore.base.page import write_page

        page = write_page(self)
        if path is not None:
            pathlib.Path(path).write_text(page, encoding="utf-8")
        return page

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Show the explorable at the end of a cell; while grading its name, as nobody moves it."""
        if is_graded():
            return {"text/plain": self.title}
        bundle, *metadata = super()._repr_mimebundle_(**options) or ({},)
        # Where no widget can be drawn, a saved notebook still says what was seen.
        bundle["text/plain"] = f"{self.title}. {self.frame().summary}"
        return bundle, *metadata

    def __repr__(self) -> str:
        """Return how it would be made anew, but for what it is built with besides its state."""
        values = ", ".join(f"{key}={value!r}" for key, value in vars(self.state).items())
        return f"{type(self).__name__}({values})"

    # ---- the widget ----------------------------------------------------------------------------

    def open(self) -> None:
        """Meet the browser: once it is shown, linked or put in a box; computing needs none."""
        if not self._wanted:
            return
        self._spec = self.spec()
        self._header, self._buffer = pack(self.single(self.state))
        super().open()
        if self.comm is not None:
            # JupyterLab sends what a widget says to a shell beside the main one. Since 7.4.0
            # ipykernel takes the messages of a comm that a cell has opened back to the main shell,
            # where they wait for the running cell. Without a route of its own a comm is served
            # where its messages are sent.
            self.comm._reply_subshell_for = None

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what a page has moved; ipywidgets calls this."""
        super().set_state(sync_data)
        self.moved_by_page |= any(control.key in sync_data for control in self.controls)

    @property
    def model_id(self) -> str:
        """What the browser knows the explorable by; the first who asks for it opens it."""
        if not self._wanted:
            self._wanted = True
            self.open()
        return super().model_id

    def close(self) -> None:
        """Take the explorable off the page."""
        if "_server" in self.__dict__:
            self._server.close()
        super().close()

    def send_update(self) -> None:
        """Send every view the present frame, without a request: it has changed by itself."""
        if self.comm is not None:
            header, buffer = pack(self.single(self.state))
            self.send(update_message(header), [buffer])

    # ---- frames for the browser ----------------------------------------------------------------

    def single(self, state: Any) -> Block:
        """Return the one frame at `state`."""
        return Block(dataclasses.asdict(state), [], [self.compute(state)])

    def sweep(
        self, key: str, state: Any, superseded: Callable[[], bool] = lambda: False
    ) -> Block | None:
        """Return the frames at all positions of one control, the others as in `state`.

        Returns ``None`` as soon as `superseded` returns true: a newer request has come.
        """
        positions = next(control for control in self.controls if control.key == key).positions()
        frames = []
        for value in positions:
            if superseded():
                return None
            at = dataclasses.replace(state, **{key: value})
            frames.append(self.compute(at) if at == state else self.preview(at))
        base = {name: v for name, v in dataclasses.asdict(state).items() if name != key}
        return Block(base, [(key, positions)], frames)

    def prefetch(
        self, state: Any, priority: str = "", superseded: Callable[[], bool] = lambda: False
    ) -> Iterator[Block]:
        """Yield the frame at `state`, then a sweep of every swept control around it.

        Parameters
        ----------
        state
            Where the controls stand.
        priority
            Key of the control in the reader's hand; its sweep comes first.
        superseded
            Called between frames; when it returns true, no further block is yielded.
        """
        yield self.single(state)
        swept = [control.key for control in self.controls if control.swept]
        for key in sorted(swept, key=lambda key: key != priority):
            block = self.sweep(key, state, superseded)
            if block is None:
                return
            yield block

    def lattice(self) -> Block:
        """Return the frames a page without a kernel carries: the product of coarse positions.

        The present state and every preset lie on it.
        """
        at = dataclasses.asdict(self.state)
        axes = []
        for control in self.controls:
            keep = [
                stop[control.key] for stop in (at, *self.presets.values()) if control.key in stop
            ]
            axes.append((control.key, control.coarse(keep)))
        keys = [key for key, _ in axes]
        points = itertools.product(*(values for _, values in axes))
        states = (self.state_class(**dict(zip(keys, point, strict=True))) for point in points)
        return Block({}, axes, [self.preview(state) for state in states])

    def spec(self) -> dict[str, Any]:
        """Return all that the browser needs to know besides frames."""
        return {
            "name": self.name,
            "title": self.title,
            "about": f"{self.about} {self.about_live}".rstrip(),
            "readout": self.readout,
            "streams": self.streams,
            "controls": [control.spec() for control in self.controls],
            "timeline": dataclasses.asdict(self.timeline) if self.timeline else None,
            "presets": {name: dict(preset) for name, preset in self.presets.items()},
            "panels": [panel.spec() for panel in self.make_panels()],
            "colours": ROLES,
            "cividis": CIVIDIS,
        }
