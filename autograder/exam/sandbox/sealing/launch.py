"""Seal this process and become the candidate: what bubblewrap starts.

The one argument is JSON: `argv`, `bounds`, and the descriptors `folder`, `report` and `kept`.
"""

import json
import os
import socket
import sys

from . import Bounds, close_all_but, seal


def main(argument: str) -> None:
    """Seal and become; on failure say why to the one who waits outside."""
    told = json.loads(argument)
    report = socket.socket(fileno=told["report"])
    report.set_inheritable(False)
    try:
        close_all_but([*told["kept"], told["folder"], told["report"]])
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("1000")  # when the machine runs out of memory, this goes first
        bounds = told["bounds"]
        bounds["readable"] = tuple(bounds["readable"])
        seal(Bounds(**bounds), told["folder"], report=report)
        os.execv(told["argv"][0], told["argv"])
    except Exception as error:
        report.send(f"{type(error).__name__}: {error}".encode()[:4000])
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
