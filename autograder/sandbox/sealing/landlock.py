"""Landlock: the kernel enforces once more which files may be read and written.

The mounts of the sandbox hide everything else already. This is a second layer: if a mount is
missing or can be bypassed, the kernel still denies access.
"""

import ctypes
import os
import struct
from collections.abc import Iterable

from . import kernel

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
TRUNCATE, DEVICE_CONTROL = 1 << 14, 1 << 15
RIGHTS_OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | DEVICE_CONTROL
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many of the rights, counted from the lowest bit, each version of Landlock supports."""
NETWORK_SINCE, SCOPES_SINCE = 4, 6
BIND_AND_CONNECT_TCP = 3
ABSTRACT_SOCKETS_AND_SIGNALS = 3

READ = READ_FILE | READ_DIR | EXECUTE


def version() -> int:
    """Return this kernel's version of Landlock, 0 if it has none."""
    try:
        return kernel.system_call(CREATE_RULESET, None, 0, 1)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> bool:
    """Restrict this thread and all it starts to these files and the contents of these folders.

    Also deny TCP, and signals and abstract sockets of processes outside, as far as the kernel
    supports it. Paths that do not exist are skipped.

    Returns
    -------
    bool
        False if the kernel has no Landlock.
    """
    known = version()
    if not known:
        return False
    everything = (1 << FILE_RIGHTS[min(known, max(FILE_RIGHTS))]) - 1
    attributes = struct.pack(
        "=QQQ",
        everything,
        BIND_AND_CONNECT_TCP if known >= NETWORK_SINCE else 0,
        ABSTRACT_SOCKETS_AND_SIGNALS if known >= SCOPES_SINCE else 0,
    )
    size = 24 if known >= SCOPES_SINCE else 16 if known >= NETWORK_SINCE else 8
    ruleset = kernel.system_call(CREATE_RULESET, attributes[:size], size, 0)
    try:
        # Folders may be listed anywhere: importing a package lists the folder that holds it.
        for paths, rights in ((("/",), READ_DIR), (readable, READ), (writable, everything)):
            for path in paths:
                _allow(ruleset, path, rights & everything)
        kernel.call_libc("prctl", kernel.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        kernel.system_call(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return True


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):
            rights &= RIGHTS_OF_A_FILE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, beneath), 12)
        kernel.system_call(ADD_RULE, ruleset, 1, rule, 0)
    finally:
        os.close(beneath)
