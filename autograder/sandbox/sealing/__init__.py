"""Sealing: how a process shuts itself in, for good, before it reads a byte of a student's.

This folder is shown to the sandbox, so it imports nothing but the standard library. bubblewrap
starts `seal_and_exec`, which seals itself and becomes the candidate; a child forked inside a
bubblewrap calls `seal` itself.
"""

import os
import resource
import socket
from collections.abc import Sequence
from typing import NamedTuple

from . import kernel, landlock, scratch, seccomp

STUDENT = 1000
"""What the user is called inside."""


class Bounds(NamedTuple):
    """What a sealed process may use and see.

    Attributes
    ----------
    data : int
        Bytes of private memory one process may reserve for writing.
    cpu, processes, open_files, file_size : int
        Limits of the kernel's own: seconds, and numbers for each process or for all.
    scratch, files : int
        Bytes and number of files in the writable folders together.
    readable : tuple of str
        What may be read, for Landlock; the scratch space may be written too.
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
    """Shut this process in; there is no way back.

    Parameters
    ----------
    bounds : Bounds
    folder : int
        A descriptor of the submission's folder, which is copied and then closed.
    namespaces : int
        Namespaces to make besides those of users and mounts. With `NEW_PROCESSES` fork once more
        afterwards: the child is the first process in it. There is almost nothing in its `/proc`,
        because the kernel lets nobody mount a new one where parts of the old one are covered.
    report : socket.socket, optional
        Where to send descriptors of `/proc` and of the scratch space, for the watch outside.

    Raises
    ------
    OSError, scratch.TooLargeError
        When any wall but Landlock cannot be had. The process must end then.
    """
    root = os.geteuid() == 0
    process = os.open("/proc/self", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    if root:
        kernel.call("unshare", kernel.NEW_MOUNTS | namespaces)
    else:
        kernel.enter_user_namespace(kernel.NEW_MOUNTS | namespaces, 0, process)
    places = scratch.places(bounds.readable)
    space = scratch.mount(places, bounds.scratch, bounds.files)
    scratch.fill(folder, bounds.scratch)
    os.close(folder)
    if namespaces & kernel.NEW_PROCESSES:
        _cover_processes(process)
    if root:
        # A user nobody else has: what is root's on the machine is not this process's, and what
        # the kernel counts for each user it counts for this submission alone.
        private = 2_000_000_000 + int.from_bytes(os.urandom(4)) % 100_000_000
        scratch.hand_over(places, private)
        os.setgroups([])
        os.setresgid(private, private, private)
        os.setresuid(private, private, private)
        kernel.call("prctl", kernel.PR_SET_DUMPABLE, 1, 0, 0, 0)  # or /proc/self is still root's
    if report:
        _send_descriptors(report, space)
    os.close(space)
    # The mounts above belong to the namespace we leave here, so nothing inside can change them.
    kernel.enter_user_namespace(0, STUDENT, process)
    os.close(process)
    os.chdir(scratch.FOLDER)
    os.environ["TMPDIR"] = places["temporary"]
    limit(bounds)
    kernel.renounce()
    landlock.restrict(
        (*bounds.readable, "/dev/random", "/dev/urandom", "/proc"),
        (*places.values(), "/dev/null", "/dev/zero", "/dev/full"),
    )
    seccomp.install()


def _cover_processes(process: int) -> None:
    """Put in the place of `/proc` what libraries cannot do without: TensorFlow looks who it is."""
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
    """Set the kernel's limits; the hard ones too, so that nothing inside can raise them."""
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


def close_all_but(kept: Sequence[int]) -> None:
    """Close every descriptor above standard error that is not `kept`."""
    first = 3
    for descriptor in sorted(kept):
        os.closerange(first, descriptor)
        first = descriptor + 1
    os.closerange(first, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
