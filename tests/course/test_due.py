"""`course submit` after the due date: it asks, or is told to go on, and says what will count."""

import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course.due import PublishedRules, published_rules, read_stamp

UNIT = "00_start_here"
NOW = datetime.now(UTC)
OVER, AHEAD = NOW - timedelta(days=1), NOW + timedelta(days=1)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """An exchange in which the unit is released, and a student's folder with a notebook."""
    course = tmp_path / "exchange" / "descent"
    notebook = Path(__file__).parents[2] / "course" / "notebooks" / UNIT / f"{UNIT}.ipynb"
    for folder in (course / "outbound" / UNIT, tmp_path / "home" / UNIT):
        folder.mkdir(parents=True)
        (folder / notebook.name).write_bytes(notebook.read_bytes())
    (course / "inbound").mkdir()
    (tmp_path / "exchange").chmod(0o777)
    settings = {"Exchange": {"root": str(tmp_path / "exchange")}}
    settings["CourseDirectory"] = {"course_id": "descent"}
    (tmp_path / "nbgrader_config.json").write_text(json.dumps(settings))
    return tmp_path


def publish(school: Path, due: datetime | None, **rules: object) -> None:
    given = {
        "due": due.isoformat() if due else None,
        "late": "",
        "attempts": 0,
        "counts": "on-time",
    }
    path = school / "exchange" / "descent" / "rules.json"
    path.write_text(json.dumps({UNIT: given | rules}))


def submit(school: Path, *words: str, typed: str | None = None) -> tuple[int, str]:
    """Run `course submit`, at a terminal if something is `typed`."""
    place = {"HOME": school / "home", "JUPYTER_CONFIG_PATH": school}
    place["JUPYTER_DATA_DIR"] = school / "data"
    command = [sys.executable, "-c", "from course.cli import app; app()", "submit", "00"]
    command += ["--wait", "0", *words]
    user, terminal = pty.openpty()
    try:
        if typed is not None:
            os.write(user, typed.encode())
        done = subprocess.run(
            command, cwd=school / "home", capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL if typed is None else terminal,
            env={**os.environ, **{name: str(path) for name, path in place.items()}},
        )  # fmt: skip
    finally:
        os.close(user)
        os.close(terminal)
    return done.returncode, done.stdout + done.stderr


def arrived(school: Path) -> int:
    return len(list((school / "exchange" / "descent" / "inbound").iterdir()))


def test_before_the_due_date_nobody_is_asked(school: Path) -> None:
    publish(school, AHEAD, attempts=2)
    code, said = submit(school)
    assert code == 0, said
    assert "attempt 1 of 2" in said
    assert arrived(school) == 1


def test_after_it_a_program_must_say_so(school: Path) -> None:
    publish(school, OVER, late="10%/day")
    code, said = submit(school)
    assert code == 1
    assert "nothing was handed in. This unit was due" in said
    assert "costs 10%/day of its points" in said
    assert "add --late" in said
    assert arrived(school) == 0
    code, said = submit(school, "--late")
    assert code == 0, said
    assert arrived(school) == 1


@pytest.mark.parametrize(("typed", "number"), [("n\n", 0), ("\n", 0), ("y\n", 1)])
def test_after_it_a_person_is_asked(school: Path, typed: str, number: int) -> None:
    publish(school, OVER)
    code, said = submit(school, typed=typed)
    assert "Hand in now? [y/N]" in said
    assert (code == 0) == bool(number)
    assert arrived(school) == number


def test_without_anything_published_it_hands_in(school: Path) -> None:
    code, said = submit(school)
    assert code == 0, said
    assert "attempt" not in said
    (school / "exchange" / "descent" / "rules.json").write_text("[")
    assert submit(school)[0] == 0


@pytest.mark.parametrize(
    ("rules", "earlier", "told"),
    [
        ({"due": AHEAD}, [], ""),
        ({}, [], ""),
        ({"due": OVER, "late": "zero"}, [], "Late work gets no points"),
        ({"due": OVER}, [OVER - timedelta(hours=1)], "this one would only be kept"),
        ({"due": OVER, "counts": "last"}, [OVER - timedelta(hours=1)], "take the place"),
        ({"due": OVER, "counts": "best"}, [OVER - timedelta(hours=1)], "unless this one"),
    ],
)
def test_it_says_what_handing_in_would_mean(
    rules: dict[str, object], earlier: list[datetime], told: str
) -> None:
    said = PublishedRules(**rules).before_late(earlier)  # type: ignore[arg-type]
    assert told in said
    assert bool(told) == bool(said)


def test_who_has_only_late_hand_ins_loses_none_on_time() -> None:
    assert "on time" not in PublishedRules(due=OVER).before_late([NOW])


def test_attempts_are_counted() -> None:
    rules = PublishedRules(attempts=2)
    assert [bool(rules.about_attempts(number)) for number in (1, 2, 3)] == [True] * 3
    assert "used up" in rules.about_attempts(3)
    assert PublishedRules().about_attempts(3) == ""


def test_a_stamp_is_nbgrader_s() -> None:
    assert read_stamp("2026-01-10 14:30:00.000000 UTC") == datetime(2026, 1, 10, 14, 30, tzinfo=UTC)
    assert read_stamp("10 January") is None


def test_what_is_published_for_another_unit_is_not_this_one_s(tmp_path: Path) -> None:
    (tmp_path / "descent").mkdir()
    (tmp_path / "descent" / "rules.json").write_text('{"01_x": {"due": null}}')
    assert published_rules(UNIT, tmp_path, "descent") == PublishedRules()
