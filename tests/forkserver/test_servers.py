"""Fork servers of the examination: what is forked is whole, what dies is replaced."""

import logging
import os
import socket
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.exam.examination import Examination, examine
from autograder.exam.limits import Limits
from autograder.exam.process import Confinement, Unconfined
from autograder.forkserver import client as clients
from autograder.forkserver import fork_candidate, fork_examiner
from autograder.forkserver.client import ForkServerClient, NoForkServerError
from autograder.forkserver.requirements import requirements_of
from autograder.plugins.launch import start_candidate, start_examiner
from autograder.sandbox import Sandbox
from tests.exam.conftest import errors, graded, locked, notebook, passed, student
from tests.forkserver.conftest import CANDIDATES, EXAMINERS, descendants, kill_servers
from tests.waiting import TIMEOUT, wait_until

LIMITS = Limits(wall=2 * TIMEOUT, cell_cpu=TIMEOUT, cell_wall=TIMEOUT)
CELLS = [
    locked("import numpy as np"),
    student("import os\ndef f(x):\n    return x + 1"),
    graded("assert (f(np.zeros(3)) == 1).all()"),
]


def run(
    *cells,
    folder: Path | None = None,
    limits: Limits = LIMITS,
    confinement: Confinement | None = None,
) -> Examination:
    """Examine cells in a sandbox, as a submission is, or otherwise."""
    book = notebook(*(cells or CELLS))
    requirements = requirements_of(book)
    with tempfile.TemporaryDirectory() as made:
        place = folder or Path(made)
        candidate = start_candidate(confinement or Sandbox(), place, limits, requirements)
        return examine(book, candidate, start_examiner(place, limits, requirements), limits)


def printed(examined: Examination, cell: int) -> str:
    return "".join(o.get("text", "") for o in examined.notebook.cells[cell].outputs).strip()


@pytest.mark.usefixtures("fresh")
def test_a_class_is_forked_by_two_servers_and_each_child_is_another() -> None:
    where = student("print(os.getpid(), os.getcwd(), sorted(os.listdir('/proc')))")
    examined = [run(*CELLS, where) for _ in range(3)]
    for one in examined:
        assert not one.reasons
        assert passed(one.notebook.cells[2])
        assert printed(one, 3) == "2 /submission ['cpuinfo', 'self']"  # no other process is seen
    kept = {clients.client_for(lambda: None, *key) for key in clients._clients}
    assert len(kept) == 2
    again = run(student("print('f' in globals(), os.path.exists('left'))"))
    assert errors(again.notebook.cells[0]) == ["NameError: name 'os' is not defined"]


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("which", [CANDIDATES, EXAMINERS])
def test_a_server_that_was_killed_is_started_again(
    which: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert passed(run().notebook.cells[2])
    server = (
        fork_candidate.fork_server(Sandbox(), False)
        if which == CANDIDATES
        else fork_examiner.fork_server(False)
    )
    old = server._ready()
    kill_servers(which)
    assert passed(run().notebook.cells[2])
    assert server._ready() is not old
    assert not caplog.records  # it was forked, although its server's end may not have been seen yet


@pytest.mark.usefixtures("fresh")
def test_one_that_has_ended_is_asked_once_however_late_its_end_is_seen() -> None:
    """Its socket is gone while its program stays, so that the waiting thread sees no end."""
    started = []

    def start(control: socket.socket) -> "subprocess.Popen[bytes]":
        control.sendall(b"ready")
        held = control if started else subprocess.DEVNULL
        started.append(subprocess.Popen(["sleep", "600"], stdin=held))
        return started[-1]

    server = ForkServerClient("a fork server", start, watch=False)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        server.accept_client(theirs)
    assert len(started) == 2
    for each in started:
        each.kill()
    server.close()


@pytest.mark.usefixtures("fresh")
def test_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # others put theirs into /tmp

    before, others = len(os.listdir("/proc/self/fd")), descendants().keys()  # browsers, say
    for cell in (student("1"), student("os.fork()"), student("import os; os._exit(3)")):
        run(locked("import os"), cell)
    clients.close_all()
    wait_until(lambda: not descendants().keys() - others)
    wait_until(lambda: len(os.listdir("/proc/self/fd")) <= before)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("fresh")
def test_a_child_that_dies_at_once_is_a_verdict_and_the_next_begins_clean() -> None:
    died = run(student("import os; os.kill(os.getpid(), 9)"), graded("assert f(1) == 2"))
    assert "SIGKILL" in died.reasons[0]
    assert not passed(died.notebook.cells[1])
    assert passed(run().notebook.cells[2])


@pytest.mark.usefixtures("fresh")
def test_the_watch_counts_every_process_of_a_child() -> None:
    greedy = student(
        "import os, time\n"
        "for _ in range(4):\n"
        "    if not os.fork():\n"
        "        os.setsid(); held = b'x' * (80 << 20); time.sleep(600); os._exit(0)\n"
        "time.sleep(600)"
    )
    examined = run(greedy, limits=replace(LIMITS, memory=256 << 20))
    assert "too much memory" in examined.reasons[0]
    burning = student("import os\nfor _ in range(3): os.fork()\nwhile True: pass")
    examined = run(burning, limits=replace(LIMITS, cpu=4))
    assert "too much processor time" in examined.reasons[0]


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("confinement", [Sandbox, Unconfined])
def test_a_candidate_keeps_the_limits_of_messages_it_is_given(confinement) -> None:
    cells = (
        student("many = lambda: [lambda: i for i in range(20)]\nlong = lambda n: 'x' * n"),
        graded("try: long(2_000_000)\nexcept ValueError as error: assert False, str(error)"),
        graded("assert long(3) == 'xxx'"),
        graded("try: many()\nexcept ValueError as error: assert False, str(error)"),
    )
    limits = replace(LIMITS, references=10, message=1 << 20)
    examined = run(*cells, limits=limits, confinement=confinement())
    assert not examined.reasons  # nothing broke the protocol: it was not sent
    long, short, many = map(errors, examined.notebook.cells[1:])
    assert "more than 10 objects" in many[0]
    assert "1 MB may pass at a time" in long[0]
    assert not short


def test_a_server_that_many_request_at_once_is_started_once() -> None:
    started = []

    def start(control: socket.socket) -> "subprocess.Popen[bytes]":
        command = ["sh", "-c", "printf ready; exec cat > /dev/null"]
        started.append(subprocess.Popen(command, stdin=control, stdout=control))
        return started[-1]

    with ThreadPoolExecutor(8) as pool:
        for number in range(1, 21):
            together = threading.Barrier(8)
            server = ForkServerClient("a fork server", start, watch=False)
            list(pool.map(lambda _, p=server, t=together: (t.wait(), p.begin()), range(8)))
            server._ready()
            server.close()
            assert len(started) == number
            assert started[-1].poll() is not None


@pytest.mark.usefixtures("fresh")
def test_many_at_a_time() -> None:
    with ThreadPoolExecutor(4) as pool:
        examined = list(pool.map(lambda _: run(), range(8)))
    assert all(passed(one.notebook.cells[2]) for one in examined)


@pytest.mark.usefixtures("fresh")
def test_tensorflow_is_there_after_the_fork_and_two_gradings_agree() -> None:
    cells = [
        locked("import numpy as np\nimport keras\nimport sys"),
        student(
            "def build():\n"
            "    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])\n"
            "    model.compile(loss='mse')\n"
            "    return model"
        ),
        student(
            "X, y = np.random.rand(2, 32, 4)  # in another order, another model\n"
            "history = build().fit(X, y[:, :3], batch_size=4, epochs=2, verbose=0)"
        ),
        student("print(history.history['loss'], np.random.rand())"),
        graded("assert build().predict(np.ones((2, 4)), verbose=0).shape == (2, 3)"),
    ]
    first, second = run(*cells), run(*cells)
    assert not first.reasons
    assert passed(first.notebook.cells[4])
    assert printed(first, 3) == printed(second, 3) != ""


@pytest.mark.usefixtures("fresh")
def test_a_server_imports_what_the_course_does_and_nothing_that_a_student_names() -> None:
    asked = requirements_of(
        notebook(
            student("import numpy, secrets, wave\nfrom course.validation.arrays import as_array")
        )
    )
    assert {"numpy", "course.validation.arrays"} <= set(asked.imports)
    assert not {"secrets", "wave"} & set(asked.imports)
    assert not asked.tensorflow
    assert requirements_of(notebook(student("from keras import layers"))).tensorflow


@pytest.mark.usefixtures("fresh")
def test_the_server_of_candidates_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_SECRET", "canary-of-the-server")
    look = student(
        "import gc, os, sys\n"
        "print('canary' in repr(dict(os.environ)), 'autograder' in sys.modules,\n"
        "      any('canary' in o for o in gc.get_objects() if type(o) is str))"
    )
    assert printed(run(look), 0) == "False False False"


def test_where_nothing_can_be_forked_the_ordinary_start_serves_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fresh: None
) -> None:
    monkeypatch.setenv("DESCENT_FORKSERVER", "no")
    with caplog.at_level(logging.WARNING):
        assert passed(run().notebook.cells[2])
        assert passed(run().notebook.cells[2])
    assert len([r for r in caplog.records if "started anew" in r.message]) == 1
    assert not clients._clients


@pytest.mark.parametrize(
    ("module", "why"),
    [("antigravity_of_a_test", "antigravity_of_a_test"), ("thread_of_a_test", "started a thread")],
)
def test_a_server_that_cannot_preload_forks_nothing(fresh: None, module: str, why: str) -> None:
    server = fork_examiner.fork_server(False)
    with pytest.raises(NoForkServerError, match=why):
        server.fork({"imports": [f"tests.forkserver.{module}"], "env": {"PATH": ""}}, [])
    assert passed(run().notebook.cells[2])


def test_right_answers_are_defined_without_running_tensorflow() -> None:
    """Before a fork; after TensorFlow's first operation it would hang."""
    text = (
        "from autograder import paths\n"
        "from autograder.forkserver.server.fork_server import check_forkable\n"
        "from autograder.authoring.reference import namespace\n"
        "assert all(namespace(unit) for unit in paths.units())\n"
        "check_forkable()"
    )
    assert subprocess.run([sys.executable, "-c", text], check=False).returncode == 0
