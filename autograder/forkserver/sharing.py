"""Sharing fork servers with other processes of this account: one of each serves all workers here.

What a fork server imports and computes is then imported, computed and held in memory once. Each
worker has its own connection to the server, which ends that worker's children when it is closed.
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
"""The folder with the sockets of fork servers that are shared with this process."""


@contextlib.contextmanager
def share(servers: Mapping[str, ForkServerClient]) -> Iterator[str]:
    """Share fork servers; yield the folder with their sockets, which only this account can open."""
    with contextlib.ExitStack() as stack:
        prefix = f"descent-{os.uname().nodename}-{os.getpid()}-"
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
        )
        for name, server in servers.items():
            listener = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
            listener.bind(str(Path(folder, name)))
            listener.listen(64)
            stack.callback(_shut_down, listener)
            threading.Thread(
                target=_accept_clients, args=(listener, server), name=name, daemon=True
            ).start()
        yield folder


def attach(folder: str) -> None:
    """Use the fork servers that another process shares in a folder; none if it is empty."""
    global _folder
    _folder = folder


def attached_or(name: str, make: Callable[[], ForkServerClient]) -> ForkServerClient:
    """Return a client of the fork server that is shared under that name, or make one."""
    place = Path(_folder, name)
    return AttachedForkServer(name, str(place)) if _folder and place.exists() else make()


def _shut_down(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)  # `accept` returns


def _accept_clients(listener: socket.socket, server: ForkServerClient) -> None:
    """Pass each new connection to the fork server."""
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, contextlib.suppress(OSError):
            try:
                server.accept_client(connection)
            except NoForkServerError as error:
                connection.send(str(error).encode()[:4000])
