"""One grading of a classroom at a time: a lock that says who holds it and ends with its process."""

import errno
import getpass
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from autograder import paths
from autograder.grading.gradebook import GradingError

log = logging.getLogger(__name__)

MAX_HOLDER = 500
"""Bytes that are read of the sentence about who holds a lock."""

_held: set[Path] = set()
"""Locked by this process; the system's locks are between processes only."""


@contextmanager
def lock_classroom() -> Iterator[None]:
    """Keep other gradings of this classroom out, on this machine and on any that shares its disk.

    The lock is the system's on the file `grading.lock`, which NFS keeps across machines; with its
    process, however that ends, it is gone. The file's content is for people.

    Raises
    ------
    GradingError
        If a grading is under way; the message says whose.
    """
    path = paths.classroom() / "grading.lock"
    if path in _held:
        raise _under_way("by this very process")
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise GradingError(
            f"{path} cannot be opened ({error.strerror}), so nobody could tell whether another "
            "grading is under way. Let your account write this file"
        ) from error
    try:
        _lock(file)
        _held.add(path)
        os.ftruncate(file, 0)
        os.pwrite(file, f"{_describe_holder()}\n".encode(), 0)
        os.fsync(file)  # to be seen from other machines too
        yield
        os.ftruncate(file, 0)
    finally:
        _held.discard(path)
        os.close(file)


def _lock(file: int) -> None:
    """Lock an open file, or tell who did; where the system has no locks, go on and log it."""
    import fcntl  # Windows, where nothing is graded, does not have it

    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN):
            raise _under_way(_read_holder(file)) from error
        log.warning("no lock against a second grading at the same time: %s", error.strerror)


def _under_way(holder: str) -> GradingError:
    return GradingError(
        f"the classroom {paths.classroom()} is being graded, {holder}. Wait for its end or stop "
        "it, then run the same command again; nothing was changed"
    )


def _read_holder(file: int) -> str:
    text = os.pread(file, MAX_HOLDER, 0).decode("utf-8", "replace").strip()
    return text or "since a moment ago"


def _describe_holder() -> str:
    """Say who this process is: account, machine, number, and since when."""
    try:
        who = getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        who = f"account {os.getuid()}"
    now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    return f"by {who} on {os.uname().nodename} (process {os.getpid()}) since {now}"
