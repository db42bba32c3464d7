"""The tree holds together: pins, lock, units, secret, and no address where none belongs."""

import json
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from autograder import paths

PROJECT = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
SCHOOL = EXTRAS.pop("school")
LOCKS = {
    "requirements.lock": [
        *PROJECT["dependencies"],
        *(p for extra in EXTRAS.values() for p in extra),
    ],
    "distributions/school/requirements.lock": [*PROJECT["dependencies"], *SCHOOL],
}
"""By lock, the direct pins that it holds: a school's machine has a lock of its own."""
PROXY = json.loads((paths.ROOT / "distributions/school/package.json").read_text())["dependencies"]
NPM = json.loads((paths.ROOT / "package.json").read_text())["devDependencies"]
PROGRAMS = ("autograder", "benchmarks", "course", "tests", "tools")
README = (paths.ROOT / "README.md").read_text(encoding="utf-8")


def test_conda_and_binder_get_the_pins_of_pyproject() -> None:
    environment = yaml.safe_load((paths.ROOT / "environment.yml").read_text())
    (pip,) = [item["pip"] for item in environment["dependencies"] if isinstance(item, dict)]
    assert pip == [*PROJECT["dependencies"], "-e ."]


@pytest.mark.parametrize("name", LOCKS)
def test_every_direct_pin_is_exact_and_locked(name: str) -> None:
    lock = (paths.ROOT / name).read_text()
    for requirement in LOCKS[name]:
        pin = requirement.split(";")[0].strip()
        assert "==" in pin, f"{requirement}: not pinned"
        assert re.search(rf"^{re.escape(pin)}[ ;]", lock, re.MULTILINE | re.IGNORECASE), pin


def test_what_both_locks_hold_is_the_same() -> None:
    """By name, all versions: some packages have one for each Python."""
    versions: list[dict[str, set[str]]] = []
    for name in LOCKS:
        text = (paths.ROOT / name).read_text()
        versions.append(defaultdict(set))
        for package, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE):
            versions[-1][package].add(version)
    both = versions[0].keys() & versions[1].keys()
    assert len(both) > 100
    assert [package for package in both if versions[0][package] != versions[1][package]] == []


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "distributions/course/requirements.lock",
        "distributions/school/requirements.lock",
        "distributions/school/package.json",
        "distributions/school/package-lock.json",
        "package.json",
        "package-lock.json",
        "environment.yml",
        ".ci/run",
    ],
)
def test_no_address_stands_where_packages_and_checks_are_named(name: str) -> None:
    assert "://" not in (paths.ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_is_hashed(name: str) -> None:
    lock = (paths.ROOT / name).read_text()
    blocks = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize(("folder", "wanted"), [(".", NPM), ("distributions/school", PROXY)])
def test_npm_packages_are_exact_and_hashed_and_name_no_registry(
    folder: str, wanted: dict[str, str]
) -> None:
    locked = json.loads((paths.ROOT / folder / "package-lock.json").read_text())["packages"]
    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    for name, package in locked.items():
        assert "resolved" not in package, f"{name} is bound to one registry"
        assert not name or package["integrity"].startswith("sha512-"), name


@pytest.mark.parametrize("unit", paths.units())
def test_the_readme_shows_a_light_picture_of_each_unit(unit: str) -> None:
    """A new unit gets its own by `make pictures`."""
    shown = re.findall(r"!\[([^\]]{30,})\]\((docs/pictures/[^)]*)\)", README)
    (path,) = [path for _, path in shown if unit in path]
    picture = (paths.ROOT / path).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= 100_000


def test_a_unit_is_found_by_name_or_number() -> None:
    assert paths.unit_named("01") == paths.unit_named("01_linear_regression")


def test_an_unknown_unit_is_reported_the_nearest() -> None:
    with pytest.raises(paths.UnknownNameError, match="Did you mean 01_linear_regression"):
        paths.unit_named("01_linear_regresion")


def test_the_secret_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESCENT_SECRET", raising=False)
    monkeypatch.setenv("DESCENT_CLASSROOM", str(tmp_path / "room"))
    first = paths.secret()
    assert first == paths.secret()
    assert (tmp_path / "room" / "secret").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("DESCENT_SECRET", "another")
    assert paths.secret() == "another"


MAX_LINES = 400


def long_files(root: Path) -> list[str]:
    """Return the programs that have as many lines or more; a unit's text is none."""
    found = (
        path
        for kind in ("py", "js", "ts")
        for top in PROGRAMS
        for path in (root / top).rglob(f"*.{kind}")
    )
    return sorted(
        str(path.relative_to(root))
        for path in found
        if len(path.read_text(encoding="utf-8").splitlines()) >= MAX_LINES
    )


def test_files_are_short() -> None:
    assert long_files(paths.ROOT) == []


def test_a_long_file_is_found(tmp_path: Path) -> None:
    for name, lines in (("tests/short.py", MAX_LINES - 1), ("course/js/long.js", MAX_LINES)):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text("pass\n" * lines, encoding="utf-8")
    assert long_files(tmp_path) == ["course/js/long.js"]
