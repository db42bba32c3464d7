"""System calls that sealing needs and Python does not offer, through the C library."""

import ctypes
import os
from typing import Any

NEW_USER = 0x10000000
NEW_MOUNTS = 0x00020000
NEW_PROCESSES = 0x20000000
NEW_NETWORK = 0x40000000
NEW_IPC = 0x08000000
NEW_HOSTNAME = 0x04000000
NEW_CGROUP = 0x02000000

READ_ONLY, NO_SETUID, NO_DEVICES, REMOUNT, BIND, RECURSIVE, PRIVATE = (
    0x1,
    0x2,
    0x4,
    0x20,
    0x1000,
    0x4000,
    0x40000,
)
DETACH = 2

PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 22, 24, 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def call_libc(name: str, *arguments: int | bytes | ctypes.Array[Any] | None) -> int:
    """Call a function of the C library that returns -1 for an error.

    Raises
    ------
    OSError
        With the name of the function and its arguments.
    """
    # As C longs, integers are not truncated to 32 bits by a variadic function.
    passed = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result: int = getattr(_libc, name)(*passed)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}{arguments}: {os.strerror(error)}")
    return result


def system_call(number: int, *arguments: int | bytes | ctypes.Array[Any] | None) -> int:
    """Make a system call for which the C library has no function."""
    return call_libc("syscall", number, *arguments)


def mount(what: str | None, where: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount; see mount(2)."""
    call_libc(
        "mount",
        what.encode() if what else None,
        where.encode(),
        kind.encode() if kind else None,
        flags,
        options.encode() or None,
    )


def enter_user_namespace(namespaces: int, uid: int, process: int) -> None:
    """Make new `namespaces` and a user namespace, in which this user has the number `uid`.

    `process` is a descriptor of `/proc/self`, which may be covered already.
    """
    outside_uid, outside_gid = os.geteuid(), os.getegid()
    call_libc("unshare", namespaces | NEW_USER)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {outside_uid} 1"),
        ("gid_map", f"{uid} {outside_gid} 1"),
    ):
        file = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=process)
        try:
            os.write(file, text.encode())
        finally:
            os.close(file)


def drop_capabilities() -> None:
    """Drop every capability, and the means to gain one from a set-uid program."""
    call_libc("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    call_libc("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    for capability in range(64):
        try:
            call_libc("prctl", PR_CAPBSET_DROP, capability, 0, 0, 0)
        except OSError:
            break  # EINVAL: the kernel has no more of them. EPERM: there are none to drop.
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    call_libc("capset", header, (ctypes.c_uint32 * 6)())
