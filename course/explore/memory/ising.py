"""The explorable Ising: 64 × 64 spins at a temperature, in a field, for as long as you watch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from course.explore.base.controls import Choice, Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Field, Panel, Path, Rule
from course.explore.base.sums import Arithmetic, Pick, Sum, Term, number
from course.models.ising import CRITICAL, energy, initial_spins, sweep

SIDE = 64
SWEEPS = 120
SECONDS = 3.0  # 40 sweeps, and so 40 pictures, a second


@dataclass(frozen=True)
class State:
    """The values of Ising's sliders."""

    temperature: float = 2.27
    field: float = 0.0
    begin: str = "by chance"
    seed: int = 0


class Ising(Explorable):
    """Spins on a square lattice with coupling 1: the lattice, its energy, its magnetisation.

    Parameters
    ----------
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "ising"
    title = "Ising: order out of noise"
    about = (
        "Each square is a spin: bright is up, dark is down. Every spin likes its four neighbours "
        "to agree with it, and temperature shakes all of them. Press play."
    )
    about_live = "It goes on for ever."
    state_class = State
    streams = True
    timeline = Timeline("sweep", SWEEPS, seconds=SECONDS)
    readout = "after sweep {time}: E = {energy} a spin, m = {magnetisation}"
    presets: Mapping[str, Mapping[str, Any]] = {
        "hot": {"temperature": 5.0, "field": 0.0, "begin": "by chance"},
        "critical": {"temperature": 2.27, "field": 0.0, "begin": "by chance"},
        "cold": {"temperature": 1.0, "field": 0.0, "begin": "by chance"},
        "against the field": {"temperature": 1.5, "field": -0.4, "begin": "all up"},
    }

    def __init__(self, **state: Any) -> None:
        self._run = lru_cache(maxsize=64)(_run)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for temperature, field and seed, and the choice of the start."""
        return (
            Slider(
                key="temperature", name="temperature", symbol="T",
                choices=[0.5, 1.0, 1.5, 1.8, 2.0, 2.1, 2.2, 2.27, 2.35, 2.5, 2.7, 3.0, 4.0, 5.0],
                mark="critical", mark_label="T_c", carried=0,
                swept=False,
            ),
            Slider(
                key="field", name="field", symbol="h", low=-0.6, high=0.6, steps=13, carried=0,
                swept=False,
            ),
            Choice(key="begin", name="start", options=("by chance", "all up"), swept=False),
            Slider(
                key="seed", name="seed", high=9, steps=10, whole=True, carried=0, swept=False
            ),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the lattice, the energy and the magnetisation over the sweeps."""
        time = Axis("sweep", "start", "end")
        return (
            Panel(
                "Spins, 64 by 64",
                Axis("column", 0, SIDE),
                Axis("row", 0, SIDE),
                [Field("spins", smooth=False, words=("down, −1", "up, +1"))],
                explained="spin",
            ),
            Panel(
                "Energy of a spin",
                time,
                Axis("E", -2.7, 0.5),
                [Path("time", "energy", label="E"), Rule("ground", label="all agree")],
            ),
            Panel(
                "Magnetisation",
                time,
                Axis("m", -1.1, 1.1),
                [Path("time", "magnetisation", label="mean spin"), Rule("none", label="none")],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the first sweeps from the start."""
        return self._frame(state, 0, SWEEPS)

    def preview(self, state: State) -> Frame:
        """Return the first sweeps, with every third picture, for a page."""
        return self._frame(state, 0, SWEEPS, every=3)

    def next_frame(self, state: State, frame: Frame) -> Frame:
        """Return the following sweeps."""
        return self._frame(state, round(frame.scalars["end"]), SWEEPS, frame.arrays["spins"][-1])

    def arithmetic(self, state: State, frame: Frame, pick: Pick) -> Arithmetic:
        """Return what acts on a spin, what turning it costs, and how likely it is up next."""
        moments = frame.arrays["spins"]
        now = pick.row(len(moments))
        spins = 2.0 * moments[now] - 1
        row, column = (min(SIDE - 1, max(0, int(place))) for place in (pick.y, pick.x))
        around = (("left", 0, -1), ("right", 0, 1), ("above", 1, 0), ("below", -1, 0))
        terms = []
        for name, up, right in around:
            r, c = row + up, column + right
            over = "" if 0 <= r < SIDE and 0 <= c < SIDE else ", over the edge"
            value = float(spins[r % SIDE, c % SIDE])
            terms.append(Term(f"the spin {name}{over}: {number(value)}", value))
        terms.append(Term(f"the field h = {number(state.field)}", state.field))
        acts, s = float(sum(term.value for term in terms)), float(spins[row, column])
        up_next = 1 / (1 + np.exp(-2 * acts / state.temperature))
        then = (
            f"its energy is −s · g = {number(-s * acts)}; its derivative by s is −g = "
            f"{number(-acts)}",
            f"turning it over costs ΔE = 2 s g = {number(2 * s * acts)}",
            f"p(up next) = 1 / (1 + e^(−2g/T)) = {number(up_next)} at T = "
            f"{number(state.temperature)}",
        )
        sweep_number = round(float(frame.scalars["start"])) + round(pick.time * SWEEPS)
        where = f"column {column + 1}, row {SIDE - row}"
        title = f"The spin of {where}: {number(s)} after sweep {sweep_number}"
        return Arithmetic(title, [Sum("g, what acts on it", "Σ sⱼ of its four neighbours + h",
                                      terms, "g", then)])  # fmt: skip

    def _frame(
        self, state: State, begin: int, sweeps: int, last: np.ndarray | None = None, every: int = 1
    ) -> Frame:
        before = None if last is None else (2 * last.astype(np.int8) - 1).tobytes()
        spins, energies, tilt = self._run(state, begin, sweeps, before)
        arrays = {
            "spins": spins[::every],
            "energy": energies,
            "magnetisation": tilt,
            "time": np.arange(begin, begin + sweeps + 1, dtype=np.float32),
        }
        scalars = {
            "critical": CRITICAL,
            "start": begin,
            "end": begin + sweeps,
            "ground": -2.0 - abs(state.field),
            "none": 0.0,
        }
        begun = "drawn by chance" if state.begin == "by chance" else "all up"
        opening = f"The spins are {begun}, at T = {state.temperature:g}. Press play."
        return Frame(arrays, _summary(state, energies, tilt, begin + sweeps), scalars, opening)


def _run(
    state: State, begin: int, sweeps: int, before: bytes | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return spins (sweeps + 1, SIDE, SIDE) as 0 and 1, energies and mean spins."""
    rng = np.random.default_rng([state.seed, begin])
    if before is None:
        spins = initial_spins(SIDE, state.begin == "all up", rng)
    else:
        spins = np.frombuffer(before, dtype=np.int8).reshape(SIDE, SIDE)
    kept = np.empty((sweeps + 1, SIDE, SIDE), dtype=np.uint8)
    energies, tilt = np.empty(sweeps + 1, np.float32), np.empty(sweeps + 1, np.float32)
    for t in range(sweeps + 1):
        if t:
            spins = sweep(spins, state.temperature, state.field, rng)
        kept[t] = spins > 0
        energies[t], tilt[t] = energy(spins, state.field), spins.mean()
    return kept, energies, tilt


def _summary(state: State, energies: np.ndarray, tilt: np.ndarray, end: int) -> str:
    """Describe what is seen at the end."""
    side = "above" if state.temperature > CRITICAL else "below"
    text = f"T = {state.temperature:g} is {side} T_c = {CRITICAL:.3f}"
    m = float(tilt[-1])
    if state.field * m < 0 and abs(m) > 0.3:
        return f"{text}. After {end} sweeps the spins still stand against the field: m = {m:.2f}."
    if abs(m) > 0.85:
        return f"{text}. After {end} sweeps nearly all spins agree: m = {m:.2f}."
    if abs(state.temperature - CRITICAL) < 0.1 and not state.field:
        near = f"T = {state.temperature:g} is very near T_c = {CRITICAL:.3f}"
        return f"{near}: patches of every size come and go. m = {m:.2f}."
    if state.temperature < CRITICAL:
        return (
            f"{text}. After {end} sweeps there are domains, and E = {energies[-1]:.2f} sits in "
            f"their walls. m = {m:.2f}."
        )
    return f"{text}: the spins hardly agree with their neighbours for long. m = {m:.2f}."
