"""Forked candidates: their parent lives in a sandbox, and each child seals itself in one more."""

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
from autograder.exam.process import GUEST
from autograder.forkserver.child import ExitWatcher, ForkedChild, receive
from autograder.forkserver.client import SERVER, ForkServerClient, client_for
from autograder.forkserver.requirements import HEAVY, Needs
from autograder.forkserver.sharing import attached_or
from autograder.paths import ROOT
from autograder.sandbox import Sandbox, bubblewrap
from autograder.sandbox.confined import Confined
from autograder.sandbox.sealing.scratch import places
from autograder.sandbox.starting import (
    SandboxedProcess,
    SandboxError,
    bounds,
    closing,
    parent_of,
    run_bubblewrap,
)
from autograder.sandbox.watch import ProcessTreeUsage


def fork(
    sandbox: Sandbox, wire: socket.socket, folder: Path, limits: Limits, has: Needs
) -> Confined:
    """Fork a candidate that serves `wire`, shut in as `sandbox` shuts in, in a copy of `folder`.

    Raises
    ------
    NoForkServerError
        If there is no fork server to be had.
    SandboxError
        When the child could not shut itself in; it has run nothing then.
    """
    return Confined(
        _forked(fork_server(sandbox, has.heavy), wire, folder, sandbox, limits, has), limits
    )


def fork_server(sandbox: Sandbox, heavy: bool) -> ForkServerClient:
    """Return the parent of candidates, with TensorFlow or without."""
    called = name(heavy)
    make = functools.partial(ForkServerClient, called, functools.partial(_start, sandbox, heavy))
    return client_for(lambda: attached_or(called, make), sandbox, heavy)


def name(heavy: bool) -> str:
    """Return what that parent is called."""
    return "the parent of candidates" + (" with TensorFlow" if heavy else "")


def _start(sandbox: Sandbox, heavy: bool, control: socket.socket) -> "subprocess.Popen[bytes]":
    sealing = f"{bubblewrap.INSIDE}/sealing"
    modules = HEAVY if heavy else ()
    served = [str(control.fileno()), str(GUEST), sealing, str(ROOT), *modules]
    command = [sys.executable, "-I", str(SERVER), "candidates", *served]
    writable = places(_readable(sandbox))["temporary"]
    return run_bubblewrap(command, _shown(sandbox), [control.fileno()], writable)[0]


def _shown(sandbox: Sandbox) -> tuple[Path, ...]:
    return (*sandbox.shown, SERVER)


@functools.cache
def _readable(sandbox: Sandbox) -> tuple[str, ...]:
    return tuple(bubblewrap.arguments(_shown(sandbox), {})[1])


@contextlib.contextmanager
def _forked(
    server: ForkServerClient,
    wire: socket.socket,
    folder: Path,
    sandbox: Sandbox,
    limits: Limits,
    has: Needs,
) -> Iterator[SandboxedProcess]:
    request = {
        "imports": has.imports,
        "bounds": bounds(limits, _readable(sandbox))._asdict(),
        "wire": [limits.message, limits.references],
    }
    with contextlib.ExitStack() as stack:
        with closing(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as source:
            child = server.fork(request, [wire.fileno(), source])
        stack.enter_context(child.report)
        stack.enter_context(closing(child.alive))
        pid, scratch = _hear(child)
        stack.enter_context(closing(scratch))
        try:
            candidate = stack.enter_context(closing(os.pidfd_open(pid)))
            number = parent_of(pid)
            first = stack.enter_context(closing(os.pidfd_open(number)))
        except (OSError, IndexError) as error:
            raise SandboxError("the candidate ended before it began") from error
        usage = ProcessTreeUsage(number, os.dup(scratch))
        stack.callback(usage.close)
        yield SandboxedProcess(ExitWatcher(child), pid, candidate, first, usage)


def _hear(child: ForkedChild) -> tuple[int, int]:
    """Return the candidate's number and a descriptor of its scratch space, once it is shut in."""
    descriptors: list[int] = []
    reason = ""
    with contextlib.suppress(TimeoutError):
        while True:
            event, detail, handed, speaker = receive(child.report)
            descriptors += handed
            if event == "begun" and len(descriptors) == 2:
                os.close(descriptors[0])  # its `/proc`, which is empty
                return speaker, descriptors[1]
            if event != "sealing":
                reason = detail or "the candidate ended before it began"
                break
    for descriptor in descriptors:
        os.close(descriptor)
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(child.alive, signal.SIGKILL)
    raise SandboxError(reason or "it did not come up in time")
