"""The parent of candidates: it lives in one sandbox, and each child seals itself in one more."""

import os
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

import guest.candidate  # type: ignore[import-not-found]
import guest.shell  # type: ignore[import-not-found]
import sealing  # type: ignore[import-not-found]
from sealing import kernel

from . import serve as serving

ALONE = kernel.NEW_PROCESSES | kernel.NEW_NETWORK | kernel.NEW_IPC | kernel.NEW_HOSTNAME


def serve(control: socket.socket, modules: Sequence[str]) -> None:
    """Import modules, and fork candidates until nobody asks any more."""
    control.set_inheritable(False)
    # Writable for this parent alone: what a child mounts when it seals itself covers it.
    temporary = sealing.scratch.TEMPORARY, sealing.scratch.OTHER_TEMPORARY
    tempfile.tempdir = next(place for place in temporary if os.access(place, os.W_OK))
    serving.preload(modules)
    guest.shell.preload_shell(guest.shell.Shell)
    serving.ForkServer(preload_for, candidate).serve(control)


def preload_for(request: dict[str, Any]) -> None:
    """Import what a notebook of this kind imports."""
    if serving.preload(request["imports"]):
        serving.freeze()


def candidate(request: dict[str, Any], descriptors: list[int], report: socket.socket) -> None:
    """Shut this process in, then be the candidate; nothing of a student's is read before."""
    wire = descriptors[0]
    sealing.close_all_but([*descriptors, report.fileno()])
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")  # when the machine runs out of memory, this goes first
    bounds = request["bounds"]
    bounds["readable"] = tuple(bounds["readable"])
    sealing.seal(sealing.Bounds(**bounds), descriptors[1], ALONE, report)
    _be_first(wire, report)
    report.send(b"begun")
    report.close()
    tempfile.tempdir = None
    sys.path.insert(0, "")
    guest.candidate.run_candidate(wire, *request["wire"])


def _be_first(wire: int, report: socket.socket) -> None:
    """Fork twice; return in the second process of the new namespace.

    The first one is not the student's: its end is the end of all others, it takes over those whose
    parents have ended, and signals from inside do not reach it. This process waits outside, and
    ends the first one where whoever asked is gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    over, living = os.pipe()  # open for writing in the first one alone
    first = os.fork()
    if first:
        os.close(wire)
        os.close(living)
        watch = select.poll()
        watch.register(report, 0)  # nothing comes there but its end
        watch.register(over, 0)
        if watch.poll()[0][0] == report.fileno():
            os.kill(first, signal.SIGKILL)
        os._exit(_wait_for(first))
    os.close(over)
    second = os.fork()
    if second:
        os.close(wire)
        report.close()
        os._exit(_wait_for(second))
    os.close(living)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _wait_for(number: int) -> int:
    """Wait until a child ends, and take in others that end meanwhile; return its status."""
    while True:
        ended, status = os.wait()
        if ended == number:
            code = os.waitstatus_to_exitcode(status)
            return 128 - code if code < 0 else code
