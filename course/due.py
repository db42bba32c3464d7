"""When a unit is due, as the school has published it, and what to ask before a late hand-in."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = "rules.json"


@dataclass(frozen=True)
class PublishedRules:
    """What a school has published about a unit.

    Attributes
    ----------
    due : datetime or None
        With its time zone.
    late : str
        What late work costs, such as "10%/day"; empty if the school does not say.
    attempts : int
        How many hand-ins can count; 0 if all can.
    counts : str
        "on-time", "last" or "best".
    """

    due: datetime | None = None
    late: str = ""
    attempts: int = 0
    counts: str = "on-time"

    def is_late(self, when: datetime | None = None) -> bool:
        """Tell whether a time, or now, is after the due date."""
        return self.due is not None and (when or datetime.now(UTC)) > self.due

    def before_late(self, earlier: list[datetime]) -> str:
        """Say what handing in now would mean, if that is late; nothing if it is not.

        Parameters
        ----------
        earlier : list of datetime
            When this unit was handed in from here before.
        """
        if self.due is None or not self.is_late():
            return ""
        shown = self.due.astimezone().strftime("%Y-%m-%d %H:%M %Z")
        cost = {"": "", "none": "", "zero": " Late work gets no points."}.get(
            self.late, f" Late work costs {self.late} of its points."
        )
        told = f"This unit was due {shown}.{cost}"
        if any(not self.is_late(when) for when in earlier):
            told += {
                "best": " Your hand-in on time counts, unless this one gets more points.",
                "last": " It would take the place of your hand-in that was on time.",
            }.get(self.counts, " Your hand-in on time counts; this one would only be kept.")
        return f"{told} If you were given more time, your own date holds."

    def about_attempts(self, handed_in: int) -> str:
        """Say which attempt the last of so many hand-ins is; nothing if all count."""
        if not self.attempts:
            return ""
        if handed_in > self.attempts:
            return f"all {self.attempts} attempts were used up before: it is kept, and not counted"
        return f"attempt {handed_in} of {self.attempts}"


def published_rules(unit: str, exchange: Path, course: str) -> PublishedRules:
    """Return what is published about a unit; no due date where nothing is, or is unreadable."""
    try:
        stored: dict[str, Any] = json.loads((exchange / course / FILE).read_text(encoding="utf-8"))
        rules = stored[unit]
        due = datetime.fromisoformat(rules["due"]) if rules["due"] else None
        return PublishedRules(**{**rules, "due": due})
    except (OSError, ValueError, KeyError, TypeError):
        return PublishedRules()


def read_stamp(text: str) -> datetime | None:
    """Return the time of a hand-in as nbgrader writes it; None if the zone is not UTC."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=UTC)
    except ValueError:
        return None
