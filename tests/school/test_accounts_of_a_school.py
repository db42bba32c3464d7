"""A school with real accounts, from a file to graded work: who can do what, and what survives."""

import json
import os
import pwd
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser

from autograder.forkserver.server.account_group import limits_here
from autograder.school import processes
from autograder.school.school_config import SchoolConfig, find_account, load_config
from autograder.school.school_status import examine
from autograder.selftest.compose import compose, solutions
from benchmarks import _made_up_school
from benchmarks._made_up_school import autograder, removed_at_the_end, school_file
from tests.school.student import Student
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

UNIT = "00_start_here"
PREFIX = f"t{os.getpid() % 100_000}"
STUDENTS = tuple(f"{PREFIX}-{name}" for name in ("ada", "ben", "cleo"))
STAFF = f"{PREFIX}-staff"


@pytest.fixture(scope="module")
def file() -> Iterator[Path]:
    """The file of a school that is not there yet; accounts cannot come into pytest's folders."""
    if os.geteuid() != 0:
        pytest.fail("accounts can be made by root only: run this with sudo")
    with school_file(STUDENTS, STAFF) as path:
        yield path


@pytest.fixture(scope="module")
def school(file: Path) -> Iterator[SchoolConfig]:
    told = autograder("school", "plan", "--config", str(file))
    assert told[0] == 0, told[1]
    config = load_config(file)
    assert told[1].count("(to do)") == 9
    assert not config.place.exists()
    assert find_account(STAFF) is None
    with removed_at_the_end(config):
        code, said = autograder("school", "up", "--config", str(file))
        assert code == 0, said
        assert f"The school is open at {config.address}" in said
        assert "There is no certificate" in said
        yield config


@pytest.fixture(scope="module")
def passwords(school: SchoolConfig) -> dict[str, str]:
    assert (school.place / "passwords.csv").stat().st_mode & 0o777 == 0o600
    return _made_up_school.passwords(school)


@pytest.fixture(scope="module")
def ada(school: SchoolConfig, passwords: dict[str, str], browser: Browser) -> Student:
    student = Student(
        browser, f"http://127.0.0.1:{school.port}", STUDENTS[0], passwords[STUDENTS[0]]
    )
    assert student.log_in()
    return student


def run_as(name: str, *command: str | Path, folder: str = "/", fails: bool = False) -> str:
    """Run a command as an account; return what it says."""
    account = pwd.getpwnam(name)
    done = subprocess.run(
        command, user=account.pw_uid, group=account.pw_gid, text=True, cwd=folder, check=False,
        extra_groups=os.getgrouplist(name, account.pw_gid), capture_output=True,
        env={"HOME": account.pw_dir, "PATH": "/usr/bin:/bin", "USER": name, "LOGNAME": name},
    )  # fmt: skip
    assert fails or done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_all_is_done_and_runs(school: SchoolConfig, file: Path) -> None:
    found = examine(school)
    assert found.ready, repr(found)
    code, said = autograder("school", "status", "--config", str(file))
    assert (code, "no certificate" in said) == (0, True)
    code, said = autograder("school", "up", "--config", str(file))
    assert code == 0
    assert "…" not in said


def test_only_who_is_listed_and_knows_the_password_comes_in(
    school: SchoolConfig, passwords: dict[str, str], browser: Browser
) -> None:
    address = f"http://127.0.0.1:{school.port}"
    assert not Student(browser, address, STUDENTS[1], "guessed").log_in()
    assert not Student(browser, address, "root", "guessed").log_in()
    assert set(passwords) == {STAFF, *STUDENTS}
    assert len(set(passwords.values())) == len(passwords)


def test_a_notebook_s_kernel_is_forked_as_the_student_within_limits(
    ada: Student, school: SchoolConfig
) -> None:
    assert list(json.loads(ada.ask("GET", "api/kernelspecs").text)["kernelspecs"]) == ["python3"]
    code = "import os; print(os.getuid(), os.getppid(), open('/proc/self/cgroup').read())"
    number, parent, groups = ada.run(code).split(maxsplit=2)
    account = pwd.getpwnam(ada.name).pw_uid
    assert int(number) == account
    assert school.kernels.name in Path(f"/proc/{parent}/cmdline").read_text()
    assert groups.count(f"/descent/account-{account}") == len({f for f, _ in limits_here() if f})
    (server,) = (
        n for n in processes.servers(school) if Path(f"/proc/{n}").stat().st_uid == account
    )
    assert groups.count("account-") == Path(f"/proc/{server}/cgroup").read_text().count("account-")


LIST = "import os\ntry: print(os.listdir({path!r}))\nexcept OSError as e: print(e.strerror)"
TOO_MUCH = "x = bytearray(b'1') * (2 << 30); print('all of it')"
GREEDY = (
    "import subprocess, sys; print(subprocess.run([sys.executable, '-c', {code!r}]).returncode)"
)


def test_what_uses_too_much_memory_is_stopped(ada: Student) -> None:
    if len(limits_here()) == 2:  # elsewhere the status says that there are none
        assert ada.run(GREEDY.format(code=TOO_MUCH)).strip() == str(-signal.SIGKILL)


def test_no_other_account_reaches_a_kernel(ada: Student, school: SchoolConfig) -> None:
    """One port is left: ipykernel takes there what a forked child prints, by a key of its own."""
    code = (
        "import json, psutil; from ipykernel.connect import get_connection_file; "
        "found = psutil.Process().net_connections('inet')\n"
        "print(json.load(open(get_connection_file()))['transport'],"
        " sum(c.status == 'LISTEN' for c in found))"
    )
    assert ada.run(code).split() == ["ipc", "1"]
    folder = school.run / "users" / ada.name
    assert folder.stat().st_mode & 0o777 == 0o700
    assert "Permission denied" in run_as(STUDENTS[1], "ls", folder, fails=True)


def test_what_is_staff_s_or_another_s_is_closed(school: SchoolConfig, ada: Student) -> None:
    package = next(school.environment.glob("lib/python*/site-packages/autograder"))
    closed = [
        *(package / "data", package / "hidden_tests", school.staff_folder, school.place / "hub"),
        *(school.place / "log", school.place / "passwords.csv", pwd.getpwnam(STUDENTS[1]).pw_dir),
        school.exchange / "descent" / "inbound",
    ]
    for path in map(str, closed):
        code = LIST.format(path=path)
        assert ada.run(code).strip() in ("Permission denied", "Not a directory"), path
    course = str(school.exchange / "descent")
    code = f"import os; os.rename({course!r}, {course + '2'!r})"
    assert "Operation not permitted" in ada.run(code)


def course(school: SchoolConfig, name: str, *words: str, fails: bool = False) -> str:
    """Run `course` in a student's folder, as a terminal of JupyterLab does."""
    setting = f"JUPYTER_CONFIG_PATH={school.place}/jupyter/students"
    command = ("env", setting, school.environment / "bin" / "course", *words)
    folder = Path(pwd.getpwnam(name).pw_dir, "descent")
    return run_as(name, *command, folder=str(folder), fails=fails)


def test_work_is_graded_while_the_student_waits(school: SchoolConfig, ada: Student) -> None:
    home = Path(pwd.getpwnam(ada.name).pw_dir, "descent")
    mine = home / UNIT / f"{UNIT}.ipynb"
    blank = mine.read_bytes()
    nbformat.write(compose(UNIT, solutions(UNIT)), mine)
    said = course(school, ada.name, "submit", "00")
    assert "is handed in" in said
    page = Path(said.rpartition("feedback: ")[2].strip())
    assert "1 of 1 points" in (home / page).read_text()
    mine.write_bytes(blank)
    said = course(school, ada.name, "submit", "00")
    page = Path(said.rpartition("feedback: ")[2].strip())
    assert "0 of 1 points" in (home / page).read_text()
    assert course(school, ada.name, "feedback", "00").count(f"{UNIT}.html") == 2
    # JupyterLab's menu Nbgrader, Assignment List, Submit
    said = ada.ask("POST", "assignments/submit", assignment_id=UNIT, course_id="descent")
    assert json.loads(said.text)["success"], said.text
    kept = school.staff_folder / "classroom" / "handed_in" / ada.name / UNIT
    wait_until(lambda: len([path for path in kept.iterdir() if path.is_dir()]) == 3)
    grader = ("env", "COLUMNS=200", school.python, "-m", "autograder")
    told = run_as(STAFF, *grader, "grade", "00", folder=str(school.staff_folder))
    assert told.count("not handed in") == 2


def test_students_have_no_formgrader_and_staff_sees_there_what_was_graded(
    ada: Student, passwords: dict[str, str], browser: Browser
) -> None:
    assert ada.ask("GET", "formgrader").status == 404
    staff = Student(browser, ada.address, STAFF, passwords[STAFF])
    assert staff.log_in()
    page = staff.ask("GET", "formgrader/api/assignments")
    assert page.status == 200, page.text[:300]
    assert {item["name"] for item in json.loads(page.text)} >= {UNIT}


def test_what_cannot_be_graded_is_not_handed_in(school: SchoolConfig) -> None:
    home = Path(pwd.getpwnam(STUDENTS[1]).pw_dir, "descent")
    with (home / "02_perceptron" / "film.mp4").open("wb") as file:
        file.truncate(200_000_000)
    said = course(school, STUDENTS[1], "submit", "02", fails=True)
    assert "files of 200 MB" in said
    assert "no unit is called '99'" in course(school, STUDENTS[1], "submit", "99", fails=True)
    assert "nothing of 02_perceptron" in course(school, STUDENTS[1], "feedback", "02")


def test_nobody_hands_in_as_another(school: SchoolConfig) -> None:
    inbound = school.exchange / "descent" / "inbound"
    false = inbound / f"{STUDENTS[2]}+{UNIT}+2026-01-10 14:30:00.000000 UTC+x"
    made = f"mkdir {str(false)!r} && echo x > {str(false / 'submission_secret.txt')!r}"
    run_as(STUDENTS[1], "sh", "-c", f"{made} && chmod 777 {str(false)!r}")
    log = school.staff_folder / "classroom" / "service.log"
    wait_until(lambda: f"it belongs to {STUDENTS[1]}" in log.read_text())
    gone = inbound / f"{STUDENTS[2]}+{UNIT}+2026-01-10 14:31:00.000000 UTC+x"
    gone.mkdir()
    (gone / "submission_secret.txt").write_text("x")
    gone.chmod(0o777)
    os.chown(gone, 3_999_999, -1)  # as `userdel` leaves it
    wait_until(lambda: "it belongs to account 3999999" in log.read_text())
    assert not (school.staff_folder / "classroom" / "handed_in" / STUDENTS[2]).exists()


def test_an_exchange_with_wrong_modes_is_named_and_mended(school: SchoolConfig, file: Path) -> None:
    folder = school.exchange / "descent"
    wrong = {
        school.exchange: 0o755, folder / "inbound": 0o2755,
        folder / "outbound": 0o777, folder / "feedback": 0o700,
    }  # fmt: skip
    right = {path: path.stat().st_mode for path in wrong}
    before = sorted((folder / "inbound").iterdir())
    for path, mode in wrong.items():
        path.chmod(mode)
        code, said = autograder("school", "status", "--config", str(file))
        assert (code, "missing: " in said) == (1, True), path
        if path.name == "inbound":
            said = course(school, STUDENTS[1], "submit", "00", fails=True)
            assert "00_start_here was not handed in" in said
            assert "You don't have write permissions" in said
            assert "Traceback" not in said
        path.chmod(right[path])
    for path, mode in wrong.items():
        path.chmod(mode)
    code, said = autograder("school", "up", "--config", str(file))
    assert code == 0, said
    assert {path: path.stat().st_mode for path in wrong} == right
    assert sorted((folder / "inbound").iterdir()) == before


def test_mended_notebooks_come_into_every_home(school: SchoolConfig, file: Path) -> None:
    home = Path(pwd.getpwnam(STUDENTS[1]).pw_dir, "descent")
    mine = home / UNIT / f"{UNIT}.ipynb"
    notebook = nbformat.read(mine, as_version=4)
    del notebook.cells[2]
    notebook.cells.append(nbformat.v4.new_code_cell("mine = 1"))
    nbformat.write(notebook, mine)
    (home / "01_linear_regression" / "01_linear_regression.ipynb").write_text("broken")
    code, said = autograder("update", "--config", str(file))
    assert code == 0, said
    assert f"{STUDENTS[1]}: not all updated" in said
    assert "0 notebooks updated" in said
    after = nbformat.read(mine, as_version=4)
    assert after.cells[-1].source == "mine = 1"
    assert len(after.cells) == len(notebook.cells) + 1
    earlier = home / UNIT / "earlier" / f"{UNIT}.1.ipynb"
    assert nbformat.read(earlier, as_version=4).cells == notebook.cells
    assert earlier.stat().st_uid == pwd.getpwnam(STUDENTS[1]).pw_uid


def test_what_is_killed_is_started_again_and_no_work_is_lost(
    school: SchoolConfig, ada: Student
) -> None:
    by_name = {service.name: service for service in processes.services(school)}
    # The proxy after the hub: where it has its ways from must not be the hub's own start.
    for service in (by_name[name] for name in ("kernels", "hub", "proxy", "grader")):
        (number, *_) = processes.processes_with(service.mark)
        os.kill(number, signal.SIGKILL)
        wait_until(lambda service=service: processes.is_running(school, service))
        wait_until(lambda: processes.hub_answers(school) and school.kernels.exists())
    wait_until(lambda: ada.ask("GET", "api/status").status == 200)
    assert ada.run("print(6 * 7)").strip() == "42"


def test_down_stops_all_and_keeps_all(school: SchoolConfig, file: Path) -> None:
    """The last of these tests."""
    assert processes.servers(school)
    code, said = autograder("school", "down", "--config", str(file))
    assert code == 0, said
    assert processes.servers(school) == []
    assert not any(processes.is_running(school, item) for item in processes.services(school))
    code, said = autograder("school", "status", "--config", str(file))
    assert code == 1
    assert "does not run" in said
    assert find_account(STUDENTS[0])
    taken = socket.socket()
    with taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("0.0.0.0", school.port))
        taken.listen()
        code, said = autograder("school", "up", "--config", str(file))
    assert code == 2
    assert f"port {school.port} cannot be had" in said
    assert "Nothing was done" in said
