"""A school of made-up accounts in a folder of its own, and what removes it again."""

from __future__ import annotations

import csv
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograder.paths import ROOT
from autograder.school import processes
from autograder.school.school_config import SchoolConfig, find_account


def autograder(*words: str) -> tuple[int, str]:
    """Run the command; return how it ended and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *words],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@contextmanager
def school_file(students: Sequence[str], staff: str) -> Iterator[Path]:
    """Write the file of a school that is not there yet, and its roster, where accounts can come."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as made:
        top = Path(made)
        top.chmod(0o755)
        roster = top / "roster.csv"
        roster.write_text("id,last_name\n" + "".join(f"{name},Example\n" for name in students))
        path = top / "school.toml"
        path.write_text(
            f'place = "{top}/place"\nport = {free_port()}\nroster = "{roster}"\n'
            f'staff = "{staff}"\nmemory = 1500\n'
        )
        yield path


@contextmanager
def removed_at_the_end(config: SchoolConfig) -> Iterator[None]:
    """End what runs, and remove the accounts with their homes."""
    names = [config.staff, *(entry.id for entry in config.students())]
    try:
        yield
    finally:
        processes.stop(config)
        for name in names:
            if find_account(name):
                subprocess.run(["userdel", "--remove", "--force", name], check=False)
        shutil.rmtree(config.run, ignore_errors=True)


def passwords(config: SchoolConfig) -> dict[str, str]:
    """Return the password of each account that the school has made."""
    with (config.place / "passwords.csv").open(newline="") as file:
        return {row["account"]: row["password"] for row in csv.DictReader(file)}


def free_port() -> int:
    """Return a port of which the ones that belong to it are free as well."""
    for port in range(18_000, 19_000, 100):
        trials = [socket.socket() for _ in range(3)]
        try:
            for trial, number in zip(trials, (port, port + 1, port + 81), strict=True):
                trial.bind(("127.0.0.1", number))
            return port
        except OSError:
            continue
        finally:
            for trial in trials:
                trial.close()
    raise OSError("no port is free")
