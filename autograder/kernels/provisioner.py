"""A kernel provisioner that forks kernels; a kernelspec names it."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import List, Unicode

from autograder.exam.process import INTERPRETER_ENVIRONMENT
from autograder.forkserver.child import ForkedProcessGroup, receive_event
from autograder.forkserver.client import (
    SERVER,
    AttachedForkServer,
    ForkServerClient,
    NoForkServerError,
    ServerLauncher,
    client_for,
    fork_or_none,
)

log = logging.getLogger(__name__)

LAUNCHER = ["-m", "ipykernel_launcher"]

ONE_THREAD = {
    name: value for name, value in INTERPRETER_ENVIRONMENT.items() if name.endswith("_THREADS")
}
"""A thread each for NumPy's sums and TensorFlow's, as while grading. Students share the cores: with
one for each core a kernel costs more processor time and is ready no sooner."""


class ForkedProvisioner(LocalProvisioner):
    """Forks kernels from a fork server; starts ordinary ones if none is available."""

    preload = List(Unicode(), help="Modules that the fork server imports before it forks.").tag(
        config=True
    )
    socket = Unicode(
        help="Path of the socket of a fork server for all users (`autograder kernels serve`)."
    ).tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel if `cmd` is ipykernel's command, else start the command."""
        command = (cmd, kwargs)
        loop = asyncio.get_running_loop()
        process = None
        if self._is_ipykernel(cmd):
            process = await loop.run_in_executor(None, fork_or_none, self._fork, command)
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]  # has the methods that Jupyter calls
        self.pid = self.pgid = process.pid
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info

    @staticmethod
    def _is_ipykernel(cmd: list[str]) -> bool:
        same = os.path.realpath(cmd[0]) == os.path.realpath(sys.executable)
        return same and cmd[1:3] == LAUNCHER

    def _fork(self, command: tuple[list[str], dict[str, Any]]) -> ForkedProcessGroup:
        cmd, kwargs = command
        request = {
            "argv": ["ipykernel_launcher", *cmd[3:]],
            "env": dict(kwargs.get("env") or os.environ),
            "folder": str(kwargs.get("cwd") or os.getcwd()),
        }
        with open(os.devnull, "rb") as nothing:
            child = self._fork_server(cmd[0]).fork(request, [nothing.fileno(), 1, 2])
        event = receive_event(child.report)
        if event.name != "started":
            os.close(child.pidfd)
            child.report.close()
            raise NoForkServerError(f"a kernel did not start: {event.detail or event.name}")
        return ForkedProcessGroup(child)

    def _fork_server(self, python: str) -> ForkServerClient:
        if self.socket:
            place = self.socket
            return client_for(
                lambda: AttachedForkServer("all users' fork server of kernels", place),
                "kernels",
                place,
            )
        start = _launcher([python, str(SERVER), "kernels"], self.preload)
        return client_for(
            lambda: ForkServerClient("kernels' fork server", start, watch=False),
            "kernels",
            *self.preload,
        )


def _launcher(command: list[str], modules: list[str]) -> ServerLauncher:
    """Return what starts that fork server."""

    def start(control: socket.socket) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*command, str(control.fileno()), *modules],
            pass_fds=[control.fileno()],
            env={**ONE_THREAD, **os.environ},  # NumPy looks once, when it is imported
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    return start
