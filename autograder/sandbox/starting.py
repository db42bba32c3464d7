"""Starting a program in a sandbox, up to the moment when it has sealed itself."""

import contextlib
import json
import os
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from autograder.exam.limits import Limits
from autograder.exam.process import INTERPRETER_ENVIRONMENT, SlowMachineError
from autograder.sandbox import bubblewrap
from autograder.sandbox.sealing import Bounds
from autograder.sandbox.watch import ResourceUsage

SEAL_TIMEOUT = 300.0
"""Seconds until a sandbox is up: a tenth of a second, but on a machine that is far too busy."""

LAUNCH = (
    f"import sys; sys.path.insert(0, {bubblewrap.SANDBOX_FOLDER!r}); "
    "from sealing import seal_and_exec; seal_and_exec.main(int(sys.argv[1]))"
)

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/submission",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    **INTERPRETER_ENVIRONMENT,
}


class SandboxError(RuntimeError):
    """A sandbox cannot be made; the message says why."""


class Waitable(Protocol):
    """Ends when the candidate does, with its status."""

    def wait(self, timeout: float | None = None) -> int:
        """Return the status; raise `subprocess.TimeoutExpired` if it still runs."""


@dataclass(frozen=True)
class SandboxedProcess:
    """A sealed candidate.

    Attributes
    ----------
    program : Waitable
        Ends with the candidate's status; bubblewrap, for example.
    pid : int
        The candidate's, as seen from outside.
    candidate, first : int
        Pidfds of the candidate and of the first process of its namespace. When the first ends, the
        kernel ends all others before.
    usage : ResourceUsage
    """

    program: Waitable
    pid: int
    candidate: int
    first: int
    usage: ResourceUsage


@contextlib.contextmanager
def start_sandboxed(
    argv: Sequence[str],
    folder: Path,
    shown: Sequence[Path],
    pass_fds: Sequence[int],
    limits: Limits,
) -> Iterator[SandboxedProcess]:
    """Start `argv` in a sandbox; at the end of the context nothing of it is left.

    Raises
    ------
    SandboxError
        If the sandbox cannot be made; the message is bubblewrap's or that of the sealing.
    SlowMachineError
        If it takes too long, which says nothing about whether it can be made.
    """
    with contextlib.ExitStack() as stack:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        stack.enter_context(ours)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        ours.settimeout(SEAL_TIMEOUT)
        with theirs:
            program, request = _popen(argv, folder, shown, pass_fds, limits, theirs)
        stack.callback(program.wait)
        stack.callback(program.kill)
        assert program.stderr
        stack.enter_context(program.stderr)
        with contextlib.suppress(
            BrokenPipeError
        ):  # it has ended: `_receive_start` raises the reason
            ours.send(json.dumps(request).encode())
        pid, processes, scratch = _receive_start(ours, program)
        usage = ResourceUsage(processes, scratch)
        stack.callback(usage.close)
        try:
            candidate = stack.enter_context(closing(os.pidfd_open(pid)))
            first = stack.enter_context(closing(os.pidfd_open(parent_of(pid))))
        except (OSError, IndexError) as error:
            raise SandboxError("the candidate ended before it started") from error
        _let_go(ours, program)
        yield SandboxedProcess(program, pid, candidate, first, usage)


def wait_for_end(pidfd: int, seconds: float | None) -> bool:
    """Wait until a process ends, at most so many seconds; return whether it has ended."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def bounds(limits: Limits, readable: Sequence[str]) -> Bounds:
    """Translate the limits of a submission into those of the kernel.

    The kernel's limit of private memory is higher than ours: a process that touches too much is
    noticed by the supervisor and gets a verdict of its own, while an allocation of far too much
    raises `MemoryError` in the cell.
    """
    return Bounds(
        data=limits.memory + limits.memory // 4,
        cpu=limits.cpu,
        processes=limits.processes,
        open_files=limits.open_files,
        file_size=limits.file_size,
        scratch=limits.scratch,
        files=limits.files,
        readable=tuple(readable),
    )


def _popen(
    argv: Sequence[str],
    folder: Path,
    shown: Sequence[Path],
    pass_fds: Sequence[int],
    limits: Limits,
    report: socket.socket,
) -> tuple["subprocess.Popen[bytes]", dict[str, Any]]:
    source = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    with closing(source):
        python = [sys.executable, "-I", "-S", "-c", LAUNCH, str(report.fileno())]
        process, readable = run_bubblewrap(python, shown, [*pass_fds, source, report.fileno()])
    request = {
        "argv": list(argv),
        "bounds": bounds(limits, readable)._asdict(),
        "folder": source,
        "pass_fds": list(pass_fds),
    }
    return process, request


def run_bubblewrap(
    command: Sequence[str], shown: Sequence[Path], pass_fds: Sequence[int], writable: str = ""
) -> tuple["subprocess.Popen[bytes]", list[str]]:
    """Start a command in bubblewrap; return its process, and the paths that may be read.

    Raises
    ------
    SandboxError
        If bubblewrap is not installed.
    """
    program = shutil.which("bwrap")
    if not program:
        raise SandboxError("bubblewrap (the program bwrap) is not installed")
    with contextlib.ExitStack() as stack:

        def file_with(content: str) -> int:
            file = stack.enter_context(tempfile.TemporaryFile())
            file.write(content.encode("utf-8", "surrogateescape"))
            file.seek(0)
            return file.fileno()

        files = {name: file_with(text) for name, text in bubblewrap.FILES.items()}
        options, readable = bubblewrap.arguments(shown, files, writable=writable)
        # Through a descriptor, so that nothing inside can read our paths in /proc/1/cmdline.
        listed = file_with("".join(f"{option}\0" for option in options))
        process = subprocess.Popen(
            [program, "--args", str(listed), "--", *command],
            pass_fds=[*pass_fds, listed, *files.values()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
            cwd="/",
        )
        return process, readable


def _receive_start(ours: socket.socket, program: "subprocess.Popen[bytes]") -> tuple[int, int, int]:
    """Return the candidate's pid and the two descriptors it sent, once it has sealed itself.

    It waits then until `_let_go`.
    """
    pid, descriptors, message = 0, [], b"sealing"
    try:
        while message == b"sealing":
            message, extra, _, _ = ours.recvmsg(4096, 1024)
            for level, kind, data in extra:
                if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                    pid = struct.unpack("iII", data)[0]
                elif level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                    descriptors += list(struct.unpack(f"{len(data) // 4}i", data))
        if message == b"sealed" and len(descriptors) == 2 and pid:
            return pid, descriptors[0], descriptors[1]
        failure: Exception = _failure(program, message)
    except TimeoutError:
        failure = _too_slow(program)
    for descriptor in descriptors:
        os.close(descriptor)
    raise failure


def _let_go(ours: socket.socket, program: "subprocess.Popen[bytes]") -> None:
    """Let the candidate execute its program.

    `execv` closes the socket, so end-of-file means success; any message is an error.
    """
    try:
        with contextlib.suppress(BrokenPipeError):  # it was killed: whoever watches it sees that
            ours.send(b"!")
            if message := ours.recv(4096):
                raise _failure(program, message)
    except TimeoutError:
        raise _too_slow(program) from None


def _failure(program: "subprocess.Popen[bytes]", message: bytes) -> SandboxError:
    program.kill()
    assert program.stderr
    reason = (message or program.stderr.read(4000)).decode("utf-8", "replace").strip()
    return SandboxError(reason or "bubblewrap ended without a message")


def _too_slow(program: "subprocess.Popen[bytes]") -> SlowMachineError:
    program.kill()
    return SlowMachineError("the sandbox", SEAL_TIMEOUT)


def parent_of(pid: int) -> int:
    """Return the pid of a process's parent."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        return int(file.read().rpartition(")")[2].split()[1])


@contextlib.contextmanager
def closing(descriptor: int) -> Iterator[int]:
    """Close a descriptor at the end of the context."""
    try:
        yield descriptor
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
