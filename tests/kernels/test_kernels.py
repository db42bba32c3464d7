"""Students' kernels: forked ones do what Jupyter's ordinary ones do."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder.forkserver import client as clients
from autograder.kernels import install
from autograder.paths import ROOT
from tests.forkserver.conftest import descendants, lives
from tests.sandbox.conftest import NOBODY, as_user, with_open_home
from tests.waiting import TIMEOUT, wait_until

NAMES = ["descent", "python3"]
"""Ours, and the ordinary kernel, which the same is asked of."""

Opened = tuple[KernelManager, BlockingKernelClient]


@pytest.fixture(scope="module")
def specs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Install our kernelspecs where only these tests look."""
    prefix = tmp_path_factory.mktemp("prefix")
    folders = install.install(prefix)
    assert [folder.name for folder in folders] == list(install.KERNELS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(prefix / "share" / "jupyter"))
        patch.setenv("PYTHONPATH", str(ROOT))
        yield prefix
    clients.close_all()
    clients._clients.clear()


@contextlib.contextmanager
def opened(name: str, **how: object) -> Iterator[Opened]:
    """Start a kernel and connect to it."""
    manager = KernelManager(kernel_name=name)
    manager.start_kernel(**how)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=TIMEOUT)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client: BlockingKernelClient, code: str) -> tuple[str, str]:
    """Return the status of a cell and what it printed."""
    printed: list[str] = []
    reply = client.execute_interactive(
        code,
        stop_on_error=False,
        timeout=TIMEOUT,
        output_hook=lambda m: printed.append(m["content"].get("text", "")),
    )
    return reply["content"]["status"], "".join(printed).strip()


def is_forked(client: BlockingKernelClient) -> bool:
    code = "import os\nprint(open(f'/proc/{os.getpid()}/cmdline').read())"
    return str(install.SERVER) in run(client, code)[1]


THREADS = """
import os, numpy, threadpoolctl
pools = {pool["num_threads"] for pool in threadpoolctl.threadpool_info()}
print(pools, os.environ["TF_NUM_INTRAOP_THREADS"])
"""


def test_a_kernel_computes_in_one_thread(specs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    with opened("descent") as (_, client):
        assert is_forked(client)
        assert run(client, THREADS) == ("ok", "{1} 1")


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_completes_inspects_and_ends(specs: Path, name: str) -> None:
    with opened(name) as (manager, client):
        assert is_forked(client) == (name == "descent")
        assert run(client, "x = 6 * 7\nprint(x)") == ("ok", "42")
        assert run(client, "1 / 0")[0] == "error"
        assert run(client, "import sys; print('here', file=sys.stderr)") == ("ok", "here")
        assert run(client, "import subprocess; print(subprocess.run(['echo', 'a']).returncode)")
        reply = client.complete("x.bit_l", reply=True, timeout=TIMEOUT)
        assert "bit_length" in " ".join(reply["content"]["matches"])
        assert client.inspect("x", reply=True, timeout=TIMEOUT)["content"]["found"]
        process = manager.provisioner.pid
        client.shutdown(reply=True, timeout=TIMEOUT)
        wait_until(lambda: not manager.is_alive())
        assert process not in descendants()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_interrupted_and_goes_on(specs: Path, name: str) -> None:
    with opened(name) as (manager, client):
        for busy in ("import time\ntime.sleep(600)", "while True: pass"):
            # Otherwise what is asked for right after an error may be dropped.
            number = client.execute(f"print('begun')\n{busy}", stop_on_error=False)
            while client.get_iopub_msg(timeout=TIMEOUT)["content"].get("text") != "begun\n":
                pass
            manager.interrupt_kernel()
            reply = client.get_shell_msg(timeout=TIMEOUT)
            while reply["parent_header"]["msg_id"] != number:
                reply = client.get_shell_msg(timeout=TIMEOUT)
            assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert run(client, "print('on')") == ("ok", "on")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_restarted_and_killed(specs: Path, name: str) -> None:
    with opened(name) as (manager, client):
        run(client, "x = 1")
        before = manager.provisioner.pid
        manager.restart_kernel()
        client.wait_for_ready(timeout=TIMEOUT)
        assert manager.provisioner.pid != before
        assert run(client, "x")[0] == "error"
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        wait_until(lambda: not manager.is_alive())


def test_widgets_and_outputs_are_those_of_the_ordinary_kernel(specs: Path) -> None:
    cells = [
        "import ipywidgets\nslider = ipywidgets.IntSlider(value=3)\nslider",
        "slider.value = 5\nprint(slider.value)",
        "from IPython.display import display, HTML\ndisplay(HTML('<b>b</b>'), display_id='one')",
        "import numpy as np\nnp.arange(3)",
        "%timeit -n1 -r1 pass\nprint(__name__)",
        "import warnings\nwarnings.warn('careful')",
        "def f():\n    raise ValueError('no')\nf()",
    ]

    def executed(name: str) -> tuple[list, int]:
        book = new_notebook(cells=[new_code_cell(cell) for cell in cells])
        client = NotebookClient(book, kernel_name=name, allow_errors=True, timeout=TIMEOUT)
        client.execute()
        shape = [
            [(o.output_type, sorted(o.get("data", {})), o.get("ename")) for o in cell.outputs]
            for cell in book.cells
        ]
        return shape, len(client.widget_state)

    assert executed("descent") == executed("python3")


@pytest.mark.parametrize("name", NAMES)
def test_a_moved_slider_runs_its_callback_and_the_state_comes_back(specs: Path, name: str) -> None:
    made = (
        "import ipywidgets\n"
        "slider, double = ipywidgets.IntSlider(), ipywidgets.IntText()\n"
        "slider.observe(lambda change: setattr(double, 'value', 2 * change['new']), 'value')\n"
        "print(slider.comm.comm_id, double.comm.comm_id)"
    )
    with opened(name) as (_, client):
        slider, double = run(client, made)[1].split()
        moved = {"method": "update", "state": {"value": 9}, "buffer_paths": []}
        message = client.session.msg("comm_msg", {"comm_id": slider, "data": moved})
        client.shell_channel.send(message)
        states, state = {}, ""
        while state != "idle":
            reason = client.get_iopub_msg(timeout=TIMEOUT)
            if reason["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                content = reason["content"]
                state = content.get("execution_state", "")
                if reason["msg_type"] == "comm_msg":
                    states[content["comm_id"]] = content["data"]["state"]
        assert states[double] == {"value": 18}
        assert run(client, "print(slider.value, double.value)") == ("ok", "9 18")


def test_folder_variables_and_chance_are_the_kernels_own(specs: Path, tmp_path: Path) -> None:
    drawn = []
    for number in range(2):
        environment = {**os.environ, "OF_THIS_KERNEL": str(number)}
        with opened("descent", cwd=str(tmp_path), env=environment) as (_, client):
            assert run(client, "import os; print(os.getcwd(), os.environ['OF_THIS_KERNEL'])")[
                1
            ] == (f"{tmp_path} {number}")
            drawn.append(run(client, "import numpy, random; print(numpy.random.rand())")[1])
    assert drawn[0] != drawn[1]


def test_a_server_that_died_is_started_again(specs: Path) -> None:
    with opened("descent") as (manager, _):
        server = next(p for key, p in clients._clients.items() if key[0] == "kernels")
        kernel = manager.provisioner.pid
        number = int(Path(f"/proc/{kernel}/stat").read_text().split()[3])
        os.kill(number, signal.SIGKILL)
        wait_until(lambda: number not in descendants())
        wait_until(lambda: not lives(kernel))  # who has lost its parent ends
    with opened("descent") as (_, client):
        assert is_forked(client)
        assert server._ready()


LOADED = "import sys; print('tensorflow' in sys.modules)"
LOOK = (
    "from server import fork_server\n"
    "try: fork_server.check_forkable()\nexcept RuntimeError as error: print(error)"
)
"""Say why this process must not be forked; a kernel has threads of Python's in any case."""


def test_keras_is_there_at_once_and_runs_after_the_fork_only(specs: Path) -> None:
    with opened("descent") as (_, client):
        assert run(client, LOADED) == ("ok", "False")
    with opened("descent-tensorflow") as (_, client):
        assert run(client, LOADED) == ("ok", "True")
        assert "TensorFlow" not in run(client, LOOK)[1]
        layer = "import keras, numpy as np; print(keras.layers.Dense(2)(np.ones((1, 3))).shape)"
        assert run(client, layer) == ("ok", "(1, 2)")
        assert "has run TensorFlow" in run(client, LOOK)[1]


def test_the_ordinary_kernel_serves_where_nothing_can_be_forked(
    specs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_FORKSERVER", "no")
    with opened("descent") as (_, client):
        assert not is_forked(client)
        assert run(client, "print(1)") == ("ok", "1")


SERVED = """
import os, sys
from tests.kernels.test_kernels import LOADED, is_forked, opened, run
with opened("descent") as (_, client):
    print(*run(client, LOADED))
    print(is_forked(client), *run(client, "print(os.getuid(), os.getgid(), os.getgroups())"))
    print(run(client, "open('/etc/shadow')")[0])
"""


def test_one_server_serves_its_users_each_as_themselves(tmp_path: Path) -> None:
    """Root's server serves another user as that user, anybody else's the one who started it."""
    user, group, groups = os.geteuid(), os.getegid(), os.getgroups()
    home, place = tmp_path / "home", tmp_path / "kernels.sock"
    home.mkdir()
    if user == 0:
        user, group, groups = int(NOBODY), int(NOBODY), [int(NOBODY)]
        os.chown(home, user, group)
        for folder in (tmp_path, *tmp_path.parents):
            if folder != Path("/tmp") and folder.is_relative_to("/tmp"):
                folder.chmod(0o755)
    install.install(tmp_path, str(place))
    serve = [sys.executable, "-m", "autograder", "kernels", "serve", str(place)]
    server = subprocess.Popen(with_open_home(serve))
    try:
        wait_until(lambda: place.exists() or server.poll() is not None)
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT), "HOME": str(home),
            "JUPYTER_PATH": str(tmp_path / "share" / "jupyter"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        }  # fmt: skip
        done = subprocess.run(
            as_user("ordinary", [sys.executable, "-c", SERVED]),
            env=environment, capture_output=True, text=True, timeout=TIMEOUT, cwd="/",
        )  # fmt: skip
        assert done.stdout.splitlines() == [
            "ok True",  # for the first student too
            f"True ok {user} {group} {groups}",
            "error",
        ], done.stderr
        wait_until(lambda: not descendants(server.pid), "who left has left no kernel")
    finally:
        server.terminate()
        server.wait()
    assert not place.exists()
