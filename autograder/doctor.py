"""`autograder doctor`: close what other accounts can read, and check what grading depends on."""

import json
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from autograder import paths, permissions
from autograder.exam.process import SlowMachineError
from autograder.kernels.install import KERNELS
from autograder.lock_file import read_lock
from course import readiness
from course.readiness import Finding, Report

LOCK = paths.ROOT / "requirements.lock"
LEAST_FREE = 1 << 30
"""Bytes of disk: a class of a hundred takes a tenth of it for each unit, with feedback."""


def examine() -> Report:
    """Close what is this account's, and check the rest."""
    parts: tuple[Callable[[], Iterator[Finding]], ...] = (
        _accounts, _sandbox, _disk, _packages, _kernels,
    )  # fmt: skip
    return Report(tuple(finding for part in parts for finding in part()))


def _accounts() -> Iterator[Finding]:
    walls = permissions.close(packages=True)
    if not walls.open:
        closed = ", ".join(map(str, walls.closed))
        found = f"closed just now: {closed}" if closed else "all that is staff's is closed"
        yield Finding("other accounts", True, found)
    for sentence in walls.open:
        what, _, todo = sentence.partition("; ")
        yield Finding("other accounts", False, what, todo)


def _sandbox() -> Iterator[Finding]:
    from autograder.sandbox import Sandbox  # imports modules that only Linux and macOS have

    try:
        why = Sandbox().available()
    except SlowMachineError as error:
        why = str(error)
    fix = "grade on Linux with bubblewrap; docs/exam.md says what else the sandbox needs"
    yield Finding("sandbox", not why, why or "students' code can be confined", fix if why else "")


def _disk() -> Iterator[Finding]:
    folder = paths.classroom()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    fits = free >= LEAST_FREE
    fix = "" if fits else f"make room on the disk of {folder}; a full one stops a grading"
    yield Finding("disk", fits, f"{free / 1e9:.1f} GB free for the classroom", fix)


def _packages() -> Iterator[Finding]:
    """Compare what is installed with the lock; an installed copy knows its direct pins only."""
    wanted = (
        readiness.requirements()[1]
        if paths.INSTALLED
        else [package.pin for package in read_lock(LOCK) if package.applies({})]
    )
    there = {_normal(found.name): found.version for found in metadata.distributions()}
    wrong = [
        f"{pin.name} {there.get(_normal(pin.name), 'is missing')} (pinned {pin.specifier})"
        for pin in wanted
        if not pin.specifier.contains(there.get(_normal(pin.name), "0"), prereleases=True)
    ]
    fix = "install the course anew" if paths.INSTALLED else "run `make environment`"
    found = "; ".join(wrong) or f"all {len(wanted)} as pinned"
    yield Finding("packages", not wrong, found, fix if wrong else "")


def _kernels() -> Iterator[Finding]:
    """Ask each fork server of kernels that an installed kernelspec names; there may be none."""
    for name in KERNELS:
        path = Path(sys.prefix, "share", "jupyter", "kernels", name, "kernel.json")
        if not path.exists():
            continue
        spec = json.loads(path.read_text(encoding="utf-8"))
        place = spec["metadata"]["kernel_provisioner"]["config"].get("socket")
        if place:
            why = _why_silent(place)
            fix = f"start it: sudo autograder kernels serve {place}" if why else ""
            yield Finding(f"kernel {name}", not why, why or f"{place} answers", fix)


def _why_silent(place: str) -> str:
    """Return why a fork server of kernels does not answer at its socket; nothing if it does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as control:
        control.settimeout(10)
        try:
            control.connect(place)
            return "" if control.recv(100) == b"ready" else f"{place} gives no answer"
        except OSError as error:
            return f"{place}: {error.strerror or error}"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
