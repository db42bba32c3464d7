"""A warmed parent seen from outside: started when it is first needed, and anew when it has died."""

import atexit
import contextlib
import json
import logging
import os
import select
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from autograder.layout import ROOT

log = logging.getLogger(__name__)

WARM_WITHIN = 120.0
"""Seconds a parent has to come up; TensorFlow alone takes ten on a busy machine."""
LOOK_EVERY = 2.0
"""Seconds between two looks at whether anything that a parent has imported was changed."""
WATCHED = ("autograder", "course", "source", "tests/answers")

T, P = TypeVar("T"), TypeVar("P")

Start = Callable[[socket.socket], "subprocess.Popen[bytes]"]
"""Starts the program of a parent, which serves the socket it is given."""


class NoParentError(RuntimeError):
    """There is no warmed parent here; the message says why. The ordinary start serves."""


@dataclass(frozen=True)
class Forked:
    """A child that was forked.

    Attributes
    ----------
    report : socket.socket
        Where the parent and the child say what becomes of it.
    number : int
        The number of the child, in the namespace of the parent.
    alive : int
        A descriptor (pidfd) of it.
    """

    report: socket.socket
    number: int
    alive: int


class Parent:
    """A warmed parent.

    Parameters
    ----------
    name : str
        What to call it in the log.
    start : callable
    """

    def __init__(self, name: str, start: Start) -> None:
        self.name = name
        self.starts = 0
        self._start = start
        self._lock = threading.Lock()
        self._process = 0
        self._control: socket.socket | None = None
        self._came = threading.Event()
        self._life: threading.Thread | None = None
        self._stamp = 0
        self._looked = 0.0
        self._missing = ""

    def fork(self, told: dict[str, Any], descriptors: Sequence[int]) -> Forked:
        """Have a child forked.

        Parameters
        ----------
        told : dict
            What the program of this parent needs to know; JSON.
        descriptors : sequence of int
            Handed to the child, in this order.

        Raises
        ------
        NoParentError
            If there can be no parent, or it has no child to give.
        """
        said = "it ended twice before it had forked"
        for _ in range(2):
            control = self._ready()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            with theirs, contextlib.suppress(OSError):
                request = [json.dumps(told).encode()]
                socket.send_fds(control, request, [theirs.fileno(), *descriptors])
            ours.settimeout(WARM_WITHIN)
            word, rest, handed, _ = hear(ours)
            if word == "forked":
                return Forked(ours, int(rest), handed[0])
            ours.close()
            if word:
                said = rest
                break
        raise NoParentError(f"{self.name}: {said}")

    def begin(self) -> None:
        """Start it, unless it lives; do not wait until it is warm."""
        with self._lock:
            self._refresh()
            if self._life is None or not self._life.is_alive():
                self._came = threading.Event()
                self._process = os.getpid()
                self._stamp, self._looked = stamp(), time.monotonic()
                self.starts += 1
                # bubblewrap dies with the thread that started it, so that one must live as long.
                self._life = threading.Thread(
                    target=self._live, args=(self._came,), name=self.name, daemon=True
                )
                self._life.start()

    def close(self) -> None:
        """End it and all its children."""
        with self._lock:
            self._end()

    def _ready(self) -> socket.socket:
        self.begin()
        if not self._came.wait(WARM_WITHIN):
            raise NoParentError(f"{self.name}: it does not come up")
        control = self._control
        if control is None:
            raise NoParentError(f"{self.name}: {self._missing}")
        return control

    def _refresh(self) -> None:
        """Let go of a parent that is another process's, or knows what has been changed since."""
        if self._process and self._process != os.getpid():
            self._control, self._life = None, None
        if self._life and time.monotonic() - self._looked > LOOK_EVERY:
            self._looked = time.monotonic()
            if stamp() != self._stamp:
                self._end()

    def _end(self) -> None:
        life, control, self._life = self._life, self._control, None
        if control and self._process == os.getpid():
            with contextlib.suppress(OSError):
                control.shutdown(socket.SHUT_RDWR)
            if life and life is not threading.current_thread():
                life.join(10)

    def _live(self, came: threading.Event) -> None:
        """Start the program, and see it end."""
        self._control = None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        program = None
        with ours:
            try:
                with theirs:
                    program = self._start(theirs)
                ours.settimeout(WARM_WITHIN)
                if ours.recv(100) == b"ready":
                    ours.settimeout(None)
                    self._control = ours
                else:
                    self._missing = _last_words(program)
            except (OSError, RuntimeError) as error:
                self._missing = str(error)
            finally:
                came.set()
            if program and self._control is ours:
                program.wait()
                self._control = None
        if program:
            program.kill()
            program.wait()
            if program.stderr:
                program.stderr.close()


def _last_words(program: "subprocess.Popen[bytes]") -> str:
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(5)
    program.kill()
    said = program.stderr.read(4000) if program.stderr else b""
    last = said.decode(errors="replace").strip().splitlines()[-1:]
    return last[0] if last else "it ended before it was warm"


def hear(report: socket.socket) -> tuple[str, str, list[int], int]:
    """Return what is said next: a word, the rest, descriptors, and the number of who says it.

    The word is empty when nobody is left to say anything.

    Raises
    ------
    TimeoutError
        If nothing is said in the time that the socket has.
    """
    try:
        message, extra, _, _ = report.recvmsg(8192, 1024)
    except ConnectionError:
        return "", "", [], 0
    speaker, handed = 0, []
    for level, kind, data in extra:
        if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
            speaker = struct.unpack("iII", data)[0]
        elif level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            handed += list(struct.unpack(f"{len(data) // 4}i", data))
    word, _, rest = message.decode(errors="replace").partition(" ")
    return word, rest, handed, speaker


class Life:
    """The rest of a child's life, as its parent tells it.

    Parameters
    ----------
    forked : Forked
    """

    def __init__(self, forked: Forked) -> None:
        self._report = forked.report
        self._status: int | None = None
        self._lock = threading.Lock()

    def wait(self, timeout: float | None = None) -> int:
        """Return the status: of a child that a signal ended 128 and its number.

        Raises
        ------
        subprocess.TimeoutExpired
            If it still lives after `timeout` seconds.
        """
        until = None if timeout is None else time.monotonic() + timeout
        with self._lock:
            while self._status is None:
                rest = None if until is None else max(0.0, until - time.monotonic())
                poll = select.poll()
                poll.register(self._report, select.POLLIN)
                if not poll.poll(None if rest is None else rest * 1000):
                    raise subprocess.TimeoutExpired("a forked child", timeout or 0)
                word, said, handed, _ = hear(self._report)
                for descriptor in handed:
                    os.close(descriptor)
                if word in ("ended", ""):
                    # Where the parent has gone its children have gone with it.
                    self._status = int(said) if word else 128 + 9
        return self._status


def stamp() -> int:
    """Return a number that is another one when a file has changed that a parent may have read."""
    return hash(tuple(_changes()))


def _changes() -> Iterator[tuple[str, int]]:
    pending = [str(ROOT / name) for name in WATCHED]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name not in ("__pycache__", "notebooks"):
                            pending.append(entry.path)
                    elif entry.name.endswith((".py", ".json")):
                        yield entry.path, entry.stat().st_mtime_ns
        except OSError:
            continue


_parents: dict[tuple[Any, ...], Parent] = {}
_guard = threading.Lock()
_said: set[str] = set()


def parent(name: str, start: Start, *key: Any) -> Parent:
    """Return the parent of that name and key, one for this whole process."""
    with _guard:
        if (name, *key) not in _parents:
            _parents[name, *key] = Parent(name, start)
        return _parents[name, *key]


def missing() -> str | None:
    """Return why nothing can be forked here, or None where it can."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return "forking warmed interpreters needs Linux"
    if os.environ.get("DESCENT_WARM") == "no":
        return "DESCENT_WARM says no"
    if not Path(f"/proc/self/task/{os.getpid()}/children").exists():
        return "this kernel does not list children in /proc"
    return None


def forked(way: Callable[[T], P], argument: T) -> P | None:
    """Return what a way to fork gives; None, and a word in the log, where it cannot be gone."""
    why = missing()
    try:
        if not why:
            return way(argument)
    except NoParentError as error:
        why = str(error)
    if why not in _said:
        _said.add(why)
        log.warning("an interpreter is started anew for each submission, which is slower: %s", why)
    return None


@atexit.register
def end_all() -> None:
    """End every parent of this process."""
    for each in _parents.values():
        each.close()
