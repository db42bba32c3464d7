"""Hand-ins in nbgrader's exchange: which are complete, which are taken, and where they are kept."""

import logging
import pwd
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from autograder import nbgrader_bridge, paths
from autograder.grading.rules.attempts import load_attempts, read_stamp
from autograder.grading.rules.published import exchange_folder
from autograder.submission.timestamp import TimestampError, read_timestamp

log = logging.getLogger(__name__)

MAX_BYTES = 100_000_000
"""A hand-in's files; more is left in the exchange, for a person to look at."""
COMPLETE = 0o777
"""The mode that `nbgrader submit` gives a hand-in when all of it is there."""
TOLERANCE = 600
"""Seconds between the time that a hand-in names and the one at which the system saw it."""
CLOCKS_APART = timedelta(minutes=1)
"""By how much a date may be ahead before it is called so."""


@dataclass(frozen=True)
class Arrival:
    """A hand-in in the exchange: its folder, whose it is, of which unit, and when it came."""

    folder: Path
    student: str
    unit: str
    when: str

    @property
    def kept(self) -> Path:
        """Where it is kept."""
        return paths.classroom() / "handed_in" / self.student / self.unit / self.when


class Intake:
    """Takes hand-ins from the exchange, each once; what it refuses it names once in the log."""

    def __init__(self) -> None:
        self._refused: set[str] = set()
        self._unreadable: set[str] = set()

    def take_all(self) -> bool:
        """Keep each complete hand-in; tell whether there was any."""
        taken = [self.take(arrival) for arrival in _arrivals()]
        return any(taken)

    def take(self, arrival: Arrival) -> bool:
        """Keep a hand-in; tell whether it is one."""
        name = arrival.folder.name
        if name in self._unreadable:
            return False
        half = arrival.kept.with_name(f".{arrival.when}")
        try:
            why = _why_refused(arrival)
            if not why:
                shutil.rmtree(half, ignore_errors=True)
                shutil.copytree(arrival.folder, half, symlinks=True)
        except OSError as error:  # also of one file among others, which is no reason to stop
            self._unreadable.add(name)
            shutil.rmtree(half, ignore_errors=True)
            [*_, reason] = error.args[0][0] if isinstance(error, shutil.Error) else [error]
            why = f"not all of its files can be read: {reason}"
        if why:
            if name not in self._refused:
                log.error("%s was not taken: %s", name, why)
            self._refused.add(name)
            return False
        if ahead := _from_the_future(arrival):
            log.error("%s: %s", name, ahead)
        half.chmod(0o700)
        half.rename(arrival.kept)
        return True


def _arrivals() -> list[Arrival]:
    found = []
    for folder in sorted((exchange_folder() / "inbound").glob("*+*+*")):
        student, unit, when = folder.name.split("+")[:3]
        arrival = Arrival(folder, student, unit, when)
        if unit in paths.units() and not arrival.kept.exists() and _is_complete(folder):
            found.append(arrival)
    return found


def _is_complete(folder: Path) -> bool:
    try:
        secret = folder / "submission_secret.txt"
        return folder.stat().st_mode & 0o777 == COMPLETE and secret.stat().st_size > 0
    except OSError:
        return False


def _why_refused(arrival: Arrival) -> str:
    """Say why a hand-in is not taken; the student sees no feedback, and staff this in the log."""
    found = arrival.folder.stat()
    try:
        name = pwd.getpwuid(found.st_uid).pw_name
    except KeyError:
        name = f"account {found.st_uid}"
    if name != arrival.student:
        return f"it belongs to {name}"
    if why := _why_dated_wrong(read_stamp(arrival.folder), found.st_ctime):
        return why
    files = [path for path in arrival.folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    if size > MAX_BYTES:
        return f"it has {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} are taken"
    free = shutil.disk_usage(paths.classroom()).free
    return f"only {free / 1e6:.0f} MB are free on the disk" if free < 3 * size + 10_000_000 else ""


def _why_dated_wrong(stamp: str, seen: float) -> str:
    """Say why the date of a hand-in cannot be: whoever hands in has written it.

    Parameters
    ----------
    stamp : str
        What its timestamp.txt says.
    seen : float
        When the system last saw its folder change, which no account but root's can set.
    """
    try:
        when, _ = read_timestamp(stamp, nbgrader_bridge.config().Exchange.get("timezone"))
    except TimestampError as error:
        return f"its timestamp.txt is not nbgrader's: {error}"
    if abs(when.replace(tzinfo=UTC).timestamp() - seen) <= TOLERANCE:
        return ""
    came = datetime.fromtimestamp(seen, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"it says that it was handed in at {stamp}, and it came at {came}"


def _from_the_future(arrival: Arrival) -> str:
    """Say if an earlier hand-in has a date that is still to come, so that it stays the last one."""
    now = datetime.now(UTC).replace(tzinfo=None)
    for kept in load_attempts(arrival.student, arrival.unit):
        if kept.when is not None and kept.when > now + CLOCKS_APART:
            return (
                f"the one of {kept.stamp}, handed in before, has a date that is still to come: the "
                f"clock of this machine was ahead. It stays the last one until you move "
                f"{kept.folder} elsewhere"
            )
    return ""
