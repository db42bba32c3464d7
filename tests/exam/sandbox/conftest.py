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

from autograder.layout import ROOT

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
    nothing in it but them. Who is not root has no other user to open it for.
    """
    if os.geteuid() != 0:
        return command
    before, after = [], []
    for number, needed in enumerate(_outermost(Path(sys.base_prefix), Path(sys.prefix), ROOT)):
        private = [p for p in needed.parents if p != Path("/") and not p.stat().st_mode & 0o001]
        if private:
            held, there = f"$held{number}", shlex.quote(str(needed))
            before += [f"held{number}=$(mktemp -d)", f"mount --bind {there} {held}"]
            cover = f"mount -t tmpfs -o mode=755 none {shlex.quote(str(private[-1]))}"
            after += [] if cover in after else [cover]
            after += [f"mkdir -p {there}", f"mount --move {held} {there}", f"rmdir {held}"]
    steps = [*before, *after, f"exec {shlex.join(command)}"]
    return ["unshare", "--mount", "sh", "-ec", "\n".join(steps)]


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

    def run_inside(
        code: str, do: str = "wait", seconds: float = 0.0, **limits: Any
    ) -> SimpleNamespace:
        asked = {"code": textwrap.dedent(code), "limits": limits, "do": do, "seconds": seconds}
        done = subprocess.run(
            as_user(user, [sys.executable, str(HERE / "run_inside.py")]),
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

    return run_inside
