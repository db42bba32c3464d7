"""Fork servers of a test's own, and a look at what is left of them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.forkserver import client


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


@pytest.fixture
def fresh() -> Iterator[None]:
    """Let a test have fork servers that no other has used, and leave none."""
    client.close_all()
    client._clients.clear()
    client._logged.clear()
    yield
    client.close_all()
    client._clients.clear()
