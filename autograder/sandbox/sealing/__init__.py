"""Sealing: a process confines itself for good before it reads a byte of a student's.

This folder is mounted into the sandbox, so it imports only the standard library. bubblewrap starts
`seal_and_exec`, which seals itself and executes the candidate; a child forked inside a bubblewrap
calls `seal` itself.
"""

import os
import resource
import socket
from collections.abc import Sequence
from typing import NamedTuple

from . import kernel, landlock, scratch, seccomp

STUDENT_UID = 1000
"""The user's number inside."""


class Bounds(NamedTuple):
    """What a sealed process may use and read.

    Attributes
    ----------
    data : int
        Bytes of private memory one process may reserve for writing.
    cpu, processes, open_files, file_size : int
        Resource limits of the kernel: seconds, and numbers for each process or for all.
    scratch, files : int
        Bytes and number of files in the writable folders together.
    readable : tuple of str
        Paths that Landlock lets read; the scratch space may be read and written.
    """

    data: int
    cpu: int
    processes: int
    open_files: int
    file_size: int
    scratch: int
    files: int
    readable: tuple[str, ...]


def seal(
    bounds: Bounds, folder: int, namespaces: int = 0, report: socket.socket | None = None
) -> None:
    """Confine this process; it cannot be undone.

    Parameters
    ----------
    bounds : Bounds
    folder : int
        A descriptor of the submission's folder; the folder is copied, the descriptor closed.
    namespaces : int
        Namespaces to make besides those of users and mounts. With `NEW_PROCESSES` the caller must
        fork afterwards: the child is the first process in it. Its `/proc` is almost empty, because
        the kernel does not allow a new one to be mounted over a partly covered one.
    report : socket.socket, optional
        Where to send descriptors of `/proc` and of the scratch space, for the supervisor outside.

    Raises
    ------
    OSError, scratch.TooLargeError
        If any layer but Landlock is unavailable. The process must end then.
    """
    os.umask(0o022)  # what is made below is for the student to read, whatever the grader's mask is
    root = os.geteuid() == 0
    process = os.open("/proc/self", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    if root:
        kernel.call_libc("unshare", kernel.NEW_MOUNTS | namespaces)
    else:
        kernel.enter_user_namespace(kernel.NEW_MOUNTS | namespaces, 0, process)
    places = scratch.places(bounds.readable)
    space = scratch.mount_scratch(places, bounds.scratch, bounds.files)
    scratch.fill(folder, bounds.scratch)
    os.close(folder)
    if namespaces & kernel.NEW_PROCESSES:
        _cover_processes(process)
    if root:
        # A user number that nothing else uses: root's files are out of reach, and what the kernel
        # counts for each user it counts for this submission alone.
        private = 2_000_000_000 + int.from_bytes(os.urandom(4)) % 100_000_000
        scratch.hand_over(places, private)
        os.setgroups([])
        os.setresgid(private, private, private)
        os.setresuid(private, private, private)
        kernel.call_libc(
            "prctl", kernel.PR_SET_DUMPABLE, 1, 0, 0, 0
        )  # else /proc/self still belongs to root
    if report:
        _send_descriptors(report, space)
    os.close(space)
    # The mounts belong to the namespace that we leave here, so nothing inside can change them.
    kernel.enter_user_namespace(0, STUDENT_UID, process)
    os.close(process)
    os.chdir(scratch.FOLDER)
    os.environ["TMPDIR"] = places["temporary"]
    limit(bounds)
    kernel.drop_capabilities()
    landlock.restrict(
        (*bounds.readable, "/dev/random", "/dev/urandom", "/proc"),
        (*places.values(), "/dev/null", "/dev/zero", "/dev/full"),
    )
    seccomp.install()


def _cover_processes(process: int) -> None:
    """Replace `/proc` by the few files that libraries need: TensorFlow reads its own path."""
    program = os.readlink("exe", dir_fd=process)
    with open("/proc/cpuinfo", "rb") as file:
        processors = file.read()
    flags = kernel.NO_SETUID | kernel.NO_DEVICES
    kernel.mount("nothing", "/proc", "tmpfs", flags, "size=4m,mode=0755")
    os.mkdir("/proc/self")
    os.symlink(program, "/proc/self/exe")
    for name, content in (("cpuinfo", processors), ("self/cmdline", f"{program}\0-I\0".encode())):
        with open(f"/proc/{name}", "xb") as file:
            file.write(content)
    kernel.mount(None, "/proc", None, flags | kernel.REMOUNT | kernel.READ_ONLY)


def limit(bounds: Bounds) -> None:
    """Set the kernel's soft and hard limits, so that nothing inside can raise them."""
    for what, soft, hard in (
        (resource.RLIMIT_DATA, bounds.data, bounds.data),
        (resource.RLIMIT_CPU, bounds.cpu, bounds.cpu + 1),
        (resource.RLIMIT_NPROC, bounds.processes, bounds.processes),
        (resource.RLIMIT_NOFILE, bounds.open_files, bounds.open_files),
        (resource.RLIMIT_FSIZE, bounds.file_size, bounds.file_size),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_MEMLOCK, 0, 0),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
        (resource.RLIMIT_NICE, 0, 0),
        (resource.RLIMIT_RTPRIO, 0, 0),
        (resource.RLIMIT_SIGPENDING, 1024, 1024),
    ):
        _, now = resource.getrlimit(what)
        if now != resource.RLIM_INFINITY:
            soft, hard = min(soft, now), min(hard, now)
        resource.setrlimit(what, (soft, hard))


def _send_descriptors(report: socket.socket, space: int) -> None:
    processes = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        socket.send_fds(report, [b"sealing"], [processes, space])
    finally:
        os.close(processes)


def close_all_but(descriptors: Sequence[int]) -> None:
    """Close every descriptor above standard error except those in `descriptors`."""
    first = 3
    for descriptor in sorted(descriptors):
        os.closerange(first, descriptor)
        first = descriptor + 1
    os.closerange(first, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
