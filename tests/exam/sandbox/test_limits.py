"""How much a sandbox may use, and that nothing of it is left."""

import os
import time
from pathlib import Path

import pytest

from autograder.exam.limits import MEGABYTE
from tests.exam.sandbox.conftest import Run


def test_it_ends_as_the_program_ends(run: Run) -> None:
    assert (run("raise SystemExit(7)").status, run("import os; os.abort()").status) == (7, -6)
    assert run("import ctypes; ctypes.string_at(0)").ending == "SIGNALLED"


def test_memory_of_one_process(run: Run) -> None:
    ran = run(
        "x = bytearray(400_000_000)\nsay(len(x))\nimport time; time.sleep(9)", memory=300 * MEGABYTE
    )
    assert ran.ending == "OUT_OF_MEMORY" or "MemoryError" in ran.said[0]
    assert ran.peak < 450 * MEGABYTE


def test_touched_memory_has_its_own_ending(run: Run) -> None:
    ran = run(
        "import time\nx = []\nwhile True:\n    x.append(bytearray(b'x') * 4_000_000)\n    time.sleep(.01)",
        memory=200 * MEGABYTE,
    )
    assert ran.ending == "OUT_OF_MEMORY"


def test_far_too_much_is_a_memory_error(run: Run) -> None:
    ran = run("try:\n    bytearray(1 << 40)\nexcept MemoryError:\n    say('refused')")
    assert ran.said == ["refused"]
    ran = run(
        "try:\n    bytearray(700_000_000)\nexcept MemoryError:\n    say('refused')",
        memory=500 * MEGABYTE,
    )
    assert ran.said == ["refused"]


def test_memory_of_many_processes(run: Run) -> None:
    # Each of them keeps to the limit, so that only the watch sees it.
    ran = run(
        "import os, time\nfor _ in range(6):\n    if not os.fork():\n        x = b'x' * 60_000_000\n"
        "        time.sleep(30)\ntime.sleep(30)",
        memory=200 * MEGABYTE,
    )
    assert ran.ending == "OUT_OF_MEMORY"
    assert ran.took < 20


def test_shared_memory_counts(run: Run) -> None:
    ran = run(
        "import mmap, time\nx = mmap.mmap(-1, 400_000_000)\nfor i in range(0, 400_000_000, 4096):\n"
        "    x[i] = 1\ntime.sleep(30)",
        memory=200 * MEGABYTE,
    )
    assert ran.ending == "OUT_OF_MEMORY"


def test_memory_that_forks_share_counts_once(run: Run) -> None:
    ran = run(
        "import os, time\nx = b'x' * 60_000_000\nfor _ in range(6):\n    if not os.fork():\n"
        "        time.sleep(1)\n        os._exit(0)\ntime.sleep(1)\nsay('alive')",
        memory=200 * MEGABYTE,
    )
    assert ran.said == ["alive"]


def test_processor_time_of_one_process(run: Run) -> None:
    assert run("while True: pass", cpu=2).ending == "OUT_OF_CPU"


def test_processor_time_of_many_processes(run: Run) -> None:
    ran = run(
        "import os, time\nfor _ in range(4):\n    if not os.fork():\n        end = time.time() + 1.5\n"
        "        while time.process_time() < 1.5: pass\n        os._exit(0)\n"
        "for _ in range(4): os.wait()\nsay('all')\ntime.sleep(5)",
        cpu=3,
    )
    assert ran.ending == "OUT_OF_CPU"


def test_time_on_the_wall(run: Run) -> None:
    ran = run("import time; time.sleep(60)", wall=1.0)
    assert (ran.ending, ran.took < 6) == ("OUT_OF_TIME", True)


def test_fork_bomb(run: Run) -> None:
    ran = run(
        "import os, time\nfor _ in range(30):\n    try:\n        os.fork()\n"
        "    except OSError as error:\n        os.write(out, b'\"refused\"\\n')\n        time.sleep(.5)\n        break\n",
        processes=40,
        wall=10.0,
    )
    assert "refused" in ran.said
    assert ran.took < 30


def test_threads_count(run: Run) -> None:
    ran = run(
        "import threading, time\nn = 0\ntry:\n    for _ in range(200):\n"
        "        threading.Thread(target=time.sleep, args=(2,), daemon=True).start(); n += 1\n"
        "except RuntimeError:\n    pass\nsay(n)\nimport os; os._exit(0)",
        processes=50,
    )
    assert 30 < ran.said[0] < 50


def test_open_files(run: Run) -> None:
    ran = run(
        "x = []\ntry:\n    while True: x.append(open('/dev/null'))\nexcept OSError:\n    say(len(x))"
    )
    assert 200 < ran.said[0] < 256


def test_open_files_of_many_processes(run: Run) -> None:
    ran = run(
        "import os, time\nfor _ in range(8):\n    if not os.fork():\n        x = [os.pipe() for _ in range(100)]\n"
        "        time.sleep(30)\ntime.sleep(30)"
    )
    assert ran.ending == "TOO_MANY_FILES"


def test_size_of_a_file(run: Run) -> None:
    ran = run(
        "import os, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\ntry:\n"
        "    open('big', 'wb').write(b'x' * 3_000_000)\nexcept OSError:\n    say(os.path.getsize('big'))",
        file_size=MEGABYTE,
    )
    assert ran.said == [MEGABYTE]


@pytest.mark.parametrize("place", ["/submission", "/tmp", "/dev/shm"])
def test_disk(run: Run, place: str) -> None:
    ran = run(
        f"n = 0\ntry:\n    while True:\n        open(f'{place}/{{n}}', 'wb').write(b'x' * 1_000_000); n += 1\n"
        "except OSError as error:\n    say([error.strerror, n])",
        scratch=20 * MEGABYTE,
    )
    assert ran.said[0][0] == "No space left on device"
    assert ran.said[0][1] <= 20


def test_inodes(run: Run) -> None:
    ran = run(
        "import os\nn = 0\ntry:\n    while True:\n        os.mkdir(f'/tmp/{n}'); n += 1\n"
        "except OSError as error:\n    say([error.strerror, n])",
        files=500,
    )
    assert ran.said[0][0] == "No space left on device"
    assert ran.said[0][1] < 500


def test_limits_cannot_be_raised(run: Run) -> None:
    ran = run(
        "import resource as r\nheld = []\nfor what in (r.RLIMIT_DATA, r.RLIMIT_NPROC, r.RLIMIT_NOFILE,"
        "r.RLIMIT_FSIZE, r.RLIMIT_CORE, r.RLIMIT_CPU):\n    hard = r.getrlimit(what)[1]\n"
        "    try:\n        r.setrlimit(what, (hard + 1, hard + 1))\n"
        "    except (ValueError, OSError):\n        held.append(what)\nsay(len(held))"
    )
    assert ran.said == [6]


def test_killed(run: Run) -> None:
    ran = run("import time; time.sleep(60)", do="kill", seconds=0.3)
    assert (ran.ending, ran.status) == ("KILLED", -9)


def test_interrupted(run: Run) -> None:
    ran = run(
        "import time\ntry:\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    say('interrupted')",
        do="interrupt",
        seconds=1.0,
    )
    assert (ran.said, ran.ending) == (["interrupted"], "EXITED")


def test_the_kernel_s_choice_when_memory_is_short(run: Run) -> None:
    assert run("say(open('/proc/self/oom_score_adj').read())").said == ["1000\n"]


def test_nothing_is_left(run: Run) -> None:
    name = f"left-{time.time_ns()}"
    before = _traces()
    ran = run(
        "import os, signal, time, socket\n"
        f"for place in ('/tmp', '/dev/shm', '.'): open(place + '/{name}', 'w').close()\n"
        "if not os.fork():\n    os.setsid()\n    if not os.fork():\n"
        "        for s in range(1, 32):\n"
        "            if s not in (9, 19): signal.signal(s, signal.SIG_IGN)\n"
        f"        open('/proc/self/comm') and os.execv({os.sys.executable!r}, ['{name}', '-c',"
        " 'import time; time.sleep(600)'])\n    os._exit(0)\n"
        "os.wait()\ntime.sleep(.5)\nsay('left')"
    )
    assert ran.said == ["left"]
    assert name not in _commands()
    assert _traces() == before


def test_grader_killed(run: Run) -> None:
    # The sandbox does not outlive the one who started it.
    name = f"orphan-{time.time_ns()}"
    with pytest.raises(AssertionError):
        run(
            f"import os, sys\nos.execv({os.sys.executable!r}, ['{name}', '-c', 'import time; time.sleep(600)'])",
            do="__class__",  # calling it raises in the grader, which ends with the sandbox running
            seconds=0.5,
        )
    deadline = time.monotonic() + 5
    while name in _commands() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert name not in _commands()


def _commands() -> str:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_text(errors="replace"))
        except OSError:
            continue
    return "\n".join(found)


def _traces() -> dict[str, list[str]]:
    """Return the names of what could be left on the machine by students, not by other programs."""
    places = ["/dev/shm", "/var/spool/cron", "/etc/cron.d", "/dev/mqueue"]
    traces = {place: sorted(os.listdir(place)) for place in places if os.path.isdir(place)}
    traces["shm"] = Path("/proc/sysvipc/shm").read_text().splitlines()
    traces["sem"] = Path("/proc/sysvipc/sem").read_text().splitlines()
    traces["mounts"] = [
        m for m in Path("/proc/self/mounts").read_text().splitlines() if "scratch" in m
    ]
    return traces
