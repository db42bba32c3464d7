"""Parents lent to other processes: one for all, and no child outlives who asked for it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder import paths
from autograder.exam.process import Unconfined
from autograder.forkserver import candidates, examiners, sharing
from autograder.forkserver.client import ForkServerClient, NoForkServerError
from autograder.plugins import shared_servers
from autograder.sandbox import Sandbox
from tests.forkserver.conftest import descendants

ATTACHED = """
import os, sys
from autograder.forkserver.sharing import attach
from autograder.plugins import shared_servers
from tests.exam.conftest import graded, locked, passed, student
from tests.forkserver.conftest import descendants
from tests.forkserver.test_servers import CELLS, run, printed

attach(sys.argv[1])
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
where = student("print(sorted(os.sched_getaffinity(0)))")
"""

Attach = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def attach(fresh: None) -> Iterator[Attach]:
    """Lend the parents of examinations to processes that run a text."""
    parents = shared_servers.fork_servers(Sandbox(), heavy=False)
    assert set(parents) == {candidates.name(False), examiners.name(False)}
    started: list[subprocess.Popen[str]] = []
    with sharing.share(parents) as folder:
        assert Path(folder).stat().st_mode & 0o777 == 0o700

        def begin(text: str) -> "subprocess.Popen[str]":
            started.append(
                subprocess.Popen(
                    [sys.executable, "-c", ATTACHED + text, folder],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                    cwd=paths.ROOT,
                )
            )
            return started[-1]

        yield begin
        for each in started:
            each.kill()
            each.communicate()
    assert not Path(folder).exists()


def test_examinations_of_several_processes_have_one_parent_each_side(attach: Attach) -> None:
    text = (
        "for _ in range(2):\n"
        "    examined = run(*CELLS, where)\n"
        "    assert not examined.reasons and passed(examined.notebook.cells[2])\n"
        "print(printed(examined, 3), len(descendants()))\n"
    )
    several = [attach(text) for _ in range(2)]
    for each in several:
        out, err = each.communicate(timeout=120)
        # It runs where its asker does, and is no child of the asker's.
        assert out.split("\n")[0] == f"[{min(os.sched_getaffinity(0))}] 0", err


def test_the_children_of_one_who_was_killed_end_and_the_parents_serve_on(attach: Attach) -> None:
    first = attach("print(passed(run().notebook.cells[2]))")
    assert first.communicate(timeout=120)[0] == "True\n"
    idle = descendants().keys() - {first.pid}
    endless = attach("print('begun', flush=True)\nrun(student('while True: pass'))")
    assert endless.stdout
    assert endless.stdout.readline() == "begun\n"
    until = time.monotonic() + 60
    while len(descendants()) < len(idle) + 4 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(descendants()) >= len(idle) + 4  # asker, examiner, candidate with its first process
    endless.send_signal(signal.SIGKILL)
    endless.wait()
    while descendants().keys() - idle and time.monotonic() < until:
        time.sleep(0.05)
    assert descendants().keys() == idle
    again = attach("print(passed(run().notebook.cells[2]))")
    assert again.communicate(timeout=120)[0] == "True\n"


def test_a_lent_parent_that_died_is_started_again_for_who_borrows(attach: Attach) -> None:
    asker = attach(
        "while input() != 'end':\n    print(passed(run().notebook.cells[2]), flush=True)"
    )

    def asked() -> str:
        assert asker.stdin
        assert asker.stdout
        asker.stdin.write("go\n")
        asker.stdin.flush()
        return asker.stdout.readline()

    assert asked() == "True\n"
    died = [candidates.fork_server(Sandbox(), False), examiners.fork_server(False)]
    before = [parent._ready() for parent in died]
    for number in descendants():
        command = Path(f"/proc/{number}/cmdline").read_bytes()
        if b"forkserver.examiners" in command or b"forkserver/server" in command:
            os.kill(number, signal.SIGKILL)
    assert asked() == "True\n"
    assert all(parent._ready() is not old for parent, old in zip(died, before, strict=True))


def test_who_borrows_is_told_why_there_can_be_no_parent() -> None:
    with sharing.share({"none": _never()}) as folder:
        sharing.attach(folder)
        try:
            borrowed = sharing.attached_or("none", lambda: pytest.fail("it is there"))
            with pytest.raises(NoForkServerError, match="it cannot be started today"):
                borrowed.fork({}, [])
            borrowed.close()
            assert sharing.attached_or("another", lambda: "made") == "made"
        finally:
            sharing.attach("")


def _never() -> ForkServerClient:
    def start(_: object) -> "subprocess.Popen[bytes]":
        raise RuntimeError("it cannot be started today")

    return ForkServerClient("a parent", start, watch=False)


def test_students_who_are_trusted_need_no_parent_of_candidates() -> None:
    assert set(shared_servers.fork_servers(Unconfined(), heavy=True)) == {
        examiners.name(False),
        examiners.name(True),
    }
