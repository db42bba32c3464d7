"""Forked examiners: their parent has the laws of the units, and what right answers give.

Run as a program (`python -P -m autograder.forkserver.examiners CONTROL MODULE…`) it is that parent.
"""

import contextlib
import functools
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.exam.process import examiner_environment
from autograder.forkserver.child import ForkedProcessGroup
from autograder.forkserver.client import ForkServerClient, client_for
from autograder.forkserver.requirements import HEAVY, Needs, is_heavy
from autograder.forkserver.sharing import attached_or

HIDDEN_TESTS = "autograder.hidden_tests"


def fork(
    wire: socket.socket, folder: Path, environment: dict[str, str], bounds: list[int], has: Needs
) -> ForkedProcessGroup:
    """Fork an examiner that serves `wire` and works in `folder`.

    Parameters
    ----------
    wire : socket.socket
    folder : Path
    environment : dict of str to str
        Its variables; the school's secret may be among them.
    bounds : list of int
        Of a message, and of references; see `Limits`.
    has : Needs

    Raises
    ------
    NoForkServerError
        If there is no fork server to be had.
    """
    request = {"imports": has.imports, "bounds": bounds, "env": environment}
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        return ForkedProcessGroup(fork_server(has.heavy).fork(request, [wire.fileno(), place]))
    finally:
        os.close(place)


def fork_server(heavy: bool) -> ForkServerClient:
    """Return the parent of examiners, with TensorFlow or without."""
    called = name(heavy)
    make = functools.partial(ForkServerClient, called, functools.partial(_start, heavy))
    return client_for(lambda: attached_or(called, make), "examiners", heavy)


def name(heavy: bool) -> str:
    """Return what that parent is called."""
    return "the parent of examiners" + (" with TensorFlow" if heavy else "")


def _start(heavy: bool, control: socket.socket) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        # -P: nothing is imported from the folder this is started in.
        [sys.executable, "-P", "-m", __name__, str(control.fileno()), *(HEAVY if heavy else ())],
        env=examiner_environment(),
        pass_fds=[control.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd="/",
    )


def _preload(request: dict[str, Any]) -> None:
    """Import what the notebook imports, and let its laws know what right answers give."""
    from autograder.forkserver.server import serve

    os.environ.clear()
    os.environ.update(request["env"])
    fresh = serve.preload(request["imports"])
    for name in request["imports"]:
        module = sys.modules.get(name)
        if name.startswith(f"{HIDDEN_TESTS}.") and module:
            fresh |= _valued(module)
    if fresh:
        serve.freeze()


def _valued(module: ModuleType) -> bool:
    """Have at hand what right answers give to the hidden tests of a unit; return whether it is new.

    Answers that would run TensorFlow, which must not run before a fork, are defined but not
    computed here; what those give is kept in the classroom by the first examination that asks.
    """
    from autograder.authoring.reference import namespace
    from autograder.hidden_tests import hidden_test

    tests = [test for test in vars(module).values() if isinstance(test, hidden_test.HiddenTest)]
    fresh = False
    with contextlib.suppress(Exception):  # the test itself will say what is wrong with it
        units = {test.check.unit for test in tests}
        for unit in units:
            namespace(unit)
        fresh = hidden_test.prepare(tests, compute=not any(map(is_heavy, units)))
    return fresh


def _examine(request: dict[str, Any], descriptors: list[int], report: socket.socket) -> None:
    """Be an examiner."""
    from autograder.exam.examiner import serve

    wire, folder = descriptors
    report.close()
    os.setsid()
    os.fchdir(folder)
    os.close(folder)
    serve(wire, *request["bounds"])


def main() -> None:
    """Be the parent of examiners."""
    from autograder.exam import examiner
    from autograder.exam.guest import shell
    from autograder.forkserver.server import serve

    descriptor, *modules = sys.argv[1:]
    sys.argv = [""]
    control = socket.socket(fileno=int(descriptor))
    serve.preload(["autograder.hidden_tests.hidden_test", *modules])
    shell.prepare(examiner.ExaminerShell)
    serve.ForkServer(_preload, _examine).serve(control)


if __name__ == "__main__":
    main()
