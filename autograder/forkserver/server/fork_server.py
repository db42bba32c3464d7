"""A fork server: it forks a child for each request, and reports how each child ended.

Requests arrive over a socket, as JSON with descriptors. The first descriptor is a socket for that
request alone, on which these events are reported:

- `forked PID`, with a pidfd of the child;
- events that the child itself sends;
- `ended STATUS` when the child has ended, or `failed REASON` if it could not be forked.

The server has one thread, whatever it has imported: only the thread that forks exists in the child.
"""

import array
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

MAX_REQUEST = 1 << 20
"""Bytes that a request may have."""
IDLE_TIMEOUT = 900_000
"""Milliseconds after which a server without children exits; its client restarts it on demand."""

MAX_CONNECTIONS = 16
"""How many a user may have to a server of all users; each takes one of its descriptors."""

Preload = Callable[[dict[str, Any]], None]
"""Takes a request and imports what the child will need."""
ChildProgram = Callable[[dict[str, Any], list[int], socket.socket], None]
"""Takes a request, its descriptors and its socket, and runs in the child."""

_failed_imports: dict[str, str] = {}
"""Modules whose import failed half-way, with the error; their remains would mislead a child."""


def preload(names: Iterable[str]) -> bool:
    """Preload modules; return whether any was new.

    Missing ones are skipped, so that the ImportError appears in the child. Importing must not run
    TensorFlow: a fork after its first operation hangs.

    Raises
    ------
    ImportError
        If one cannot be imported here; it may be possible in an interpreter that is not forked.
    """
    before = len(sys.modules)
    for name in names:
        if name not in sys.modules and name not in _failed_imports:
            try:
                importlib.import_module(name)
            except ModuleNotFoundError:
                continue
            except Exception as error:
                _failed_imports[name] = f"{type(error).__name__}: {error}"
        if name in _failed_imports:
            raise ImportError(f"{name} cannot be imported before a fork ({_failed_imports[name]})")
    return len(sys.modules) > before


class ForkServer:
    """Forks children for its clients.

    Parameters
    ----------
    preload_for : callable
    run_child : callable
    """

    def __init__(self, preload_for: Preload, run_child: ChildProgram) -> None:
        self._preload = preload_for
        self._run_child = run_child
        self._poll = select.poll()
        self._clients: dict[int, socket.socket] = {}
        self._children: dict[int, tuple[int, socket.socket]] = {}

    def serve(self, control: socket.socket) -> None:
        """Fork children for one client, and those it adds, until all have disconnected."""
        self._begin()
        self._add_client(control)
        control.send(b"ready")
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 2)  # nobody reads it any more
        os.close(nothing)
        while self._clients and not (self._retired and not self._children):
            if not self._poll_once(None if self._children else IDLE_TIMEOUT):
                return

    def serve_all(self, listener: socket.socket) -> None:
        """Fork children for all clients that connect; kill those of a client that disconnects."""
        self._begin()
        self._poll.register(listener, select.POLLIN)
        self._listener = listener
        while True:
            self._poll_once(None)

    _listener: socket.socket | None = None
    _retired = False

    def _begin(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the children
        check_forkable()
        freeze()

    def _add_client(self, control: socket.socket) -> None:
        self._clients[control.fileno()] = control
        self._poll.register(control, select.POLLIN)

    def _poll_once(self, timeout: int | None) -> bool:
        """Handle what has arrived; return whether anything has."""
        ready = self._poll.poll(timeout)
        for descriptor, _ in ready:
            if descriptor in self._children:
                self._poll.unregister(descriptor)
                _, report = self._children.pop(descriptor)
                _reap(descriptor, report)
            elif descriptor in self._clients:
                self._handle(self._clients[descriptor])
            elif self._listener:
                self._accept(self._listener)
        return bool(ready)

    def _accept(self, listener: socket.socket) -> None:
        """Accept a client, if it is allowed."""
        try:
            control, _ = listener.accept()
        except OSError:  # out of descriptors, or the client has gone
            time.sleep(0.1)  # the poll would report it again at once
            return
        refusal = self._refusal(control)
        if refusal:
            _send_event(control, refusal)
            control.close()
        else:
            self._register(control)

    def _register(self, control: socket.socket) -> None:
        self._add_client(control)
        _send_event(control, "ready")

    def _refusal(self, control: socket.socket) -> str:
        """Return why a client is refused: root's server serves all, any other its own user."""
        user, _ = user_of(control)
        if os.geteuid() not in (0, user):
            return "it serves other users"
        held = sum(user_of(other)[0] == user for other in self._clients.values())
        if held < MAX_CONNECTIONS:
            return ""
        return f"it serves this user {MAX_CONNECTIONS} times already"

    def _handle(self, control: socket.socket) -> None:
        """Handle a request, or the end of a client's connection."""
        try:
            message, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, 16)
        except OSError:
            message, descriptors = b"", []
        try:
            if not message:
                self._disconnect(control)
            elif message == b"retire":
                self._retired = True
            elif not descriptors:
                return  # nothing is requested without a descriptor
            elif message == b"accept" and not self._listener:
                self._register(socket.socket(fileno=descriptors.pop(0)))
            else:
                self._fork_and_track(control, message, descriptors)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _fork_and_track(
        self, control: socket.socket, message: bytes, descriptors: list[int]
    ) -> None:
        """Fork a child if this is a valid request, and watch it for its end."""
        try:
            report = socket.socket(fileno=descriptors[0])
        except OSError:  # not a socket: there is nowhere to report
            return
        del descriptors[0]  # the socket object closes it
        pidfd = self._fork(control, message, descriptors, report)
        if pidfd:
            self._children[pidfd] = control.fileno(), report
            self._poll.register(pidfd, select.POLLIN)
        else:
            report.close()

    def _disconnect(self, control: socket.socket) -> None:
        descriptor = control.fileno()
        self._poll.unregister(control)
        del self._clients[descriptor]
        control.close()
        for pidfd, (client, report) in list(self._children.items()):
            if client == descriptor:
                with contextlib.suppress(OSError):  # it has ended, or runs as another user
                    signal.pidfd_send_signal(pidfd, signal.SIGKILL)
                self._children[pidfd] = -1, report

    def _fork(
        self, control: socket.socket, message: bytes, descriptors: list[int], report: socket.socket
    ) -> int:
        """Fork a child; return its pidfd, or 0 if it cannot be forked."""
        try:
            request = json.loads(message)
            request["user"] = user_of(control)
            self._preload(request)
            check_forkable()
            with _pipe() as pipe:
                pid = os.fork()
                if pid == 0:
                    self._become_child(request, descriptors, report, pipe)
                pidfd = _open_pidfd(pid)
                _send_event(report, f"forked {pid}", [pidfd])
            return pidfd
        except Exception as error:
            _send_event(report, f"failed {type(error).__name__}: {error}")
            return 0

    def _become_child(
        self,
        request: dict[str, Any],
        descriptors: list[int],
        report: socket.socket,
        pipe: tuple[int, int],
    ) -> None:
        """Run the child in this process, to its end, without the server's and siblings' sockets."""
        status = 1
        try:
            begin, close_to_begin = pipe
            os.close(close_to_begin)
            os.read(begin, 1)  # returns at its end, when "forked" is reported
            os.close(begin)
            for other in (
                *self._clients.values(),
                *(report for _, report in self._children.values()),
            ):
                other.close()
            for pidfd in self._children:
                os.close(pidfd)
            if self._listener:
                self._listener.close()
            signal.signal(signal.SIGINT, signal.default_int_handler)
            if where := request.get("processors"):
                os.sched_setaffinity(0, where)
            self._run_child(request, descriptors, report)
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(bool(end.code))
        except BaseException as error:
            _send_event(report, f"failed {type(error).__name__}: {error}")
        finally:
            os._exit(status)


def user_of(control: socket.socket) -> tuple[int, int]:
    """Return the user and the group of the process at the other end."""
    found = control.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, group = struct.unpack("3i", found)
    return user, group


def check_forkable() -> None:
    """Check that this process can be forked.

    Raises
    ------
    RuntimeError
        If an imported module has started a thread, or has run TensorFlow, whose threads Python does
        not count.
    """
    eager = getattr(sys.modules.get("tensorflow.python.eager.context"), "_context", None)
    if eager is not None and eager._context_handle is not None:
        raise RuntimeError("an imported module has run TensorFlow: a fork would hang")
    if threading.active_count() > 1:
        raise RuntimeError("an imported module has started a thread")


@contextlib.contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    """Open a pipe; close both its ends afterwards."""
    ends = os.pipe()
    try:
        yield ends
    finally:
        for end in ends:
            os.close(end)


def _open_pidfd(pid: int) -> int:
    """Return a pidfd of a child; kill the child if there is none to be had."""
    try:
        return os.pidfd_open(pid)
    except OSError:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise


def freeze() -> None:
    """Exclude all present objects from garbage collection, which would copy their pages."""
    gc.collect()
    gc.freeze()


def _reap(pidfd: int, report: socket.socket) -> None:
    """Reap a child that has ended and report its status."""
    found = os.waitid(os.P_PIDFD, pidfd, os.WEXITED)
    os.close(pidfd)
    status = 0
    if found:
        status = found.si_status + (0 if found.si_code == os.CLD_EXITED else 128)
    _send_event(report, f"ended {status}")
    report.close()


def _send_event(report: socket.socket, event: str, descriptors: Iterable[int] = ()) -> None:
    ancillary = socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors)
    with contextlib.suppress(OSError):  # the client may have gone, or not be reading
        report.sendmsg([event.encode(errors="replace")[:4000]], [ancillary], socket.MSG_DONTWAIT)
