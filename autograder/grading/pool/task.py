"""Marking as a task that can run anywhere: its input and its result can be sent over a network."""

import errno
import hashlib
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat
from traitlets.config import Config

from autograder.forkserver.sharing import attach
from autograder.grading import fingerprint
from autograder.grading.marking import (
    MarkedSubmission,
    Submission,
    extra_files,
    is_linked,
    is_readable,
    mark,
    scratch,
)
from autograder.grading.pool import cpu_affinity
from autograder.grading.verdict import Verdict
from autograder.submission.choose_notebook import notebooks_in
from autograder.submission.read import MAX_BYTES
from autograder.submission.released_cells import ReleasedUnit


class TreeMismatchError(RuntimeError):
    """A worker's source tree differs from this one, so it might grade differently."""


@dataclass(frozen=True)
class SubmissionFiles:
    """The files of a submission's folder that grading reads.

    Attributes
    ----------
    linked : bool
        Whether the folder, or the student's, is a symbolic link; nothing in it is read then.
    entries : tuple of (str, str, bytes)
        Path, kind and content; for a file that is too large to read, the content is its size.
    reasons : tuple of str
        What is unusual about the folder, such as its name or what in it does not go along.
    """

    linked: bool = False
    entries: tuple[tuple[str, str, bytes], ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A hash of all names, kinds and contents."""
        whole = hashlib.sha256(f"{self.linked}{''.join(self.reasons)}".encode())
        for name, kind, data in self.entries:
            whole.update(f"{name!a} {kind} {len(data)}:".encode() + data)
        return whole.hexdigest()

    def unpack(self, folder: Path) -> None:
        """Write a folder that grading cannot tell from the student's."""
        if self.linked:
            target = folder.with_name("link-target")
            target.mkdir(parents=True)
            folder.symlink_to(target)
            return
        folder.mkdir(parents=True)
        for name, kind, data in self.entries:
            _create(folder / name, kind, data)


@dataclass(frozen=True)
class Task:
    """A submission to mark, with everything that marking needs.

    Attributes
    ----------
    submission : Submission
        Its folder is a path on the machine that records; the worker does not open it.
    files : SubmissionFiles
    source : ReleasedUnit
    settings : dict
        The settings of `Examine`.
    secret : str
        The school's secret, which seeds the inputs of hidden tests.
    tree : dict of str to str
        What `fingerprint.hash_tree` must return on the worker.
    """

    submission: Submission
    files: SubmissionFiles
    source: ReleasedUnit
    settings: dict[str, Any]
    secret: str = field(repr=False)
    tree: dict[str, str]


@dataclass(frozen=True)
class TaskResult:
    """A task's result: the executed notebook as JSON, the verdict, and the worker's log.

    A doubtful one counts only if nothing else was running.
    """

    notebook: bytes
    verdict: Verdict
    log_lines: tuple[str, ...] = ()
    doubtful: bool = False

    def marked_submission(self) -> MarkedSubmission:
        """Return what `mark` returned on the worker."""
        return MarkedSubmission(nbformat.from_dict(json.loads(self.notebook)), self.verdict)


def read_files(submission: Submission) -> SubmissionFiles:
    """Read the files of a submission's folder that grading needs."""
    folder = submission.folder
    if is_linked(folder):
        return SubmissionFiles(linked=True)
    expected = folder / f"{submission.unit}.ipynb"
    notebooks = [expected] if os.path.lexists(expected) or not is_readable(folder) else []
    if is_readable(folder):
        notebooks += [path for path in notebooks_in(folder) if path != expected]
    entries = _describe_all(notebooks)
    beside = extra_files(folder)
    for path in beside.taken:
        _, kind, data = _describe(folder / path, True)
        entries.append((str(path), kind, data))
    reasons = (*submission.reasons, *beside.reasons)
    return SubmissionFiles(entries=tuple(entries), reasons=reasons)


def _describe_all(notebooks: list[Path]) -> list[tuple[str, str, bytes]]:
    """Describe the notebooks of a folder, as many as are not too large together."""
    entries, size = [], 0
    for path in notebooks:
        if size > MAX_BYTES:
            break
        entries.append(_describe(path, True))
        size += len(entries[-1][2])
    return entries


def run_task(task: Task) -> TaskResult:
    """Mark a submission in this process, as `mark` does.

    Raises
    ------
    NoSandboxError
        If no sandbox is available here and students are not trusted.
    SlowMachineError
        If this machine is too busy to start what marking needs.
    """
    item = task.submission
    settings = Config({"Examine": task.settings})
    with scratch() as parent, _use_secret(task.secret):
        folder = parent / item.student / item.unit
        task.files.unpack(folder)
        with _collect_log() as log_lines:
            here = replace(item, folder=folder, reasons=task.files.reasons)
            marked = mark(here, task.source, settings)
    written = json.dumps(marked.notebook).encode()
    return TaskResult(written, marked.verdict, tuple(log_lines), marked.doubtful)


def run_on_worker(task: Task) -> TaskResult:
    """Mark a submission on a worker, unless its source tree differs.

    Raises
    ------
    TreeMismatchError
        If files that decide points differ from the recording process's.
    NoSandboxError, SlowMachineError
        See `run_task`.
    """
    here = fingerprint.hash_tree_at_start(task.submission.unit)
    other = [fingerprint.REASONS[name] for name in task.tree if task.tree[name] != here[name]]
    if other:
        raise TreeMismatchError(
            f"a worker on {os.uname().nodename} has a different source tree: {other[0]}. Give it "
            "the same tree and restart it"
        )
    return run_task(task)


def run_on_local_worker(shared: str, task: Task) -> TaskResult:
    """Mark a submission on a worker of this machine, whose name is its number.

    Parameters
    ----------
    shared : str
        The folder with the sockets of the fork servers that all local workers share.
    task : Task
    """
    from distributed import get_worker

    attach(shared)
    with cpu_affinity.pin_to_cpu(int(get_worker().name)):
        return run_on_worker(task)


def _describe(path: Path, whole: bool) -> tuple[str, str, bytes]:
    """Return name, kind and content of a directory entry; `whole` includes a file's content."""
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


def _create(path: Path, kind: str, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "file":
            path.write_bytes(data)
        case "large":
            path.touch()
            os.truncate(path, int(data))  # only its size is read
        case "folder":
            path.mkdir()
        case "special":
            os.mkfifo(path)
        case "unreadable":
            path.touch(mode=0)
        case "link":
            target = path.parents[1] / f"linked-{path.name}"
            if data:
                target.touch()
            path.symlink_to(target)


@contextmanager
def _use_secret(secret: str) -> Iterator[None]:
    """Make examiners that are started in this context seed their inputs with this secret."""
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
    """Collects log records as text."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record)[:10_000])


@contextmanager
def _collect_log() -> Iterator[list[str]]:
    """Collect what marking logs: nobody reads a worker's own log."""
    logger, collector = logging.getLogger("autograder"), _LogCollector()
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield collector.lines
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagates
