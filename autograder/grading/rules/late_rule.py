"""What late work costs by a unit's rule: nothing, all points, or a share of them."""

import math
import re
from dataclasses import dataclass
from datetime import timedelta

from autograder.grading.gradebook import GradingError

PERIODS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_FORM = re.compile(
    r"(?P<percent>\d+(?:[.,]\d+)?)\s*%(?:\s*(?:/|a\b|per\b|an\b)\s*(?P<period>hour|day))?", re.I
)


class RulesError(GradingError):
    """A rule cannot be set or read; the message says why, and nothing was changed."""


@dataclass(frozen=True)
class LateRule:
    """A share of the points that late work loses.

    Attributes
    ----------
    percent : float
        Of the points that were reached: 0 takes nothing, 100 all.
    period : str
        "hour" or "day": taken for each one begun; empty if it is taken once.
    """

    percent: float
    period: str = ""

    @classmethod
    def parse(cls, text: str) -> "LateRule":
        """Read "none", "zero", "20%", "10%/day", "5 % per hour".

        Raises
        ------
        RulesError
            If it is none of them.
        """
        named = {"none": 0.0, "zero": 100.0}.get(text.strip().lower())
        if named is not None:
            return cls(named)
        found = _FORM.fullmatch(text.strip())
        percent = float(found["percent"].replace(",", ".")) if found else 0.0
        if not found or not 0 < percent <= 100:
            raise RulesError(
                f"{text!r} is no rule for late work. Write none (it costs nothing), zero (it costs "
                "all points), or a share of the points such as 20%, 10%/day or 5%/hour"
            )
        return cls(percent, (found["period"] or "").lower())

    def __str__(self) -> str:
        if self.percent in (0, 100) and not self.period:
            return "zero" if self.percent else "none"
        return f"{self.percent:g}%" + (f"/{self.period}" if self.period else "")

    def penalty(self, points: float, late: timedelta) -> float:
        """Return what is taken off, at most all, in hundredths of a point.

        Parameters
        ----------
        points : float
            What was reached.
        late : timedelta
            By how much the work was late.

        Examples
        --------
        >>> LateRule(10, "day").penalty(8, timedelta(hours=25))
        1.6
        """
        if late <= timedelta(0):
            return 0.0
        begun = math.ceil(late / PERIODS[self.period]) if self.period else 1
        return min(points, round(points * min(100.0, self.percent * begun) / 100, 2))
