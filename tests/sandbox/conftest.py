"""Sandboxes for tests: as root and as an ordinary user, where the tests run as root."""

import json
import os
import shlex
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.paths import BUILD, ROOT
from autograder.permissions import STAFF

HERE = Path(__file__).parent
NOBODY = "65534"
USERS = ["root", "ordinary"] if os.geteuid() == 0 else ["ordinary"]

Run = Callable[..., SimpleNamespace]


def as_user(user: str, command: list[str]) -> list[str]:
    """Return the command that runs `command` as `user`."""
    if user == "root" or os.geteuid() != 0:
        return command  # an ordinary user is nobody else
    inner = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", *command]
    return with_open_home(inner)


def with_open_home(command: list[str]) -> list[str]:
    """Return the command that runs `command` where every user may read interpreter and project.

    An ordinary user may not enter root's home, where they may lie; so here that is a home with
    nothing in it but them. Nor may it enter staff's folders, which are root's then: a layer over
    the project has them open, and an empty `build`. Who is not root has no other user to open all
    that for.
    """
    if os.geteuid() != 0:
        return command
    needed = _outermost(Path(sys.base_prefix), Path(sys.prefix), ROOT)
    homes = {str(folder): home for folder in needed if (home := _closed_home(folder))}
    folders = [ROOT / name for name in STAFF if (ROOT / name).is_dir()]
    layer = "lowerdir={0},upperdir=$layer/upper,workdir=$layer/work {0}"
    steps = [
        "layer=$(mktemp -d)",
        "mount -t tmpfs -o mode=755 none $layer",
        "mkdir $layer/upper $layer/work",
        "chmod 755 $layer/upper",
        f"mount -t overlay none -o {layer.format(shlex.quote(str(ROOT)))}",
        f"chmod o+rx {shlex.join(map(str, folders))}",
        f"mkdir -p {shlex.quote(str(BUILD))}",
        f"mount -t tmpfs -o mode=777 none {shlex.quote(str(BUILD))}",
    ]
    for number, folder in enumerate(map(shlex.quote, homes)):
        steps += [f"held{number}=$(mktemp -d)", f"mount --rbind {folder} $held{number}"]
    for home in sorted(set(homes.values())):
        steps += [f"mount -t tmpfs -o mode=755 none {shlex.quote(home)}"]
    for number, folder in enumerate(map(shlex.quote, homes)):
        held = f"$held{number}"
        steps += [f"mkdir -p {folder}", f"mount --move {held} {folder}", f"rmdir {held}"]
    steps += [f"exec {shlex.join(command)}"]
    return ["unshare", "--mount", "sh", "-ec", "\n".join(steps)]


def _closed_home(folder: Path) -> str:
    """Return the outermost folder above that not every user may enter; nothing if all may."""
    above = [p for p in folder.parents if p != Path("/") and not p.stat().st_mode & 0o001]
    return str(above[-1]) if above else ""


def _outermost(*folders: Path) -> list[Path]:
    """Return the folders that lie in no other of them."""
    real = {folder.resolve() for folder in folders}
    return sorted(folder for folder in real if not real & set(folder.parents))


@pytest.fixture(params=USERS)
def user(request: pytest.FixtureRequest) -> str:
    """Return who starts the sandbox."""
    return request.param


@pytest.fixture
def run(user: str) -> Run:
    """Return a function that runs code in a sandbox of that user's and says how it went."""

    def run_sandboxed(code: str, do: str = "wait", **limits: Any) -> SimpleNamespace:
        asked = {"code": textwrap.dedent(code), "limits": limits, "do": do}
        done = subprocess.run(
            as_user(user, [sys.executable, str(HERE / "run_sandboxed.py")]),
            input=json.dumps(asked) + "\n",
            capture_output=True,
            text=True,
            timeout=180,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "HOME": "/tmp",
                "PYTHONDONTWRITEBYTECODE": "1",
                "DESCENT_SECRET": "canary-of-the-environment",
            },
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return SimpleNamespace(**json.loads(done.stdout))

    return run_sandboxed
