"""Sealing in a child forked inside a bubblewrap, as preloaded kernels do."""

import json
import os
import subprocess
import sys

from autograder.paths import ROOT
from tests.sandbox.conftest import as_user

PARENT = """
import json, os, sys
sys.path.insert(0, "/descent")
from sealing import Bounds, kernel, seal

def child():
    folder = os.open("/descent", os.O_RDONLY)
    alone = kernel.NEW_PROCESSES | kernel.NEW_NETWORK | kernel.NEW_IPC | kernel.NEW_HOSTNAME
    before = {kind: os.readlink(f"/proc/self/ns/{kind}") for kind in ("mnt", "net", "ipc", "uts")}
    here = os.open("/proc/self/ns", os.O_RDONLY)
    seal(Bounds(*json.loads(sys.argv[1])), folder, alone)
    if os.fork():
        os._exit(os.waitstatus_to_exitcode(os.wait()[1]))
    after = {kind: os.readlink(kind, dir_fd=here) for kind in before}
    try:
        kernel.call_libc("unshare", kernel.NEW_USER)
        namespaces = "made"
    except OSError as error:
        namespaces = error.errno
    print(json.dumps({
        "pid": os.getpid(), "uid": os.getuid(),
        "proc": sorted(os.listdir("/proc")), "self": sorted(os.listdir("/proc/self")),
        "shared": [kind for kind in before if before[kind] == after[kind]],
        "folder": os.listdir("."), "namespaces": namespaces,
    }), flush=True)
    os._exit(0)

for _ in range(2):
    if not os.fork():
        child()
    os.wait()
print(json.dumps(len(os.listdir("/submission"))), flush=True)
"""

OUTER = """
import json, subprocess, sys
from autograder.exam.limits import Limits
from autograder.sandbox import bubblewrap, starting
asked, readable = bubblewrap.arguments([], {})
command = ["bwrap", *asked, "--", sys.executable, "-I", "-S", "-c", sys.argv[1]]
subprocess.run([*command, json.dumps(starting.bounds(Limits(), readable))], check=True)
"""


def test_each_child_is_alone(user: str) -> None:
    done = subprocess.run(
        as_user(user, [sys.executable, "-c", OUTER, PARENT]),
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": "/tmp"},
        check=False,
    )
    *children, left = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(children) == 2, done.stderr
    for child in children:
        assert child == {
            "pid": 1, "uid": 1000, "shared": [],
            "proc": ["cpuinfo", "self"], "self": ["cmdline", "exe"],
            "folder": ["sealing"], "namespaces": 1,
        }  # fmt: skip
    assert left == 0  # what a child writes is in a scratch space of its own
