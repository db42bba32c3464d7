"""Jupyter's way to a forked kernel: a provisioner that a kernelspec names."""

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

from autograder.forkserver.child import ForkedProcessGroup, receive
from autograder.forkserver.client import (
    SERVER,
    AttachedForkServer,
    ForkServerClient,
    NoForkServerError,
    client_for,
    fork_or_none,
)

log = logging.getLogger(__name__)

LAUNCHER = ["-m", "ipykernel_launcher"]


class ForkedProvisioner(LocalProvisioner):
    """Forks kernels from a fork server; where there can be none, starts ordinary ones."""

    preload = List(Unicode(), help="Modules that the parent imports before it forks.").tag(
        config=True
    )
    socket = Unicode(
        help="Where a parent listens that serves all users (`autograder kernels serve`)."
    ).tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel where `cmd` is ipykernel's, else start what it says."""
        launch = (cmd, kwargs)
        loop = asyncio.get_running_loop()
        process = None
        if self._known(cmd):
            process = await loop.run_in_executor(None, fork_or_none, self._fork, launch)
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process
        self.pid = self.pgid = process.pid
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info

    @staticmethod
    def _known(cmd: list[str]) -> bool:
        same = os.path.realpath(cmd[0]) == os.path.realpath(sys.executable)
        return same and cmd[1:3] == LAUNCHER

    def _fork(self, launch: tuple[list[str], dict[str, Any]]) -> ForkedProcessGroup:
        cmd, kwargs = launch
        request = {
            "argv": ["ipykernel_launcher", *cmd[3:]],
            "env": dict(kwargs.get("env") or os.environ),
            "folder": str(kwargs.get("cwd") or os.getcwd()),
        }
        with open(os.devnull, "rb") as nothing:
            child = self._parent(cmd[0]).fork(request, [nothing.fileno(), 1, 2])
        event, detail, _, _ = receive(child.report)
        if event != "begun":
            os.close(child.alive)
            child.report.close()
            raise NoForkServerError(f"a kernel did not begin: {detail or event}")
        return ForkedProcessGroup(child)

    def _parent(self, python: str) -> ForkServerClient:
        if self.socket:
            place = self.socket
            return client_for(
                lambda: AttachedForkServer("the parent of all kernels", place), "kernels", place
            )
        start = _starting([python, str(SERVER), "kernels"], self.preload)
        return client_for(
            lambda: ForkServerClient("the parent of kernels", start, watch=False),
            "kernels",
            *self.preload,
        )


def _starting(command: list[str], modules: list[str]) -> Any:
    def start(control: socket.socket) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*command, str(control.fileno()), *modules],
            pass_fds=[control.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    return start
