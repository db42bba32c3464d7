"""Recording gives what nbgrader's own Autograde gives: the same gradebook, the same files."""

import json
import logging
import stat
from pathlib import Path

import nbformat
import pytest
from nbgrader.converters import Autograde

from autograder import nbgrader_bridge, paths
from autograder.grading import gradebook
from autograder.grading.run import grade
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at

UNIT = "00_start_here"
LATE = "2100-01-01 00:00:00 UTC"
PRINTS = nbformat.v4.new_code_cell("print('line\\n' * 2000)\n1 / 0")


STAMPS = {
    "no-date": "handed in on Monday",
    "long-number": "9" * 30,
    "long-zone": "2100-01-01 00:00:00 " + "9" * 30,
    "long-text": "x" * 10_000_000,
}


def _hand_in() -> None:
    right = compose(UNIT, solutions(UNIT))
    right.cells.append(PRINTS)
    hand_in(right, UNIT, "right")
    hand_in(compose(UNIT, {}), UNIT, "blank")
    late = hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, "late")
    late.with_name("timestamp.txt").write_text(LATE)
    late.with_name("data.csv").write_text("1,2\n")


def _grade_by_nbgrader() -> None:
    gradebook.register_unit(UNIT)
    settings = nbgrader_bridge.config()
    settings.CourseDirectory.assignment_id = UNIT
    settings.BaseConverter.force = True
    nbgrader_bridge.convert(Autograde, settings, logging.getLogger(__name__))


def _gradebook() -> dict[str, list]:
    with gradebook.open_gradebook() as book:
        return {
            one.student.id: [
                str(one.assignment.timestamp),
                one.late_submission_penalty,
                sorted((g.name, g.auto_score, g.manual_score, g.needs_manual_grade, g.extra_credit)
                       for g in one.grades),
                sorted((c.name, c.auto_comment, c.manual_comment) for c in one.comments),
            ]
            for one in book.notebook_submissions(UNIT, UNIT)
        }  # fmt: skip


def _files() -> dict[str, object]:
    folder = paths.classroom() / "autograded"
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            text: object = path.read_text()
            if path.suffix == ".ipynb":
                book = json.loads(path.read_text())
                for cell in book["cells"]:
                    cell.pop("id")
                text = book
            found[str(path.relative_to(folder))] = text, stat.S_IMODE(path.stat().st_mode)
    return found


@pytest.mark.parametrize("again", [False, True])
def test_gradebook_files_and_verdicts_are_those_of_nbgrader(tmp_path: Path, again: bool) -> None:
    seen = []
    for name, graded in (("ours", lambda: grade(UNIT, again=True)), ("theirs", _grade_by_nbgrader)):
        with classroom_at(tmp_path / name, "tests") as classroom:
            _hand_in()
            graded()
            if again:  # what was given by hand stays, and is to be looked at again
                with gradebook.open_gradebook() as book:
                    entry = book.find_submission_notebook(UNIT, UNIT, "right")
                    entry.grades[0].manual_score = 0.5
                    entry.comments[0].manual_comment = "see me"
                    book.db.commit()
                graded()
            verdicts = {p.name: p.read_text() for p in (classroom / "verdicts" / UNIT).iterdir()}
            seen.append((_gradebook(), _files(), verdicts))
    ours, theirs = seen
    assert ours[0] == theirs[0]
    assert ours[1].keys() == theirs[1].keys()
    assert ours[1] == theirs[1]
    assert ours[2] == theirs[2]
    assert ours[0]["right"][2][0][1] == 1.0


def test_a_stamp_or_a_link_of_one_student_stops_nobody_and_reads_nothing(tmp_path: Path) -> None:
    with classroom_at(tmp_path / "classroom", "tests") as classroom:
        for name in (*STAMPS, "linked-stamp", "linked-folder", "right"):
            hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, name)
        submitted = classroom / "submitted"
        for name, text in STAMPS.items():
            (submitted / name / UNIT / "timestamp.txt").write_text(text)
        (tmp_path / "stamp").write_text(LATE)
        (submitted / "linked-stamp" / UNIT / "timestamp.txt").symlink_to(tmp_path / "stamp")
        (submitted / "linked-folder" / UNIT).rename(tmp_path / "elsewhere")
        (tmp_path / "elsewhere" / "timestamp.txt").write_text(LATE)
        (submitted / "linked-folder" / UNIT).symlink_to(tmp_path / "elsewhere")
        found = {verdict.student: verdict for verdict in grade(UNIT)}
        stamps = {student: row[0] for student, row in _gradebook().items()}
        kept = list((classroom / "autograded" / "linked-folder" / UNIT).iterdir())
    assert stamps == dict.fromkeys(found, "None")
    for name in STAMPS:
        assert found[name].points == found["right"].points == 1
        assert "the date in timestamp.txt was ignored" in " ".join(found[name].reasons)
        assert len(" ".join(found[name].reasons)) < 400
    assert found["right"].reasons == ()
    assert "'timestamp.txt', as links are not followed" in found["linked-stamp"].reasons[0]
    assert "its folder is a symbolic link" in found["linked-folder"].reasons[0]
    assert [path.name for path in kept] == [f"{UNIT}.ipynb"]


def test_lateness_is_that_of_the_date_in_whatever_zone_it_is_written(tmp_path: Path) -> None:
    zones = {
        "colon": "2026-05-01 14:30:00 +02:00",
        "offset": "2026-05-01 14:30:00 +0200",
        "name": "2026-05-01 14:30:00.000000 CEST",
        "utc": "2026-05-01 12:30:00 UTC",
        "none": "2026-05-01 12:30",
        "unsure": "05/01/2026 12:30",
    }
    with classroom_at(tmp_path / "classroom", "tests"):
        gradebook.register_unit(UNIT)
        with gradebook.open_gradebook() as book:
            book.update_or_create_assignment(UNIT, duedate="2026-05-01 12:00:00 UTC")
        for name, text in zones.items():
            path = hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, name)
            path.with_name("timestamp.txt").write_text(text, encoding="utf-8-sig")
        found = {verdict.student: verdict.reasons for verdict in grade(UNIT)}
        with gradebook.open_gradebook() as book:
            late = {name: book.find_submission(UNIT, name).total_seconds_late for name in zones}
    assert late == dict.fromkeys(zones, 1800) | {"unsure": 0}
    assert found["colon"] == found["offset"] == found["name"] == found["utc"] == ()
    assert found["none"] == (
        "timestamp.txt names no time zone; '2026-05-01 12:30' was read as UTC",
    )
    assert "could be day 5 of month 1 or day 1 of month 5" in found["unsure"][0]
