"""Marking as a task that runs anywhere: all it needs travels to it, what comes of it back."""

import errno
import hashlib
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from traitlets.config import Config

from autograder.forkserver.sharing import attach
from autograder.grading import fingerprint
from autograder.grading.marking import (
    Marked,
    Submission,
    extras,
    is_open,
    linked,
    mark,
    scratch,
)
from autograder.grading.pool import cpu_affinity
from autograder.grading.verdict import Verdict
from autograder.submission.read import MAX_BYTES
from autograder.submission.released_cells import ReleasedUnit


class OtherTreeError(RuntimeError):
    """A worker would grade by other files than these."""


@dataclass(frozen=True)
class SubmissionFiles:
    """What lies in a submission's folder, as far as grading looks at it.

    Attributes
    ----------
    linked : bool
        Whether the folder, or the student's, is a symbolic link; nothing in it is read then.
    entries : tuple of (str, str, bytes)
        Name, kind and content; of a file too large to be read the content is its size.
    """

    linked: bool = False
    entries: tuple[tuple[str, str, bytes], ...] = ()

    @property
    def digest(self) -> str:
        """A hash of everything in it."""
        whole = hashlib.sha256(f"{self.linked}".encode())
        for name, kind, data in self.entries:
            whole.update(f"{name!a} {kind} {len(data)}:".encode() + data)
        return whole.hexdigest()

    def unpack(self, folder: Path) -> None:
        """Make a folder that is to grading what the student's is."""
        if self.linked:
            aside = folder.with_name("aside")
            aside.mkdir(parents=True)
            folder.symlink_to(aside)
            return
        folder.mkdir(parents=True)
        for name, kind, data in self.entries:
            _make(folder / name, kind, data)


@dataclass(frozen=True)
class Task:
    """A submission to mark, with all that marking needs.

    Attributes
    ----------
    submission : Submission
        Its folder lies where the class is, and is not looked at where the task is run.
    files : SubmissionFiles
    source : ReleasedUnit
    settings : dict
        What is configured of `Examine`.
    secret : str
        The school's, from which hidden tests draw their inputs.
    tree : dict of str to str
        What `fingerprint.tree` must give where the task is run.
    """

    submission: Submission
    files: SubmissionFiles
    source: ReleasedUnit
    settings: dict[str, Any]
    secret: str = field(repr=False)
    tree: dict[str, str]


@dataclass(frozen=True)
class MarkedTask:
    """What comes back: the executed notebook as JSON, the verdict, and what there was to log."""

    notebook: bytes
    verdict: Verdict
    log_lines: tuple[str, ...] = ()

    def marked(self) -> Marked:
        """Return it as `mark` did."""
        return Marked(nbformat.from_dict(json.loads(self.notebook)), self.verdict)


def read_files(submission: Submission) -> SubmissionFiles:
    """Take along what lies in a submission's folder."""
    folder = submission.folder
    if linked(folder):
        return SubmissionFiles(linked=True)
    expected = folder / f"{submission.unit}.ipynb"
    if os.path.lexists(expected) or not is_open(folder):
        notebooks = [expected]
    else:
        notebooks = sorted(folder.glob("*.ipynb"))
    alone = sum(os.path.isfile(path) for path in notebooks) == 1
    entries = [_entry(path, alone) for path in notebooks]
    return SubmissionFiles(entries=(*entries, *(_entry(path, True) for path in extras(folder))))


def perform(task: Task) -> MarkedTask:
    """Mark a submission, here, as `mark` does.

    Raises
    ------
    NoSandboxError
        If students' code cannot be shut in here and students are not trusted.
    """
    item = task.submission
    settings = Config({"Examine": task.settings})
    with scratch() as place, _secret(task.secret):
        folder = place / item.student / item.unit
        task.files.unpack(folder)
        with _collect_log() as log_lines:
            marked = mark(Submission(item.student, item.unit, folder), task.source, settings)
    return MarkedTask(json.dumps(marked.notebook).encode(), marked.verdict, tuple(log_lines))


def perform_elsewhere(task: Task) -> MarkedTask:
    """Mark a submission in a worker, unless it would grade by other files.

    Raises
    ------
    OtherTreeError
        If what decides points is not here as it is there.
    NoSandboxError
        See `perform`.
    """
    here = fingerprint.tree_at_start(task.submission.unit)
    other = [fingerprint.WHY[name] for name in task.tree if task.tree[name] != here[name]]
    if other:
        raise OtherTreeError(
            f"a worker on {os.uname().nodename} grades by other files than these: {other[0]}. Give "
            "it the same tree and start it anew"
        )
    return perform(task)


def perform_beside_others(lent: str, task: Task) -> MarkedTask:
    """Mark a submission in a worker of this machine, whose name is its number among them.

    `lent` is the folder where it finds the parents that serve all of them.
    """
    from distributed import get_worker

    attach(lent)
    with cpu_affinity.one(int(get_worker().name)):
        return perform_elsewhere(task)


def _entry(path: Path, whole: bool) -> tuple[str, str, bytes]:
    """Describe what lies at a path; `whole` takes a file's content along."""
    try:
        if path.is_symlink():
            return path.name, "link", b"file" if path.is_file() else b""
        if path.is_dir():
            return path.name, "folder", b""
        if not path.is_file():
            return path.name, "special", b""
        size = path.stat().st_size
        if size > MAX_BYTES:
            return path.name, "large", str(size).encode()
        return path.name, "file", path.read_bytes() if whole else b""
    except OSError as error:
        return path.name, "unreadable", errno.errorcode.get(error.errno or 0, "").encode()


def _make(path: Path, kind: str, data: bytes) -> None:
    match kind:
        case "file":
            path.write_bytes(data)
        case "large":
            path.touch()
            os.truncate(path, int(data))  # no more than its size is ever looked at
        case "folder":
            path.mkdir()
        case "special":
            os.mkfifo(path)
        case "unreadable":
            path.touch(mode=0)
        case "link":
            aside = path.parents[1] / f"linked-{path.name}"
            if data:
                aside.touch()
            path.symlink_to(aside)


@contextmanager
def _secret(secret: str) -> Iterator[None]:
    """Let examiners that are started now draw from this secret."""
    before = os.environ.get("DESCENT_SECRET")
    os.environ["DESCENT_SECRET"] = secret
    try:
        yield
    finally:
        if before is None:
            del os.environ["DESCENT_SECRET"]
        else:
            os.environ["DESCENT_SECRET"] = before


class _LogCollector(logging.Handler):
    """Keeps what is logged, as text."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.log_lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.log_lines.append(self.format(record)[:10_000])


@contextmanager
def _collect_log() -> Iterator[list[str]]:
    """Collect what marking logs; in a worker nobody reads a log."""
    logger, listener = logging.getLogger("autograder"), _LogCollector()
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield listener.log_lines
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagates
