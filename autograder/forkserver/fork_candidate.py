"""Fork candidates: their fork server lives in a sandbox, and each child seals itself in another."""

import contextlib
import functools
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.exam.limits import Limits
from autograder.exam.process import GUEST, SlowMachineError
from autograder.forkserver.child import ExitWatcher, ForkedChild, receive_event
from autograder.forkserver.client import SERVER, ForkServerClient, client_for
from autograder.forkserver.requirements import TENSORFLOW, Requirements
from autograder.forkserver.sharing import attached_or
from autograder.paths import ROOT
from autograder.sandbox import Sandbox, SandboxError, SupervisedProcess, bubblewrap
from autograder.sandbox.sealing.scratch import places
from autograder.sandbox.starting import (
    SEAL_TIMEOUT,
    SandboxedProcess,
    bounds,
    closing,
    parent_of,
    run_bubblewrap,
)
from autograder.sandbox.watch import ProcessTreeUsage


def fork_candidate(
    sandbox: Sandbox,
    connection: socket.socket,
    folder: Path,
    limits: Limits,
    requirements: Requirements,
) -> SupervisedProcess:
    """Fork a candidate that serves `connection`, confined as by `sandbox`, in a copy of `folder`.

    Raises
    ------
    NoForkServerError
        If no fork server is available.
    SandboxError
        If the child could not seal itself; it has run nothing then.
    SlowMachineError
        If it takes too long.
    """
    server = fork_server(sandbox, requirements.tensorflow)
    forking = _forked_process(server, connection, folder, sandbox, limits, requirements)
    return SupervisedProcess(forking, limits)


def fork_server(sandbox: Sandbox, tensorflow: bool) -> ForkServerClient:
    """Return this process's client of the candidates' fork server, with TensorFlow or without."""
    name = server_name(tensorflow)
    start = functools.partial(_start, sandbox, tensorflow)
    make = functools.partial(ForkServerClient, name, start)
    return client_for(lambda: attached_or(name, make), sandbox, tensorflow)


def server_name(tensorflow: bool) -> str:
    """Return the name of that fork server."""
    return "candidates' fork server" + (" with TensorFlow" if tensorflow else "")


def _start(sandbox: Sandbox, tensorflow: bool, control: socket.socket) -> "subprocess.Popen[bytes]":
    sealing = f"{bubblewrap.SANDBOX_FOLDER}/sealing"
    modules = TENSORFLOW if tensorflow else ()
    arguments = [str(control.fileno()), str(GUEST), sealing, str(ROOT), *modules]
    command = [sys.executable, "-I", str(SERVER), "candidates", *arguments]
    writable = places(_readable(sandbox))["temporary"]
    return run_bubblewrap(command, _visible_paths(sandbox), [control.fileno()], writable)[0]


def _visible_paths(sandbox: Sandbox) -> tuple[Path, ...]:
    return (*sandbox.shown, SERVER)


@functools.cache
def _readable(sandbox: Sandbox) -> tuple[str, ...]:
    return tuple(bubblewrap.arguments(_visible_paths(sandbox), {})[1])


@contextlib.contextmanager
def _forked_process(
    server: ForkServerClient,
    connection: socket.socket,
    folder: Path,
    sandbox: Sandbox,
    limits: Limits,
    requirements: Requirements,
) -> Iterator[SandboxedProcess]:
    request = {
        "imports": requirements.imports,
        "bounds": bounds(limits, _readable(sandbox))._asdict(),
        "message_limits": [limits.message, limits.references],
    }
    with contextlib.ExitStack() as stack:
        with closing(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as source:
            child = server.fork(request, [connection.fileno(), source])
        stack.enter_context(child.report)
        stack.enter_context(closing(child.pidfd))
        pid, scratch = _receive_start(child)
        stack.enter_context(closing(scratch))
        try:
            candidate = stack.enter_context(closing(os.pidfd_open(pid)))
            first_pid = parent_of(pid)
            first = stack.enter_context(closing(os.pidfd_open(first_pid)))
        except (OSError, IndexError) as error:
            raise SandboxError("the candidate ended before it started") from error
        usage = ProcessTreeUsage(first_pid, os.dup(scratch))
        stack.callback(usage.close)
        yield SandboxedProcess(ExitWatcher(child), pid, candidate, first, usage)


def _receive_start(child: ForkedChild) -> tuple[int, int]:
    """Return the candidate's pid and a descriptor of its scratch space, once it is sealed."""
    descriptors: list[int] = []
    failure: Exception
    try:
        child.report.settimeout(SEAL_TIMEOUT)
        while True:
            event = receive_event(child.report)
            descriptors += event.descriptors
            if event.name == "started" and len(descriptors) == 2:
                os.close(descriptors[0])  # its `/proc`, which is empty
                return event.sender, descriptors[1]
            if event.name != "sealing":
                failure = SandboxError(event.detail or "the candidate ended before it started")
                break
    except TimeoutError:
        failure = SlowMachineError("the sandbox", SEAL_TIMEOUT)
    for descriptor in descriptors:
        os.close(descriptor)
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(child.pidfd, signal.SIGKILL)
    raise failure
