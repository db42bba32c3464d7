"""A disk that is full, a real one: nothing is begun that cannot be done, and it goes on after."""

import logging
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.school.arrivals import Intake
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.test_service import arrive

pytestmark = pytest.mark.slow


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 MB."""
    if os.geteuid() != 0:
        pytest.fail("a disk can be mounted by root only: run this with sudo")
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_school_is_not_begun_where_it_does_not_fit(disk: Path, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("id\nada\n")
    file = tmp_path / "school.toml"
    file.write_text(f'place = "{disk}/school"\nroster = "{tmp_path}/roster.csv"\nport = 18999\n')
    told = CliRunner().invoke(app, ["school", "up", "--config", str(file)])
    assert told.exit_code == 2
    assert f"0.0 GB are free at {disk}; 5 are needed. Make room, or choose" in told.output
    assert "Nothing was done" in told.output
    assert list(disk.iterdir()) == []


def test_hand_ins_wait_until_there_is_room(
    disk: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inbound = tmp_path / "inbound"
    with classroom_at(disk / "classroom", "tests") as room, caplog.at_level(logging.ERROR):
        room.mkdir()
        filler, intake = disk / "film.mp4", Intake()
        filler.write_bytes(bytes(28_000_000))
        arrival = arrive(inbound)
        assert not intake.take(arrival)
        assert not intake.take(arrival)
        [said] = caplog.messages
        assert "was not taken: only" in said
        assert "MB are free on the disk" in said
        assert list(room.iterdir()) == []
        filler.unlink()
        assert intake.take(arrival)
        assert arrival.kept.is_dir()
