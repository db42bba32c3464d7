"""How much a sandbox may use, and that nothing of it is left."""

import os
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.exam.limits import MEGABYTE
from tests.sandbox.conftest import Run
from tests.waiting import wait_until


def test_it_ends_as_the_program_ends(run: Run) -> None:
    assert (run("raise SystemExit(7)").status, run("import os; os.abort()").status) == (7, -6)
    assert run("import ctypes; ctypes.string_at(0)").ending == "SIGNALLED"


def test_memory_of_one_process(run: Run) -> None:
    ran = run(
        """
        x = bytearray(400_000_000)
        say(len(x))
        import time; time.sleep(9)
        """,
        memory=300 * MEGABYTE,
    )
    assert ran.ending == "OUT_OF_MEMORY" or "MemoryError" in ran.reported[0]
    assert ran.peak < 450 * MEGABYTE


def test_touched_memory_has_its_own_ending(run: Run) -> None:
    ran = run(
        """
        import time
        x = []
        while True:
            x.append(bytearray(b'x') * 4_000_000)
            time.sleep(.01)
        """,
        memory=200 * MEGABYTE,
    )
    assert ran.ending == "OUT_OF_MEMORY"


def test_far_too_much_is_a_memory_error(run: Run) -> None:
    ran = run("""
        try:
            bytearray(1 << 40)
        except MemoryError:
            say('refused')
        """)
    assert ran.reported == ["refused"]
    ran = run(
        """
        try:
            bytearray(700_000_000)
        except MemoryError:
            say('refused')
        """,
        memory=500 * MEGABYTE,
    )
    assert ran.reported == ["refused"]


def test_memory_of_many_processes(run: Run) -> None:
    # Each of them keeps to the limit, so that only the watch sees it.
    ran = run(
        """
        import os, time
        for _ in range(6):
            if not os.fork():
                x = b'x' * 60_000_000
                time.sleep(600)
        time.sleep(600)
        """,
        memory=200 * MEGABYTE,
    )
    assert ran.ending == "OUT_OF_MEMORY"


def test_shared_memory_counts(run: Run) -> None:
    ran = run(
        """
        import mmap, time
        x = mmap.mmap(-1, 400_000_000)
        for i in range(0, 400_000_000, 4096):
            x[i] = 1
        time.sleep(600)
        """,
        memory=200 * MEGABYTE,
    )
    assert ran.ending == "OUT_OF_MEMORY"


def test_scratch_files_count_as_memory(run: Run) -> None:
    ran = run(
        """
        import time
        for n in range(10):
            open(f'/tmp/{n}', 'wb').write(b'x' * 40_000_000)
        time.sleep(600)
        """,
        memory=200 * MEGABYTE,
    )
    assert ran.ending == "OUT_OF_MEMORY"


def test_memory_that_forks_share_counts_once(run: Run) -> None:
    ran = run(
        """
        import os, time
        x = b'x' * 60_000_000
        for _ in range(6):
            if not os.fork():
                time.sleep(1)
                os._exit(0)
        time.sleep(1)
        say('alive')
        """,
        memory=200 * MEGABYTE,
    )
    assert ran.reported == ["alive"]


def test_processor_time_of_one_process(run: Run) -> None:
    assert run("while True: pass", cpu=2).ending == "OUT_OF_CPU"


def test_processor_time_of_many_processes(run: Run) -> None:
    ran = run(
        """
        import os, time
        for _ in range(4):
            if not os.fork():
                end = time.time() + 1.5
                while time.process_time() < 1.5: pass
                os._exit(0)
        for _ in range(4): os.wait()
        say('all')
        time.sleep(5)
        """,
        cpu=3,
    )
    assert ran.ending == "OUT_OF_CPU"


def test_time_on_the_wall(run: Run) -> None:
    assert run("import time; time.sleep(600)", wall=1.0).ending == "OUT_OF_TIME"


def test_fork_bomb(run: Run) -> None:
    ran = run(
        """
        import os, time
        for _ in range(30):
            try:
                os.fork()
            except OSError as error:
                os.write(out, b'"refused"\\n')
                time.sleep(.5)
                break
        """,
        processes=40,
        wall=10.0,
    )
    assert "refused" in ran.reported


def test_threads_count(run: Run) -> None:
    ran = run(
        """
        import threading, time
        n = 0
        try:
            for _ in range(200):
                threading.Thread(target=time.sleep, args=(2,), daemon=True).start(); n += 1
        except RuntimeError:
            pass
        say(n)
        import os; os._exit(0)
        """,
        processes=50,
    )
    assert 30 < ran.reported[0] < 50


def test_open_files(run: Run) -> None:
    ran = run(
        """
        x = []
        try:
            while True: x.append(open('/dev/null'))
        except OSError:
            say(len(x))
        """
    )
    assert 200 < ran.reported[0] < 256


def test_open_files_of_many_processes(run: Run) -> None:
    ran = run(
        """
        import os, time
        for _ in range(8):
            if not os.fork():
                x = [os.pipe() for _ in range(100)]
                time.sleep(600)
        time.sleep(600)
        """
    )
    assert ran.ending == "TOO_MANY_FILES"


def test_size_of_a_file(run: Run) -> None:
    ran = run(
        """
        import os, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            open('big', 'wb').write(b'x' * 3_000_000)
        except OSError:
            say(os.path.getsize('big'))
        """,
        file_size=MEGABYTE,
    )
    assert ran.reported == [MEGABYTE]


@pytest.mark.parametrize("place", ["/submission", "/tmp", "/dev/shm"])
def test_disk(run: Run, place: str) -> None:
    ran = run(
        f"""
        n = 0
        try:
            while True:
                open(f'{place}/{{n}}', 'wb').write(b'x' * 1_000_000); n += 1
        except OSError as error:
            say([error.strerror, n])
        """,
        scratch=20 * MEGABYTE,
    )
    assert ran.reported[0][0] == "No space left on device"
    assert ran.reported[0][1] <= 20


def test_inodes(run: Run) -> None:
    ran = run(
        """
        import os
        n = 0
        try:
            while True:
                os.mkdir(f'/tmp/{n}'); n += 1
        except OSError as error:
            say([error.strerror, n])
        """,
        files=500,
    )
    assert ran.reported[0][0] == "No space left on device"
    assert ran.reported[0][1] < 500


def test_limits_cannot_be_raised(run: Run) -> None:
    ran = run(
        """
        import resource as r
        held = []
        for name in ('DATA', 'NPROC', 'NOFILE', 'FSIZE', 'CORE', 'CPU'):
            what = getattr(r, 'RLIMIT_' + name)
            hard = r.getrlimit(what)[1]
            try:
                r.setrlimit(what, (hard + 1, hard + 1))
            except (ValueError, OSError):
                held.append(what)
        say(len(held))
        """
    )
    assert ran.reported == [6]


def test_killed(run: Run) -> None:
    ran = run("import time; say('begun'); time.sleep(600)", do="kill")
    assert (ran.ending, ran.status) == ("KILLED", -9)


@pytest.mark.parametrize("inherited", [signal.default_int_handler, signal.SIG_IGN])
def test_interrupted(run: Run, inherited: Any) -> None:
    """Also where the grader's own interrupts are ignored, as a script's background jobs do."""
    before = signal.signal(signal.SIGINT, inherited)
    try:
        ran = _interrupted(run)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (ran.reported, ran.ending) == (["begun", "interrupted"], "EXITED")


def _interrupted(run: Run) -> SimpleNamespace:
    return run(
        """
        import time
        try:
            say('begun')
            time.sleep(600)
        except KeyboardInterrupt:
            say('interrupted')
        """,
        do="interrupt",
    )


def test_the_kernel_s_choice_when_memory_is_short(run: Run) -> None:
    assert run("say(open('/proc/self/oom_score_adj').read())").reported == ["1000\n"]


def test_nothing_is_left(run: Run) -> None:
    name = f"left-{time.time_ns()}"
    before = _traces()
    ran = run(
        f"""
        import os, signal, time, socket
        for place in ('/tmp', '/dev/shm', '.'): open(place + '/{name}', 'w').close()
        if not os.fork():
            os.setsid()
            if not os.fork():
                for s in range(1, 32):
                    if s not in (9, 19): signal.signal(s, signal.SIG_IGN)
                program = 'import time; time.sleep(600)'
                os.execv({sys.executable!r}, ['{name}', '-c', program])
            os._exit(0)
        os.wait()
        time.sleep(.5)
        say('left')
        """
    )
    assert ran.reported == ["left"]
    assert name not in _commands()
    assert _traces() == before


def test_grader_killed(run: Run) -> None:
    # The sandbox does not outlive the one who started it.
    name = f"orphan-{time.time_ns()}"
    with pytest.raises(AssertionError):
        run(
            f"""
            import os, sys
            say('begun')
            os.execv({sys.executable!r}, ['{name}', '-c', 'import time; time.sleep(600)'])
            """,
            do="__class__",  # calling it raises in the grader, which ends with the sandbox running
        )
    wait_until(lambda: name not in _commands())


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
