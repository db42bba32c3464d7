"""What a reader draws: strokes on a sheet, points in a panel; texts, as parts of the state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.explore.base.controls import Control, StateError

NONE_YET = ";"
"""The points of a reader who has wiped off the course's, and put down none."""


@dataclass(frozen=True, kw_only=True)
class Drawn(Control):
    """What a reader has drawn, as a text; empty before. Nothing is sent ahead."""

    swept: bool = False

    def positions(self) -> list[str]:
        """Return the state in which nothing is drawn."""
        return [""]

    def ordered(self, values: Iterable[Any]) -> list[Any]:
        """Return `values` as they come."""
        return list(values)

    def parse(self, text: str) -> str:
        """Return what is drawn, written as `text`."""
        return str(self.check(text))


@dataclass(frozen=True, kw_only=True)
class Strokes(Drawn):
    """What was drawn on a `Pad`: strokes joined by ``;``, points by spaces, each ``x,y``.

    Coordinates are whole tenths of a cell, from the upper left.
    """

    cells: int = 28

    def check(self, value: object) -> str:
        """Return `value` if it is strokes.

        Raises
        ------
        StateError
            If it is not, or a point lies off the sheet.
        """
        wanted = "expected strokes such as '30,40 35,60;80,90'"
        if not isinstance(value, str) or not re.fullmatch(r"(\d+,\d+[ ;]?)*", value):
            raise StateError(f"{self.key} = {str(value)[:40]!r} is no drawing; {wanted}")
        if any(int(number) > 10 * self.cells for number in re.findall(r"\d+", value)):
            raise StateError(f"{self.key} leaves the sheet of {self.cells} cells; {wanted}")
        return value


@dataclass(frozen=True, kw_only=True)
class PointList(Drawn):
    """Points that the reader paints, drags or pastes in a panel; empty for the course's own.

    Points are joined by ``;``, each ``x,y``, or ``x,y,c`` with the place of its class; ``;`` alone
    are none. A layer `Points` takes them in hand (``Points(sets=…)``).

    Parameters
    ----------
    x, y
        Ends of the panel's axes: points lie between.
    classes
        Names of the classes; empty for points of one kind.
    most
        How many points there may be.
    replaces
        Keys of controls that choose the course's points: who moves one sees what it chooses.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    classes: Sequence[str] = ()
    most: int = 300
    replaces: Sequence[str] = ()

    def coarse(self, keep: Iterable[Any]) -> list[Any]:
        """Return what a page carries: the course's points, and all of `keep`."""
        return self.ordered(dict.fromkeys(["", *keep]))

    def check(self, value: object) -> str:
        """Return `value` if it is a list of points.

        Raises
        ------
        StateError
            If it is not, a point lies beyond the axes, or there are too many.
        """
        example = "0.5,-0.3,1;0.2,0.4,0" if self.classes else "0.5,-0.3;0.2,0.4"
        wanted = f"expected points such as {example!r}"
        number = r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?"
        point = rf"{number},{number}" + (r",\d+" if self.classes else "")
        if not isinstance(value, str) or not re.fullmatch(rf"({point}(;{point})*)?;?", value):
            raise StateError(f"{self.key} = {str(value)[:40]!r} are no points; {wanted}")
        places, classes = read_points(value)
        if len(places) > self.most:
            raise StateError(
                f"{self.key} holds {len(places)} points; at most {self.most} are taken"
            )
        for name, along, (low, high) in zip("xy", places.T, (self.x, self.y), strict=True):
            beyond = along[(along < low) | (along > high)]
            if len(beyond):
                raise StateError(
                    f"{self.key}: {name} = {beyond[0]:g} is beyond the axis, which goes from "
                    f"{low:.6g} to {high:.6g}"
                )
        if len(classes) and classes.max() >= max(1, len(self.classes)):
            names = " and ".join(f"{i} ({name})" for i, name in enumerate(self.classes))
            raise StateError(f"{self.key} has a class {classes.max()}; expected {names}")
        return value

    def spec(self) -> dict[str, Any]:
        """Return the declaration as the browser reads it."""
        own = {"classes": list(self.classes), "most": self.most, "replaces": list(self.replaces)}
        return super().spec() | {"x": list(self.x), "y": list(self.y)} | own


def read_points(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the places (k, 2) and the classes (k,) of a `PointList`; classes are 0 if not given.

    Examples
    --------
    >>> read_points("0.5,-1,1;2,3,0")
    (array([[ 0.5, -1. ],
           [ 2. ,  3. ]]), array([1, 0]))
    """
    rows = [[float(n) for n in point.split(",")] for point in text.split(";") if point]
    places = np.array([row[:2] for row in rows]).reshape(-1, 2)
    return places, np.array([int(row[2]) if len(row) > 2 else 0 for row in rows], dtype=int)
