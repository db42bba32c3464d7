"""The explorable Graph: an expression as a graph, stepped forward and backward.

The sweep is that of deck 003: every derivative starts at 0, nodes are visited in reverse
topological order, and each adds its contribution to its parents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import make_dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from course.explore.backpropagation.graph_layout import lay_out
from course.explore.backpropagation.node_arithmetic import work_out_node
from course.explore.backpropagation.program import (
    FUNCTIONS,
    NodeNumbers,
    Program,
    ProgramNode,
    StudentProgram,
)
from course.explore.base.controls import Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Curve, Marker, Nodes, Panel
from course.explore.base.student import StudentMistakeError, written_or_none
from course.explore.base.sums import Arithmetic, Pick

DECK = "t = x**2; u1 = sin(t); u2 = 3*t; u = u1 + u2; J = cos(u)"
"""The example of lecture deck 003."""

WIDEST, DEEPEST = 6, 8
"""The largest numbers of rows and of columns that are readable."""

_GRID = 161
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789-.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻·")


class Graph(Explorable):
    """A computation graph with a value and a derivative on each node.

    Parameters
    ----------
    program
        An expression such as ``"x*x + exp(x*x)"``, or several lines ``"t = x*x; f = t + exp(t)"``.
        Its free names are the inputs; each gets a slider.
    value
        Your own class, which computes the nodes, the local derivatives and the derivatives of the
        inputs once it is written. Functions are its methods: ``exp(t)`` calls ``t.exp()``.
    low, high
        Ends of the sliders.
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If the program is invalid or its graph too large to read, `value` is no class, or `low` is
        not below `high`.
    """

    name = "graph"
    title = "Graph: the chain rule, one arrow at a time"
    about = (
        "Each box is a node: its name, its value (blue), and below it the derivative of the output "
        "with respect to it (∂, orange) as far as it has arrived. Step through the forward pass, "
        "then through the backward pass; a dashed box still waits for a part of its derivative."
    )

    def __init__(
        self,
        program: str = DECK,
        *,
        value: type | None = None,
        low: float = -2.0,
        high: float = 2.0,
        **state: Any,
    ) -> None:
        if value is not None and not isinstance(value, type):
            raise ValueError(
                f"value is {value!r}, of type {type(value).__name__}; expected a class, not one of "
                "its objects: Graph(value=Value)"
            )
        self.program = Program(program)
        self.range = _range(low, high)
        low, high = self.range
        start = float(f"{low + 0.8 * (high - low):.6g}")
        # Each graph has inputs, and so a state, of its own.
        self.state_class = make_dataclass(  # type: ignore[misc]
            "State", [(name, float, start) for name in self.program.inputs], frozen=True
        )
        self.error = ""
        self.source: Program | StudentProgram = self.program
        written, self.note = written_or_none(value)
        if isinstance(written, type):
            try:
                at = {name: state.get(name, start) for name in self.program.inputs}
                self.source = StudentProgram(self.program, written, at)
            except StudentMistakeError as wrong:
                self.error = f"{wrong} Shown is the course's own graph."
        self.nodes = _name_nodes(self.source.nodes)
        self.arrows = self.source.arrows
        self.placement = lay_out(len(self.nodes), self.arrows)
        deep, wide = self.placement.size
        if deep > DEEPEST or wide > WIDEST:
            raise ValueError(
                f"the graph is {deep} nodes deep and {wide} wide; "
                f"up to {DEEPEST} deep and {WIDEST} wide can be read: take a smaller expression"
            )
        self.steps = _steps(self.nodes, self.arrows)
        self.timeline = Timeline("step", len(self.steps), seconds=1.0 * len(self.steps))
        self.curve = lru_cache(maxsize=200)(self._curve)
        super().__init__(**state)

    @property
    def presets(self) -> Mapping[str, Mapping[str, Any]]:  # type: ignore[override]
        """A few values of the first input."""
        first, (low, high) = self.program.inputs[0], self.range
        middle = (low + high) / 2
        points = [low + 0.8 * (high - low), middle, low + 0.3 * (high - low)]
        return {f"{first} = {_number(p)}": {first: float(f"{p:.6g}")} for p in points}

    def make_controls(self) -> Sequence[Control]:
        """Return a slider for each input."""
        low, high = self.range
        carried = None if len(self.program.inputs) == 1 else 9
        return [
            Slider(key=name, name="input", symbol=_pretty(name), low=low, high=high, steps=81,
                   carried=carried)
            for name in self.program.inputs
        ]  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the graph, and the output along the first input with its tangent."""
        out, first = self.nodes[-1].name, _pretty(self.program.inputs[0])
        low, high = self.range
        bottom, top = self._heights()
        nodes = Nodes(
            names=[_text(node, self.nodes) for node in self.nodes],
            places=self.placement.places,
            size=self.placement.size,
            routes=self.placement.routes,
            captions=["press step, or play", *(step[0] for step in self.steps)],
        )
        blank = Axis("", 0, 1)
        return (
            Panel(
                f"Values, and derivatives of {out}",
                blank,
                blank,
                [nodes],
                span=2,
                bare=True,
                explained="node",
            ),
            Panel(
                f"{out} along {first}",
                Axis(first, low, high),
                Axis(out, bottom, top),
                [
                    Curve("grid", "curve", colour="data", label=out),
                    Curve(
                        "tangent_x",
                        "tangent_y",
                        dash=True,
                        label=f"slope d{out}/d{first}",
                        outcome=True,
                    ),
                    Marker("here", "circle", colour="model"),
                ],
            ),
        )

    def compute(self, state: Any) -> Frame:
        """Return the numbers of both sweeps at the inputs."""
        at = vars(state)
        error = self.error
        try:
            numbers = self.source.numbers(at)
        except StudentMistakeError as wrong:
            error = str(wrong)
            count = len(self.nodes)
            numbers = NodeNumbers(np.full(count, np.nan), np.full(len(self.arrows), np.nan))
        derivatives, stages, active, caption_values = self._sweeps(numbers)
        first = self.program.inputs[0]
        slope, here = derivatives[-1, 0], numbers.values[-1]
        if numbers.reported is not None:
            slope = numbers.reported[0]
        x = at[first]
        reach = 0.16 * (self.range[1] - self.range[0])
        ends = np.array([x - reach, x + reach])
        others = tuple(at[name] for name in self.program.inputs[1:])
        arrays = {
            "values": numbers.values,
            "derivatives": derivatives,
            "stages": stages,
            "active": active,
            "caption_values": caption_values,
            "grid": self._grid(),
            "curve": self.curve(others),
            "tangent_x": ends,
            "tangent_y": here + slope * (ends - x),
            "here": np.array([x, here]),
        }
        if error:
            return Frame(arrays, error)
        opening = (
            f"{self.note}Press step, or play: first the values, forward; then the derivatives of "
            f"{self.nodes[-1].name}, backward."
        )
        summary = self.note + self._summary(at, numbers, derivatives[-1])
        return Frame(arrays, summary, opening=opening)

    def arithmetic(self, state: Any, frame: Frame, pick: Pick) -> Arithmetic:
        """Return how a node got its value and its derivative."""
        if pick.item < 0:
            raise ValueError("There is no node here: pick a box.")
        stages = frame.arrays["stages"]
        now = pick.row(len(stages))
        passed = set(frame.arrays["active"][: now + 1, 1].tolist())
        numbers = self.source.numbers(vars(state))
        return work_out_node(self.nodes, self.arrows, numbers, pick.item, stages[now], passed)

    def _sweeps(
        self, numbers: NodeNumbers
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return derivatives, stages, active and caption values for all times of the timeline."""
        count, times = len(self.nodes), len(self.steps) + 1
        derivatives = np.zeros((times, count))
        stages = np.zeros((times, count), dtype=np.uint8)
        active = np.full((times, 2), -1, dtype=np.int32)
        caption_values = np.full((times, 3), np.nan)
        waiting = np.bincount([start for start, _ in self.arrows], minlength=count)
        for time, (_, node, arrow) in enumerate(self.steps, start=1):
            derivatives[time], stages[time] = derivatives[time - 1], stages[time - 1]
            active[time] = node, arrow
            if arrow < 0 and stages[time, node] == 0:
                stages[time, node] = 1
                caption_values[time, 2] = numbers.values[node]
            elif arrow < 0:
                derivatives[time, node], stages[time, node] = 1.0, 3
            else:
                above = derivatives[time, self.arrows[arrow][1]]
                product = above * numbers.local[arrow]
                derivatives[time, node] += product
                caption_values[time] = above, numbers.local[arrow], product
                waiting[node] -= 1
                stages[time, node] = 2 if waiting[node] else 3
        return derivatives, stages, active, caption_values

    def _grid(self) -> np.ndarray:
        grid = np.linspace(*self.range, _GRID, dtype=np.float32)
        grid.flags.writeable = False
        return grid

    def _curve(self, others: tuple[float, ...]) -> np.ndarray:
        """Return the output along the first input, the other inputs at `others`."""
        fixed = dict(zip(self.program.inputs[1:], others, strict=True))
        first, points = self.program.inputs[0], np.linspace(*self.range, _GRID)
        if isinstance(self.source, Program):
            values = self.source.numbers({first: points} | fixed).values[-1]
        else:
            values = np.array([self._output({first: float(p)} | fixed) for p in points])
        curve = np.where(np.isfinite(values), values, np.nan).astype(np.float32)
        curve.flags.writeable = False
        return curve

    def _output(self, at: Mapping[str, float]) -> float:
        assert isinstance(self.source, StudentProgram)
        try:
            return self.source.output(at)
        except StudentMistakeError:
            return np.nan  # outside the domain of a logarithm, say: a gap in the curve

    def _heights(self) -> tuple[float, float]:
        """Return the fixed range of the output over all sliders, with a margin."""
        grids = np.meshgrid(*[np.linspace(*self.range, 41)] * len(self.program.inputs))
        values = self.program.numbers(dict(zip(self.program.inputs, grids, strict=True))).values[-1]
        seen = values[np.isfinite(values)]
        if not seen.size:
            return -1.0, 1.0
        low, high = np.percentile(seen, [0, 97]) if np.ptp(seen) > 50 else (seen.min(), seen.max())
        margin = 0.15 * (high - low) or 1.0
        return float(f"{low - margin:.2g}"), float(f"{high + margin:.2g}")

    def _summary(self, at: Mapping[str, float], numbers: NodeNumbers, found: np.ndarray) -> str:
        out = self.nodes[-1].name
        names = [_pretty(name) for name in self.program.inputs]
        where = ", ".join(f"{n} = {_number(v)}" for n, v in zip(names, at.values(), strict=True))
        if not np.isfinite(numbers.values[-1]):
            return f"At {where} the graph has no value: a function left its domain."
        slopes = found[: len(names)]
        own = numbers.reported
        if own is not None and not np.allclose(own, slopes, rtol=1e-6, atol=1e-9):
            given = ", ".join(_number(v) for v in own)
            along = ", ".join(_number(v) for v in slopes)
            return f"At {where} your backward gives {given}; along the arrows it is {along}."
        text = " and ".join(
            f"d{out}/d{n} = {_number(s)}" for n, s in zip(names, slopes, strict=True)
        )
        twice = [
            node.name
            for i, node in enumerate(self.nodes)
            if sum(start == i for start, _ in self.arrows) > 1
        ]
        more = (
            f" {' and '.join(twice)}: more than one arrow leaves, and all of them add up."
            if twice
            else ""
        )
        return f"At {where}: {out} = {_number(numbers.values[-1])}, {text}.{more}"


def _range(low: float, high: float) -> tuple[float, float]:
    """Return the ends of the sliders as floats.

    Raises
    ------
    ValueError
        If they are no numbers, or not in order.
    """
    try:
        ends = float(low), float(high)
    except (TypeError, ValueError):
        ends = np.nan, np.nan
    if not ends[0] < ends[1] or not np.isfinite(ends).all():
        raise ValueError(f"low = {low!r}, high = {high!r}; expected two numbers, low below high")
    return ends


def _steps(
    nodes: Sequence[ProgramNode], arrows: Sequence[tuple[int, int]]
) -> list[tuple[str, int, int]]:
    """Return (caption, node, arrow) for every step: all nodes forward, then all arrows backward."""
    out = nodes[-1].name
    steps = [(_text(node, nodes), i, -1) for i, node in enumerate(nodes)]
    steps.append((f"start: ∂{out}/∂{out} = 1", len(nodes) - 1, -1))
    for child in reversed(range(len(nodes))):
        for arrow, (start, end) in enumerate(arrows):
            if end == child:
                above, below = nodes[child].name, nodes[start].name
                caption = f"∂{out}/∂{below} += ∂{out}/∂{above} · ∂{above}/∂{below}"
                steps.append((caption, start, arrow))
    return steps


def _name_nodes(nodes: Sequence[ProgramNode]) -> list[ProgramNode]:
    """Give every node a name to show: intermediate ones become v₁, v₂ and so on."""
    named, count = [], 0
    for node in nodes:
        name = _pretty(node.name)
        if not name:
            count += 1
            name = f"v{str(count).translate(_LOWERED)}"
        named.append(ProgramNode(name, node.kind, node.operands))
    return named


def _pretty(name: str) -> str:
    """Turn u1 into u₁."""
    stem = name.rstrip("0123456789")
    return stem + name[len(stem) :].translate(_LOWERED)


def _text(node: ProgramNode, nodes: Sequence[ProgramNode]) -> str:
    """Write a node as an equation, such as u₁ = sin t."""
    parts = [nodes[o].name if isinstance(o, int) else _number(o) for o in node.operands]
    if node.kind == "input":
        return node.name
    kind = {"*": "·", "×": "·", "-": "−"}.get(node.kind, node.kind)
    if kind[:1] == "^" or kind[:2] == "**":
        exponent = kind.lstrip("^*") or _number(node.operands[-1]).replace("−", "-")
        right = parts[0] + exponent.removesuffix(".0").translate(_RAISED)
    elif kind in FUNCTIONS:
        right = f"{kind} {parts[0]}"
    elif len(parts) == 2:
        right = f"{parts[0]} {kind} {parts[1]}"
    else:
        right = f"{kind}({', '.join(parts)})"
    return f"{node.name} = {right}"


def _number(value: float) -> str:
    return f"{value + 0.0:.4g}".replace("-", "−")
