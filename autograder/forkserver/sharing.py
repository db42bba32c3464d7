"""Fork servers lent to other processes of this account: one of each serves all workers here.

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

from autograder.forkserver.client import AttachedForkServer, ForkServerClient, NoForkServerError

_folder = ""
"""Where this process finds what is lent to it."""


@contextlib.contextmanager
def share(lent: Mapping[str, ForkServerClient]) -> Iterator[str]:
    """Lend parents; yield the folder where they are found, which nobody else can open."""
    with contextlib.ExitStack() as stack:
        named = f"descent-{os.uname().nodename}-{os.getpid()}-"
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix=named, ignore_cleanup_errors=True)
        )
        for name, parent in lent.items():
            listener = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
            listener.bind(str(Path(folder, name)))
            listener.listen(64)
            stack.callback(_shut, listener)
            threading.Thread(target=_serve, args=(listener, parent), name=name, daemon=True).start()
        yield folder


def attach(folder: str) -> None:
    """Find from now on in a folder what another process lends."""
    global _folder
    _folder = folder


def attached_or(name: str, make: Callable[[], ForkServerClient]) -> ForkServerClient:
    """Return a parent that is lent to this process, or make one where it is not."""
    place = Path(_folder, name)
    return AttachedForkServer(name, str(place)) if _folder and place.exists() else make()


def _shut(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)  # whoever waits at it goes home


def _serve(listener: socket.socket, parent: ForkServerClient) -> None:
    """Hand each who connects over to the parent."""
    while True:
        try:
            asking, _ = listener.accept()
        except OSError:
            return
        with asking, contextlib.suppress(OSError):
            try:
                parent.accept_client(asking)
            except NoForkServerError as error:
                asking.send(str(error).encode()[:4000])
