"""The parent of students' kernels: whole ipykernels, each of the user who asks for it."""

import atexit
import os
import pwd
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import serve as serving

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


def serve_at(place: str, modules: Sequence[str]) -> None:
    """Import modules; fork kernels for who is at the other end of a descriptor, or of a path.

    What is imported is decided here: no request makes this parent run anything.
    """
    parent = serving.ForkServer(lambda request: None, kernel)
    serving.preload([*ALWAYS, *modules])
    if place.isdigit():
        parent.serve(socket.socket(fileno=int(place)))
        return
    path = Path(place)
    if path.exists() and not path.is_socket():
        raise FileExistsError(f"{place} is there and is no socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        # Under its name it is found only once it serves: nobody is turned away by one that begins.
        begins = path.with_name(f".{os.getpid()}")
        listener.bind(str(begins))
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        try:
            begins.chmod(0o666 if os.geteuid() == 0 else 0o600)
            listener.listen(64)
            begins.rename(path)
            parent.serve_all(listener)
        finally:
            begins.unlink(missing_ok=True)
            path.unlink(missing_ok=True)


def kernel(request: dict[str, Any], descriptors: list[int], report: socket.socket) -> None:
    """Be a kernel."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.setsid()
    _become(*request["user"])
    os.environ.clear()
    os.environ.update(request["env"])
    above = os.getppid()
    os.environ["JPY_PARENT_PID"] = str(above)
    # Three and no fewer: those of this parent are not a student's to read.
    for standard, descriptor in zip(range(3), descriptors, strict=True):
        os.dup2(descriptor, standard)
        os.close(descriptor)
    os.chdir(request["folder"])
    report.send(b"begun")
    report.close()
    _add_paths(os.environ.get("PYTHONPATH", ""))
    sys.argv = request["argv"]
    _forget_chance()
    from ipykernel.kernelapp import IPKernelApp

    try:
        IPKernelApp.launch_instance(parent_handle=above)  # it ends itself when that one has ended
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()


def _become(user: int, group: int) -> None:
    """Be the user who asked, and nobody else ever again."""
    if os.getuid() == user:
        return
    try:
        os.initgroups(pwd.getpwuid(user).pw_name, group)
    except KeyError:
        os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)


def _add_paths(paths: str) -> None:
    """See the packages that a kernel started with this variable would see."""
    for path in reversed(list(filter(None, paths.split(os.pathsep)))):
        if path not in sys.path:
            sys.path.insert(0, path)


def _forget_chance() -> None:
    """Draw other numbers than one's siblings: NumPy's were decided when it was imported."""
    numpy = sys.modules.get("numpy")
    if numpy:
        numpy.random.seed()
