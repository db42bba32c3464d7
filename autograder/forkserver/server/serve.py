"""A fork server at work: it forks a child for each request, and says how each child ended.

Requests come over one socket, as JSON with descriptors beside it. The first descriptor is a socket
of that request alone; what becomes of the child is said there:

- `forked PID`, with a descriptor (pidfd) of the child;
- what the child itself says;
- `ended STATUS` when it is over, or `failed WHY` when there was no child to begin with.

The parent has one thread, whatever it imported: a fork takes only the thread that calls it along.
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
"""Bytes a request may have."""
IDLE = 900_000
"""Milliseconds after which a parent that has no children ends itself; the next request starts one
anew."""

CONNECTIONS = 16
"""How many a user may have to a parent that serves all; each takes one of its descriptors."""

Preload = Callable[[dict[str, Any]], None]
"""Takes a request and imports what it will need."""
Child = Callable[[dict[str, Any], list[int], socket.socket], None]
"""Takes a request, its descriptors and its socket, and is the child."""


_broken: dict[str, str] = {}
"""Modules that began to be imported and failed; what is left of them would mislead a child."""


def preload(names: Iterable[str]) -> bool:
    """Import modules; those that there are not are the child's to miss. Return whether any is new.

    Importing must not run anything: after TensorFlow's first operation a fork hangs.

    Raises
    ------
    ImportError
        If one cannot be imported here; the ordinary start may do better.
    """
    before = len(sys.modules)
    for name in names:
        if name not in sys.modules and name not in _broken:
            try:
                importlib.import_module(name)
            except ModuleNotFoundError:
                continue
            except Exception as error:
                _broken[name] = f"{type(error).__name__}: {error}"
        if name in _broken:
            raise ImportError(f"{name} cannot be imported before a fork ({_broken[name]})")
    return len(sys.modules) > before


class ForkServer:
    """A fork server.

    Parameters
    ----------
    preload_for : callable
    child : callable
    """

    def __init__(self, preload_for: Preload, child: Child) -> None:
        self._preload = preload_for
        self._child = child
        self._poll = select.poll()
        self._asking: dict[int, socket.socket] = {}
        self._living: dict[int, tuple[int, socket.socket]] = {}

    def serve(self, control: socket.socket) -> None:
        """Fork children until nobody asks any more."""
        self._begin()
        self._listen_to(control)
        control.send(b"ready")
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 2)  # nobody reads any more what is said there
        os.close(nothing)
        while self._asking and not (self._retired and not self._living):
            if not self._turn(None if self._living else IDLE):
                return

    def serve_all(self, listener: socket.socket) -> None:
        """Fork children for all who connect; those of one who leaves are ended."""
        self._begin()
        self._poll.register(listener, select.POLLIN)
        self._listener = listener
        while True:
            self._turn(None)

    _listener: socket.socket | None = None
    _retired = False

    def _begin(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for those who use what is forked
        check_forkable()
        freeze()

    def _listen_to(self, control: socket.socket) -> None:
        self._asking[control.fileno()] = control
        self._poll.register(control, select.POLLIN)

    def _turn(self, timeout: int | None) -> bool:
        """Do what has come; return whether anything has."""
        came = self._poll.poll(timeout)
        for descriptor, _ in came:
            if descriptor in self._living:
                self._poll.unregister(descriptor)
                _, report = self._living.pop(descriptor)
                _child_ended(descriptor, report)
            elif descriptor in self._asking:
                self._handle(self._asking[descriptor])
            elif self._listener:
                self._accept(self._listener)
        return bool(came)

    def _accept(self, listener: socket.socket) -> None:
        """Let who has come ask, if they may."""
        try:
            control, _ = listener.accept()
        except OSError:  # no descriptor is left, or nobody is there any more
            time.sleep(0.1)  # they would be there again at once
            return
        refusal = self._refusal(control)
        if refusal:
            _send_event(control, refusal)
            control.close()
        else:
            self._register(control)

    def _register(self, control: socket.socket) -> None:
        self._listen_to(control)
        _send_event(control, "ready")

    def _refusal(self, control: socket.socket) -> str:
        """Return why one may not ask: root's serves everybody, anybody else's its own user."""
        user, _ = user_of(control)
        if os.geteuid() not in (0, user):
            return "it serves other users"
        held = sum(user_of(other)[0] == user for other in self._asking.values())
        return "" if held < CONNECTIONS else f"it serves this user {CONNECTIONS} times already"

    def _handle(self, control: socket.socket) -> None:
        """Take a request, or leave one who has gone."""
        try:
            message, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, 16)
        except OSError:
            message, descriptors = b"", []
        try:
            if not message:
                self._leave(control)
            elif message == b"retire":
                self._retired = True
            elif not descriptors:
                return  # whatever it is, it comes without what it is about
            elif message == b"accept" and not self._listener:
                self._register(socket.socket(fileno=descriptors.pop(0)))
            else:
                self._forked(control, message, descriptors)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _forked(self, control: socket.socket, message: bytes, descriptors: list[int]) -> None:
        """Fork a child if this is a request, and keep what tells of its end."""
        try:
            report = socket.socket(fileno=descriptors[0])
        except OSError:  # nobody is there to be told
            return
        del descriptors[0]  # whoever has the socket closes it
        alive = self._fork(control, message, descriptors, report)
        if alive:
            self._living[alive] = control.fileno(), report
            self._poll.register(alive, select.POLLIN)
        else:
            report.close()

    def _leave(self, control: socket.socket) -> None:
        number = control.fileno()
        self._poll.unregister(control)
        del self._asking[number]
        control.close()
        for alive, (asker, report) in list(self._living.items()):
            if asker == number:
                with contextlib.suppress(OSError):  # it has ended, or become another user
                    signal.pidfd_send_signal(alive, signal.SIGKILL)
                self._living[alive] = -1, report

    def _fork(
        self, control: socket.socket, message: bytes, descriptors: list[int], report: socket.socket
    ) -> int:
        """Fork a child; return a descriptor of it, or 0 where there is none."""
        try:
            request = json.loads(message)
            request["user"] = user_of(control)
            self._preload(request)
            check_forkable()
            with _pipe() as pipe:
                number = os.fork()
                if number == 0:
                    self._become_child(request, descriptors, report, pipe)
                alive = _descriptor_of(number)
                _send_event(report, f"forked {number}", [alive])
            return alive
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
        """Be the child, to the end of this process; it has nothing of the parent's or others'."""
        status = 1
        try:
            begin, told_of = pipe
            os.close(told_of)
            os.read(begin, 1)  # its end: what the child says comes after what is said of it
            os.close(begin)
            for other in (*self._asking.values(), *(report for _, report in self._living.values())):
                other.close()
            for alive in self._living:
                os.close(alive)
            if self._listener:
                self._listener.close()
            signal.signal(signal.SIGINT, signal.default_int_handler)
            if where := request.get("processors"):
                os.sched_setaffinity(0, where)
            self._child(request, descriptors, report)
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(bool(end.code))
        except BaseException as error:
            _send_event(report, f"failed {type(error).__name__}: {error}")
        finally:
            os._exit(status)


def user_of(control: socket.socket) -> tuple[int, int]:
    """Return the user and the group of who is at the other end."""
    found = control.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, group = struct.unpack("3i", found)
    return user, group


def check_forkable() -> None:
    """Look whether this process can be forked.

    Raises
    ------
    RuntimeError
        If what was imported has started a thread, or run TensorFlow, whose own threads are not
        Python's.
    """
    eager = getattr(sys.modules.get("tensorflow.python.eager.context"), "_context", None)
    if eager is not None and eager._context_handle is not None:
        raise RuntimeError("something that was imported has run TensorFlow: a fork would hang")
    if threading.active_count() > 1:
        raise RuntimeError("something that was imported has started a thread")


@contextlib.contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    """Open a pipe, and close both its ends."""
    ends = os.pipe()
    try:
        yield ends
    finally:
        for end in ends:
            os.close(end)


def _descriptor_of(number: int) -> int:
    """Return a descriptor of a child; where none can be had the child is ended."""
    try:
        return os.pidfd_open(number)
    except OSError:
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        raise


def freeze() -> None:
    """Keep what there is out of the collector's sight: looking at it would copy its pages."""
    gc.collect()
    gc.freeze()


def _child_ended(alive: int, report: socket.socket) -> None:
    """Take leave of a child that has ended."""
    found = os.waitid(os.P_PIDFD, alive, os.WEXITED)
    os.close(alive)
    status = 0
    if found:
        status = found.si_status + (0 if found.si_code == os.CLD_EXITED else 128)
    _send_event(report, f"ended {status}")
    report.close()


def _send_event(report: socket.socket, words: str, descriptors: Iterable[int] = ()) -> None:
    handed = socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors)
    with contextlib.suppress(OSError):  # who asked may be gone, or not listen
        report.sendmsg([words.encode(errors="replace")[:4000]], [handed], socket.MSG_DONTWAIT)
