"""The program of the examiners' fork server: `python -P -m … CONTROL MODULE…`.

It imports hidden tests and runs right answers once, before it forks; unlike the fork servers in
`server/` it is staff's, and no sandbox shows it.
"""

import contextlib
import os
import socket
import sys
from types import ModuleType
from typing import Any

from autograder.authoring.reference import namespace
from autograder.exam.examiner import ExaminerShell, run_examiner
from autograder.exam.guest.shell import preload_shell
from autograder.forkserver.requirements import needs_tensorflow
from autograder.forkserver.server.fork_server import ForkServer, freeze, preload
from autograder.hidden_tests import hidden_test

HIDDEN_TESTS = "autograder.hidden_tests"


def _preload_for(request: dict[str, Any]) -> None:
    """Import what the notebook imports, and compute what its hidden tests compare with."""
    os.environ.clear()
    os.environ.update(request["env"])
    fresh = preload(request["imports"])
    for name in request["imports"]:
        module = sys.modules.get(name)
        if name.startswith(f"{HIDDEN_TESTS}.") and module:
            fresh |= _prepare_tests(module)
    if fresh:
        freeze()


def _prepare_tests(module: ModuleType) -> bool:
    """Run right answers for the hidden tests of a unit; return whether that was not done before.

    Answers that would run TensorFlow, which must not run before a fork, are defined only. Their
    outcomes are cached in the classroom by the first examination that needs them.
    """
    tests = [test for test in vars(module).values() if isinstance(test, hidden_test.HiddenTest)]
    fresh = False
    with contextlib.suppress(Exception):  # the test itself will report what is wrong with it
        units = {test.check.unit for test in tests}
        for unit in units:
            namespace(unit)
        fresh = hidden_test.prepare(tests, compute=not any(map(needs_tensorflow, units)))
    return fresh


def _examine(request: dict[str, Any], descriptors: list[int], report: socket.socket) -> None:
    """Run an examiner in a forked child."""
    connection, folder = descriptors
    report.close()
    os.setsid()
    os.fchdir(folder)
    os.close(folder)
    run_examiner(connection, *request["message_limits"])


def main() -> None:
    """Run the fork server on the descriptor that the first argument names."""
    descriptor, *modules = sys.argv[1:]
    sys.argv = [""]
    control = socket.socket(fileno=int(descriptor))
    preload(modules)
    preload_shell(ExaminerShell)
    ForkServer(_preload_for, _examine).serve(control)


if __name__ == "__main__":
    main()
