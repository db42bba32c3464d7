"""What a page and a widget need of an explorable: so neither imports the class that makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from course.explore.base.controls import Control
from course.explore.base.frame import Block, Frame
from course.explore.base.sums import Arithmetic, Pick


class Viewable(Protocol):
    """An explorable as its views see it; see `course.explore.base.explorable.Explorable`."""

    @property
    def name(self) -> str:
        """One word; permalinks begin with it."""

    @property
    def title(self) -> str:
        """The heading."""

    @property
    def about(self) -> str:
        """One or two sentences: what is seen."""

    @property
    def controls(self) -> tuple[Control, ...]:
        """The controls, in the order shown."""

    @property
    def state(self) -> Any:
        """Where the controls stand now."""

    def state_with(self, changes: Mapping[str, Any]) -> Any:
        """Return the present state with `changes`; nothing moves."""

    def single(self, state: Any) -> Block:
        """Return the one frame at `state`."""

    def compute(self, state: Any) -> Frame:
        """Return what is seen at `state`."""

    def arithmetic(self, state: Any, frame: Frame, pick: Pick) -> Arithmetic:
        """Return the numbers behind what the reader points at."""

    def preview(self, state: Any) -> Frame:
        """Return what a sweep shows at a neighbouring state."""

    def next_frame(self, state: Any, frame: Frame) -> Frame:
        """Return the frame that follows `frame` in time."""

    def prefetch(
        self, state: Any, priority: str, superseded: Callable[[], bool]
    ) -> Iterator[Block]:
        """Yield the frame at `state`, then a sweep of every swept control around it."""

    def lattice(self) -> Block:
        """Return the frames that a page without a kernel carries."""

    def spec(self) -> dict[str, Any]:
        """Return all that the browser needs to know besides frames."""
