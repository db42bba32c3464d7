"""Seal this process and become the candidate: what bubblewrap starts.

The one argument is the descriptor of a socket, on which comes JSON: `argv`, `bounds`, and the
descriptors `folder` and `kept`. What came as an argument could be read in /proc/1/cmdline.
"""

import json
import os
import socket

from . import Bounds, close_all_but, seal


def main(descriptor: int) -> None:
    """Seal and become; on failure say why to the one who waits outside."""
    report = socket.socket(fileno=descriptor)
    report.set_inheritable(False)
    try:
        request = json.loads(report.recv(1 << 20))
        close_all_but([*request["kept"], request["folder"], descriptor])
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("1000")  # when the machine runs out of memory, this goes first
        bounds = request["bounds"]
        bounds["readable"] = tuple(bounds["readable"])
        seal(Bounds(**bounds), request["folder"], report=report)
        os.execv(request["argv"][0], request["argv"])
    except Exception as error:
        report.send(f"{type(error).__name__}: {error}".encode()[:4000])
        os._exit(1)
