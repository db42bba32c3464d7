"""Seal this process and execute the candidate: the program that bubblewrap starts.

Its argument is the descriptor of a socket, from which it reads a request in JSON: `argv`, `bounds`,
and the descriptors `folder` and `pass_fds`. Arguments could be read in /proc/1/cmdline.
"""

import json
import os
import signal
import socket

from . import Bounds, close_all_but, seal


def main(descriptor: int) -> None:
    """Seal and execute; on failure send the reason to the grader outside."""
    report = socket.socket(fileno=descriptor)
    report.set_inheritable(False)
    try:
        request = json.loads(report.recv(1 << 20))
        close_all_but([*request["pass_fds"], request["folder"], descriptor])
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("1000")  # the first to be killed when the machine is out of memory
        bounds = request["bounds"]
        bounds["readable"] = tuple(bounds["readable"])
        seal(Bounds(**bounds), request["folder"], report=report)
        # A candidate may end at once. It waits until it is watched, so that its end is seen.
        report.send(b"sealed")
        os.read(descriptor, 1)
        # A shell that starts the grader in the background may have it ignore interrupts.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(request["argv"][0], request["argv"])
    except Exception as error:
        report.send(f"{type(error).__name__}: {error}".encode()[:4000])
        os._exit(1)
