"""Who is in the class, who has not handed in, and who is forgotten."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import notebook_hash
from typer.testing import CliRunner

from autograder import forget
from autograder.cli import app
from autograder.feedback.pages import write_feedback
from autograder.grading import roster
from autograder.grading.export import export
from autograder.grading.gradebook import open_gradebook, student_names
from autograder.grading.lock import lock_classroom
from autograder.grading.run import grade
from autograder.report.render import write_report
from autograder.report.summary import summarise
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.configured import put_exchange

UNITS = ["00_start_here", "01_linear_regression"]
CLASS = """\
id;Last name;First-Name;e-mail;Group
ada;Lovelace;Ada;ada@school.example;A
ben;Nevis;Ben;;B
cleo;"Nile; Upper";Cleo;cleo@school.example;
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    with classroom_at(tmp_path / "classroom", "tests") as folder:
        folder.mkdir()
        yield folder


def listed(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


def known() -> list[str]:
    with open_gradebook() as book:
        return sorted(student.id for student in book.students)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hand_in_solved(unit: str, student: str) -> Path:
    return hand_in(compose(unit, solutions(unit), complete=False), unit, student)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_roster_is_read_into_the_gradebook(
    room: Path, tmp_path: Path, separator: str, encoding: str
) -> None:
    path = listed(tmp_path, CLASS.replace(";", separator).replace("Nile\t", "Nile;"), encoding)
    told = CliRunner().invoke(app, ["roster", str(path)])
    assert told.output.endswith("3 students in the class, 3 of them new\n")
    assert student_names() == {
        "ada": "Ada Lovelace",
        "ben": "Ben Nevis",
        "cleo": "Cleo Nile; Upper",
    }
    assert roster.groups() == {"ada": "A", "ben": "B"}
    assert (room / "roster.csv").stat().st_mode & 0o077 == 0


def test_it_is_read_again_and_says_who_is_gone(room: Path, tmp_path: Path) -> None:
    roster.take_roster(listed(tmp_path, CLASS))
    again = CLASS.replace("ben;Nevis;Ben;;B\n", "").replace("Lovelace", "Byron")
    told = CliRunner().invoke(app, ["roster", str(listed(tmp_path, again + "dan;;;;\n"))])
    assert "3 students in the class, 1 of them new" in told.output
    assert "no longer in the roster: ben" in told.output
    assert known() == ["ada", "ben", "cleo", "dan"]
    assert student_names()["ada"] == "Ada Byron"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("id,group\n", "no student"),
        ("id,shoe size\nada,38\n", "unknown columns 'shoe size'"),
        ("first_name\nAda\n", "no column 'id'"),
        ("id,student\nada,ada\n", "names the column id twice"),
        ("id,group\nada,A\nben\n", "line 3 has 1 fields"),
        ("id,group\nada,A\n,B\n", "line 3 has no id"),
        ("id\nada\nben\nAda\nben\n", "more than one line for Ada, ada, ben"),
        ("id\n../ada\n", "cannot be an id"),
        ("id\na+b\n", "cannot be an id"),
        ('id\n"ada\n', "not a table"),
        (f"id,group\nada,{'A' * 200}\n", "more than 128"),
        ("PK\x03\x04\xff", "unknown columns"),
    ],
)
def test_a_roster_that_is_none_changes_nothing(
    room: Path, tmp_path: Path, text: str, why: str
) -> None:
    roster.take_roster(listed(tmp_path, CLASS))
    before = (room / "roster.csv").read_bytes(), known()
    told = CliRunner().invoke(app, ["roster", str(listed(tmp_path, text))])
    assert told.exit_code == 2
    assert why in told.output
    assert ((room / "roster.csv").read_bytes(), known()) == before


def test_a_file_that_cannot_be_read_is_named(room: Path, tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "none.csv", "No such file"),
        (tmp_path, "Is a directory"),
        (listed(tmp_path, "id,last_name\nada,Ångström\n", "latin-1"), "not UTF-8"),
    ):
        told = CliRunner().invoke(app, ["roster", str(path)])
        assert told.exit_code == 2
        assert why in told.output


def test_a_gradebook_that_refuses_leaves_the_roster_as_it_was(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster.take_roster(listed(tmp_path, CLASS))
    before = (room / "roster.csv").read_bytes()
    with lock_classroom(), pytest.raises(roster.GradingError, match="is being graded"):
        roster.take_roster(listed(tmp_path, CLASS + "dan;;;;\n"))
    with open_gradebook() as book:
        book.db.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON student BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        book.db.commit()
    with pytest.raises(roster.RosterError, match="full"):
        roster.take_roster(listed(tmp_path, CLASS + "dan;;;;\n"))
    assert (room / "roster.csv").read_bytes() == before
    assert known() == ["ada", "ben", "cleo"]
    assert [path.name for path in room.glob("*.part")] == []


def test_who_has_not_handed_in_is_in_table_report_and_csv(room: Path, tmp_path: Path) -> None:
    roster.take_roster(listed(tmp_path, CLASS))
    hand_in_solved(UNITS[0], "ada")
    hand_in_solved(UNITS[0], "eve")
    told = CliRunner().invoke(app, ["grade", "00"], env={"COLUMNS": "200"})
    assert told.exit_code == 0
    assert [line.split()[1] for line in told.output.splitlines() if "not handed in" in line] == [
        "ben",
        "cleo",
    ]
    assert "not in the roster: eve" in told.output
    unit = summarise(UNITS[0])
    assert unit is not None
    assert unit.missing == {"ben": "Ben Nevis", "cleo": "Cleo Nile; Upper"}
    page = write_report([UNITS[0]]).read_text(encoding="utf-8")
    assert page.count("Ben Nevis") == 2  # in the unit and among everybody
    assert "2 of 4" in page
    found = {row["student_id"]: row for row in rows(export())}
    assert {name: row["group"] for name, row in found.items()} == {
        "ada": "A", "ben": "B", "cleo": "", "eve": "",
    }  # fmt: skip
    assert (found["ben"]["timestamp"], float(found["ben"]["score"])) == ("", 0.0)
    assert found["ada"]["email"] == "ada@school.example"


def test_a_forgotten_student_is_nowhere_and_all_goes_on(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = tmp_path / "exchange"
    put_exchange(monkeypatch, exchange)
    roster.take_roster(listed(tmp_path, CLASS))
    for student in ("ada", "ben"):
        for unit in UNITS:
            path = hand_in_solved(unit, student)
            path.with_name("timestamp.txt").write_text("2026-01-10 14:30:00 UTC")
            path.with_name("submission_secret.txt").write_text(f"{student} {unit}")
    grade(UNITS)
    write_feedback(UNITS)
    write_report(UNITS)
    export()
    inbound = exchange / "descent" / "inbound"
    for student in ("ada", "ben"):
        (inbound / f"{student}+{UNITS[0]}+2026-01-10 14:30:00 UTC+x").mkdir(parents=True)
    pages = exchange / "descent" / "feedback"
    pages.mkdir()
    released = {
        student: pages / f"{notebook_hash(secret=f'{student} {unit}', notebook_id=unit)}.html"
        for unit in UNITS[:1]
        for student in ("ada", "ben")
    }
    for page in released.values():
        page.touch()
    log = room / "grading.log"
    log.write_text("WARNING:a:ada, 00: slow\n  more\nWARNING:a:ben: slow\nWARNING:a:ada2: slow\n")
    told = CliRunner().invoke(app, ["forget", "ada", "--yes"])
    assert told.exit_code == 0, told.output
    assert "the gradebook's entry with 2 submissions" in told.output
    left = [path for path in (*room.rglob("*"), *exchange.rglob("*"))]
    assert [path for path in left if path.name in ("ada", "ada.json")] == []
    for path in left:
        if path.is_file() and path != log:
            assert b"lovelace" not in path.read_bytes().lower(), path
    assert log.read_text() == "WARNING:a:ben: slow\nWARNING:a:ada2: slow\n"
    assert [path.name[:3] for path in inbound.iterdir()] == ["ben"]
    assert list(pages.iterdir()) == [released["ben"]]
    assert known() == ["ben", "cleo"]
    assert forget.known_students() == {"ben", "cleo"}
    assert [verdict.student for verdict in grade(UNITS)] == ["ben", "ben"]
    assert write_feedback(UNITS).rendered == 0
    write_report(UNITS)
    assert {row["student_id"] for row in rows(export())} == {"ben", "cleo"}
    again = CliRunner().invoke(app, ["forget", "ada", "--yes"])
    assert again.exit_code == 2
    assert "no student is called 'ada'" in again.output


def test_the_last_student_leaves_no_page(room: Path) -> None:
    hand_in_solved(UNITS[0], "ada")
    grade(UNITS[0])
    write_report([UNITS[0]])
    export()
    forget.forget("ada")
    assert not (room / "report.html").exists()
    assert rows(room / "grades.csv") == []


@pytest.mark.parametrize("name", ["..", "../..", "", ".", "submitted", "nobody"])
def test_only_a_student_can_be_forgotten(room: Path, name: str) -> None:
    hand_in_solved(UNITS[0], "ada")
    told = CliRunner().invoke(app, ["forget", "--yes", "--", name])
    assert told.exit_code == 2
    assert "no student is called" in told.output
    assert (room / "submitted" / "ada").exists()


def test_it_asks_first(room: Path) -> None:
    hand_in_solved(UNITS[0], "ada")
    assert CliRunner().invoke(app, ["forget", "ada"], input="n\n").exit_code == 1
    assert (room / "submitted" / "ada").exists()


def test_a_student_who_was_added_elsewhere_counts(room: Path) -> None:
    hand_in_solved(UNITS[0], "ada")
    grade(UNITS[0])
    with open_gradebook() as book:
        assert isinstance(book, Gradebook)
        book.add_student("ben", last_name="Nevis")
    assert roster.not_handed_in(UNITS[0]) == ["ben"]
