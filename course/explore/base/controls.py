"""What a reader can move: sliders, choices, toggles, the timeline. Declared here, drawn in js/."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import traitlets


class StateError(traitlets.TraitError, ValueError):
    """A value that a control cannot have, or a name that no control has."""


def nearest_name(wrong: str, names: Iterable[str]) -> str:
    """Return a clause that offers the nearest of `names`, or lists them all."""
    names = list(names)
    close = difflib.get_close_matches(str(wrong), names, n=1, cutoff=0.4)
    return f"did you mean {close[0]!r}?" if close else f"expected one of {', '.join(names)}"


@dataclass(frozen=True, kw_only=True)
class Control:
    """One entry of the state that a reader may change.

    Parameters
    ----------
    key
        Field of the state.
    name
        What it is called in words; shown and read aloud.
    swept
        Whether frames for all its positions are sent ahead, so that moving it needs no kernel.
        False for a control whose frames are dear: each move then asks the kernel for one frame.
    carried
        How many positions a page without a kernel carries; ``None`` for all.
    """

    key: str
    name: str
    swept: bool = True
    carried: int | None = None

    def positions(self) -> list[Any]:
        """Return every value the control can be moved to."""
        raise NotImplementedError

    def check(self, value: object) -> Any:
        """Return `value` in the control's type, or raise StateError saying what was expected."""
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        """Return the value written as `text` in a permalink."""
        raise NotImplementedError

    def spec(self) -> dict[str, Any]:
        """Return the declaration as the browser reads it."""
        return {
            "kind": type(self).__name__.lower(),
            "key": self.key,
            "name": self.name,
            "swept": self.swept,
            "values": self.positions(),
        }

    def coarse(self, keep: Iterable[Any]) -> list[Any]:
        """Return at most `carried` of the positions spread evenly, and all of `keep`."""
        positions = self.positions()
        if self.carried is not None and self.carried < len(positions):
            chosen = np.linspace(0, len(positions) - 1, self.carried).round().astype(int)
            positions = [positions[i] for i in chosen]
        return self.ordered(dict.fromkeys([*positions, *keep]))

    def ordered(self, values: Iterable[Any]) -> list[Any]:
        """Return `values` in the order of the control: numbers rise, options stay as declared."""
        return [value for value in self.positions() if value in set(values)]


@dataclass(frozen=True, kw_only=True)
class Slider(Control):
    """A number between `low` and `high`.

    Parameters
    ----------
    low, high
        Ends of the range, both included.
    steps
        Number of positions; more for a log scale that spans decades.
    symbol
        The letter the formulas use, shown after the name.
    unit
        Shown after the value.
    log
        Whether positions are even in the logarithm.
    whole
        Whether only whole numbers are allowed.
    choices
        The positions themselves, in place of `low`, `high`, `steps`.
    labels
        What is shown in place of the numbers, one for each position: names of letters, say.
    mark, mark_label
        Name of a scalar of the frame shown as a tick on the slider, and what to call it.
    """

    low: float = 0.0
    high: float = 1.0
    steps: int = 41
    symbol: str = ""
    unit: str = ""
    log: bool = False
    whole: bool = False
    choices: Sequence[float] = ()
    labels: Sequence[str] = ()
    mark: str = ""
    mark_label: str = ""

    def __post_init__(self) -> None:
        if self.choices:
            object.__setattr__(self, "low", min(self.choices))
            object.__setattr__(self, "high", max(self.choices))
        if not self.low < self.high or (self.log and self.low <= 0):
            raise ValueError(f"{self.key}: no range from {self.low} to {self.high}")

    def positions(self) -> list[Any]:
        """Return the positions, rounded to what the label shows, so that both agree."""
        if self.choices:
            return sorted(self.choices)
        if self.log:
            values = np.geomspace(self.low, self.high, self.steps)
            return [float(f"{value:.3g}") for value in values]
        values = np.linspace(self.low, self.high, self.steps)
        if self.whole:
            return sorted({round(value) for value in values})
        return [float(f"{value:.6g}") for value in values]

    def ordered(self, values: Iterable[Any]) -> list[Any]:
        """Return `values` from small to large; they need not be positions."""
        return sorted(values)

    def check(self, value: object) -> float | int:
        """Return `value` as a number of the range.

        Raises
        ------
        StateError
            If it is no number, not finite, outside the range, or not whole where it must be.
        """
        kind = "a whole number" if self.whole else "a number"
        wanted = f"expected {kind} from {self.low:g} to {self.high:g}"
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.number)):
            quoted = isinstance(value, str) and re.fullmatch(r"[-+.\de]+", value)
            hint = ": write it without quotation marks" if quoted else ""
            raise StateError(f"{self.key} = {value!r} is {type(value).__name__}; {wanted}{hint}")
        number = float(value)
        if not self.low <= number <= self.high:
            nearest = f": {self.low if number < self.low else self.high:g} comes nearest"
            hint = "" if np.isnan(number) else nearest
            raise StateError(f"{self.key} = {value!r} is out of range; {wanted}{hint}")
        if self.whole:
            if number != int(number):
                hint = f"{np.floor(number):g} or {np.ceil(number):g}"
                raise StateError(f"{self.key} = {value!r} is not whole; {wanted}: take {hint}")
            return int(number)
        return number

    def parse(self, text: str) -> float | int:
        """Return the number written as `text`.

        Raises
        ------
        StateError
            If it is no number or out of range.
        """
        try:
            number = float(text)
        except ValueError:
            raise StateError(f"{self.key} = {text!r} is not a number") from None
        return self.check(number)

    def spec(self) -> dict[str, Any]:
        """Return the declaration as the browser reads it."""
        return super().spec() | {
            "symbol": self.symbol,
            "unit": self.unit,
            "labels": list(self.labels),
            "mark": self.mark,
            "markLabel": self.mark_label,
            "low": self.low,
            "high": self.high,
            "log": self.log,
            "whole": self.whole,
        }


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of a few named options."""

    options: Sequence[str]

    def positions(self) -> list[str]:
        """Return the options."""
        return list(self.options)

    def check(self, value: object) -> str:
        """Return `value` if it is an option.

        Raises
        ------
        StateError
            If it is not; the nearest option is offered.
        """
        if value not in self.options:
            hint = nearest_name(str(value), self.options)
            raise StateError(f"{self.key} = {value!r} is no option; {hint}")
        return str(value)

    def parse(self, text: str) -> str:
        """Return the option written as `text`."""
        return self.check(text)


@dataclass(frozen=True, kw_only=True)
class Toggle(Control):
    """On or off."""

    def positions(self) -> list[bool]:
        """Return off and on."""
        return [False, True]

    def check(self, value: object) -> bool:
        """Return `value` if it is true or false.

        Raises
        ------
        StateError
            If it is neither.
        """
        if not isinstance(value, (bool, np.bool_)):
            raise StateError(f"{self.key} = {value!r}; expected True or False")
        return bool(value)

    def parse(self, text: str) -> bool:
        """Return the truth value written as `text`."""
        if text not in ("true", "false"):
            raise StateError(f"{self.key} = {text!r}; expected true or false")
        return text == "true"


@dataclass(frozen=True)
class Timeline:
    """The time inside one frame, scrubbed in the browser: steps, epochs, sweeps.

    Parameters
    ----------
    name
        What one unit of it is called: ``"step"``, ``"epoch"``.
    length
        Number of units.
    seconds
        How long play takes from the first to the last.
    drives
        Key of a control: time is then where that control stands, and play moves it from its first
        position to its last. Lines are drawn up to there.
    """

    name: str
    length: int
    seconds: float = 4.0
    drives: str = ""


class ControlTrait(traitlets.TraitType[Any, Any]):
    """The value of a control, in the control's own units, as a trait that the browser shares."""

    def __init__(self, control: Control, default: object) -> None:
        super().__init__(default, help=control.name)
        self.tag(sync=True)
        self._control = control

    def validate(self, _: object, value: object) -> Any:
        """Return `value` in the control's type; raise StateError if the control refuses it."""
        return self._control.check(value)


def check_state(values: Mapping[str, Any], controls: Sequence[Control]) -> dict[str, Any]:
    """Return `values` with every entry checked by its control.

    Raises
    ------
    StateError
        If a name is no control's (the nearest is offered), or a control refuses its value.
    """
    by_key = {control.key: control for control in controls}
    for key in values:
        if key not in by_key:
            raise StateError(f"unknown state {key!r}; {nearest_name(key, by_key)}")
    return {key: by_key[key].check(value) for key, value in values.items()}
