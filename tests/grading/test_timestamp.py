"""Dates as people and programs write them; what could mean two things is refused."""

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission.timestamp import EXAMPLE, TimestampError, read_timestamp

AT_HALF_PAST_TWO = datetime(2026, 1, 10, 14, 30)
AN_HOUR_BEFORE = datetime(2026, 1, 10, 13, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-10 14:30",
        "2026-01-10T14:30",
        "2026/01/10 14:30:00",
        "10.01.2026 14:30",
        "10.1.2026, 14:30 Uhr",
        "10 January 2026 2:30 pm",
        "Jan 10, 2026 at 2:30 PM",
        "Sat Jan 10 14:30:00 2026",
        "10-Jan-2026 14:30",
    ],
)
def test_ways_without_a_zone_are_read_as_utc_and_say_so(text):
    assert read_timestamp(text) == (AT_HALF_PAST_TWO, False)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-10 14:30:00 +01:00",
        "2026-01-10 14:30:00 +0100",
        "2026-01-10 14:30 +1",
        "2026-01-10T14:30:00.000000+01:00",
        "20260110T143000+0100",
        "2026-01-10 14:30:00.000000 CET",
        "2026-01-10 14:30 UTC+1",
        "2026-01-10 14:30 Europe/Berlin",
        "2026-01-10T13:30:00Z",
        "2026-01-10 13:30:00.123456 UTC",
        "2026-01-10 08:30 EST",
        "Sat, 10 Jan 2026 14:30:00 +0100 (CET)",
        "Sat Jan 10 14:30:00 CET 2026",
        "10.01.2026 14:30 MET",
    ],
)
def test_a_zone_counts_however_it_is_written(text):
    when, zoned = read_timestamp(text)
    assert (when.replace(microsecond=0), zoned) == (AN_HOUR_BEFORE, True)


def test_summer_time_is_two_hours_ahead():
    at_noon = datetime(2026, 5, 1, 12, 30)
    for zone in ("CEST", "+02:00", "+0200", "Europe/Berlin"):
        assert read_timestamp(f"2026-05-01 14:30:00 {zone}") == (at_noon, True)


def test_an_abbreviation_means_what_it_means_at_the_school():
    assert read_timestamp("2026-01-10 14:30 IST", "Asia/Kolkata")[0] == datetime(2026, 1, 10, 9)
    assert read_timestamp("2026-06-10 14:30 IST", "Europe/Dublin")[0].hour == 13
    twice = "2026-10-25 01:30 {}"  # the hour that the clock shows twice
    hours = [read_timestamp(twice.format(zone), "Europe/London")[0].hour for zone in ("BST", "GMT")]
    assert hours == [0, 1]
    assert read_timestamp("2026-01-10 14:30 CET", "no/such")[0] == AN_HOUR_BEFORE


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("10/01/2026 14:30", "could be day 10 of month 1 or day 1 of month 10"),
        ("01-10-2026 2:30 PM", "could be day 1 of month 10 or day 10 of month 1"),
        ("2026-01-10 14:30 IST", "names the time zone 'IST', which is not known here"),
        ("2026-01-10 14:30 ../../etc/passwd", "is not known here"),
        ("2026-02-30 14:30 UTC", "is no date of the calendar"),
        ("2026-01-10 25:30 UTC", "is no date of the calendar"),
        ("2026-01-10 14:30 PM", "is no date of the calendar"),
        ("0001-01-01 00:00 +05:00", "is no date of the calendar"),
        ("10.01.26 14:30", "is not a date that can be read"),
        ("handed in on Monday", "is not a date that can be read"),
        ("1768055400", "is not a date that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason_and_a_way(text, why):
    with pytest.raises(TimestampError) as refused:
        read_timestamp(text)
    assert repr(text) in str(refused.value)
    assert why in str(refused.value)
    assert EXAMPLE in str(refused.value)


def test_the_way_that_refusals_recommend_is_read():
    assert read_timestamp(EXAMPLE) == (AN_HOUR_BEFORE, True)


def test_day_and_month_that_cannot_be_confused_are_read():
    assert read_timestamp("13/01/2026 14:30")[0].day == 13
    assert read_timestamp("01/13/2026 2:30 PM")[0].day == 13
    assert read_timestamp("01/01/2026 2:30 PM")[0] == datetime(2026, 1, 1, 14, 30)
    assert read_timestamp("2026-01-10")[0] == datetime(2026, 1, 10)


@given(st.text(max_size=100) | st.from_regex(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4} ?.*"))
def test_any_text_is_read_or_refused(text):
    with suppress(TimestampError):
        when, _ = read_timestamp(text, "Europe/Berlin")
        assert when.tzinfo is None
