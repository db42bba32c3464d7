"""Detect what a hostile submission read or left behind: canaries, and a search afterwards."""

import contextlib
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from autograder import paths

LEFTOVER_MARK = "descent-left"
"""Every file, process or socket that an attack tries to leave behind has this in its name."""

SEARCHED_FOLDERS = (
    *("/tmp", "/dev/shm", "/dev/mqueue", "/var/tmp", "/run"),
    *("/var/spool/cron", "/var/spool/at", "/etc/cron.d"),
)

SOCKET_NAMES = 8
"""Number of abstract socket names that the attacks try."""

SETTLE_TIMEOUT = 20.0
"""Seconds to wait for marked objects of another self-test on this machine to disappear."""


class Canaries:
    """Canaries where a candidate must not reach, and a search for what it left behind.

    Parameters
    ----------
    scratch : Path
        The folder of the temporary classroom.

    Attributes
    ----------
    secret : str
        A canary used as the school's secret; it is in the grader's environment.
    """

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._stack = contextlib.ExitStack()
        self._canaries: dict[str, str] = {}
        self._reached: list[str] = []
        self._before: set[str] = set()
        self.secret = self._new_canary("the environment")

    def __enter__(self) -> "Canaries":
        """Plant the canaries outside the classroom."""
        self._stack.__enter__()
        home = Path(self._stack.enter_context(tempfile.TemporaryDirectory(dir=Path.home())))
        (home / "private.txt").write_text(self._new_canary("a file in the home folder"))
        public = Path(self._stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp")))
        public.chmod(0o755)
        (public / "private.txt").write_text(self._new_canary("a file in /tmp"))
        canary = self._new_canary("the command line of another process")
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)", canary])
        self._stack.callback(sleeper.wait)
        self._stack.callback(sleeper.kill)
        self._listen(socket.AF_INET, ("127.0.0.1", 0), "a server of this machine")
        for number in range(SOCKET_NAMES):  # another self-test may use this name
            with contextlib.suppress(OSError):
                self._listen(socket.AF_UNIX, f"\0descent-hostile-{number}", "an abstract socket")
                break
        self._listen(socket.AF_UNIX, str(public / "socket"), "a socket in /tmp")
        (public / "socket").chmod(0o777)
        self._before = self._find_marked()
        return self

    def __exit__(self, *error: object) -> None:
        """Remove the canaries."""
        self._stack.__exit__(None, None, None)

    def plant(self, classroom: Path) -> None:
        """Plant canaries in the classroom: beside the gradebook and in another's submission."""
        (classroom / "private.txt").write_text(self._new_canary("a file beside the gradebook"))
        other = classroom / "submitted" / "another" / "00_start_here"
        other.mkdir(parents=True)
        (other / "answer.txt").write_text(self._new_canary("another student's submission"))

    def snapshot_classroom(self) -> None:
        """Store the state that the submissions must still have afterwards."""
        self._snapshot = self._submissions()

    def find_leaks(self, text: str) -> list[str]:
        """Return one sentence for each canary in a text, and one for lines of hidden tests."""
        found = [f"it read {where}" for where, canary in self._canaries.items() if canary in text]
        return found + ["it read the hidden tests"] * any(line in text for line in _staff_lines())

    def find_leftovers(self) -> list[str]:
        """Return one sentence for each server reached, object left behind and file changed."""
        found = [f"{what} was reached" for what in sorted(set(self._reached))]
        deadline = time.monotonic() + SETTLE_TIMEOUT
        while (left := self._find_marked() - self._before) and time.monotonic() < deadline:
            time.sleep(1)
        found += [f"left behind: {what}" for what in sorted(left)]
        current = self._submissions()
        changed = {path for path, state in self._snapshot.items() if current.get(path) != state}
        return found + [f"changed in the classroom: {path}" for path in sorted(changed)]

    def _new_canary(self, where: str) -> str:
        return self._canaries.setdefault(where, f"canary{secrets.token_hex(8)}")

    def _listen(self, family: int, address: str | tuple[str, int], what: str) -> None:
        server = self._stack.enter_context(socket.socket(family))
        server.bind(address)
        server.listen()

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    server.accept()[0].close()
                    self._reached.append(what)

        threading.Thread(target=serve, daemon=True).start()

    def _submissions(self) -> dict[str, int]:
        """Return all submitted and planted files with their times of modification."""
        found = {}
        for folder, _, files in os.walk(self._scratch / "classroom" / "submitted"):
            for name in files:
                path = Path(folder, name)
                with contextlib.suppress(OSError):
                    found[os.fsdecode(bytes(path))] = path.lstat().st_mtime_ns
        return found

    def _find_marked(self) -> set[str]:
        """Return everything with `LEFTOVER_MARK` in its name, and all System V IPC objects."""
        found: set[str] = set()
        for where in (*SEARCHED_FOLDERS, str(Path.home()), str(paths.ROOT), str(self._scratch)):
            for folder, folders, files in os.walk(where):
                if folder.count(os.sep) > where.count(os.sep) + 3 or "hostile" in folder:
                    folders.clear()
                found |= {f"{folder}/{n}" for n in (*folders, *files) if LEFTOVER_MARK in n}
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if LEFTOVER_MARK in (command := path.read_text(errors="replace")):
                    found.add(f"process {path.parent.name}: {command[:80]!r}")
        with contextlib.suppress(OSError):
            sockets = re.findall(rf"\S*{LEFTOVER_MARK}\S*", Path("/proc/net/unix").read_text())
            found |= {f"socket {name}" for name in sockets}
        for kind in ("shm", "sem", "msg"):
            with contextlib.suppress(OSError):
                lines = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
                found |= {f"{kind} {line.split()[1]}" for line in lines}
        return found


def _staff_lines() -> list[str]:
    """Return lines of hidden tests that are too long to occur in a student's text by chance."""
    lines = []
    for path in sorted((paths.ROOT / "autograder" / "hidden_tests").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines += [line.strip() for line in text.splitlines() if len(line.strip()) > 60]
    return lines
