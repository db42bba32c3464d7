"""The kit holds what students need and nothing of staff's."""

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from typer.testing import CliRunner

from autograder import paths
from autograder.authoring import build_check
from autograder.cli import app
from autograder.kit import folder as kits
from autograder.lock_file import read_lock
from tests.authoring.wheels import reported

WHEEL = r"descent_course-[\d.]+-py3-none-any\.whl"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("school") / "kit"
    told = CliRunner().invoke(app, ["kit", str(out)])
    assert told.exit_code == 0, told.output
    return out


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of starting programs of a test's own."""
    shutil.copytree(kits.STARTING, tmp_path / "starting")
    monkeypatch.setattr(kits, "STARTING", tmp_path / "starting")
    return tmp_path / "starting"


def test_it_holds_what_students_need_and_nothing_else(kit: Path) -> None:
    held = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    (wheel,) = [name for name in held if re.fullmatch(WHEEL, name)]
    assert held - {wheel} == {
        "START.md", "start.py", "start.sh", "start.bat", "environment.yml", "requirements.lock",
        *(f"notebooks/{unit}/{unit}.ipynb" for unit in paths.units()),
    }  # fmt: skip
    for unit in paths.units():
        notebook = f"{unit}/{unit}.ipynb"
        assert (kit / "notebooks" / notebook).read_bytes() == (
            paths.RELEASED / notebook
        ).read_bytes()


def test_it_tells_no_hidden_test_answer_or_solution(kit: Path) -> None:
    texts = dict(kits._texts(kit))
    assert len(texts) > 100
    assert list(build_check.find_leaks(texts, paths.units())) == []
    assert reported(texts) == set()


def test_a_kit_that_would_tell_is_not_written(broken: Path, tmp_path: Path) -> None:
    unit = "01_linear_regression"
    shutil.copyfile(paths.SOLUTIONS / unit / f"{unit}.ipynb", broken / "example.ipynb")
    with pytest.raises(kits.KitError, match="would tell what is staff's"):
        kits.write_kit(tmp_path / "kit")
    assert {path.name for path in tmp_path.iterdir()} == {"starting"}


def test_everybody_can_read_it(kit: Path) -> None:
    for path in kit.rglob("*"):
        asked = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
        assert path.stat().st_mode & asked == asked, path


def test_no_address_of_an_index_is_in_it(kit: Path) -> None:
    for name in ("requirements.lock", "environment.yml", "start.py", "start.sh", "start.bat"):
        assert "://" not in (kit / name).read_text(encoding="utf-8")


def test_students_lock_is_a_part_of_staff_s() -> None:
    """And it pins what their package requires, in the same versions and by the same files."""
    staffs = {
        (package.pin.name, str(package.pin.specifier)): package.hashes
        for package in read_lock(paths.ROOT / "requirements.lock")
    }
    students = read_lock(kits.LOCK)
    assert 80 < len(students) < len(staffs)
    for package in students:
        same = staffs[package.pin.name, str(package.pin.specifier)]
        assert package.hashes == same != ()
    names = {package.pin.name for package in students}
    assert {"jupyterlab", "keras", "numpy", "tensorflow", "tensorflow-cpu"} <= names
    assert not {"nbgrader", "distributed", "sqlalchemy", "pytest", "ruff"} & names


def test_each_kind_of_computer_gets_one_tensorflow() -> None:
    for name, platform in kits.PLATFORMS.items():
        for python in kits.PYTHONS:
            markers = platform.markers(python)
            wanted = {p.pin.name for p in read_lock(kits.LOCK) if p.applies(markers)}
            found = wanted & {"tensorflow", "tensorflow-cpu"}
            assert found == {"tensorflow-cpu" if name == "linux" else "tensorflow"}
            assert ("pywinpty" in wanted) == (name == "windows")


def test_each_release_of_a_python_finds_its_packages() -> None:
    """3.11.4 and 3.11.5 differ in one version of one package, which pip cannot fetch at once."""
    locked = read_lock(kits.LOCK)
    for platform in kits.PLATFORMS.values():
        for python in kits.PYTHONS:
            batches = kits._batches(platform, python)
            for batch in batches:
                names = [package.pin.name for package in batch]
                assert len(names) == len(set(names))
            fetched = [package for batch in batches for package in batch]
            for release in (0, 5, 20):
                markers = platform.markers(python, release)
                assert all(p in fetched for p in locked if p.applies(markers))
    several = [p.pin for p in locked if p.pin.name == "soupsieve"]
    assert len(several) == len(kits._batches(kits.PLATFORMS["linux"], "3.11")) == 2


def test_what_pip_cannot_decide_is_decided_in_its_list() -> None:
    (package,) = [p for p in read_lock(kits.LOCK) if p.pin.name == "tensorflow-cpu"]
    line = kits._line(package)
    assert line.startswith("tensorflow-cpu==")
    assert ";" not in line
    assert line.count("--hash=sha256:") == len(package.hashes)


def test_conda_gets_the_same_packages(kit: Path) -> None:
    environment = yaml.safe_load((kit / "environment.yml").read_text(encoding="utf-8"))
    python, pip, packages = environment["dependencies"]
    assert Requirement(python.replace("=", "==", 1)).specifier == "==3.12"
    assert pip == "pip"
    lock, wheel = packages["pip"]
    assert lock == "--requirement requirements.lock"
    assert re.fullmatch(rf"\./{WHEEL} --hash=sha256:[0-9a-f]{{64}}", wheel)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--wheels", "amiga"], "there is no platform amiga; choose of linux,"),
        (["--wheels", "linux", "--python", "2.7"], "there is no Python 2.7"),
    ],
)
def test_an_unknown_computer_is_named(tmp_path: Path, options: list[str], said: str) -> None:
    told = CliRunner().invoke(app, ["kit", str(tmp_path / "kit"), *options])
    assert told.exit_code == 2
    assert said in told.output
    assert not (tmp_path / "kit").exists()


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    told = CliRunner().invoke(app, ["kit", str(tmp_path)])
    assert told.exit_code == 2
    assert "is there already" in told.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_packages_that_cannot_be_fetched_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here from an index that has none."""
    for name, value in {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": "/dev/null"}.items():
        monkeypatch.setenv(name, value)
    told = CliRunner().invoke(app, ["kit", str(tmp_path / "kit"), "--wheels", "windows"])
    assert told.exit_code == 2
    assert "packages for Windows AMD64, Python 3.11, cannot be fetched" in told.output
    assert list(tmp_path.iterdir()) == []


def start(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the start script as a student does, with only the programs of `folder`."""
    return subprocess.run(
        ["/bin/sh", "start.sh", *words], cwd=folder, env={"PATH": "/usr/bin:/bin", **variables},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip


def programs(folder: Path, **texts: str) -> str:
    """Return a search path on which only these programs are, and what a shell needs."""
    folder.mkdir()
    for name, text in {**texts, "dirname": 'exec /usr/bin/dirname "$@"'}.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    return str(folder)


def test_without_a_python_it_says_where_to_get_one(kit: Path, tmp_path: Path) -> None:
    old = f'case $1 in -c) exit 1;; esac; exec {sys.executable} "$@"'
    done = start(kit, PATH=programs(tmp_path / "old", python3=old))
    assert done.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13" in done.stdout
    assert not (kit / ".venv").exists()


def test_an_old_python_is_told_so(kit: Path) -> None:
    """As start.bat may run one."""
    code = (
        "import sys, runpy; sys.version_info = (3, 8, 1); sys.argv = ['start.py'];"
        "runpy.run_path('start.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=kit, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "this is 3.8. START.md says where to get one" in done.stderr


def test_windows_reads_its_script(kit: Path) -> None:
    script = (kit / "start.bat").read_bytes()
    assert script.count(b"\n") == script.count(b"\r\n") > 10
    assert "start.py %*" in script.decode("ascii")
