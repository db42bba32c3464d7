"""What a hostile submission could read or leave: canaries, and places looked at afterwards."""

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

LEFT = "descent-left"
"""Whatever a case tries to leave behind, a file, a process, a socket, bears this in its name."""

PLACES = ("/tmp", "/dev/shm", "/dev/mqueue", "/var/tmp", "/var/spool/cron", "/var/spool/at",
          "/etc/cron.d", "/run")  # fmt: skip


NAMES = 8
"""How many names of abstract sockets the corpus knows."""

PATIENCE = 20.0
"""Seconds after which what is still there was left, and not another judge's case at work."""


class Canaries:
    """Canaries where a candidate has no business, and a memory of what was there before.

    Parameters
    ----------
    scratch : Path
        Below which the throw-away classroom lies.

    Attributes
    ----------
    secret : str
        Serves as the school's secret; it is in the environment of the grader.
    """

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._stack = contextlib.ExitStack()
        self._words: dict[str, str] = {}
        self._reached: list[str] = []
        self._before: dict[str, int] = {}
        self.secret = self._word("the environment")

    def __enter__(self) -> "Canaries":
        """Plant what does not lie in the classroom."""
        self._stack.__enter__()
        home = Path(self._stack.enter_context(tempfile.TemporaryDirectory(dir=Path.home())))
        (home / "private.txt").write_text(self._word("a file in the home folder"))
        open_ = Path(self._stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp")))
        open_.chmod(0o755)
        (open_ / "private.txt").write_text(self._word("a file in /tmp"))
        word = self._word("the command line of another process")
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)", word])
        self._stack.callback(sleeper.wait)
        self._stack.callback(sleeper.kill)
        self._listen(socket.AF_INET, ("127.0.0.1", 0), "a server of this machine")
        for number in range(NAMES):  # another judge may run on this machine
            with contextlib.suppress(OSError):
                self._listen(socket.AF_UNIX, f"\0descent-hostile-{number}", "an abstract socket")
                break
        self._listen(socket.AF_UNIX, str(open_ / "socket"), "a socket in /tmp")
        (open_ / "socket").chmod(0o777)
        self._before = self._found()
        return self

    def __exit__(self, *error: object) -> None:
        """Take the canaries away."""
        self._stack.__exit__(None, None, None)

    def plant(self, classroom: Path) -> None:
        """Plant canaries in the classroom: beside the gradebook and in another's submission."""
        (classroom / "private.txt").write_text(self._word("a file beside the gradebook"))
        other = classroom / "submitted" / "another" / "00_start_here"
        other.mkdir(parents=True)
        (other / "answer.txt").write_text(self._word("another student's submission"))

    def remember(self) -> None:
        """Take the classroom as it is now for what must still be there."""
        self._tree = self._classroom()

    def read_in(self, told: str) -> list[str]:
        """Return which canaries, or which lines of staff's files, stand in a text."""
        found = [f"it read {place}" for place, word in self._words.items() if word in told]
        return found + ["it read the hidden tests"] * any(line in told for line in _staff_lines())

    def left(self) -> list[str]:
        """Return what was reached or left, one sentence each."""
        told = [f"{what} was reached" for what in sorted(set(self._reached))]
        until = time.monotonic() + PATIENCE
        while (after := self._found()).keys() - self._before.keys() and time.monotonic() < until:
            time.sleep(1)
        told += [f"left behind: {what}" for what in sorted(after) if what not in self._before]
        tree = self._classroom()
        changed = {path for path, state in self._tree.items() if tree.get(path) != state}
        return told + [f"changed in the classroom: {path}" for path in sorted(changed)]

    def _word(self, place: str) -> str:
        return self._words.setdefault(place, f"canary{secrets.token_hex(8)}")

    def _listen(self, family: int, address: object, what: str) -> None:
        server = self._stack.enter_context(socket.socket(family))
        server.bind(address)  # type: ignore[arg-type]
        server.listen()

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    server.accept()[0].close()
                    self._reached.append(what)

        threading.Thread(target=serve, daemon=True).start()

    def _classroom(self) -> dict[str, int]:
        """Return what was handed in and planted, with the time of its last change."""
        tree = {}
        for folder, _, files in os.walk(self._scratch / "classroom" / "submitted"):
            for name in files:
                path = Path(folder, name)
                with contextlib.suppress(OSError):
                    tree[os.fsdecode(bytes(path))] = path.lstat().st_mtime_ns
        return tree

    def _found(self) -> dict[str, int]:
        """Return whatever bears the name `LEFT`, and all shared memory and semaphores there are."""
        found: dict[str, int] = {}
        for place in (*PLACES, str(Path.home()), str(paths.ROOT), str(self._scratch)):
            for folder, folders, files in os.walk(place):
                if folder.count(os.sep) > place.count(os.sep) + 3 or "hostile" in folder:
                    folders.clear()
                found |= {f"{folder}/{n}": 1 for n in (*folders, *files) if LEFT in n}
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if LEFT in (command := path.read_text(errors="replace")):
                    found[f"process {path.parent.name}: {command[:80]!r}"] = 1
        with contextlib.suppress(OSError):
            sockets = re.findall(rf"\S*{LEFT}\S*", Path("/proc/net/unix").read_text())
            found |= {f"socket {name}": 1 for name in sockets}
        for kind in ("shm", "sem", "msg"):
            with contextlib.suppress(OSError):
                lines = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
                found |= {f"{kind} {line.split()[1]}": 1 for line in lines}
        return found


def _staff_lines() -> list[str]:
    """Return lines of hidden tests that no student could come to write."""
    lines = []
    for path in sorted((paths.ROOT / "autograder" / "hidden_tests").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines += [line.strip() for line in text.splitlines() if len(line.strip()) > 60]
    return lines
