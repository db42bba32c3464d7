"""What a picture is made of: panels, their axes, and layers that draw a frame's arrays.

Each class here is only a declaration. Its drawing is the function of the same name in
``js/layers/``; a new kind of layer is one class here and one function there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from course.explore.base.log_odds import MAX_Z, SOFT


@dataclass(frozen=True)
class Axis:
    """One axis of a panel. Its range stays while sliders move.

    Parameters
    ----------
    label
        Name and unit.
    low, high
        Ends; a string names a scalar of the frame, for a range that one choice changes.
    log
        Whether the scale is logarithmic.
    ticks
        Names for whole positions 0, 1, 2, …, in place of numbers.
    """

    label: str
    low: float | str
    high: float | str
    log: bool = False
    ticks: Sequence[str] = ()


@dataclass(frozen=True)
class Layer:
    """Something drawn in a panel; see `Panel`.

    Parameters
    ----------
    colour
        A role of `course.colours.ROLES`, the same in all units.
    label
        Entry in the panel's legend; empty for none.
    outcome
        Whether it shows what comes of the run, and so is drawn only once that has been seen.
    """

    outcome: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Field(Layer):
    """A heat map of ``values (rows, columns)`` over the whole panel, row 0 at the bottom.

    With ``values (T + 1, rows, columns)``, the one of the present time. Through Cividis, dark is
    low; `low` and `high` are the values (or names of scalars) at the ends of the colours.
    `bands` > 0 draws that many bands with contour lines between. Unless `smooth`, each value is a
    square of one colour, as for a lattice of spins; that is also the faster to draw. With `root`
    the colours follow the root of the height above `low`: those of a parabola are even. `reads` is
    what a value is called when it is read off, `words` what is said of the values 0, 1, ….
    """

    values: str
    low: float | str = 0.0
    high: float | str = 1.0
    bands: int = 0
    smooth: bool = True
    root: bool = False
    reads: str = ""
    words: Sequence[str] = ()


@dataclass(frozen=True)
class Surface(Layer):
    """Heights ``values (rows, columns)`` over the panel's x and y, row 0 at the low end of y.

    With ``values (T + 1, rows, columns)``, those of the present time. Needs a panel with a third
    axis: Cividis runs along it, dark is low, and what lies higher than it is cut off. In such a
    panel `Path` and `Marker` lie on the surface, dotted and pale where it hides them, and `Points`
    stand at their own height, each on a stalk from the surface.
    """

    values: str


@dataclass(frozen=True)
class Region(Layer):
    """A probability of the present time with its boundary.

    ``values (T, rows, columns)``, row 0 below, are bytes that `code_log_odds` has made of p.
    Cividis from 0 to 1, scaled smoothly, and a line where p is one half; the line is drawn through
    the grid, not pixel by pixel, so that it keeps up with play. `label` names the line.
    """

    values: str
    soft: float = SOFT
    most: float = MAX_Z
    colour: str = "threshold"
    label: str = ""
    ghost: bool = True


@dataclass(frozen=True)
class Mesh(Layer):
    """Fine lines of the present time: ``x (T, lines, points)``, ``y`` alike."""

    x: str
    y: str
    colour: str = "frame"
    label: str = ""


@dataclass(frozen=True)
class Path(Layer):
    """A line through ``x (k,)``, ``y (k,)``, drawn up to the present time, its head marked.

    What has been seen of it stays visible, faint, so that nothing jumps while time runs; what is to
    come does not show. At time t of T the first t/T of the points are drawn. A point that is not a
    number leaves a gap. Where the path is off the panel, an arrow at the edge says so. `shape` is
    the head's, and the legend's where it is not the circle.
    """

    x: str
    y: str
    colour: str = "path"
    label: str = ""
    dots: bool = False
    head: bool = True
    ghost: bool = True
    shape: str = "circle"


@dataclass(frozen=True)
class Curve(Layer):
    """A line through ``x (k,)``, ``y (k,)``; with ``(T + 1, k)``, the row of the present time.

    Where all of it lies above or below the panel, an arrow says so.
    """

    x: str
    y: str
    colour: str = "model"
    label: str = ""
    dash: bool = False
    ghost: bool = False


@dataclass(frozen=True)
class Points(Layer):
    """Marks at ``x (k,)``, ``y (k,)``; ``classes (k,)`` of whole numbers picks colour and shape.

    `class_labels` names the classes in the legend, each with its own sign, in place of `label`.
    With ``x`` and ``y`` of shape ``(T + 1, k)`` they stand where the row of the present time says.
    With ``sets=("points",)`` the reader takes them in hand: a `PointList` of that key. `z` holds
    their heights ``(k,)`` in a panel with a `Surface`.
    """

    x: str
    y: str
    z: str = field(default="", kw_only=True)
    sets: tuple[str, ...] = field(default=(), kw_only=True)
    classes: str = ""
    colour: str = "data"
    label: str = ""
    size: float = 4.5
    class_labels: Sequence[str] = ()


@dataclass(frozen=True)
class Marker(Layer):
    """One mark at ``at (2,)``; with ``at (T + 1, 2)``, where the row of the present time says.

    With ``sets=("theta0", "theta1")`` it can be dragged, and sets those two entries of the state.
    """

    at: str
    shape: str = "cross"
    colour: str = "minimum"
    label: str = ""
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule(Layer):
    """A straight line across the panel at the scalar ``at``, along the axis it cuts (x or y).

    With ``sets=("threshold",)`` it can be dragged from position to position of that control.
    """

    at: str
    cuts: str = "y"
    colour: str = "threshold"
    label: str = ""
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bars(Layer):
    """Bars of ``heights (k,)`` at 0, 1, 2, …; the scalar `chosen` picks the one to stress.

    With ``(T + 1, k)`` the row of the present time. A bar that is higher than the panel ends in an
    arrow.
    """

    heights: str
    colour: str = "data"
    chosen: str = ""
    label: str = ""
    ghost: bool = True


@dataclass(frozen=True)
class Nodes(Layer):
    """A computation graph: boxes with names, values and derivatives, arrows between them.

    The structure is part of the declaration; the frame holds the numbers. In a frame of T steps
    ``values (n,)`` are the nodes' values, ``derivatives (T + 1, n)`` what each has received,
    ``stages (T + 1, n)`` 0 before its value is known, 1 after, 2 once part of the derivative has
    come and 3 when all has; ``active (T + 1, 2)`` are the node and the arrow at work, −1 for none;
    ``caption_values (T + 1, 3)`` the numbers that follow the caption, as a × b = c, or only c.

    Parameters
    ----------
    names
        What stands on the first line of each box.
    places
        Centre of each box, from (0, 0) at the bottom left to (1, 1).
    size
        Columns and rows the boxes must share.
    routes
        For each arrow the points it passes, its two ends included.
    captions
        T + 1 lines, one for each time.
    """

    names: Sequence[str]
    places: Sequence[tuple[float, float]]
    size: tuple[int, int]
    routes: Sequence[Sequence[tuple[float, float]]]
    captions: Sequence[str]
    values: str = "values"
    derivatives: str = "derivatives"
    stages: str = "stages"
    active: str = "active"
    caption_values: str = "caption_values"
    colour: str = "data"
    label: str = ""


@dataclass(frozen=True)
class Band(Layer):
    """What lies between ``low (k,)`` and ``high (k,)`` over ``x (k,)``, filled, its top a line.

    An uncertainty band, or a histogram when `low` is the floor. With ``(T + 1, k)`` the row of the
    present time. `dash` breaks the line, so that colour is not the only sign.
    """

    x: str
    low: str
    high: str
    colour: str = "model"
    label: str = ""
    dash: bool = False
    outline: bool = True
    ghost: bool = False


@dataclass(frozen=True)
class Intervals(Layer):
    """Error bars at 0, 1, 2, …: ``values (k,)`` and their ``low (k,)`` and ``high (k,)``.

    With ``(T + 1, k)`` the row of the present time; the scalar `chosen` picks the one to stress.
    """

    values: str
    low: str
    high: str
    chosen: str = ""
    colour: str = "model"
    label: str = ""


@dataclass(frozen=True)
class Images(Layer):
    """Small images in a grid, ``values (k, rows, columns)``, the first at the upper left.

    `across` of them stand side by side. The scalar `count` says how many are shown, if not all.
    Drawn as ink on paper; with `signed`, through Cividis, 0 in the middle.
    """

    values: str
    across: int = 4
    count: str = ""
    low: float = 0.0
    high: float = 1.0
    signed: bool = False


@dataclass(frozen=True)
class Cells(Layer):
    """A square table of counts ``(n, n)``, row 0 on top; a press on a cell chooses it.

    It sets the entries `sets` of the state to the cell's row and column.
    """

    counts: str
    sets: tuple[str, str]


@dataclass(frozen=True)
class Pad(Layer):
    """A sheet to draw on, by mouse, touch or keyboard; the entry ``sets[0]`` holds the strokes.

    The panel's axes say how many cells it is wide and high; `width` is the pen's, in cells.
    """

    sets: tuple[str]
    width: float = 2.2


@dataclass(frozen=True)
class Numbers(Layer):
    """Digits ``numbers (k,)`` written at ``x (k,)``, ``y (k,)``, in ten colours; a ring that moves.

    A press anywhere in the panel, or a drag, brings the ring there and sets the two entries `sets`
    of the state to positions of their controls.
    """

    x: str
    y: str
    numbers: str
    sets: tuple[str, str]


@dataclass(frozen=True)
class Panel:
    """One view: a title, two axes, layers from back to front.

    Parameters
    ----------
    title
        What is seen, in words; also what a screen reader calls the view.
    x, y
        The axes.
    layers
        Drawn in order, so the last lies on top.
    span
        How many columns it takes, where there is room for them.
    bare
        Whether it has no axes, because nothing in it is measured.
    explained
        What of it opens the numbers behind it when picked: ``"spin"``; empty for nothing. See
        `Explorable.arithmetic`.
    ground
        Names of arrays that all is drawn upon, such as a landscape or the data: no ghost is left
        where one is another than before.
    z
        The third axis of a panel with a `Surface`, which is turned by hand; see `Surface`.
    seen_from
        Where such a panel is seen from at first: degrees to the right of the side where y is least,
        and above the floor. All of an explorable turn together.
    """

    title: str
    x: Axis
    y: Axis
    layers: Sequence[Layer]
    span: int = 1
    bare: bool = False
    explained: str = ""
    ground: Sequence[str] = ()
    z: Axis | None = None
    seen_from: tuple[float, float] = (30.0, 35.0)

    def spec(self) -> dict[str, Any]:
        """Return the declaration as the browser reads it."""
        layers = [{"kind": type(layer).__name__.lower(), **asdict(layer)} for layer in self.layers]
        own = {key: getattr(self, key) for key in ("title", "span", "bare", "explained", "ground")}
        axes = {"x": asdict(self.x), "y": asdict(self.y), "z": self.z and asdict(self.z)}
        return own | axes | {"seen_from": self.seen_from, "layers": layers}
