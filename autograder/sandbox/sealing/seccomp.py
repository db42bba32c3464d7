"""Which system calls are refused: a seccomp filter, assembled here as classic BPF.

Everything that a numerical program needs stays allowed. The refused calls inspect other processes,
change what the kernel shows of the system, reach parts of the kernel that are often exploited, or
keep memory where no limit counts it.
"""

import ctypes
import errno
import os
import socket
import struct

from . import kernel

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000
"""Calls of x86-64's second, 32-bit interface have this bit; nothing of ours uses them."""

# name: number on x86_64, number on aarch64 (None where the call does not exist)
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    # keys that outlive a process
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # programs in the kernel, and its modules
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "userfaultfd": (323, 282),
    # mounts and namespaces
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "statmount": (457, 457),
    "listmount": (458, 458),
    "open_tree_attr": (467, 467),
    "unshare": (272, 97),
    "setns": (308, 268),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    # the machine
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "acct": (163, 89),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "syslog": (103, 116),
    "personality": (135, 92),
    "ioperm": (173, None),
    "iopl": (172, None),
    "modify_ldt": (154, None),
    "uselib": (134, None),
    "ustat": (136, None),
    "sysfs": (139, None),
    "_sysctl": (156, None),
    "lookup_dcookie": (212, 18),
    "nfsservctl": (180, 42),
    "remap_file_pages": (216, 234),
    # memory that belongs to no process
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
}

# The filter answers as a kernel without such a call, so that libraries use the older one.
UNKNOWN: dict[str, tuple[int | None, int | None]] = {
    "clone3": (435, 435),  # its flags lie in memory, where a filter cannot see new namespaces
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "memfd_create": (319, 279),  # a file on no mount: no size limit counts it
    "memfd_secret": (447, 447),
}

CLONE, SOCKET, SOCKETPAIR, IOCTL = (56, 220), (41, 198), (53, 199), (16, 29)

CLONE_FILES, CLONE_THREAD = 0x400, 0x10000
NEW_NAMESPACES = (
    kernel.NEW_USER
    | kernel.NEW_MOUNTS
    | kernel.NEW_PROCESSES
    | kernel.NEW_NETWORK
    | kernel.NEW_IPC
    | kernel.NEW_HOSTNAME
    | kernel.NEW_CGROUP
)
TERMINAL_INPUT = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX type into a terminal as its user would."""

ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_BITS, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT, SECOND_ARGUMENT = 0, 4, 16, 24
"""Their places in struct seccomp_data; of an argument the lower half, little-endian."""

Instruction = tuple[int, int, int, int]
"""Code, instructions to skip if the condition holds and if not, operand."""


def refuse(error: int) -> Instruction:
    """Return the instruction that makes the call fail with an error number."""
    return RETURN, 0, 0, ERRNO | error


def program(machine: str | None = None) -> list[Instruction]:
    """Assemble the filter for a machine, by default this one."""
    machine = machine or os.uname().machine
    if machine not in ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no list of system calls for {machine}")
    column = list(ARCHITECTURES).index(machine)
    filter_: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL),  # the 32-bit interface has other numbers
        (LOAD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        filter_ += [(JUMP_AT_LEAST, 0, 1, X32), (RETURN, 0, 0, KILL)]
    for calls, error in ((REFUSED, errno.EPERM), (UNKNOWN, errno.ENOSYS)):
        for numbers in calls.values():
            number = numbers[column]
            if number is not None:
                filter_ += [(JUMP_EQUAL, 0, 1, number), refuse(error)]
    for numbers, body in (
        (SOCKET, _only_unix_sockets()),
        (SOCKETPAIR, _only_unix_sockets()),
        (CLONE, _only_plain_clones()),
        (IOCTL, _no_terminal_input()),
    ):
        filter_ += [(JUMP_EQUAL, 0, len(body), numbers[column]), *body]
    return [*filter_, (RETURN, 0, 0, ALLOW)]


def _only_unix_sockets() -> list[Instruction]:
    return [
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_EQUAL, 0, 1, int(socket.AF_UNIX)),
        (RETURN, 0, 0, ALLOW),
        refuse(errno.EAFNOSUPPORT),
    ]


def _only_plain_clones() -> list[Instruction]:
    # A thread with a file table of its own would hide how many are open.
    return [
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_BITS, 0, 1, NEW_NAMESPACES),
        refuse(errno.EPERM),
        (JUMP_BITS, 0, 2, CLONE_THREAD),
        (JUMP_BITS, 1, 0, CLONE_FILES),
        refuse(errno.EPERM),
        (RETURN, 0, 0, ALLOW),
    ]


def _no_terminal_input() -> list[Instruction]:
    return [
        (LOAD, 0, 0, SECOND_ARGUMENT),
        (JUMP_EQUAL, 1, 0, TERMINAL_INPUT[0]),
        (JUMP_EQUAL, 0, 1, TERMINAL_INPUT[1]),
        refuse(errno.EPERM),
        (RETURN, 0, 0, ALLOW),
    ]


def install() -> None:
    """Filter the system calls of this thread and of all it starts."""
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program())
    buffer = ctypes.create_string_buffer(code, len(code))
    head = ctypes.create_string_buffer(
        struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer)), struct.calcsize("@HP")
    )
    kernel.call_libc("prctl", kernel.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    kernel.call_libc("prctl", kernel.PR_SET_SECCOMP, 2, ctypes.addressof(head), 0, 0)
