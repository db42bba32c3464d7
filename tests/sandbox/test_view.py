"""What is seen inside: mounts, namespaces, environment, user."""

import ast
import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.exam.limits import Limits
from autograder.paths import ROOT
from autograder.sandbox import Sandbox, bubblewrap
from tests.sandbox.conftest import Run

STAFF = [
    "autograder/paths.py",
    "answers",
    "attacks",
    "source",
    "tests",
    "nbgrader_config.py",
    "Makefile",
    ".git",
    "course/models/own/linear_regression.py",
]

TEMPORARY = "/temporary" if ROOT.is_relative_to("/tmp") else "/tmp"
"""A candidate's temporary folder, which must not cover a project that lies below /tmp."""


def test_nothing_of_staff_is_there(run: Run) -> None:
    # `stat` is what Landlock never refuses: this is the layer of the mounts alone.
    paths = [str(ROOT / name) for name in STAFF] + [
        "/etc/shadow",
        "/home",
        "/var",
        "/usr/bin/bwrap",
    ]
    assert all(os.path.exists(path) for path in paths)
    code = "import os; say([p for p in PATHS if os.path.exists(p)])".replace("PATHS", repr(paths))
    assert run(code).reported == [[]]


def test_staff_s_packages_are_hidden_where_they_were_installed(tmp_path: Path) -> None:
    packages, alias = tmp_path / "lib" / "packages", tmp_path / "lib64"
    for name in (
        "autograder/hidden_tests",
        "autograder/exam/guest",
        "autograder/data",
        "course",
        "course/models/own",
        "tests",
    ):
        (packages / name).mkdir(parents=True)
        (packages / name / "file.py").touch()
    alias.symlink_to("lib")  # as in every environment: all is seen twice
    asked, _ = bubblewrap.arguments(
        [packages / "autograder" / "exam" / "guest"],
        {},
        environment=[*bubblewrap.environment_paths(), tmp_path / "lib", alias, packages],
    )
    walk = f"import os; print(sorted(f for f, _, n in os.walk({str(tmp_path)!r}) if n))"
    walk += f"; print(sorted(f for f, _, n in os.walk({str(alias)!r}) if n))"
    done = subprocess.run(
        ["bwrap", *asked, "--", sys.executable, "-I", "-S", "-c", walk],
        capture_output=True,
        text=True,
        check=True,
    )
    seen = [folder for line in done.stdout.splitlines() for folder in ast.literal_eval(line)]
    assert set(seen) == {
        str(packages / "autograder" / "exam" / "guest"),
        str(packages / "course"),
        str(alias / "packages" / "course"),
    }


def test_what_a_candidate_needs_is_there(run: Run) -> None:
    code = f"""
        import sys; sys.path.append({str(ROOT)!r})
        import numpy, IPython, msgpack, course
        say(1)
        """
    assert run(code).reported == [1]


def test_accounts_of_the_machine_are_not_reported(run: Run) -> None:
    ran = run("import pwd; say([len(pwd.getpwall()), open('/etc/passwd').read().count(chr(10))])")
    assert ran.reported == [[1, 1]]


def test_environment_is_a_list_of_ours(run: Run) -> None:
    (names,) = run("import os; say(sorted(os.environ))").reported
    assert set(names) <= {
        "CUDA_VISIBLE_DEVICES", "HOME", "LANG", "MPLBACKEND", "NBGRADER_EXECUTION", "PATH", "PWD",
        "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "TF_CPP_MIN_LOG_LEVEL",
        "TF_ENABLE_ONEDNN_OPTS", "TMPDIR",
    } | {name for name in names if re.search("_NUM_.*THREADS$", name)}  # fmt: skip


@pytest.mark.parametrize("kind", ["user", "pid", "net", "ipc", "uts", "mnt", "cgroup"])
def test_namespaces_are_its_own(run: Run, kind: str) -> None:
    (inside,) = run(f"import os; say(os.readlink('/proc/self/ns/{kind}'))").reported
    assert inside != os.readlink(f"/proc/self/ns/{kind}")


def test_processes_of_the_machine_are_not_seen(run: Run) -> None:
    (numbers,) = run("import os; say([n for n in os.listdir('/proc') if n.isdigit()])").reported
    assert len(numbers) == 2
    (first,) = run("say(open('/proc/1/cmdline').read())").reported
    assert str(ROOT) not in first.replace(sys.executable, "")  # which it sees anyway


def test_user_is_nobody_on_the_machine(run: Run) -> None:
    (inside,) = run(
        "import os; say([os.getresuid(), os.getresgid(), os.getgroups(),"
        "[l.split()[1] for l in open('/proc/self/status') if l.startswith(('Cap', 'NoNewPrivs'))]])"
    ).reported
    assert inside[:2] == [[1000] * 3, [1000] * 3]
    assert set(inside[3]) == {"0" * 16, "1"}


def test_root_s_files_are_not_the_candidate_s(run: Run) -> None:
    # The kernel lets its own root write these by number, whatever capabilities were dropped.
    ran = run(
        """
        import os
        for path in ('sys/kernel/core_pattern', 'sysrq-trigger', 'sys/vm/overcommit_memory'):
            say(os.access('/proc/' + path, os.W_OK))
        """
    )
    assert ran.reported == [False] * 3


def test_only_the_scratch_space_is_writable(run: Run) -> None:
    code = """
        import os
        found = []
        for mount in open('/proc/self/mountinfo'):
            place = mount.split()[4]
            if os.path.isdir(place):
                try:
                    open(place + '/new', 'w').close()
                    found.append(place)
                except OSError:
                    pass
        say(sorted(found))
        """
    ran = run(code)
    assert ran.reported == [["/dev/shm", "/submission", TEMPORARY]]


def test_mounts_are_read_only(run: Run) -> None:
    # Landlock refuses to write as well; this is the layer of the mounts alone.
    ran = run(
        """
        for mount in open('/proc/self/mountinfo'):
            place, options = mount.split()[4:6]
            if 'rw' in options.split(','):
                say(place)
        """
    )
    devices = {f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom", "tty")}
    writable = {"/submission", TEMPORARY, "/dev/shm", "/dev/pts", "/proc"}
    assert set(ran.reported) - devices == writable


def test_the_folder_is_a_copy(run: Run) -> None:
    ran = run(
        """
        import os
        say(sorted(os.listdir('.')))
        say(open('data.txt').read())
        say(os.path.exists('link'))
        open('new', 'w').write('x')
        open('data.txt', 'w')
        """
    )
    assert ran.reported == [["data.txt", "link"], "data", False]
    assert ran.written == ["data.txt", "link"]


def test_descriptors_are_the_ones_handed_in(run: Run) -> None:
    (seen,) = run("import os; say(sorted(map(int, os.listdir('/proc/self/fd'))))").reported
    # Standard streams, ours, and the one that lists them.
    assert len(seen) == 5


def test_session_and_terminal_are_its_own(run: Run) -> None:
    # A session that began outside has the number 0 in here.
    ran = run(
        """
        import os
        say(os.getsid(0))
        try:
            os.open('/dev/tty', os.O_RDWR)
        except OSError:
            say('refused')
        """
    )
    assert ran.reported == [1, "refused"]


def test_a_server_of_the_machine_cannot_be_reached(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        (answer,) = run(
            f"""
            import socket
            try:
                socket.create_connection(('127.0.0.1', {port}), 2)
                say('reached')
            except OSError as error:
                say('refused')
            """
        ).reported
    assert answer == "refused"


def test_abstract_socket_of_the_machine_cannot_be_reached(run: Run) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0descent-canary")
        server.listen()
        (answer,) = run(
            """
            import socket
            try:
                socket.socket(socket.AF_UNIX).connect(chr(0) + 'descent-canary')
                say('reached')
            except OSError:
                say('refused')
            """
        ).reported
    assert answer == "refused"


def test_what_is_shown_below_tmp_is_seen_and_temporary_files_have_a_place() -> None:
    # A course that was cloned below /tmp has its Python and its packages there.
    code = (
        "import sys, tempfile, pathlib; "
        "assert pathlib.Path(sys.argv[1]).read_text() == 'shown'; "
        "tempfile.NamedTemporaryFile().write(b'written')"
    )
    with tempfile.TemporaryDirectory(dir="/tmp") as shown, tempfile.TemporaryDirectory() as folder:
        file = Path(shown) / "file"
        file.write_text("shown")
        Path(shown).chmod(0o755)  # inside it is another user
        candidate = Sandbox((Path(shown),)).start(
            [sys.executable, "-I", "-c", code, str(file)],
            folder=Path(folder),
            pass_fds=(),
            limits=Limits(),
        )
        assert candidate.wait(60) == 0
