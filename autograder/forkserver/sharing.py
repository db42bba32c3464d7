"""Warmed parents lent to other processes of this account: one of each serves all workers here.

So that what a parent imports and computes is imported and computed once, and held once. Whoever
asks has a connection of its own to the parent, which ends that one's children when it is gone.
"""

import contextlib
import os
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from autograder.forkserver.client import NoParentError, Parent, Served

_folder = ""
"""Where this process finds what is lent to it."""


@contextlib.contextmanager
def lending(lent: Mapping[str, Parent]) -> Iterator[str]:
    """Lend parents; yield the folder where they are found, which nobody else can open."""
    with contextlib.ExitStack() as stack:
        named = f"descent-{os.uname().nodename}-{os.getpid()}-"
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix=named, ignore_cleanup_errors=True)
        )
        for name, parent in lent.items():
            door = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
            door.bind(str(Path(folder, name)))
            door.listen(64)
            stack.callback(_shut, door)
            threading.Thread(target=_lend, args=(door, parent), name=name, daemon=True).start()
        yield folder


def borrow(folder: str) -> None:
    """Find from now on in a folder what another process lends."""
    global _folder
    _folder = folder


def borrowed_or(name: str, make: Callable[[], Parent]) -> Parent:
    """Return a parent that is lent to this process, or make one where it is not."""
    place = Path(_folder, name)
    return Served(name, str(place)) if _folder and place.exists() else make()


def _shut(door: socket.socket) -> None:
    with contextlib.suppress(OSError):
        door.shutdown(socket.SHUT_RDWR)  # whoever waits at it goes home


def _lend(door: socket.socket, parent: Parent) -> None:
    """Hand each who connects over to the parent."""
    while True:
        try:
            asking, _ = door.accept()
        except OSError:
            return
        with asking, contextlib.suppress(OSError):
            try:
                parent.admit(asking)
            except NoParentError as error:
                asking.send(str(error).encode()[:4000])
