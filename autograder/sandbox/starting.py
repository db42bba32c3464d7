"""Starting a program in a sandbox, and hearing from it once it has sealed itself."""

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
from autograder.exam.process import QUIET
from autograder.sandbox import bubblewrap
from autograder.sandbox.sealing import Bounds
from autograder.sandbox.watch import ResourceUsage

SEAL_TIMEOUT = 30.0
"""Seconds a sandbox has to come up, on a machine that has much else to do."""

LAUNCH = (
    f"import sys; sys.path.insert(0, {bubblewrap.INSIDE!r}); "
    "from sealing import seal_and_exec; seal_and_exec.main(int(sys.argv[1]))"
)

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/submission",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    **QUIET,
}


class SandboxError(RuntimeError):
    """A sandbox could not be made; the message says why."""


class Waitable(Protocol):
    """Something that ends when the candidate does."""

    def wait(self, timeout: float | None = None) -> int:
        """Return the status; raise `subprocess.TimeoutExpired` where it goes on."""


@dataclass(frozen=True)
class SandboxedProcess:
    """A sealed candidate.

    Attributes
    ----------
    program : Waitable
        What ends with the candidate's status, as bubblewrap does.
    pid : int
        The candidate's, as seen from outside.
    candidate, first : int
        Descriptors (pidfd) of the candidate and of the first process of its namespace. With the
        first all others end, and it ends after them.
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
        When the sandbox does not come up, with what bubblewrap or the sealing said.
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
        with contextlib.suppress(BrokenPipeError):  # it has ended: `_receive_start` says why
            ours.send(json.dumps(request).encode())
        pid, processes, scratch = _receive_start(ours, program)
        usage = ResourceUsage(processes, scratch)
        stack.callback(usage.close)
        try:
            candidate = stack.enter_context(closing(os.pidfd_open(pid)))
            first = stack.enter_context(closing(os.pidfd_open(parent_of(pid))))
        except (OSError, IndexError) as error:
            raise SandboxError("the candidate ended before it began") from error
        yield SandboxedProcess(program, pid, candidate, first, usage)


def wait_for_end(pidfd: int, seconds: float | None) -> bool:
    """Wait for the end of a process, at most so long; return whether it has ended."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def bounds(limits: Limits, readable: Sequence[str]) -> Bounds:
    """Translate the limits of a submission into those of the kernel.

    The kernel's bound on private memory lies above ours, so that touching too much is seen by the
    watch and gets its own verdict; asking for far too much is a `MemoryError` in the cell.
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
        running, readable = run_bubblewrap(python, shown, [*pass_fds, source, report.fileno()])
    request = {
        "argv": list(argv),
        "bounds": bounds(limits, readable)._asdict(),
        "folder": source,
        "kept": list(pass_fds),
    }
    return running, request


def run_bubblewrap(
    command: Sequence[str], shown: Sequence[Path], pass_fds: Sequence[int], writable: str = ""
) -> tuple["subprocess.Popen[bytes]", list[str]]:
    """Start a command in bubblewrap; return its process, and what Landlock may let read.

    Raises
    ------
    SandboxError
        If bubblewrap is not installed.
    """
    program = shutil.which("bwrap")
    if not program:
        raise SandboxError("bubblewrap (the program bwrap) is not installed")
    with contextlib.ExitStack() as stack:

        def holding(content: str) -> int:
            file = stack.enter_context(tempfile.TemporaryFile())
            file.write(content.encode("utf-8", "surrogateescape"))
            file.seek(0)
            return file.fileno()

        files = {name: holding(text) for name, text in bubblewrap.FILES.items()}
        asked, readable = bubblewrap.arguments(shown, files, writable=writable)
        # Through a descriptor, so that nothing inside can read our paths in /proc/1/cmdline.
        listed = holding("".join(f"{argument}\0" for argument in asked))
        running = subprocess.Popen(
            [program, "--args", str(listed), "--", *command],
            pass_fds=[*pass_fds, listed, *files.values()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
            cwd="/",
        )
        return running, readable


def _receive_start(ours: socket.socket, program: "subprocess.Popen[bytes]") -> tuple[int, int, int]:
    """Return the candidate's number and the two descriptors it sent, when it has become itself.

    The socket is closed by becoming another program, so its end means that all went well; whatever
    is said before it is an error.
    """
    pid, descriptors, error = 0, [], b""
    try:
        while True:
            message, extra, _, _ = ours.recvmsg(4096, 1024)
            if not message:
                break
            for level, kind, data in extra:
                if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                    pid = struct.unpack("iII", data)[0]
                elif level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                    descriptors += list(struct.unpack(f"{len(data) // 4}i", data))
            if message != b"sealing":
                error = message
    except TimeoutError:
        error = b"it did not come up in time"
    if error or len(descriptors) != 2 or not pid:
        for descriptor in descriptors:
            os.close(descriptor)
        program.kill()
        assert program.stderr
        request = error or program.stderr.read(4000)
        raise SandboxError(
            request.decode("utf-8", "replace").strip() or "bubblewrap ended silently"
        )
    return pid, descriptors[0], descriptors[1]


def parent_of(pid: int) -> int:
    """Return the number of a process's parent."""
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
