"""The kernels' fork server: whole ipykernels, each running as the user who requests it."""

import atexit
import os
import pwd
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .account_group import join_group
from .fork_server import ForkServer, preload

ALWAYS = (
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipywidgets",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "jedi",
    "matplotlib_inline.backend_inline",
    "pygments.lexers.python",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
    "pygments.formatters.terminal256",
)
"""Modules that every kernel imports sooner or later."""


def serve_kernels(place: str, modules: Sequence[str]) -> None:
    """Import modules, then fork kernels for the client of a descriptor, or for those of a path.

    The modules are fixed here: no request makes this process import or run anything.
    """
    server = ForkServer(lambda request: None, _become_kernel)
    preload([*ALWAYS, *modules])
    if place.isdigit():
        server.serve(socket.socket(fileno=int(place)))
        return
    path = Path(place)
    if path.exists() and not path.is_socket():
        raise FileExistsError(f"{place} is there and is no socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        # It gets its name once it serves, so that no client finds a server that is starting.
        starting = path.with_name(f".{os.getpid()}")
        listener.bind(str(starting))
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        try:
            starting.chmod(0o666 if os.geteuid() == 0 else 0o600)
            listener.listen(64)
            starting.rename(path)
            server.serve_all(listener)
        finally:
            starting.unlink(missing_ok=True)
            path.unlink(missing_ok=True)


def _become_kernel(request: dict[str, Any], descriptors: list[int], report: socket.socket) -> None:
    """Run a kernel in a forked child."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.setsid()
    join_group(request["user"][0])
    _change_user(*request["user"])
    os.environ.clear()
    os.environ.update(request["env"])
    parent = os.getppid()
    os.environ["JPY_PARENT_PID"] = str(parent)
    # Three and no fewer: a student must not read the fork server's own standard streams.
    for standard, descriptor in zip(range(3), descriptors, strict=True):
        os.dup2(descriptor, standard)
        os.close(descriptor)
    os.chdir(request["folder"])
    report.send(b"started")
    report.close()
    _add_paths(os.environ.get("PYTHONPATH", ""))
    sys.argv = request["argv"]
    _reseed()
    from ipykernel.kernelapp import IPKernelApp

    try:
        IPKernelApp.launch_instance(parent_handle=parent)  # it exits when its parent has ended
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()


def _change_user(user: int, group: int) -> None:
    """Become the requesting user, irrevocably."""
    if os.getuid() == user:
        return
    try:
        os.initgroups(pwd.getpwuid(user).pw_name, group)
    except KeyError:
        os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)


def _add_paths(paths: str) -> None:
    """Import packages from where a kernel started with this variable would import them."""
    for path in reversed(list(filter(None, paths.split(os.pathsep)))):
        if path not in sys.path:
            sys.path.insert(0, path)


def _reseed() -> None:
    """Seed NumPy's global generator anew: siblings would draw what it was seeded with on import."""
    numpy = sys.modules.get("numpy")
    if numpy:
        numpy.random.seed()
