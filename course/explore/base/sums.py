"""The numbers behind one thing of a picture: a unit, a spin, a point, written out term by term.

A panel whose declaration says what is explained (`Panel(explained="spin")`) lets the reader pick
one; `Explorable.arithmetic` then works it out, on demand, so that no frame carries what nobody
asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.explore.base.frame import round_significant

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Pick:
    """What the reader points at.

    Parameters
    ----------
    panel, layer, item
        Places of the panel, of its layer and of the layer's item; layer and item are −1 where the
        reader points at a place of the panel and at no item.
    x, y
        Where that is, in units of the panel's axes.
    time
        The present moment of the timeline, from 0 to 1.
    start
        What lay before the timeline's start where play has gone on past an end; else 0.
    """

    panel: int
    layer: int
    item: int
    x: float
    y: float
    time: float
    start: float

    def row(self, rows: int) -> int:
        """Return which of `rows` rows is that of the present moment."""
        return int(np.floor(self.time * (rows - 1) + 0.5))


@dataclass(frozen=True)
class Term:
    """One term of a sum: what it is, with its numbers, and its value."""

    text: str
    value: float


@dataclass(frozen=True)
class Sum:
    """One quantity as a sum.

    Parameters
    ----------
    name
        What is worked out, in words and symbols.
    formula
        The sum in symbols.
    terms
        Its terms in order; their values add up to the quantity, which is shown below them.
    result
        What the total is called.
    then
        What follows from the total, a line each: the activation, its derivative.
    """

    name: str
    formula: str
    terms: Sequence[Term]
    result: str
    then: Sequence[str] = ()

    @property
    def total(self) -> float:
        """The sum of the terms."""
        return float(sum(term.value for term in self.terms))

    def to_wire(self) -> dict[str, Any]:
        """Return the sum as it travels."""
        terms = [{"text": t.text, "value": round_significant(t.value, 6)} for t in self.terms]
        return {
            "name": self.name,
            "formula": self.formula,
            "terms": terms,
            "result": self.result,
            "total": round_significant(self.total, 6),
            "then": list(self.then),
        }


@dataclass(frozen=True)
class Arithmetic:
    """All sums behind what was picked, in the order in which they are computed.

    Parameters
    ----------
    title
        What was picked, where and when.
    sums
        At least one.
    """

    title: str
    sums: Sequence[Sum]

    def to_wire(self) -> dict[str, Any]:
        """Return it as it travels."""
        return {"title": self.title, "sums": [one.to_wire() for one in self.sums]}


def number(value: float, digits: int = 4) -> str:
    """Return a number for reading, with a true minus sign.

    Examples
    --------
    >>> number(-0.25), number(1e-7), number(-0.0)
    ('−0.25', '1e−07', '0')
    """
    return f"{float(value) + 0.0:.{digits}g}".replace("-", "−")


def factor(value: float) -> str:
    """Return a number as it stands in a product: in brackets if it is negative.

    Examples
    --------
    >>> factor(2.0), factor(-2.0)
    ('2', '(−2)')
    """
    text = number(value)
    return f"({text})" if text.startswith("−") else text


def product(name: str, *factors: float) -> Term:
    """Return a term that is a product.

    Examples
    --------
    >>> product("w₁ x₁", 0.5, -2.0)
    Term(text='w₁ x₁ = 0.5 · (−2)', value=-1.0)
    """
    written = " · ".join([number(factors[0]), *map(factor, factors[1:])])
    return Term(f"{name} = {written}", float(np.prod(factors)))


def lowered(index: int) -> str:
    """Return a number as an index.

    Examples
    --------
    >>> lowered(12)
    '₁₂'
    """
    return str(index).translate(_LOWERED)
