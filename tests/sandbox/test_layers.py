"""Each inner layer of the sandbox alone, in a process that has no other."""

import errno
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograder.paths import ROOT
from autograder.sandbox.sealing import landlock, seccomp

COLUMN = list(seccomp.ARCHITECTURES).index(os.uname().machine)


def alone(layer: str, code: str) -> list:
    """Apply one layer in a new process, run code under it, return what it reported."""
    program = (
        "import json, os, socket, ctypes, errno\n"
        "from autograder.sandbox.sealing import kernel, landlock, seccomp\n"
        "reported = []\n"
        "def refused(call, *arguments):\n"
        "    try:\n        call(*arguments)\n    except OSError as error:\n"
        "        reported.append(error.errno)\n    else:\n        reported.append(0)\n"
        f"{textwrap.dedent(layer)}\n{textwrap.dedent(code)}\nprint(json.dumps(reported))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("calls", "error"), [(seccomp.REFUSED, errno.EPERM), (seccomp.UNKNOWN, errno.ENOSYS)]
)
def test_calls_are_refused(calls: dict, error: int) -> None:
    numbers = [numbers[COLUMN] for numbers in calls.values() if numbers[COLUMN] is not None]
    code = f"for n in {numbers}: refused(kernel.system_call, n, -1, -1, -1, -1, -1, -1)"
    given = alone("seccomp.install()", code)
    names = [name for name, numbers in calls.items() if numbers[COLUMN] is not None]
    assert dict(zip(names, given, strict=True)) == dict.fromkeys(names, error)


def test_sockets_other_than_unix_are_refused() -> None:
    families = (
        "(socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, socket.AF_ALG)"
    )
    code = f"""
        for f in {families}: refused(socket.socket, f, socket.SOCK_DGRAM)
        socket.socketpair()
        """
    assert alone("seccomp.install()", code) == [errno.EAFNOSUPPORT] * 5


def test_new_namespaces_are_refused_and_threads_are_not() -> None:
    code = f"""
        refused(kernel.system_call, {seccomp.CLONE[COLUMN]}, kernel.NEW_USER | 17, 0, 0, 0, 0)
        refused(kernel.system_call, {seccomp.CLONE[COLUMN]}, 0x10900, 0, 0, 0, 0)
        import threading, subprocess, sys
        t = threading.Thread(target=reported.append, args=(7,))
        t.start(); t.join()
        reported.append(subprocess.run([sys.executable, '-S', '-c', '']).returncode)
        """
    assert alone("seccomp.install()", code) == [errno.EPERM, errno.EPERM, 7, 0]


def test_typing_into_a_terminal_is_refused() -> None:
    code = """
        import fcntl, os
        m, s = os.openpty()
        for r in (0x5412, 0x541C): refused(fcntl.ioctl, s, r, b'x')
        """
    assert alone("seccomp.install()", code) == [errno.EPERM] * 2


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_filter_is_well_formed(machine: str) -> None:
    program = seccomp.program(machine)
    assert len(program) < 4096
    for place, (code, when_true, when_false, _) in enumerate(program):
        if code in (seccomp.JUMP_EQUAL, seccomp.JUMP_AT_LEAST, seccomp.JUMP_BITS):
            assert place + 1 + max(when_true, when_false) < len(program)
    assert program[-1] == (seccomp.RETURN, 0, 0, seccomp.ALLOW)


def test_other_machines_are_refused() -> None:
    with pytest.raises(OSError, match="riscv64"):
        seccomp.program("riscv64")


def test_landlock_hides_files(tmp_path: Path) -> None:
    assert landlock.version(), (
        "this machine's kernel has no Landlock, so this layer cannot be tested"
    )
    for name in ("shown", "hidden", "writable"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("x")
    code = f"""
        for mode in ('r', 'a'):
            for n in ('shown', 'hidden', 'writable'):
                refused(open, {str(tmp_path)!r} + f'/{{n}}/file', mode)
        """
    layer = f"landlock.restrict([{str(tmp_path)!r} + '/shown'], [{str(tmp_path)!r} + '/writable'])"
    assert alone(layer, code) == [0, 13, 0, 13, 13, 0]


def test_landlock_refuses_signals_and_tcp() -> None:
    assert landlock.version() >= landlock.SCOPES_SINCE
    code = """
        refused(os.kill, os.getppid(), 0)
        refused(socket.socket().connect, ('127.0.0.1', 9))
        refused(os.kill, os.getpid(), 0)
        """
    assert alone("landlock.restrict([], [])", code) == [errno.EPERM, errno.EACCES, 0]


def test_descriptors_are_closed() -> None:
    code = """
        close_all_but([open_one, 2, 1])
        refused(os.fstat, closed_one)
        refused(os.fstat, open_one)
        """
    layer = "from autograder.sandbox.sealing import close_all_but\nclosed_one, open_one = os.pipe()"
    assert alone(layer, code) == [errno.EBADF, 0]


def test_capabilities_are_given_up() -> None:
    code = "reported += [l.split()[1] for l in status() if l.startswith(('Cap', 'NoNew'))]"
    layer = """
        status = lambda: list(open('/proc/self/status'))
        kernel.drop_capabilities()
        """
    assert set(alone(layer, code)) <= {"0" * 16, "1", *_bounding()}


def _bounding() -> set[str]:
    """Return the bounding set, which only root can lower."""
    if os.geteuid() == 0:
        return set()
    lines = Path("/proc/self/status").read_text().splitlines()
    return {line.split()[1] for line in lines if line.startswith("CapBnd")}
