"""What is seen inside: mounts, namespaces, environment, user."""

import os
import socket

import pytest

from autograder.layout import ROOT
from tests.exam.sandbox.conftest import Run

STAFF = ["autograder/layout.py", "source", "tests", "nbgrader_config.py", "pyproject.toml", ".git"]


def test_nothing_of_staff_is_there(run: Run) -> None:
    # `stat` is what Landlock never refuses: this is the wall of the mounts alone.
    paths = [str(ROOT / name) for name in STAFF] + [
        "/etc/shadow",
        "/home",
        "/var",
        "/usr/bin/bwrap",
    ]
    assert all(os.path.exists(path) for path in paths)
    code = "import os; say([p for p in PATHS if os.path.exists(p)])".replace("PATHS", repr(paths))
    assert run(code).said == [[]]


def test_what_a_candidate_needs_is_there(run: Run) -> None:
    code = f"import sys; sys.path.append({str(ROOT)!r})\nimport numpy, IPython, msgpack, course\nsay(1)"
    assert run(code).said == [1]


def test_accounts_of_the_machine_are_not_told(run: Run) -> None:
    ran = run("import pwd; say([len(pwd.getpwall()), open('/etc/passwd').read().count(chr(10))])")
    assert ran.said == [[1, 1]]


def test_environment_is_a_list_of_ours(run: Run) -> None:
    (names,) = run("import os; say(sorted(os.environ))").said
    assert set(names) <= {
        "CUDA_VISIBLE_DEVICES", "HOME", "LANG", "MPLBACKEND", "NBGRADER_EXECUTION", "PATH", "PWD",
        "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "TF_CPP_MIN_LOG_LEVEL",
        "TF_ENABLE_ONEDNN_OPTS",
    } | {name for name in names if name.endswith("_NUM_THREADS")}  # fmt: skip


@pytest.mark.parametrize("kind", ["user", "pid", "net", "ipc", "uts", "mnt", "cgroup"])
def test_namespaces_are_its_own(run: Run, kind: str) -> None:
    (inside,) = run(f"import os; say(os.readlink('/proc/self/ns/{kind}'))").said
    assert inside != os.readlink(f"/proc/self/ns/{kind}")


def test_processes_of_the_machine_are_not_seen(run: Run) -> None:
    (numbers,) = run("import os; say([n for n in os.listdir('/proc') if n.isdigit()])").said
    assert len(numbers) == 2
    (first,) = run("say(open('/proc/1/cmdline').read())").said
    assert str(ROOT) not in first


def test_user_is_nobody_on_the_machine(run: Run) -> None:
    (inside,) = run(
        "import os; say([os.getresuid(), os.getresgid(), os.getgroups(),"
        "[l.split()[1] for l in open('/proc/self/status') if l.startswith(('Cap', 'NoNewPrivs'))]])"
    ).said
    assert inside[:2] == [[1000] * 3, [1000] * 3]
    assert set(inside[3]) == {"0" * 16, "1"}


def test_root_s_files_are_not_the_candidate_s(run: Run) -> None:
    # The kernel lets its own root write these by number, whatever capabilities were dropped.
    (done,) = run(
        "import os\n"
        "say([os.access(p, os.W_OK) for p in ('/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger',"
        "'/proc/sys/vm/overcommit_memory')])"
    ).said
    assert done == [False] * 3


def test_only_the_scratch_space_is_writable(run: Run) -> None:
    code = (
        "import os\nfound = []\n"
        "for mount in open('/proc/self/mountinfo'):\n"
        "    place = mount.split()[4]\n"
        "    if os.path.isdir(place):\n"
        "        try:\n"
        "            open(place + '/new', 'w').close()\n"
        "            found.append(place)\n"
        "        except OSError:\n"
        "            pass\n"
        "say(sorted(found))"
    )
    ran = run(code)
    assert ran.said == [["/dev/shm", "/submission", "/tmp"]]


def test_the_folder_is_a_copy(run: Run) -> None:
    ran = run(
        "import os\nsay(sorted(os.listdir('.')))\nsay(open('data.txt').read())\n"
        "say(os.path.exists('link'))\nopen('new', 'w').write('x')\nopen('data.txt', 'w')"
    )
    assert ran.said == [["data.txt", "link"], "data", False]
    assert ran.written == ["data.txt", "link"]


def test_descriptors_are_the_ones_handed_in(run: Run) -> None:
    (seen,) = run("import os; say(sorted(map(int, os.listdir('/proc/self/fd'))))").said
    # Standard streams, ours, and the one that lists them.
    assert len(seen) == 5


def test_terminal_is_not_the_grader_s(run: Run) -> None:
    (session,) = run(
        "import os\ntry:\n    os.open('/dev/tty', 2)\n    say('open')\nexcept OSError:\n    say(os.getsid(0))"
    ).said
    assert session != "open"


def test_a_server_of_the_machine_cannot_be_reached(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        (answer,) = run(
            "import socket\ntry:\n"
            f"    socket.create_connection(('127.0.0.1', {port}), 2)\n    say('reached')\n"
            "except OSError as error:\n    say('refused')"
        ).said
    assert answer == "refused"


def test_abstract_socket_of_the_machine_cannot_be_reached(run: Run) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0descent-canary")
        server.listen()
        (answer,) = run(
            "import socket\ntry:\n"
            "    socket.socket(socket.AF_UNIX).connect(chr(0) + 'descent-canary')\n    say('reached')\n"
            "except OSError:\n    say('refused')"
        ).said
    assert answer == "refused"
