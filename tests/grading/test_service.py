"""What the service of a school takes from the exchange; whatever lies there, it goes on."""

import errno
import logging
import os
import pwd
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.school.service import Arrival, GradingService
from autograder.selftest.temporary_classroom import classroom_at

UNIT = "00_start_here"


def arrive(place: Path, when: str) -> Arrival:
    student = pwd.getpwuid(os.getuid()).pw_name
    folder = place / f"{student}+{UNIT}+{when}"
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_text("{}", encoding="utf-8")
    return Arrival(folder, student, UNIT, when)


def test_a_hand_in_that_cannot_be_copied_stops_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "classroom").mkdir()
    with classroom_at(tmp_path / "classroom", "tests"), caplog.at_level(logging.ERROR):
        service, inbound = GradingService(), tmp_path / "inbound"
        odd, good = arrive(inbound, "09:00"), arrive(inbound, "09:01")
        os.mkfifo(odd.folder / "pipe")
        assert not service._take(odd)
        assert not service._take(odd), "it is not copied again and again"
        assert service._take(good)
        assert [path.name for path in good.kept.parent.iterdir()] == ["09:01"]
    [said] = caplog.messages
    assert "was not taken: not all of its files can be read" in said


def messages_of(service: GradingService, inbound: Path, caplog: pytest.LogCaptureFixture) -> str:
    """Look twice into an exchange; return what was said, each sentence once."""
    with pytest.MonkeyPatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr("autograder.school.service._exchange", lambda: inbound.parent)
        for _ in range(2):
            for arrival in service._arrivals():
                service._take(arrival)
    assert len(set(caplog.messages)) == len(caplog.messages)
    return "\n".join(caplog.messages)


def complete(arrival: Arrival) -> Arrival:
    """Finish a hand-in as `nbgrader submit` does."""
    (arrival.folder / "submission_secret.txt").write_text("secret", encoding="utf-8")
    arrival.folder.chmod(0o777)
    return arrival


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "classroom").mkdir()
    with classroom_at(tmp_path / "classroom", "tests") as folder:
        yield folder


def test_a_hand_in_of_200_mb_stays_where_it_is(
    room: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inbound = tmp_path / "exchange" / "inbound"
    large = complete(arrive(inbound, "2026-01-10 09:00:00.000000 UTC"))
    with (large.folder / "film.mp4").open("wb") as film:
        film.truncate(200_000_000)
    said = messages_of(GradingService(), inbound, caplog)
    assert "was not taken: it has 200 MB; at most 100 are taken" in said
    assert list(room.iterdir()) == []


def test_an_earlier_hand_in_with_a_date_to_come_is_named(
    room: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The clock was ahead then; the last one by its date counts, which the next one is not."""
    inbound = tmp_path / "exchange" / "inbound"
    ahead = complete(arrive(inbound, "2999-01-10 09:00:00.000000 UTC"))
    assert messages_of(GradingService(), inbound, caplog) == ""
    now = complete(arrive(inbound, "2026-01-10 09:00:00.000000 UTC"))
    said = messages_of(GradingService(), inbound, caplog)
    assert f"the one of {ahead.when} has a date that is still to come" in said
    assert f"Move {ahead.kept} elsewhere" in said
    assert now.kept.exists()
    assert ahead.kept.exists()


def test_a_disk_that_is_full_is_said_once_and_all_goes_on_when_there_is_room(
    room: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
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
