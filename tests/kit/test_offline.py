"""A kit with packages is set up, checked and opened on a computer that has no network."""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from autograder import paths
from autograder.kit.folder import PLATFORMS, write_kit
from tests.kit.test_contents import programs

pytestmark = pytest.mark.slow
HERE = next(
    name
    for name, kind in PLATFORMS.items()
    if (kind.system, kind.machine) == (sys.platform, platform.machine())
)
PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture(scope="module")
def seen() -> Iterator[dict]:
    paths.BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.BUILD, prefix="kit-") as made:
        folder = Path(made)
        kit = write_kit(folder / "kit", [HERE], [PYTHON])
        packages = yaml.safe_load((kit / "environment.yml").read_text())["dependencies"][-1]["pip"]
        (kit / "conda.txt").write_text("\n".join(packages) + "\n")
        own = Path(sys.base_prefix, "bin", f"python{PYTHON}")
        done = subprocess.run(
            [shutil.which("unshare"), "--net", *([] if os.geteuid() == 0 else ["--map-root-user"]),
             sys.executable, "-m", "tests.kit.without_network", str(kit)],
            cwd=paths.ROOT, capture_output=True, text=True, check=False,
            env={
                "PATH": programs(folder / "programs", python3=f'exec {own} "$@"'),
                "HOME": str(folder),
                "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
                "PIP_CONFIG_FILE": "/dev/null",
            },
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        yield {**json.loads(done.stdout), "kit": str(kit)}


def test_there_is_no_network(seen: dict) -> None:
    assert seen["interfaces"] == ["lo"]


def test_it_sets_itself_up_once(seen: dict) -> None:
    for time in ("first", "second"):
        assert "Everything is ready" in seen[time]
    assert "Setting up, once" in seen["first"]
    assert "fetching" not in seen["first"]
    assert "Setting up" not in seen["second"]


def test_jupyterlab_opens_on_the_notebooks(seen: dict) -> None:
    assert seen["lab"]
    assert seen["notebooks"] == paths.units()


def test_a_kernel_imports_the_course_from_the_kit(seen: dict) -> None:
    assert f"42 {seen['kit']}/.venv/lib" in seen["kernel"]


def test_conda_s_pip_would_install_the_same(seen: dict) -> None:
    planned = {
        item["metadata"]["name"].lower(): item["metadata"]["version"]
        for item in json.loads(seen["conda"])["install"]
    }
    assert planned["descent-course"]
    assert {"keras", "jupyterlab"} <= planned.keys()
