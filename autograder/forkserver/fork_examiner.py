"""Fork examiners: their fork server has imported the hidden tests and run the right answers."""

import functools
import os
import socket
import subprocess
import sys
from pathlib import Path

from autograder.exam.limits import Limits
from autograder.exam.process import examiner_environment
from autograder.forkserver.child import ForkedProcessGroup
from autograder.forkserver.client import ForkServerClient, client_for
from autograder.forkserver.requirements import TENSORFLOW, Requirements
from autograder.forkserver.sharing import attached_or

PROGRAM = "autograder.forkserver.examiner_server"


def fork_examiner(
    connection: socket.socket, folder: Path, limits: Limits, requirements: Requirements
) -> ForkedProcessGroup:
    """Fork an examiner that serves `connection` and works in `folder`.

    Raises
    ------
    NoForkServerError
        If no fork server is available.
    """
    request = {
        "imports": requirements.imports,
        "message_limits": [limits.message, limits.references],
        "env": examiner_environment(),  # the school's secret may be among them
    }
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        server = fork_server(requirements.tensorflow)
        return ForkedProcessGroup(server.fork(request, [connection.fileno(), place]))
    finally:
        os.close(place)


def fork_server(tensorflow: bool) -> ForkServerClient:
    """Return this process's client of the examiners' fork server, with TensorFlow or without."""
    name = server_name(tensorflow)
    make = functools.partial(ForkServerClient, name, functools.partial(_start, tensorflow))
    return client_for(lambda: attached_or(name, make), "examiners", tensorflow)


def server_name(tensorflow: bool) -> str:
    """Return the name of that fork server."""
    return "examiners' fork server" + (" with TensorFlow" if tensorflow else "")


def _start(tensorflow: bool, control: socket.socket) -> "subprocess.Popen[bytes]":
    modules = TENSORFLOW if tensorflow else ()
    return subprocess.Popen(
        # -P: nothing is imported from the working directory.
        [sys.executable, "-P", "-m", PROGRAM, str(control.fileno()), *modules],
        env=examiner_environment(),
        pass_fds=[control.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd="/",
    )
