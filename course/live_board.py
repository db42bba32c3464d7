"""The live board: tells a teacher's page how instant checks go, where a school has one.

Off unless the school names an address in `DESCENT_BOARD`, or a student joins one. What is told of a
check: unit, exercise, whether it is right, the name by which the course's catalogue knows a
mistake, and a pseudonym. Nothing that a student wrote is among it. The check never waits for it.
"""

import contextlib
import json
import os
import queue
import secrets
import threading
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from course.grading_mode import is_graded

VARIABLE = "DESCENT_BOARD"
PATIENCE = 5.0
"""Seconds that one report may take; the next one waits, and no check does."""
WAITING = 50
"""Reports that wait at most; while the board is away, later ones are dropped."""
NAMES = (
    *("albatross", "badger", "beetle", "bison", "condor", "cormorant", "coyote", "crane"),
    *("dolphin", "falcon", "ferret", "finch", "gecko", "gibbon", "heron", "hornet"),
    *("ibex", "jaguar", "kestrel", "lemur", "lynx", "magpie", "marten", "narwhal"),
    *("octopus", "ocelot", "otter", "panther", "pelican", "penguin", "plover", "puffin"),
)


class Reporter:
    """Sends reports, one after the other, from a thread of its own.

    Parameters
    ----------
    address : str
        Of the board, such as "http://192.168.1.5:8770".
    who : str
        A random key; the board shows its `pseudonym`.
    patience : float
        Seconds.

    Attributes
    ----------
    reached : bool or None
        Whether the board took the last report; None if it was not asked yet.
    """

    def __init__(self, address: str, who: str, patience: float = PATIENCE) -> None:
        self._place = urlsplit(address)
        self._who, self._patience = who, patience
        self._waiting: queue.Queue[bytes] = queue.Queue(WAITING)
        self._thread: threading.Thread | None = None
        self.reached: bool | None = None

    def report(self, unit: str, exercise: str, right: bool, mistake: str | None) -> None:
        """Have a report sent; return at once, whatever becomes of it."""
        told = {"who": self._who, "unit": unit, "exercise": exercise, "right": right}
        with contextlib.suppress(queue.Full, RuntimeError):  # RuntimeError: no thread can start
            self._waiting.put_nowait(json.dumps({**told, "mistake": mistake}).encode())
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._send_all, daemon=True)
                self._thread.start()

    def _send_all(self) -> None:
        while True:
            self.reached = self._send(self._waiting.get())

    def _send(self, body: bytes) -> bool:
        import http.client  # needed where there is a board alone

        try:
            host, port = self._place.hostname or "", self._place.port
            connection = http.client.HTTPConnection(host, port, timeout=self._patience)
            with contextlib.closing(connection):
                connection.request("POST", "/report", body, {"Content-Type": "application/json"})
                return connection.getresponse().status == 204
        except (OSError, ValueError, http.client.HTTPException):
            return False


def pseudonym(who: str) -> str:
    """Return the name that the board shows for a key.

    Examples
    --------
    >>> pseudonym("0123456789abcdef")
    'hornet-2215'
    """
    number = int(who, 16)
    return f"{NAMES[number % len(NAMES)]}-{1000 + number // len(NAMES) % 9000}"


def report(unit: str, exercise: str, right: bool, mistake: str | None) -> str:
    """Tell the board about a check, if there is one; return what the student reads of it."""
    with contextlib.suppress(Exception):  # a check must not fail for it
        if address := _address():
            reporter = _reporter(address, _who())
            reporter.report(unit, exercise, right, mistake)
            return _describe(reporter)
    return ""


def join(address: str = "") -> None:
    """Tell the board about your checks from now on, also after `leave`.

    Parameters
    ----------
    address : str
        Where the board is, if your school has not set it.
    """
    _keep(left=False, **({"address": address} if address else {}))
    print(status())


def leave() -> None:
    """Tell the board nothing from now on, in any notebook of yours."""
    _keep(left=True)
    print(status())


def status() -> str:
    """Return in a sentence whether the board is on for you."""
    if address := _address():
        return f"Live board: on, at {address}; you are {pseudonym(_who())}."
    return "Live board: off. Nothing is told of your checks."


def _describe(reporter: Reporter) -> str:
    if reporter.reached is False:
        return "Live board: on, but it does not answer."
    return (
        f"Live board: on. Your teacher's page shows this exercise, whether it is right and the "
        f"mistake's name for {pseudonym(_who())}. Off: course.live_board.leave()"
    )


def _address() -> str:
    if is_graded():
        return ""
    kept = _kept()
    return "" if kept.get("left") else str(kept.get("address") or os.environ.get(VARIABLE, ""))


@cache
def _reporter(address: str, who: str) -> Reporter:
    return Reporter(address, who)


@cache
def _new_key() -> str:
    return secrets.token_hex(8)


def _who() -> str:
    """Return the student's key, made at random once; without a file to keep it, for this kernel."""
    if who := _kept().get("who"):
        return str(who)
    with contextlib.suppress(OSError):
        _keep(who=_new_key())
    return _new_key()


def _kept() -> dict[str, Any]:
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _keep(**changes: object) -> None:
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(json.dumps({**_kept(), **changes}), encoding="utf-8")


def _file() -> Path:
    data = os.environ.get("JUPYTER_DATA_DIR") or Path.home() / ".local" / "share" / "jupyter"
    return Path(data) / "descent_live_board.json"
