"""A warmed parent at work: it forks a child for each request, and says how each child ended.

Requests come over one socket, as JSON with descriptors beside it. The first descriptor is a socket
of that request alone; what becomes of the child is said there:

- `forked PID`, with a descriptor (pidfd) of the child;
- what the child itself says;
- `ended STATUS` when it is over, or `failed WHY` when there was no child to begin with.

The parent has one thread, whatever it imported: a fork takes only the thread that calls it along.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

MOST = 1 << 20
"""Bytes a request may have."""
IDLE = 900_000
"""Milliseconds after which a parent that has no children ends itself; the next request starts one
anew."""

Warm = Callable[[dict[str, Any]], None]
"""Takes a request and imports what it will need."""
Child = Callable[[dict[str, Any], list[int], socket.socket], None]
"""Takes a request, its descriptors and its socket, and is the child."""


def preload(names: Iterable[str]) -> bool:
    """Import modules; those that cannot be had are the child's to miss. Return whether any is new.

    Importing must not run anything: after TensorFlow's first operation a fork hangs.
    """
    before = len(sys.modules)
    for name in names:
        if name not in sys.modules:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    return len(sys.modules) > before


def serve(control: socket.socket, warm: Warm, child: Child) -> None:
    """Fork children until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for those who grade, not for what they use
    poll = select.poll()
    poll.register(control, select.POLLIN)
    living: dict[int, tuple[int, socket.socket]] = {}
    freeze()
    control.send(b"ready")
    while True:
        came = poll.poll(None if living else IDLE)
        if not came:
            return
        for descriptor, _ in came:
            if descriptor == control.fileno():
                message, descriptors, _, _ = socket.recv_fds(control, MOST, 16)
                if not message:
                    return
                report = socket.socket(fileno=descriptors[0])
                begun = _begin(json.loads(message), descriptors[1:], report, warm, child)
                if begun:
                    living[begun] = begun, report
                    poll.register(begun, select.POLLIN)
            else:
                _, report = living.pop(descriptor)
                poll.unregister(descriptor)
                _over(descriptor, report)


def freeze() -> None:
    """Keep what there is out of the collector's sight: looking at it would copy its pages."""
    gc.collect()
    gc.freeze()


def _begin(
    told: dict[str, Any], descriptors: list[int], report: socket.socket, warm: Warm, child: Child
) -> int:
    """Fork a child; return a descriptor of it, or 0 where there is none."""
    try:
        warm(told)
        if threading.active_count() > 1:
            raise RuntimeError("something that was imported has started a thread")
        number = os.fork()
    except Exception as error:
        _say(report, f"failed {type(error).__name__}: {error}")
        number = -1
    if number == 0:
        _be(child, told, descriptors, report)
    for descriptor in descriptors:
        os.close(descriptor)
    if number < 0:
        report.close()
        return 0
    alive = os.pidfd_open(number)
    _say(report, f"forked {number}", [alive])
    return alive


def _be(child: Child, told: dict[str, Any], descriptors: list[int], report: socket.socket) -> None:
    """Be the child, to the end of this process."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        child(told, descriptors, report)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException as error:
        _say(report, f"failed {type(error).__name__}: {error}")
    finally:
        os._exit(status)


def _over(alive: int, report: socket.socket) -> None:
    """Take leave of a child that has ended."""
    found = os.waitid(os.P_PIDFD, alive, os.WEXITED)
    os.close(alive)
    status = 0
    if found:
        status = found.si_status + (0 if found.si_code == os.CLD_EXITED else 128)
    _say(report, f"ended {status}")
    report.close()


def _say(report: socket.socket, words: str, descriptors: Iterable[int] = ()) -> None:
    with contextlib.suppress(OSError):  # who asked may be gone
        socket.send_fds(report, [words.encode(errors="replace")[:4000]], list(descriptors))
