"""Launch candidate and examiner: forked by a fork server if possible, else started."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.exam.examination import StartInterpreter
from autograder.exam.interpreters import Interpreter
from autograder.exam.limits import Limits
from autograder.exam.process import (
    Confinement,
    Process,
    ProcessGroup,
    Unconfined,
    candidate_argv,
    examiner_environment,
)
from autograder.forkserver.client import fork_or_none
from autograder.forkserver.requirements import NO_REQUIREMENTS, Requirements
from autograder.paths import ROOT

Launcher = Callable[[socket.socket], Process]
"""Launches an interpreter that serves a socket."""


def start_candidate(
    confinement: Confinement,
    folder: Path,
    limits: Limits,
    requirements: Requirements = NO_REQUIREMENTS,
) -> StartInterpreter:
    """Return what starts a candidate in `folder`, in a sandbox or unconfined.

    In a sandbox it is forked by a fork server if possible; `requirements` say which modules that
    imports before.
    """

    def start(theirs: socket.socket) -> Process:
        argv = candidate_argv(theirs.fileno(), ROOT, limits)
        return confinement.start(argv, folder=folder, pass_fds=[theirs.fileno()], limits=limits)

    def fork(theirs: socket.socket) -> Process:
        # Only Linux and macOS have what these import.
        from autograder.forkserver.fork_candidate import fork_candidate
        from autograder.sandbox import Sandbox

        assert isinstance(confinement, Sandbox)
        return fork_candidate(confinement, theirs, folder, limits, requirements)

    return _starter(None if isinstance(confinement, Unconfined) else fork, start)


def start_examiner(
    folder: Path, limits: Limits, requirements: Requirements = NO_REQUIREMENTS
) -> StartInterpreter:
    """Return what starts an examiner that works in `folder` but imports nothing from there."""

    def start(theirs: socket.socket) -> Process:
        numbers = [theirs.fileno(), limits.message, limits.references]
        # -P: modules in the submission's folder are the student's and must not be imported here.
        argv = [sys.executable, "-P", "-m", "autograder.exam.examiner", *map(str, numbers)]
        return ProcessGroup(
            subprocess.Popen(
                argv,
                cwd=folder,
                env=examiner_environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )

    def fork(theirs: socket.socket) -> Process:
        from autograder.forkserver.fork_examiner import fork_examiner

        return fork_examiner(theirs, folder, limits, requirements)

    return _starter(fork, start)


def _starter(fork: Launcher | None, start: Launcher) -> StartInterpreter:
    """Return what forks an interpreter if possible, else starts one."""

    def start_interpreter() -> Interpreter:
        forked = _launch(lambda theirs: fork_or_none(fork, theirs)) if fork else None
        launched = forked or _launch(start)
        assert launched, "what starts an interpreter returns it, or raises"
        return launched

    return start_interpreter


def _launch(launch: Callable[[socket.socket], Process | None]) -> Interpreter | None:
    """Launch with a fresh socket pair: a child left over from a failed attempt has no peer."""
    ours, theirs = socket.socketpair()
    process = None
    try:
        with theirs:
            process = launch(theirs)
    finally:
        if process is None:
            ours.close()
    return Interpreter(process, ours) if process is not None else None
