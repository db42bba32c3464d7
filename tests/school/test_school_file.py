"""A school's file, what in it cannot be, what is written from it, and what keeps it running."""

import ast
import json
import os
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.forkserver.server.account_group import join_group, limits_here
from autograder.grading.roster import read_roster
from autograder.kernels.install import spec
from autograder.paths import RELEASED, ROOT
from autograder.school import demo_school, hub_files, processes, school_config
from autograder.school.school_config import SchoolConfig, SchoolError, load_config, problems
from autograder.school.steps import steps
from tests.waiting import wait_until


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A school's file, which names nothing outside this test's folder."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id\nada\nben\n")
    path = tmp_path / "school.toml"
    path.write_text(f'place = "{tmp_path}/place"\nroster = "{roster}"\nport = 18999\n')
    return path


def with_setting(file: Path, line: str) -> SchoolConfig:
    name = line.partition(" ")[0]
    kept = [old for old in file.read_text().splitlines() if not old.startswith(f"{name} ")]
    file.write_text("\n".join([*kept, line]) + "\n")
    return load_config(file)


def test_every_setting_of_the_file_is_explained_and_has_a_usual_value(file: Path) -> None:
    text = school_config.TEMPLATE.read_text(encoding="utf-8")
    usual = tomllib.loads(text)
    for block in text.strip().split("\n\n"):
        assert block.startswith("#"), block
    config = load_config(file)
    assert config.port == 18999
    assert config.idle == usual["idle"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("port = 'eight'", "a number above zero was expected"),
        ("port = -1", "a number above zero"),
        ("port = true", "a number above zero"),
        ("staff = 3", "text in quotes was expected"),
        ("teachers = 'x'", "unknown settings teachers"),
        ("port = ", "is not TOML"),
    ],
)
def test_a_file_that_cannot_be_is_refused(file: Path, line: str, why: str) -> None:
    with pytest.raises(SchoolError, match=why):
        with_setting(file, line)
    told = CliRunner().invoke(app, ["school", "up", "--config", str(file)])
    assert told.exit_code == 2
    assert why in told.output


def test_without_a_file_it_says_what_to_do(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["school", "status", "--config", str(tmp_path / "none.toml")])
    assert told.exit_code == 2
    assert "up --demo" in told.output


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("staff = 'ada'", "both staff and in the roster"),
        ("staff = 'Frau Weber'", "no account can be called so"),
        ("staff = 'daemon'", "an account of the system's"),
        ("place = 'here'", "must begin with /"),
        ("place = '/etc/passwd/x'", "is a file"),
        ("mnist = '/no/such.npz'", "there is no such file"),
        ("certificate = '/no/such.pem'", "belong together"),
        ("roster = '/no/such.csv'", "cannot be read"),
        ("port = 70000", "port 70000 cannot be had"),
        ("board = '127.0.0.1'", "an address such as"),
    ],
)
def test_what_stands_in_the_way_is_said_before_anything_is_done(
    file: Path, line: str, why: str
) -> None:
    config = with_setting(file, line)
    assert any(why in problem for problem in problems(config, running=False))
    told = CliRunner().invoke(app, ["school", "up", "--config", str(file)])
    assert told.exit_code == 2
    assert why in told.output
    assert "Nothing was done" in told.output


def test_a_roster_with_doubles_and_one_that_is_none_are_named(file: Path) -> None:
    roster = Path(load_config(file).roster)
    for text, why in (
        ("id\nada\nben\nADA\n", "more than one line for ADA, ada"),
        ("name\nada\n", "id"),
    ):
        roster.write_text(text)
        for command in ("up", "plan", "status"):
            told = CliRunner().invoke(app, ["school", command, "--config", str(file)])
            assert told.exit_code == 2
            assert why in told.output
            assert "Traceback" not in told.output
    assert sorted(path.name for path in file.parent.iterdir()) == ["roster.csv", "school.toml"]


def test_a_port_in_use_and_a_disk_that_is_full_are_named(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        config = with_setting(file, f"port = {taken.getsockname()[1] - 1}")
        taken.listen()
        found = problems(config, running=False)
        assert any(f"port {config.port + 1} cannot be had" in problem for problem in found)
        assert not any("cannot be had" in problem for problem in problems(config, running=True))
    monkeypatch.setattr(school_config, "NEEDED", 1 << 60)
    assert any("Make room" in problem for problem in problems(config, running=True))


def test_a_clock_that_is_behind_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = load_config(file)
    assert not any("the clock of" in problem for problem in problems(config, running=True))
    monkeypatch.setattr(school_config.time, "time", lambda: 0.0)
    assert any("the clock of" in problem for problem in problems(config, running=True))


def test_the_plan_names_each_step_and_changes_nothing(file: Path) -> None:
    before = sorted(file.parent.iterdir())
    told = CliRunner().invoke(app, ["school", "plan", "--config", str(file), "--files"])
    assert told.exit_code == 0, told.output
    for step in steps(load_config(file)):
        assert step.what in told.output
        assert step.by_hand.splitlines()[0] in told.output
    assert "c.JupyterHub.authenticator_class" in told.output
    assert "[Service]" in told.output
    assert sorted(file.parent.iterdir()) == before


def test_a_demonstration_has_ten_made_up_students(tmp_path: Path) -> None:
    path = tmp_path / "etc" / "school.toml"
    demo_school.write_demo(path)
    config = load_config(path)
    assert len(config.students()) == 10
    assert all(entry.id.startswith("demo-") for entry in read_roster(Path(config.roster)))
    demo_school.write_demo(path)
    path.write_text('staff = "weber"\n')
    with pytest.raises(SchoolError, match="describes a school already"):
        demo_school.write_demo(path)


def test_the_hub_s_file_is_python_and_lists_the_class(file: Path) -> None:
    config = with_setting(file, "mnist = '/data/mnist.npz'")
    text = hub_files.hub_file(config)
    ast.parse(text)
    assert "'ada'" in text
    assert f"{config.place}/data/mnist.npz" in text


def test_checks_know_the_board_where_the_school_has_one(file: Path) -> None:
    assert "DESCENT_BOARD" not in hub_files.hub_file(load_config(file))
    config = with_setting(file, "board = 'http://127.0.0.1:8770'")
    assert "'DESCENT_BOARD': 'http://127.0.0.1:8770'" in hub_files.hub_file(config)


def test_the_default_kernel_is_the_one_that_notebooks_name(file: Path) -> None:
    made = hub_files.kernel(load_config(file))
    (first, *_) = sorted(RELEASED.glob("*/*.ipynb"))
    named = json.loads(first.read_text(encoding="utf-8"))["metadata"]["kernelspec"]
    assert made["display_name"] == named["display_name"]
    assert made["metadata"] == spec("descent", str(load_config(file).kernels))["metadata"]
    (place,) = (
        path for path in hub_files.public_files(load_config(file)) if "kernels" in str(path)
    )
    assert place.parent.name == named["name"]


def test_kernels_listen_where_one_account_can_open(file: Path) -> None:
    for kind in ("students", "staff"):
        path = load_config(file).place / "jupyter" / kind / "jupyter_server_config.json"
        written = json.loads(hub_files.public_files(load_config(file))[path])
        assert written["KernelManager"] == {"transport": "ipc"}


def test_a_unit_of_systemd_s_restarts_and_leaves_students_servers_alone(file: Path) -> None:
    for service in processes.services(load_config(file)):
        text = processes.unit(service)
        assert "Restart=always" in text
        assert "KillMode=process" in text
        assert f"ExecStart={service.command[0]}" in text
    hub = processes.unit(processes.services(load_config(file))[2])
    assert f"EnvironmentFile={load_config(file).place}/hub/proxy_token" in hub


COUNT = "open({path!r}, 'a').write('x'); {then}"


def test_the_keeper_starts_again_what_ends_and_ends_all(tmp_path: Path) -> None:
    """In a process of its own: the keeper takes its signals."""
    short, long = tmp_path / "short", tmp_path / "long"
    lines = {
        "short": COUNT.format(path=str(short), then="pass"),
        "long": COUNT.format(path=str(long), then="import time; time.sleep(600)"),
    }
    program = (
        "from pathlib import Path; from autograder.school import keeper; import sys\n"
        "from autograder.school.processes import Service\n"
        f"place = Path({str(tmp_path)!r}); keeper.PAUSE = 0.05\n"
        "wanted = [Service(n, [sys.executable, '-S', '-c', c], place, n)"
        f" for n, c in {lines!r}.items()]\n"
        "wanted.append(Service('none', ['/no/such/program'], place, ''))\n"
        "wanted.append(Service('nobody', ['true'], place, '', account='no-such-account'))\n"
        "keeper.keep(place, wanted, place)\n"
    )
    started = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    try:
        wait_until(lambda: short.exists() and len(short.read_text()) >= 3 and long.exists())
        assert long.read_text() == "x"
        assert (tmp_path / "keeper.pid").read_text() == str(started.pid)
        second = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
        assert second.returncode == 0  # it leaves the school to the first
        assert "cannot be started" in (tmp_path / "none.log").read_text()
        assert "there is no account no-such-account" in (tmp_path / "nobody.log").read_text()
        (kept,) = processes.processes_with(lines["long"])
    finally:
        started.send_signal(signal.SIGTERM)
        assert started.wait() == 0
    wait_until(lambda: not processes.lives(kept))
    assert not (tmp_path / "keeper.pid").exists()


@pytest.mark.parametrize("version", [1, 2])
def test_limits_are_written_before_a_process_is_a_student_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """As the kernel's documentation lays out both versions; the folder stands for its own."""
    if version == 2:
        (tmp_path / "cgroup.controllers").write_text("cpu memory pids\n")
        wanted = {"descent/account-7/memory.max": "5", "descent/account-7/pids.max": "9"}
        wanted["cgroup.subtree_control"] = "+memory +pids"
        wanted["descent/cgroup.subtree_control"] = "+memory +pids"
    else:
        for name in ("memory", "pids"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "cgroup.procs").touch()
        wanted = {"memory/descent/account-7/memory.limit_in_bytes": "5"}
        wanted["pids/descent/account-7/pids.max"] = "9"
    assert len(limits_here(tmp_path)) == 2
    assert not join_group(7, tmp_path)
    monkeypatch.setenv("DESCENT_LIMITS", "5:9")
    assert join_group(7, tmp_path)
    assert {name: (tmp_path / name).read_text() for name in wanted} == wanted
    groups = [path for path in tmp_path.rglob("cgroup.procs") if "account-7" in str(path)]
    assert {path.read_text() for path in groups} == {"0"}


def test_without_control_groups_nothing_is_held_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_LIMITS", "5:9")
    assert limits_here(tmp_path) == ()
    assert not join_group(os.getuid(), tmp_path)
