"""Read the date of a submission, as people and programs write it, or say why it cannot be read.

nbgrader's own reader takes "+0200" for 200 seconds, "+02:00" and "CEST" for no zone at all, and
10.01.2026 for the first of October. A wrong date costs a student points or gives a late one none,
so whatever could mean two things is refused.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EXAMPLE = "2026-01-10 14:30:00 +01:00"
"""How a date is best written; refusals quote it."""
MAX_QUOTED = 60
"""Characters of a file's text that a message repeats."""

_HOURS: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys(("UTC", "GMT", "UT", "Z", "WET"), 0),
        **dict.fromkeys(("CET", "MET", "WEST"), 1),
        **dict.fromkeys(("CEST", "MEST", "EET"), 2),
        **dict.fromkeys(("EEST", "MSK"), 3),
        **{"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
        **{"JST": 9, "KST": 9, "HST": -10, "AKST": -9, "AKDT": -8, "AEST": 10, "AEDT": 11},
    }
)
"""Abbreviations that mean one offset from UTC; CST, IST and BST, say, mean several."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_TIME = r"(?P<hour>\d{1,2})(?::?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?)?"
_CLOCK = rf"{_TIME}\s*(?P<half>[ap]\.?m\.?)?(?:\s*(?:h|uhr)\b)?"
_ZONE = r"\s*(?P<zone>\S.*)?"
_DATES = (
    rf"{_YEAR}(?P<separator>[-/.])(?P<month>\d{{1,2}})(?P=separator)(?P<day>\d{{1,2}})",
    rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})",
    rf"(?P<first>\d{{1,2}})(?P<separator>[-/.])(?P<other>\d{{1,2}})(?P=separator){_YEAR}",
    rf"{_WEEKDAY}{_DAY}\.?[-\s]\s*{_MONTH}[-\s,]\s*{_YEAR}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
)
_REST = rf"(?:(?:\s*[T,]\s*|\s+(?:at\s+)?){_CLOCK}{_ZONE})?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        *(date + _REST for date in _DATES),
        # as the command `date` writes it: the zone stands between the time and the year
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_CLOCK}(?:\s+(?P<zone>[a-z]+))?\s+{_YEAR}",
    )
)
_COMMENT = re.compile(r"(?<=\d)\s+\([A-Za-z ]+\)$")
"""A zone's name after its offset, as in the date of an e-mail."""
_OFFSET = re.compile(r"(?:utc|gmt)?\s*(?P<sign>[-+−])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")


class TimestampError(ValueError):
    """The text is no date, or could mean several; the message says which and what to write."""


def read_timestamp(text: str, local: str | None = None) -> tuple[datetime, bool]:
    """Read a date and its time of day.

    Parameters
    ----------
    text : str
        The content of a `timestamp.txt`.
    local : str, optional
        The zone in which the school's nbgrader writes dates, such as "Asia/Kolkata"; it says what
        an abbreviation like "IST" means.

    Returns
    -------
    when : datetime
        In UTC and without a zone, as nbgrader's gradebook holds it.
    zoned : bool
        Whether the text names its zone; without one the date is taken to be in UTC.

    Raises
    ------
    TimestampError
        If the text cannot be read or could mean several dates.
    """
    found = next(filter(None, (form.fullmatch(text.strip()) for form in _FORMS)), None)
    if found is None:
        raise _refusal(text, "is not a date that can be read")
    parts = found.groupdict()
    try:
        when = datetime(
            *_date(text, parts),
            _hour(parts["hour"], parts["half"]),
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
        )
        zone = _COMMENT.sub("", parts["zone"] or "")
        if not zone:
            return when, False
        there = when.replace(tzinfo=_zone(text, zone, when, local))
        return there.astimezone(UTC).replace(tzinfo=None), True
    except TimestampError:
        raise
    except (ValueError, OverflowError):  # such as 30 February, or hour 25
        raise _refusal(text, "is no date of the calendar") from None


def _date(text: str, parts: dict[str, Any]) -> tuple[int, int, int]:
    """Return year, month and day."""
    year = int(parts["year"] or 0)
    if name := parts.get("name"):
        return year, _MONTHS.index(name[:3].lower()) + 1, int(parts["day"] or 0)
    if parts.get("month"):
        return year, int(parts["month"] or 0), int(parts["day"] or 0)
    first, other = int(parts["first"] or 0), int(parts["other"] or 0)
    if parts["separator"] == "." or first > 12:  # with full stops the day comes first everywhere
        return year, other, first
    if other > 12 or first == other:
        return year, first, other
    raise _refusal(text, f"could be day {first} of month {other} or day {other} of month {first}")


def _hour(hour: str | None, half: str | None) -> int:
    """Return the hour of the day, by a clock of 24 hours or by one of 12 with am and pm."""
    number = int(hour or 0)
    if not half:
        return number
    if not 1 <= number <= 12:
        raise ValueError(f"hour {number} on a clock of 12 hours")
    return number % 12 + (12 if half[0] in "pP" else 0)


def _zone(text: str, name: str, when: datetime, local: str | None) -> tzinfo:
    """Return the zone of this name: an offset, an abbreviation, or a place, as Europe/Berlin."""
    if offset := _OFFSET.fullmatch(name.lower()):
        size = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return timezone(size if offset["sign"] == "+" else -size)
    if local and (school := _place(local)):
        for fold in (0, 1):  # an hour that comes twice when the clock goes back
            here = when.replace(tzinfo=school, fold=fold)
            if here.tzname() == name:
                return timezone(here.utcoffset() or timedelta(0))
    if name.upper() in _HOURS:
        return timezone(timedelta(hours=_HOURS[name.upper()]))
    if "/" in name and (place := _place(name)):
        return place
    raise _refusal(text, f"names the time zone {name[:MAX_QUOTED]!r}, which is not known here")


def _place(name: str) -> ZoneInfo | None:
    """Return the zone of a place, or None if there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name may be anything, a path included
        return None


def _refusal(text: str, why: str) -> TimestampError:
    quoted = " ".join(text.split())
    shown = quoted if len(quoted) <= MAX_QUOTED else f"{quoted[:MAX_QUOTED]}…"
    return TimestampError(f"{shown!r} {why}; write it as {EXAMPLE}")
