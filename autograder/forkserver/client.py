"""Clients of fork servers: they start a server on first use, and again after it has died."""

import atexit
import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from autograder.forkserver.child import ForkedChild, receive_event
from autograder.paths import PACKAGED_DATA, ROOT, SOURCE

log = logging.getLogger(__name__)

SERVER = Path(__file__).with_name("server")
"""The program of a fork server."""

PRELOAD_TIMEOUT = 600.0
"""Seconds until a fork server is ready; TensorFlow alone takes ten of processor time."""
FORK_TIMEOUT = 1800.0
"""Seconds until it has forked: the first time it runs the right answers of a unit before."""
POLL_INTERVAL = 2.0
"""Seconds between two checks for changes in files that a fork server may have imported."""
WATCHED = (ROOT / "autograder", ROOT / "course", SOURCE)
UNWATCHED = ("__pycache__", "notebooks")

SWITCH = "DESCENT_FORKSERVER"
"""The variable that switches fork servers off if it is "no"."""

T = TypeVar("T")
P = TypeVar("P")

ServerLauncher = Callable[[socket.socket], "subprocess.Popen[bytes]"]
"""Starts the program of a fork server, which serves the socket it is given."""


class NoForkServerError(RuntimeError):
    """No fork server is available, for the reason in the message; start an interpreter instead."""


class ForkServerClient:
    """Starts a fork server and requests children from it.

    Parameters
    ----------
    name : str
        What the log calls the server.
    start : callable
    watch : bool
        Whether to start another server after a file has changed that this one may have imported.
        The older one exits after its last child.
    """

    def __init__(self, name: str, start: ServerLauncher, watch: bool = True) -> None:
        self.name = name
        self._start = start
        self._watch = watch
        self._lock = threading.Lock()
        self._process = 0
        self._control: socket.socket | None = None
        self._started = threading.Event()
        self._supervisors: dict[threading.Thread, socket.socket] = {}
        self._stamp = 0
        self._checked = 0.0
        self._failure = ""

    def fork(self, request: dict[str, Any], descriptors: Sequence[int]) -> ForkedChild:
        """Request a child.

        Parameters
        ----------
        request : dict
            What the server's program needs to know; JSON.
        descriptors : sequence of int
            Passed to the child, in this order.

        Raises
        ------
        NoForkServerError
            If the server cannot be started, or cannot fork.
        """
        reason = "it ended twice before it had forked"
        for _ in range(2):
            control = self._ready()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            with theirs, contextlib.suppress(OSError):
                payload = [json.dumps(request | _affinity()).encode()]
                socket.send_fds(control, payload, [theirs.fileno(), *descriptors])
            ours.settimeout(FORK_TIMEOUT)
            try:
                event = receive_event(ours)
            except TimeoutError:
                ours.close()
                reason = f"it has not forked within {FORK_TIMEOUT:g} s"
                break
            if event.name == "forked":
                ours.settimeout(PRELOAD_TIMEOUT)
                return ForkedChild(ours, int(event.detail), event.descriptors[0])
            ours.close()
            if event.name:
                reason = event.detail
                break
            self._discard(control)
        raise NoForkServerError(f"{self.name}: {reason}")

    def accept_client(self, connection: socket.socket) -> None:
        """Make the server serve another process too, over that process's own connection.

        Raises
        ------
        NoForkServerError
            If the server cannot be started.
        """
        for _ in range(2):
            control = self._ready()
            try:
                socket.send_fds(control, [b"accept"], [connection.fileno()])
            except OSError:
                self._discard(control)
            else:
                return
        raise NoForkServerError(f"{self.name}: it ended twice before it had a client")

    def begin(self) -> None:
        """Start the server unless it runs; do not wait until it is ready."""
        with self._lock:
            self._refresh()
            if self._started.is_set() and self._control is not None:
                return
            if self._started.is_set() or not self._supervisors:
                sockets = self._sockets()
                self._started = threading.Event()
                self._process = os.getpid()
                self._stamp, self._checked = stamp(), time.monotonic()
                # bubblewrap dies with the thread that started it, so that one must live as long.
                thread = threading.Thread(
                    target=self._supervise,
                    args=(self._started, *sockets),
                    name=self.name,
                    daemon=True,
                )
                self._supervisors[thread] = sockets[0]
                thread.start()

    def close(self) -> None:
        """Stop the server, any older one, and all their children."""
        if self._process != os.getpid():
            return
        for thread, control in list(self._supervisors.items()):
            with contextlib.suppress(OSError):
                control.shutdown(socket.SHUT_RDWR)
            thread.join(10)

    def _ready(self) -> socket.socket:
        for _ in range(3):  # it may end, or be replaced, as soon as it is ready
            self._failure = ""
            self.begin()
            if not self._started.wait(PRELOAD_TIMEOUT):
                raise NoForkServerError(f"{self.name}: it does not come up")
            control = self._control
            if control is not None:
                return control
            if self._failure:
                break
        raise NoForkServerError(
            f"{self.name}: {self._failure or 'it ended as soon as it was ready'}"
        )

    def _discard(self, control: socket.socket) -> None:
        """Drop a server that has ended, even before the supervising thread has noticed."""
        with self._lock:
            if self._control is control:
                self._control = None

    def _refresh(self) -> None:
        """Drop a server that the parent process started, or whose files have changed since."""
        if self._process and self._process != os.getpid():
            self._control, self._supervisors, self._started = None, {}, threading.Event()
        elif self._watch and self._control and time.monotonic() - self._checked > POLL_INTERVAL:
            self._checked = time.monotonic()
            if stamp() != self._stamp:
                with contextlib.suppress(OSError):
                    self._control.send(b"retire")
                self._control = None

    @staticmethod
    def _sockets() -> tuple[socket.socket, ...]:
        return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def _supervise(self, started: threading.Event, *sockets: socket.socket) -> None:
        """Start the program and wait for its end."""
        ours, theirs = sockets
        program, serves = None, False
        with ours:
            try:
                with theirs:
                    program = self._start(theirs)
                if self._receive_greeting(ours) == "ready":
                    self._control, serves = ours, True
                else:
                    self._failure = _failure_of(program)
            except (OSError, RuntimeError) as error:
                self._failure = str(error)
            finally:
                started.set()
            if program and serves:
                program.wait()
            self._forget_server(ours)
        if program:
            program.kill()
            program.wait()
            if program.stderr:
                program.stderr.close()

    @staticmethod
    def _receive_greeting(ours: socket.socket) -> str:
        ours.settimeout(PRELOAD_TIMEOUT)
        greeting = ours.recv(4000).decode(errors="replace")
        ours.settimeout(None)
        return greeting

    def _forget_server(self, ours: socket.socket) -> None:
        if self._control is ours:
            self._control = None
        self._supervisors.pop(threading.current_thread(), None)


class AttachedForkServer(ForkServerClient):
    """Client of a fork server that another process has started.

    Parameters
    ----------
    name : str
    place : str
        The path of the server's socket.
    """

    def __init__(self, name: str, place: str) -> None:
        super().__init__(name, self._cannot_start, watch=False)
        self._place = place

    @staticmethod
    def _cannot_start(_: socket.socket) -> "subprocess.Popen[bytes]":
        raise NoForkServerError("another process has to start it")

    @staticmethod
    def _sockets() -> tuple[socket.socket, ...]:
        return (socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET),)

    def _supervise(self, started: threading.Event, *sockets: socket.socket) -> None:
        """Connect and wait for the end of the connection."""
        serves = False
        with sockets[0] as ours:
            try:
                ours.connect(self._place)
                greeting = self._receive_greeting(ours)
                if greeting == "ready":
                    self._control, serves = ours, True
                elif greeting:  # without one it has just ended: another may serve already
                    self._failure = f"{self._place}: {greeting}"
            except OSError as error:
                self._failure = f"{self._place}: {error.strerror}"
            finally:
                started.set()
            if serves:
                with contextlib.suppress(OSError):
                    ours.recv(1)  # nothing comes but the end
            self._forget_server(ours)


def _affinity() -> dict[str, list[int]]:
    """Return where a child is to run: on the processors of the requesting thread."""
    return {"processors": sorted(os.sched_getaffinity(0))}


def _failure_of(program: "subprocess.Popen[bytes]") -> str:
    """Return the last line that a program has written to its standard error."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(5)
    program.kill()
    written = program.stderr.read(4000) if program.stderr else b""
    last = written.decode(errors="replace").strip().splitlines()[-1:]
    return last[0] if last else "it ended before it was ready"


_stamp = (float("-inf"), 0)
"""The time of the last check, and its result."""


def stamp() -> int:
    """Return a number that differs after a file has changed that a fork server may have imported.

    All clients of this process share one check; there are a thousand files.
    """
    global _stamp
    if time.monotonic() - _stamp[0] > POLL_INTERVAL / 2:
        _stamp = time.monotonic(), hash(tuple(_changes()))
    return _stamp[1]


def _changes() -> Iterator[tuple[str, int]]:
    pending = list(map(str, WATCHED))
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name not in UNWATCHED and entry.path != str(PACKAGED_DATA):
                            pending.append(entry.path)
                    elif entry.name.endswith((".py", ".json", ".jsonl")):
                        yield entry.path, entry.stat().st_mtime_ns
        except OSError:
            continue


_clients: dict[tuple[Any, ...], ForkServerClient] = {}
_clients_lock = threading.Lock()
_logged: set[str] = set()


def client_for(make: Callable[[], ForkServerClient], *key: Any) -> ForkServerClient:
    """Return the client with that key, one for this whole process."""
    with _clients_lock:
        if key not in _clients:
            _clients[key] = make()
        return _clients[key]


def why_unavailable() -> str | None:
    """Return why nothing can be forked here, or None if it can."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return "forking interpreters needs Linux"
    if os.environ.get(SWITCH) == "no":
        return f"{SWITCH}=no is set"
    if not Path(f"/proc/self/task/{os.getpid()}/children").exists():
        return "this kernel does not list children in /proc"
    return None


def fork_or_none(fork: Callable[[T], P], argument: T) -> P | None:
    """Return the forked process, or None (logged once for each reason) if forking fails."""
    why = why_unavailable() or ""
    try:
        if not why:
            return fork(argument)
    except NoForkServerError as error:
        why = str(error)
    if why not in _logged:
        _logged.add(why)
        log.warning("an interpreter is started anew for each submission, which is slower: %s", why)
    return None


@atexit.register
def close_all() -> None:
    """Stop every fork server that this process has started."""
    for each in _clients.values():
        each.close()
