"""Run code in the sandbox and report: a program, so that tests can call it as another user.

Reads one JSON line: `code`, `limits`, and what to `do`: "wait", or "kill" or "interrupt" once the
code has reported a first value. Inside, `say(value)` reports a value. Writes one JSON line.
"""

import contextlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from autograder.exam.limits import Limits
from autograder.sandbox import Sandbox

PREAMBLE = """
import json, os, sys, traceback
_out = open({descriptor}, "w")
def say(value):
    print(json.dumps(value, default=repr), file=_out, flush=True)
try:
    exec(compile({code!r}, "inside", "exec"), dict(say=say, out={descriptor}))
except BaseException:
    say(traceback.format_exc())
    raise
"""


def main() -> None:
    """Do what standard input asks for."""
    asked = json.loads(sys.stdin.readline())
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "data.txt").write_text("data", encoding="utf-8")
        os.symlink("/etc/shadow", Path(folder, "link"))
        start_sandboxed = time.monotonic()
        candidate = Sandbox().start(
            [sys.executable, "-I", "-c", PREAMBLE.format(descriptor=writing, code=asked["code"])],
            folder=Path(folder),
            pass_fds=(writing,),
            limits=Limits(**asked["limits"]),
        )
        ready = time.monotonic() - start_sandboxed
        os.close(writing)
        with open(reading, encoding="utf-8") as report:
            first = ""
            if asked["do"] != "wait":
                first = report.readline()
                getattr(candidate, asked["do"])()
            status = candidate.wait(120)
            took = time.monotonic() - start_sandboxed
            written = sorted(os.listdir(folder))
            reported = (first + report.read()).splitlines()
    with contextlib.suppress(ProcessLookupError):
        os.kill(candidate.pid, 0)
        raise SystemExit(f"the candidate {candidate.pid} is still there")
    report = {
        "status": status,
        "ending": candidate.ending.name if candidate.ending else None,
        "peak": candidate.peak,
        "ready": ready,
        "took": took,
        "written": written,
        "reported": [json.loads(line) for line in reported],
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
