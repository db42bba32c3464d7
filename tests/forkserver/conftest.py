"""Fork servers of a test's own, and a look at what is left of them."""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.forkserver import client

CANDIDATES, EXAMINERS = "forkserver/server", "forkserver.examiner_server"
"""What stands in the commands of the two kinds."""


def descendants(process: int | None = None) -> dict[int, str]:
    """Return every process that descends from one, this one if left out, and its state."""
    found: dict[int, str] = {}
    pending = [process or os.getpid()]
    for number in pending:
        for listed in Path(f"/proc/{number}/task").glob("*/children"):
            try:
                children = [int(child) for child in listed.read_text().split()]
            except OSError:
                continue
            pending += children
            for child in children:
                try:
                    text = Path(f"/proc/{child}/stat").read_text(errors="replace")
                except OSError:
                    continue
                found[child] = text.rpartition(")")[2].split()[0]
    return found


def lives(process: int) -> bool:
    """Tell whether a process is there and has not ended; somebody may still have to take leave."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(errors="replace")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] not in "ZX"


def kill_servers(*modules: str) -> None:
    """Kill the fork servers below this process whose command names one of the modules.

    Their children, and the sandbox round each, end with them, at any moment.
    """
    for number in descendants():
        process = Path(f"/proc/{number}")
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            command = (process / "cmdline").read_text(errors="replace")
            is_python = (process / "comm").read_text().startswith("python")
            if is_python and any(module in command for module in modules):
                os.kill(number, signal.SIGKILL)


@pytest.fixture
def fresh() -> Iterator[None]:
    """Let a test have fork servers that no other has used, and leave none."""
    client.close_all()
    client._clients.clear()
    client._logged.clear()
    yield
    client.close_all()
    client._clients.clear()
