"""The only writable place: one bounded file system in memory, mounted as three folders."""

import os
import stat
from collections.abc import Iterable

from . import kernel

MOUNT_POINT = "/scratch"
FOLDER = "/submission"
TEMPORARY, OTHER_TEMPORARY = "/tmp", "/temporary"


class TooLargeError(Exception):
    """The submission's folder does not fit; the message gives the limit."""


def places(readable: Iterable[str]) -> dict[str, str]:
    """Return where the folders of the scratch space are mounted.

    A mount on /tmp covers all that is there: if the course itself or its Python lies below it,
    temporary files go elsewhere.
    """
    taken = any(path.startswith(f"{TEMPORARY}/") for path in readable)
    temporary = OTHER_TEMPORARY if taken else TEMPORARY
    return {"folder": FOLDER, "temporary": temporary, "shared-memory": "/dev/shm"}


def mount_scratch(where: dict[str, str], size: int, files: int) -> int:
    """Mount the scratch space; return a descriptor of it, by which its use can be measured.

    Parameters
    ----------
    where : dict of str to str
        See `places`.
    size : int
        Bytes of all files together.
    files : int
        How many files, folders and links it may hold.
    """
    kernel.mount(None, "/", None, kernel.RECURSIVE | kernel.PRIVATE)
    kernel.mount(
        "scratch",
        MOUNT_POINT,
        "tmpfs",
        kernel.NO_SETUID | kernel.NO_DEVICES,
        f"size={size},nr_inodes={files},mode=0755",
    )
    for name, place in where.items():
        os.mkdir(f"{MOUNT_POINT}/{name}", 0o700)
        kernel.mount(f"{MOUNT_POINT}/{name}", place, None, kernel.BIND)
    descriptor = os.open(MOUNT_POINT, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    kernel.call_libc("umount2", MOUNT_POINT.encode(), kernel.DETACH)
    return descriptor


def fill(source: int, size: int) -> None:
    """Copy the folder of descriptor `source`: files, folders, and links as links."""
    try:
        _copy(source, FOLDER)
    except OSError as error:
        if error.errno is None or error.strerror is None:
            raise
        raise TooLargeError(
            f"the submission's folder cannot be copied ({error.strerror}); "
            f"it may hold {size / 2**20:.0f} MB"
        ) from error
    except RecursionError as error:
        raise TooLargeError("the submission's folder is nested too deeply") from error


def _copy(source: int, target: str) -> None:
    with os.scandir(source) as entries:
        for entry in entries:
            there = f"{target}/{entry.name}"
            kind = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISLNK(kind):
                os.symlink(os.readlink(entry.name, dir_fd=source), there)
            elif stat.S_ISDIR(kind):
                os.mkdir(there, 0o700)
                inner = _open(entry.name, source, os.O_DIRECTORY)
                try:
                    _copy(inner, there)
                finally:
                    os.close(inner)
            elif stat.S_ISREG(kind):  # pipes, sockets and devices are skipped
                with (
                    open(_open(entry.name, source, 0), "rb") as reading,
                    open(there, "xb") as writing,
                ):
                    while block := reading.read(1 << 20):
                        writing.write(block)


def _open(name: str, source: int, flags: int) -> int:
    flags |= os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    return os.open(name, flags, dir_fd=source)


def hand_over(where: dict[str, str], uid: int) -> None:
    """Make the user `uid` the owner of all of it."""
    for place in where.values():
        os.chown(place, uid, uid)
        for path, folders, files in os.walk(place):
            for name in (*folders, *files):
                os.chown(os.path.join(path, name), uid, uid, follow_symlinks=False)
