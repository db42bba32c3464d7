"""The fork server that all users share: none can end it, hinder it, or take what is not theirs."""

import contextlib
import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.forkserver import client as clients
from autograder.forkserver.server.fork_server import MAX_CONNECTIONS
from autograder.kernels import install
from tests.forkserver.conftest import descendants
from tests.kernels.test_kernels import is_forked, opened
from tests.waiting import TIMEOUT, wait_until

REQUEST = json.dumps({"argv": [], "env": {}, "folder": "/"}).encode()

Server = tuple[Path, int]
"""Where it listens, and the number of its process."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Have a fork server that has imported nothing of the course's, and kernelspecs that ask it."""
    folder = tmp_path_factory.mktemp("school")
    place = folder / "kernels.sock"
    install.install(folder, str(place))
    program = subprocess.Popen([sys.executable, str(install.SERVER), "kernels", str(place)])
    wait_until(lambda: place.exists() or program.poll() is not None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder / "share" / "jupyter"))
        yield place, program.pid
    clients.close_all()
    clients._clients.clear()
    program.terminate()
    program.wait()


@contextlib.contextmanager
def connected(place: Path) -> Iterator[socket.socket]:
    """Connect, and wait until it is ready."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as control:
        control.settimeout(TIMEOUT)
        control.connect(str(place))
        assert control.recv(100) == b"ready"
        yield control


def answer(control: socket.socket, message: bytes, others: list[int]) -> list[str]:
    """Return what is said of a request until nobody says more."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        ours.settimeout(TIMEOUT)
        with theirs:
            socket.send_fds(control, [message], [theirs.fileno(), *others])
        return [event.decode() for event in iter(lambda: ours.recv(8192), b"")]


def held(process: int) -> set[int]:
    """Return the descriptors of a process."""
    return {int(name) for name in os.listdir(f"/proc/{process}/fd")}


@contextlib.contextmanager
def free(process: int, count: int) -> Iterator[None]:
    """Let a process have no more than so many further descriptors."""
    before = resource.prlimit(process, resource.RLIMIT_NOFILE)
    least = sorted(set(range(1024)) - held(process))[count]
    resource.prlimit(process, resource.RLIMIT_NOFILE, (least, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_NOFILE, before)


def test_no_client_ends_the_server_of_all(server: Server) -> None:
    place, process = server
    with connected(place) as control, open(os.devnull, "rb") as nothing:
        before = held(process)
        # Who has gone before anything is said.
        for _ in range(10):
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as other:
                other.connect(str(place))
        # What is no request.
        for garbage in (b"\xff{", b"[]", b"null", b"[" * 100_000):
            assert answer(control, garbage, [])[0].startswith("failed")
        # Nothing is imported because a client says so, and what is missing is not the server's.
        leave = json.dumps({**json.loads(REQUEST), "imports": ["unittest.__main__"]}).encode()
        reason = answer(control, leave, [nothing.fileno()] * 2)
        assert reason[0].startswith("forked")
        assert reason[1].startswith("failed ValueError")
        # No socket where one should be, and descriptors beside what is no request.
        for message in (REQUEST, b"retire", b"accept", b""):
            with connected(place) as other:
                socket.send_fds(other, [message], [nothing.fileno()] * 5)
        # Nobody listens to what is said.
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours, theirs:
            with contextlib.suppress(BlockingIOError):
                while True:
                    theirs.send(b"full", socket.MSG_DONTWAIT)
            socket.send_fds(control, [b"[]"], [theirs.fileno()])
            assert answer(control, b"[]", [])[0].startswith("failed")
        wait_until(lambda: held(process) == before)
    with opened("descent") as (_, client):
        assert is_forked(client)


def test_a_server_without_descriptors_serves_again_when_it_has_some(server: Server) -> None:
    place, process = server
    with connected(place) as control, open(os.devnull, "rb") as nothing:
        request = REQUEST, [nothing.fileno()] * 3
        with free(process, 6):  # four are handed over, a pipe has two, the child would be one more
            assert answer(control, *request)[0].startswith("failed OSError")
            assert not descendants(process)
        with free(process, 0):
            assert answer(control, *request) == []
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as other:
                other.connect(str(place))
                assert answer(control, *request) == []  # so it has seen who is at the door
    with connected(place) as control:
        assert answer(control, b"[]", [])[0].startswith("failed")


def test_a_user_has_only_so_many_connections(server: Server) -> None:
    place, _ = server
    reason = []
    with contextlib.ExitStack() as stack:
        for _ in range(MAX_CONNECTIONS + 1):
            control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            stack.enter_context(control).connect(str(place))
            reason.append(control.recv(100))
    assert reason[0] == b"ready"
    assert reason[-1] == f"it serves this user {MAX_CONNECTIONS} times already".encode()
