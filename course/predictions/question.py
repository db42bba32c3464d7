"""What a prediction asks: a number, one of a few choices, or a curve; and how far off one is.

Nothing here draws. The browser gets every sentence ready-made and only picks, so that notebook,
page, feedback and report say the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

MOST_OPTIONS = 4
PERCENT = 101
"""Sentences about the mean distance of a curve, one for each per cent of the picture's height."""


class PredictionError(ValueError):
    """What cannot be a prediction; the message says what was expected."""


def written(value: float) -> str:
    """Return a number as it is read: three digits, a true minus sign.

    Examples
    --------
    >>> written(868.2), written(-0.12345), written(12345.0)
    ('868', '−0.123', '12,345')
    """
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return text.replace("-", "−")


def as_number(value: object) -> float:
    """Return `value` as a finite number, or raise PredictionError."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise PredictionError(f"{str(value)[:40]!r} is no number")
    try:
        number = float(value)
    except OverflowError:
        raise PredictionError("the number is too large") from None
    if not math.isfinite(number):
        raise PredictionError(f"{number} is no finite number")
    return number


@dataclass(frozen=True, kw_only=True)
class PredictionQuestion:
    """What all kinds share.

    Parameters
    ----------
    name
        One for the whole course; the cell asks by it.
    unit
        The unit that asks.
    text
        The question, in a sentence or two.
    short
        A few words for tables.
    exercise
        The exercise of the unit that puts the same idea to work, if there is one: whether it is
        right tells in the report what has become of the idea.
    """

    name: str
    unit: str
    text: str
    short: str
    exercise: str = ""

    def check(self, value: object) -> Any:
        """Return `value` as this question's answers are kept.

        Raises
        ------
        PredictionError
            If it cannot be one.
        """
        raise NotImplementedError

    def is_right(self, value: Any) -> bool:
        """Tell whether a checked value counts as right."""
        raise NotImplementedError

    def compare(self, value: Any) -> str:
        """Return in words how far a checked value is from the answer."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class NumberQuestion(PredictionQuestion):
    """A number, set on a slider.

    Parameters
    ----------
    quantity, symbol, unit_of
        What is asked for, its letter and its unit.
    low, high, steps, log, whole
        The slider's ends and positions, as of `course.explore.base.controls.Slider`.
    answer
        Computes the answer.
    within
        How far off is still right: a difference; on a log slider a factor.
    """

    quantity: str
    low: float
    high: float
    answer: Callable[[], float]
    within: float
    steps: int = 41
    symbol: str = ""
    unit_of: str = ""
    log: bool = False
    whole: bool = False

    @cached_property
    def truth(self) -> float:
        """The answer."""
        return float(self.answer())

    def check(self, value: object) -> float:
        """Return `value` as a number of the slider's range, or raise PredictionError."""
        number = as_number(value)
        if not self.low <= number <= self.high:
            raise PredictionError(f"{number:g} is not from {self.low:g} to {self.high:g}")
        return number

    def is_right(self, value: float) -> bool:
        """Tell whether `value` is within the tolerance."""
        if self.log:
            return max(value / self.truth, self.truth / value) <= self.within
        return abs(value - self.truth) <= self.within

    def compare(self, value: float) -> str:
        """Return how far `value` is from the answer, in words."""
        said = f"You predicted {self.measured(value)}; it is {self.measured(self.truth)}."
        if written(value) == written(self.truth):
            return f"{said} Exactly."
        side = "high" if value > self.truth else "low"
        if self.log:
            factor = max(value / self.truth, self.truth / value)
            away = f"too {side} by a factor of {factor:.2g}"
        else:
            away = f"{self.measured(abs(value - self.truth))} too {side}"
        close = " That is close." if self.is_right(value) else ""
        return f"{said} Yours is {away}.{close}"

    def measured(self, value: float) -> str:
        """Return a number with its unit."""
        return f"{written(value)} {self.unit_of}".rstrip()


@dataclass(frozen=True, kw_only=True)
class ChoiceQuestion(PredictionQuestion):
    """One of two to four choices.

    Parameters
    ----------
    options
        Each choice, and what is to be said to who takes it: what is so instead, or why it is so.
    answer
        The right one.
    """

    options: Mapping[str, str]
    answer: str

    def __post_init__(self) -> None:
        if not 2 <= len(self.options) <= MOST_OPTIONS or self.answer not in self.options:
            raise ValueError(f"{self.name}: two to four options, and the answer among them")

    def check(self, value: object) -> str:
        """Return `value` if it is one of the choices, or raise PredictionError."""
        if not isinstance(value, str) or value not in self.options:
            raise PredictionError(f"{str(value)[:40]!r} is none of the choices")
        return value

    def is_right(self, value: str) -> bool:
        """Tell whether `value` is the right choice."""
        return value == self.answer

    def compare(self, value: str) -> str:
        """Return what is said to who chose `value`."""
        if self.is_right(value):
            return f"You predicted “{value}”, and so it is. {self.options[value]}"
        return f"You predicted “{value}”; it is “{self.answer}”. {self.options[value]}"


@dataclass(frozen=True, kw_only=True)
class CurveQuestion(PredictionQuestion):
    """A curve, drawn by mouse, touch or keys: a height at each of a few places.

    Parameters
    ----------
    x_label, y_label
        Names of the axes, with units.
    places : sequence of float, shape (k,)
        Where on the x-axis the curve is held; rising.
    low, high, log
        The y-axis.
    answer
        Computes the true heights at places, ``(n,)`` to ``(n,)``.
    within
        The largest mean distance that counts as right, as a share of the picture's height.
    """

    x_label: str
    y_label: str
    places: Sequence[float]
    low: float
    high: float
    answer: Callable[[np.ndarray], np.ndarray]
    within: float = 0.08
    log: bool = False

    @cached_property
    def truth(self) -> np.ndarray:
        """The answer at the places, shape (k,)."""
        return np.asarray(self.answer(np.asarray(self.places, dtype=float)), dtype=float)

    def check(self, value: object) -> list[float]:
        """Return `value` as k heights within the picture, or raise PredictionError."""
        if not isinstance(value, list | tuple) or len(value) != len(self.places):
            raise PredictionError(f"a curve has {len(self.places)} heights")
        heights = [as_number(height) for height in value]
        if any(not self.low <= height <= self.high for height in heights):
            raise PredictionError(f"a height is not from {self.low:g} to {self.high:g}")
        return heights

    def is_right(self, value: Sequence[float]) -> bool:
        """Tell whether the curve lies near enough on average."""
        return self._percent(value) <= round(100 * self.within)

    def compare(self, value: Sequence[float]) -> str:
        """Return how far the curve is from the answer on average, and where most."""
        if self._percent(value) == 0:
            return self.means[0]
        away = self._shares(value) - self._shares(self.truth)
        place = int(np.argmax(np.abs(away)))
        return f"{self.means[self._percent(value)]} {self.farthest[place][int(away[place] > 0)]}"

    @cached_property
    def means(self) -> list[str]:
        """What is said of the mean distance, for each per cent of the picture's height."""
        return [self._mean_words(percent) for percent in range(PERCENT)]

    @cached_property
    def farthest(self) -> list[tuple[str, str]]:
        """What is said of the place where the curve is farthest off: too low there, too high."""
        name = self.x_label.partition(" (")[0]
        words = [
            f"It is farthest off at {name} = {written(place)}, too {{}}: the answer there is "
            f"{written(height)}."
            for place, height in zip(self.places, self.truth, strict=True)
        ]
        return [(text.format("low"), text.format("high")) for text in words]

    def _mean_words(self, percent: int) -> str:
        if percent == 0:
            return "Your curve lies on the answer."
        if self.log:
            factor = 10 ** (percent / 100 * math.log10(self.high / self.low))
            away = f"a factor of {factor:.2g}"
        else:
            away = written(percent / 100 * (self.high - self.low))
        close = ", which is close" if percent <= round(100 * self.within) else ""
        return f"On average your curve is {away} away from the answer{close}."

    def _shares(self, heights: Sequence[float] | np.ndarray) -> np.ndarray:
        """Return heights as shares of the picture's; what lies outside of it is at its edge."""
        inside = np.clip(np.asarray(heights, dtype=float), self.low, self.high)
        if self.log:
            return np.log(inside / self.low) / math.log(self.high / self.low)
        return (inside - self.low) / (self.high - self.low)

    def _percent(self, value: Sequence[float]) -> int:
        away = np.abs(self._shares(value) - self._shares(self.truth))
        return math.floor(100 * float(away.mean()) + 0.5)
