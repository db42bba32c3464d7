"""What the service of a school takes from the exchange; whatever lies there, it goes on."""

import logging
import os
import pwd
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
