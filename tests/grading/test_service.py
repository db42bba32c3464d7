"""What the service of a school takes from the exchange; whatever lies there, it goes on."""

import errno
import logging
import os
import pwd
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.grading.rules.attempts import Attempt, counting, load_attempts, next_to_grade
from autograder.grading.rules.unit_rules import UnitRules
from autograder.school.arrivals import Arrival, Intake
from autograder.school.service import GradingService
from autograder.selftest.temporary_classroom import classroom_at

UNIT = "00_start_here"
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def room(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "classroom").mkdir()
    with classroom_at(tmp_path / "classroom", "tests") as folder:
        yield folder


def arrive(place: Path, when: datetime = NOW, stamp: str | None = None) -> Arrival:
    student, shown = pwd.getpwuid(os.getuid()).pw_name, f"{when:%Y-%m-%d %H:%M:%S.%f} UTC"
    folder = place / f"{student}+{UNIT}+{shown}"
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_text("{}", encoding="utf-8")
    (folder / "timestamp.txt").write_text(shown if stamp is None else stamp, encoding="utf-8")
    return Arrival(folder, student, UNIT, shown)


def test_a_hand_in_that_cannot_be_copied_stops_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    intake, inbound = Intake(), tmp_path / "inbound"
    odd, good = arrive(inbound), arrive(inbound, NOW + timedelta(seconds=1))
    os.mkfifo(odd.folder / "pipe")
    with caplog.at_level(logging.ERROR):
        assert not intake.take(odd)
        assert not intake.take(odd), "it is not copied again and again"
        assert intake.take(good)
    assert [path.name for path in good.kept.parent.iterdir()] == [good.when]
    [said] = caplog.messages
    assert "was not taken: not all of its files can be read" in said


@pytest.mark.parametrize(
    ("stamp", "why"),
    [
        (f"{NOW - timedelta(days=2):%Y-%m-%d %H:%M:%S} UTC", "and it came at"),
        (f"{NOW + timedelta(days=2):%Y-%m-%d %H:%M:%S} UTC", "and it came at"),
        ("on time, of course", "is not a date"),
        ("", "is not a date"),
    ],
    ids=["two days early", "two days late", "words", "nothing"],
)
def test_a_date_that_cannot_be_is_not_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, stamp: str, why: str
) -> None:
    """A hand-in belongs to the student's account, its date with it."""
    with caplog.at_level(logging.ERROR):
        assert not Intake().take(arrive(tmp_path / "inbound", stamp=stamp))
    assert why in caplog.text


def attempt(hours: float, points: float | None = None) -> Attempt:
    when = datetime(2026, 5, 1, 12) + timedelta(hours=hours)
    return Attempt(Path(f"{hours:g}"), str(when), when, points)


DUE = datetime(2026, 5, 1, 12)
THREE = [attempt(-2, 4), attempt(-1, 3), attempt(1, 5)]


@pytest.mark.parametrize(
    ("rules", "found", "expected"),
    [
        (UnitRules(), THREE, -1),
        (UnitRules(), [attempt(1), attempt(2)], 2),
        (UnitRules(attempts=1), THREE, -2),
        (UnitRules(counts="last"), THREE, 1),
        (UnitRules(counts="last", attempts=2), THREE, -1),
        (UnitRules(counts="best"), THREE, 1),
        (UnitRules(counts="best", late="50%"), THREE, -2),
        (UnitRules(counts="best", attempts=1), THREE, -2),
        (UnitRules(counts="best"), [attempt(-2, 4), attempt(-1, 4)], -1),
        (UnitRules(counts="best", late="20%"), [attempt(-2, 4), attempt(1, 5)], 1),
    ],
)
def test_which_hand_in_counts(rules: UnitRules, found: list[Attempt], expected: float) -> None:
    assert counting(found, rules, DUE).folder.name == f"{expected:g}"


def test_without_a_due_date_the_last_one_counts() -> None:
    assert counting(THREE, UnitRules(), None) is THREE[-1]


def test_where_the_best_counts_all_that_can_are_graded() -> None:
    found, rules = [attempt(-3, 4), attempt(-2), attempt(-1)], UnitRules(counts="best", attempts=2)
    assert next_to_grade(found, rules, DUE) is found[1]
    assert next_to_grade(found, UnitRules(), DUE) is found[2]


def test_hand_ins_are_in_the_order_of_their_time(room: Path) -> None:
    for stamp in ("2026-05-01 14:30:00 +02:00", "2026-05-01 13:00:00 UTC", "on Monday"):
        folder = room / "handed_in" / "ada" / UNIT / stamp.replace(":", "")
        folder.mkdir(parents=True)
        (folder / "timestamp.txt").write_text(stamp)
    found = [item.stamp for item in load_attempts("ada", UNIT)]
    assert found == ["on Monday", "2026-05-01 14:30:00 +02:00", "2026-05-01 13:00:00 UTC"]


def test_a_hand_in_of_200_mb_stays_where_it_is(
    room: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    large, intake = arrive(tmp_path / "inbound"), Intake()
    with (large.folder / "film.mp4").open("wb") as film:
        film.truncate(200_000_000)
    with caplog.at_level(logging.ERROR):
        assert not intake.take(large)
        assert not intake.take(large)
    [said] = caplog.messages
    assert "was not taken: it has 200 MB; at most 100 are taken" in said
    assert list(room.iterdir()) == []


def test_an_earlier_hand_in_with_a_date_to_come_is_named(
    room: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The clock was ahead then; the last one by its date is not the next one."""
    now = arrive(tmp_path / "inbound")
    ahead = arrive(tmp_path / "inbound", NOW + timedelta(days=2))
    ahead.kept.parent.mkdir(parents=True)
    ahead.folder.rename(ahead.kept)
    with caplog.at_level(logging.ERROR):
        assert Intake().take(now)
    [said] = caplog.messages
    assert f"the one of {ahead.when}, handed in before, has a date that is still to come" in said
    assert f"until you move {ahead.kept} elsewhere" in said
    assert now.kept.exists()
    assert ahead.kept.exists()


def test_a_disk_that_is_full_is_said_once_and_all_goes_on_when_there_is_room(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    service, steps = GradingService(), iter([True, True, False])

    def step() -> bool:
        full = next(steps, None)
        if full is None:
            raise KeyboardInterrupt
        if full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "submitted")
        return True

    monkeypatch.setattr(service, "step", step)
    monkeypatch.setattr("autograder.school.service.LOOK", 0.0)
    with caplog.at_level(logging.ERROR), pytest.raises(KeyboardInterrupt):
        service.run()
    assert next(steps, None) is None
    [said] = caplog.messages
    assert "all hand-ins wait: [Errno 28] No space left on device: 'submitted'" in said
