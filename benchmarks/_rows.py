"""A row of figures: what was measured, baseline, Descent, their ratio, the target."""

from __future__ import annotations

from typing import Any

TIMES = ("s", "ms", "min")
SIZES = ("MB",)
RATES = ("frames/s", "/s")
"""Units in which two figures are compared; of a rate more is better, of all others less."""

DIGITS = 6
"""Significant digits that are kept; three are shown."""


def row(
    name: str, descent: float, baseline: float | None = None, unit: str = "", target: str = ""
) -> dict[str, Any]:
    """Return one row of the results.

    Parameters
    ----------
    name : str
        What was measured; where there is a baseline, beside what.
    descent : float
        Descent's figure.
    baseline : float, optional
        The same thing done the usual way, in the same run.
    unit : str
        Empty for a number of things.
    target : str
        In words; empty where there is none.
    """
    return {
        "name": name,
        "descent": _rounded(descent),
        "baseline": None if baseline is None else _rounded(baseline),
        "unit": unit,
        "ratio": ratio(descent, baseline, unit),
        "target": target,
    }


def ratio(descent: float, baseline: float | None, unit: str) -> float | None:
    """Return how many times better Descent is; below 1 it is worse.

    None where nothing is compared: without a baseline, or in a unit of which a multiple means
    nothing, such as that of a logarithm.
    """
    if baseline is None or unit not in TIMES + SIZES + RATES:
        return None
    return _rounded(descent / baseline if unit in RATES else baseline / descent)


def figure(value: float | None, unit: str = "") -> str:
    """Return a figure with three digits and its unit; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.0f} {unit}".strip() if abs(value) >= 1000 else f"{value:.3g} {unit}".strip()


def comparison(value: float | None, unit: str) -> str:
    """Return a ratio in words, such as "2.4 times slower"; a dash where there is none."""
    if value is None:
        return "–"
    better, worse = ("smaller", "larger") if unit in SIZES else ("faster", "slower")
    word, times = (better, value) if value >= 1 else (worse, 1 / value)
    shown = f"{times:.3g}"
    return "equal" if shown == "1" else f"{shown} times {word}"


def cells(measured: dict[str, Any]) -> tuple[str, str, str, str, str]:
    """Return what a table shows of a row, in the order of `COLUMNS`."""
    unit = measured["unit"]
    return (
        measured["name"],
        figure(measured["baseline"], unit),
        figure(measured["descent"], unit),
        comparison(measured["ratio"], unit),
        measured["target"] or "–",
    )


COLUMNS = ("what", "baseline", "Descent", "ratio", "target")


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else float(f"{value:.{DIGITS}g}")
