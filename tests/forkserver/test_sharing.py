"""Fork servers shared with other processes: one for all, and no child outlives its client."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder import paths
from autograder.exam.process import Unconfined
from autograder.forkserver import fork_candidate, fork_examiner, sharing
from autograder.forkserver.client import ForkServerClient, NoForkServerError
from autograder.plugins import shared_fork_servers
from autograder.sandbox import Sandbox
from tests.forkserver.conftest import CANDIDATES, EXAMINERS, descendants, kill_servers
from tests.waiting import TIMEOUT, wait_until

ATTACHED = """
import os, sys
from autograder.forkserver.sharing import attach
from autograder.plugins import shared_fork_servers
from tests.exam.conftest import graded, locked, passed, student
from tests.forkserver.conftest import CANDIDATES, EXAMINERS, descendants, kill_servers
from tests.waiting import TIMEOUT, wait_until
from tests.forkserver.test_servers import CELLS, run, printed

attach(sys.argv[1])
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
where = student("print(sorted(os.sched_getaffinity(0)))")
"""

Attach = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def attach(fresh: None) -> Iterator[Attach]:
    """Share the fork servers of examinations with processes that run a text."""
    servers = shared_fork_servers.fork_servers(Sandbox(), tensorflow=False)
    assert set(servers) == {fork_candidate.server_name(False), fork_examiner.server_name(False)}
    started: list[subprocess.Popen[str]] = []
    with sharing.share(servers) as folder:
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


def test_examinations_of_several_processes_have_one_server_each_side(attach: Attach) -> None:
    text = (
        "for _ in range(2):\n"
        "    examined = run(*CELLS, where)\n"
        "    assert not examined.reasons and passed(examined.notebook.cells[2])\n"
        "print(printed(examined, 3), len(descendants()))\n"
    )
    several = [attach(text) for _ in range(2)]
    for each in several:
        out, err = each.communicate(timeout=TIMEOUT)
        # It runs where its asker does, and is no child of the asker's.
        assert out.split("\n")[0] == f"[{min(os.sched_getaffinity(0))}] 0", err


def test_the_children_of_a_killed_client_end_and_the_servers_go_on(attach: Attach) -> None:
    servers = [fork_candidate.fork_server(Sandbox(), False), fork_examiner.fork_server(False)]
    others = descendants().keys()
    for server in servers:
        server._ready()
    idle = descendants().keys() - others
    endless = attach("print('begun', flush=True)\nrun(student('while True: pass'))")
    assert endless.stdout
    assert endless.stdout.readline() == "begun\n"
    # The asker, its examiner, and its candidate with the first process of its namespace.
    wait_until(lambda: len(descendants().keys() - others) >= len(idle) + 4)
    endless.send_signal(signal.SIGKILL)
    endless.wait()
    wait_until(lambda: descendants().keys() - others == idle)
    again = attach("print(passed(run().notebook.cells[2]))")
    assert again.communicate(timeout=TIMEOUT)[0] == "True\n"


def test_a_shared_server_that_died_is_started_again_for_its_clients(attach: Attach) -> None:
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
    died = [fork_candidate.fork_server(Sandbox(), False), fork_examiner.fork_server(False)]
    before = [server._ready() for server in died]
    kill_servers(CANDIDATES, EXAMINERS)
    assert asked() == "True\n"
    assert "started anew" not in asker.communicate("end\n", timeout=TIMEOUT)[1]
    assert all(server._ready() is not old for server, old in zip(died, before, strict=True))


def test_a_client_reads_why_there_can_be_no_server() -> None:
    with sharing.share({"none": _never()}) as folder:
        sharing.attach(folder)
        try:
            attached = sharing.attached_or("none", lambda: pytest.fail("it is there"))
            with pytest.raises(NoForkServerError, match="it cannot be started today"):
                attached.fork({}, [])
            attached.close()
            assert sharing.attached_or("another", lambda: "made") == "made"
        finally:
            sharing.attach("")


def _never() -> ForkServerClient:
    def start(_: object) -> "subprocess.Popen[bytes]":
        raise RuntimeError("it cannot be started today")

    return ForkServerClient("a server", start, watch=False)


def test_students_who_are_trusted_need_no_server_of_candidates() -> None:
    assert set(shared_fork_servers.fork_servers(Unconfined(), tensorflow=True)) == {
        fork_examiner.server_name(False),
        fork_examiner.server_name(True),
    }
