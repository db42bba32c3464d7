"""A fork server seen from outside: started when it is first needed, and anew when it has died."""

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

from autograder.forkserver.child import ForkedChild, receive
from autograder.paths import PACKAGED_DATA, ROOT, SOURCE

log = logging.getLogger(__name__)

SERVER = Path(__file__).with_name("server")
"""The program of a parent."""

PRELOAD_TIMEOUT = 120.0
"""Seconds a parent has to come up; TensorFlow alone takes ten on a busy machine."""
FORK_TIMEOUT = 600.0
"""Seconds until it has forked: the first time it runs the right answers of a unit before."""
POLL_INTERVAL = 2.0
"""Seconds between two looks at whether anything that a parent has imported was changed."""
WATCHED = (ROOT / "autograder", ROOT / "course", SOURCE)
UNWATCHED = ("__pycache__", "notebooks")

T, P = TypeVar("T"), TypeVar("P")

Start = Callable[[socket.socket], "subprocess.Popen[bytes]"]
"""Starts the program of a parent, which serves the socket it is given."""


class NoForkServerError(RuntimeError):
    """There is no fork server here; the message says why. The ordinary start serves."""


class ForkServerClient:
    """A fork server.

    Parameters
    ----------
    name : str
        What to call it in the log.
    start : callable
    watch : bool
        Whether to start another one when a file was changed that it may have imported. The older
        one ends when the last of its children has.
    """

    def __init__(self, name: str, start: Start, watch: bool = True) -> None:
        self.name = name
        self._start = start
        self._watch = watch
        self._lock = threading.Lock()
        self._process = 0
        self._control: socket.socket | None = None
        self._came = threading.Event()
        self._lives: dict[threading.Thread, socket.socket] = {}
        self._stamp = 0
        self._looked = 0.0
        self._missing = ""

    def fork(self, request: dict[str, Any], descriptors: Sequence[int]) -> ForkedChild:
        """Have a child forked.

        Parameters
        ----------
        request : dict
            What the program of this parent needs to know; JSON.
        descriptors : sequence of int
            Handed to the child, in this order.

        Raises
        ------
        NoForkServerError
            If there can be no parent, or it has no child to give.
        """
        reason = "it ended twice before it had forked"
        for _ in range(2):
            control = self._ready()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            with theirs, contextlib.suppress(OSError):
                payload = [json.dumps(request | _processors()).encode()]
                socket.send_fds(control, payload, [theirs.fileno(), *descriptors])
            ours.settimeout(FORK_TIMEOUT)
            try:
                event, detail, handed, _ = receive(ours)
            except TimeoutError:
                event, detail = "late", f"it has not forked within {FORK_TIMEOUT:g} s"
            if event == "forked":
                ours.settimeout(PRELOAD_TIMEOUT)
                return ForkedChild(ours, int(detail), handed[0])
            ours.close()
            if event:
                reason = detail
                break
        raise NoForkServerError(f"{self.name}: {reason}")

    def accept_client(self, asking: socket.socket) -> None:
        """Let it serve another process, over a connection of that one's own.

        Raises
        ------
        NoForkServerError
            If there can be no parent.
        """
        socket.send_fds(self._ready(), [b"accept"], [asking.fileno()])

    def begin(self) -> None:
        """Start it, unless it lives; do not wait until it is warm."""
        with self._lock:
            self._refresh()
            if self._came.is_set() and self._control is not None:
                return
            if self._came.is_set() or not self._lives:
                ends = self._ends()
                self._came = threading.Event()
                self._process = os.getpid()
                self._stamp, self._looked = stamp(), time.monotonic()
                # bubblewrap dies with the thread that started it, so that one must live as long.
                thread = threading.Thread(
                    target=self._live, args=(self._came, *ends), name=self.name, daemon=True
                )
                self._lives[thread] = ends[0]
                thread.start()

    def close(self) -> None:
        """End it, any older one, and all their children."""
        if self._process != os.getpid():
            return
        for thread, control in list(self._lives.items()):
            with contextlib.suppress(OSError):
                control.shutdown(socket.SHUT_RDWR)
            thread.join(10)

    def _ready(self) -> socket.socket:
        for _ in range(3):  # it may end, or be replaced, as soon as it is there
            self._missing = ""
            self.begin()
            if not self._came.wait(PRELOAD_TIMEOUT):
                raise NoForkServerError(f"{self.name}: it does not come up")
            control = self._control
            if control is not None:
                return control
            if self._missing:
                break
        raise NoForkServerError(
            f"{self.name}: {self._missing or 'it ended as soon as it was warm'}"
        )

    def _refresh(self) -> None:
        """Let go of a parent that is another process's, or knows what has been changed since."""
        if self._process and self._process != os.getpid():
            self._control, self._lives, self._came = None, {}, threading.Event()
        elif self._watch and self._control and time.monotonic() - self._looked > POLL_INTERVAL:
            self._looked = time.monotonic()
            if stamp() != self._stamp:
                with contextlib.suppress(OSError):
                    self._control.send(b"retire")
                self._control = None

    @staticmethod
    def _ends() -> tuple[socket.socket, ...]:
        return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def _live(self, came: threading.Event, *ends: socket.socket) -> None:
        """Start the program, and see it end."""
        ours, theirs = ends
        program = None
        with ours:
            try:
                with theirs:
                    program = self._start(theirs)
                if self._first_word(ours) == "ready":
                    self._control = ours
                else:
                    self._missing = _last_words(program)
            except (OSError, RuntimeError) as error:
                self._missing = str(error)
            finally:
                came.set()
            if program and self._control is ours:
                program.wait()
            self._server_ended(ours)
        if program:
            program.kill()
            program.wait()
            if program.stderr:
                program.stderr.close()

    @staticmethod
    def _first_word(ours: socket.socket) -> str:
        ours.settimeout(PRELOAD_TIMEOUT)
        reason = ours.recv(4000).decode(errors="replace")
        ours.settimeout(None)
        return reason

    def _server_ended(self, ours: socket.socket) -> None:
        if self._control is ours:
            self._control = None
        self._lives.pop(threading.current_thread(), None)


class AttachedForkServer(ForkServerClient):
    """A fork server that another process has started, reached by a connection of our own.

    Parameters
    ----------
    name : str
    place : str
        The path of its socket.
    """

    def __init__(self, name: str, place: str) -> None:
        super().__init__(name, self._none, watch=False)
        self._place = place

    @staticmethod
    def _none(_: socket.socket) -> "subprocess.Popen[bytes]":
        raise NoForkServerError("another process has to start it")

    @staticmethod
    def _ends() -> tuple[socket.socket, ...]:
        return (socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET),)

    def _live(self, came: threading.Event, *ends: socket.socket) -> None:
        """Connect, and see the connection end."""
        with ends[0] as ours:
            try:
                ours.connect(self._place)
                reason = self._first_word(ours)
                if reason == "ready":
                    self._control = ours
                else:
                    self._missing = reason or f"{self._place} serves other users"
            except OSError as error:
                self._missing = f"{self._place}: {error.strerror}"
            finally:
                came.set()
            if self._control is ours:
                with contextlib.suppress(OSError):
                    ours.recv(1)  # nothing ever comes but the end
            self._server_ended(ours)


def _processors() -> dict[str, list[int]]:
    """Tell where a child is to run: where the thread does that asks for it."""
    return {"processors": sorted(os.sched_getaffinity(0))}


def _last_words(program: "subprocess.Popen[bytes]") -> str:
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(5)
    program.kill()
    reason = program.stderr.read(4000) if program.stderr else b""
    last = reason.decode(errors="replace").strip().splitlines()[-1:]
    return last[0] if last else "it ended before it was warm"


_stamp = (float("-inf"), 0)
"""When it was last looked, and what was seen."""


def stamp() -> int:
    """Return a number that is another one when a file has changed that a parent may have read.

    All parents of this process share a look; there are a thousand files.
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
_guard = threading.Lock()
_said: set[str] = set()


def client_for(make: Callable[[], ForkServerClient], *key: Any) -> ForkServerClient:
    """Return the parent with that key, one for this whole process."""
    with _guard:
        if key not in _clients:
            _clients[key] = make()
        return _clients[key]


def why_unavailable() -> str | None:
    """Return why nothing can be forked here, or None where it can."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return "forking interpreters needs Linux"
    if os.environ.get("DESCENT_WARM") == "no":
        return "DESCENT_WARM says no"
    if not Path(f"/proc/self/task/{os.getpid()}/children").exists():
        return "this kernel does not list children in /proc"
    return None


def fork_or_none(way: Callable[[T], P], argument: T) -> P | None:
    """Return what a way to fork gives; None, and a word in the log, where it cannot be gone."""
    why = why_unavailable()
    try:
        if not why:
            return way(argument)
    except NoForkServerError as error:
        why = str(error)
    if why not in _said:
        _said.add(why)
        log.warning("an interpreter is started anew for each submission, which is slower: %s", why)
    return None


@atexit.register
def end_all() -> None:
    """End every parent of this process."""
    for each in _clients.values():
        each.close()
