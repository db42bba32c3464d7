"""Launch candidate and examiner: forked by a fork server where that is possible, else started."""

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
from autograder.forkserver.requirements import NOTHING, Needs
from autograder.paths import ROOT


def start_candidate(
    confinement: Confinement, folder: Path, limits: Limits, has: Needs = NOTHING
) -> StartInterpreter:
    """Return what starts a candidate in `folder` by way of a sandbox, or unconfined.

    In a sandbox it is forked from a fork server where there can be one; `has` says what that
    should have imported.
    """

    def start(theirs: socket.socket) -> Process:
        argv = candidate_argv(theirs.fileno(), ROOT, limits)
        return confinement.start(argv, folder=folder, pass_fds=[theirs.fileno()], limits=limits)

    def fork(theirs: socket.socket) -> Process:
        from autograder.forkserver import candidates  # Linux and macOS alone have what these import
        from autograder.sandbox import Sandbox

        assert isinstance(confinement, Sandbox)
        return candidates.fork(confinement, theirs, folder, limits, has)

    return _start(None if isinstance(confinement, Unconfined) else fork, start)


def start_examiner(folder: Path, limits: Limits, has: Needs = NOTHING) -> StartInterpreter:
    """Return what starts an examiner that works in `folder` but imports nothing from there."""

    def start(theirs: socket.socket) -> Process:
        numbers = [theirs.fileno(), limits.message, limits.references]
        # -P: what lies in the submission's folder is the student's and must not be imported here.
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
        from autograder.forkserver import examiners

        bounds = [limits.message, limits.references]
        return examiners.fork(theirs, folder, examiner_environment(), bounds, has)

    return _start(fork, start)


Launcher = Callable[[socket.socket], Process]
"""Starts an interpreter that serves a socket."""


def _start(fork: Launcher | None, cold: Launcher) -> StartInterpreter:
    """Return what starts an interpreter, warm where that can be."""

    def start() -> Interpreter:
        started = _launch(lambda theirs: fork_or_none(fork, theirs)) if fork else None
        return started or _launch(cold)

    return start


def _launch(launch: Callable[[socket.socket], Process | None]) -> Interpreter | None:
    """Go one way, with a connection of its own: who came late by another must find none."""
    ours, theirs = socket.socketpair()
    process = None
    try:
        with theirs:
            process = launch(theirs)
    finally:
        if process is None:
            ours.close()
    return Interpreter(process, ours) if process is not None else None
