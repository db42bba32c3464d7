"""The candidates' fork server: it lives in one sandbox, and each child seals itself in another."""

import os
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

import guest.candidate
import guest.shell
import sealing
from sealing import kernel

from .fork_server import ForkServer, freeze, preload

CHILD_NAMESPACES: int = (
    kernel.NEW_PROCESSES | kernel.NEW_NETWORK | kernel.NEW_IPC | kernel.NEW_HOSTNAME
)


def serve_candidates(control: socket.socket, modules: Sequence[str]) -> None:
    """Import modules, then fork candidates until `control` is closed."""
    control.set_inheritable(False)
    # Writable for this process only: a child covers it when it seals itself.
    temporary = sealing.scratch.TEMPORARY, sealing.scratch.OTHER_TEMPORARY
    tempfile.tempdir = next(place for place in temporary if os.access(place, os.W_OK))
    preload(modules)
    guest.shell.preload_shell(guest.shell.Shell)
    ForkServer(_preload_for, _become_candidate).serve(control)


def _preload_for(request: dict[str, Any]) -> None:
    """Import what the notebook imports."""
    if preload(request["imports"]):
        freeze()


def _become_candidate(
    request: dict[str, Any], descriptors: list[int], report: socket.socket
) -> None:
    """Seal this process, then run the candidate; nothing of a student's is read before."""
    connection = descriptors[0]
    sealing.close_all_but([*descriptors, report.fileno()])
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")  # the first to be killed when the machine is out of memory
    bounds = request["bounds"]
    bounds["readable"] = tuple(bounds["readable"])
    sealing.seal(sealing.Bounds(**bounds), descriptors[1], CHILD_NAMESPACES, report)
    _enter_process_namespace(connection, report)
    report.send(b"started")
    report.close()
    tempfile.tempdir = None
    sys.path.insert(0, "")
    guest.candidate.run_candidate(connection, *request["message_limits"])


def _enter_process_namespace(connection: int, report: socket.socket) -> None:
    """Fork twice; return in the second process of the new namespace.

    The first one is not the student's: when it ends the kernel ends all others, it adopts those
    whose parents have ended, and signals from inside do not reach it. This process waits outside,
    and kills the first one when the client closes its end of `report`.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    ended, held = os.pipe()  # open for writing in the first one only
    first = os.fork()
    if first:
        os.close(connection)
        os.close(held)
        watch = select.poll()
        watch.register(report, 0)  # reports nothing but its end
        watch.register(ended, 0)
        if watch.poll()[0][0] == report.fileno():
            os.kill(first, signal.SIGKILL)
        os._exit(_wait_for(first))
    os.close(ended)
    second = os.fork()
    if second:
        os.close(connection)
        report.close()
        os._exit(_wait_for(second))
    os.close(held)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _wait_for(pid: int) -> int:
    """Wait until a child ends, reaping others that end meanwhile; return its status."""
    while True:
        ended, status = os.wait()
        if ended == pid:
            code = os.waitstatus_to_exitcode(status)
            return 128 - code if code < 0 else code
