"""Grades hand-ins as they come: from nbgrader's exchange and back, kept running as staff's account.

Every hand-in is kept in `classroom/handed_in`; the last one of a student is graded. What is still
to do is told by the folders, so a service that was killed goes on where it was.
"""

import logging
import os
import pwd
import shutil
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.exchange.default.exchange import Exchange

from autograder import nbgrader_bridge, paths, permissions
from autograder.exam.process import SlowMachineError
from autograder.feedback.annotated import annotated_page
from autograder.feedback.pages import write_feedback
from autograder.grading.gradebook import GradingError
from autograder.grading.run import grade
from autograder.plugins.examine import NoSandboxError
from autograder.submission.timestamp import TimestampError, read_timestamp

log = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks into the exchange."""
MAX_BYTES = 100_000_000
"""A hand-in's files; more is left in the exchange, for a person to look at."""
CLOCKS_APART = timedelta(minutes=1)
"""By how much a date may be ahead before it is called so."""
COMPLETE = 0o777
"""The mode that `nbgrader submit` gives a hand-in when all of it is there."""


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


class GradingService:
    """Takes what arrives, grades it, and gives the feedback back.

    Parameters
    ----------
    workers : int
        Number of processes that mark when several hand-ins have come.
    """

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._refused: set[str] = set()
        self._unreadable: set[str] = set()
        self._tried: dict[tuple[str, str], str] = {}

    def run(self) -> None:
        """Look for hand-ins for ever."""
        said = ""
        while True:
            try:
                busy = self.step()
            except OSError as error:  # a disk that is full, a folder that is closed
                busy, why = False, f"all hand-ins wait: {error}"
                if why != said:
                    log.error("%s", why)
                said = why
            if not busy:
                time.sleep(LOOK)

    def step(self) -> bool:
        """Do all that there is to do now; tell whether there was anything."""
        taken: dict[str, set[str]] = defaultdict(set)
        for arrival in self._arrivals():
            if self._take(arrival):
                taken[arrival.unit].add(arrival.student)
        for (student, unit), stamp in ungraded().items():
            if self._tried.get((student, unit)) != stamp:
                self._tried[student, unit] = stamp
                taken[unit].add(student)
        for unit, students in taken.items():
            try:
                self._grade(unit, sorted(students))
            except (GradingError, NoSandboxError, SlowMachineError, OSError) as error:
                log.error("%s waits: %s", unit, error)
                time.sleep(LOOK)
                for student in students:  # the next step tries again
                    self._tried.pop((student, unit), None)
        return bool(taken)

    def _arrivals(self) -> list[Arrival]:
        found = []
        for folder in sorted(_exchange().joinpath("inbound").glob("*+*+*")):
            student, unit, when = folder.name.split("+")[:3]
            arrival = Arrival(folder, student, unit, when)
            if unit in paths.units() and not arrival.kept.exists() and _is_complete(folder):
                found.append(arrival)
        return found

    def _take(self, arrival: Arrival) -> bool:
        """Keep a hand-in, and put it where it is graded; tell whether it is one."""
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
            log.error("%s will not count: %s", name, ahead)
        half.chmod(0o700)
        half.rename(arrival.kept)
        _place_last(arrival.student, arrival.unit)
        return True

    def _grade(self, unit: str, students: list[str]) -> None:
        grade(unit, students, workers=min(self._workers, len(students)))
        write_feedback([unit])
        for student in students:
            release(unit, student)
        log.warning("%s: graded %s", unit, ", ".join(students))


def ungraded() -> dict[tuple[str, str], str]:
    """Return who waits for feedback on which unit, and when that was handed in.

    The page carries the time of the hand-in that it is about.
    """
    found: dict[tuple[str, str], str] = {}
    for folder in paths.classroom().joinpath("handed_in").glob("*/*"):
        student, unit = folder.parent.name, folder.name
        last = _last(student, unit)
        if last is None:
            continue
        if _stamp(last) != _stamp(paths.classroom() / "submitted" / student / unit):
            _place_last(student, unit)
        if _stamp(last) != _stamp(annotated_page(student, unit).parent):
            found[student, unit] = _stamp(last)
    return found


def release(unit: str, student: str) -> None:
    """Release a student's feedback in the exchange."""
    settings = nbgrader_bridge.config()
    settings.CourseDirectory.assignment_id = unit
    settings.CourseDirectory.student_id = student
    directory = CourseDirectory(config=settings)
    who = Authenticator(config=settings)
    ExchangeReleaseFeedback(coursedir=directory, authenticator=who, config=settings).start()


def _exchange() -> Path:
    settings = nbgrader_bridge.config()
    return Path(Exchange(config=settings).root, settings.CourseDirectory.course_id)


def _is_complete(folder: Path) -> bool:
    try:
        secret = folder / "submission_secret.txt"
        return folder.stat().st_mode & 0o777 == COMPLETE and secret.stat().st_size > 0
    except OSError:
        return False


def _why_refused(arrival: Arrival) -> str:
    """Say why a hand-in is not taken; the student sees no feedback, and staff this in the log."""
    owner = arrival.folder.stat().st_uid
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"account {owner}"
    if name != arrival.student:
        return f"it belongs to {name}"
    files = [path for path in arrival.folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    if size > MAX_BYTES:
        return f"it has {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} are taken"
    free = shutil.disk_usage(paths.classroom()).free
    return f"only {free / 1e6:.0f} MB are free on the disk" if free < 3 * size + 10_000_000 else ""


def _from_the_future(arrival: Arrival) -> str:
    """Say if an earlier hand-in has a later date than now, so that it stays the last one."""
    last = _last(arrival.student, arrival.unit)
    if last is None or last.name <= arrival.when:
        return ""
    try:
        when, _ = read_timestamp(last.name)
    except TimestampError:  # a folder of the exchange can be called anything
        return ""
    if when.replace(tzinfo=UTC) < datetime.now(UTC) + CLOCKS_APART:
        return ""
    return (
        f"the one of {last.name} has a date that is still to come, from when the clock of this "
        f"machine was ahead. Move {last} elsewhere, and the newest is graded"
    )


def _last(student: str, unit: str) -> Path | None:
    kept = paths.classroom() / "handed_in" / student / unit
    return max((path for path in kept.iterdir() if path.name[0] != "."), default=None)


def _place_last(student: str, unit: str) -> None:
    """Put the last hand-in where it is graded."""
    last = _last(student, unit)
    if last is None:
        return
    there = paths.classroom() / "submitted" / student / unit
    half = there.with_name(f".{unit}")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(last, half, symlinks=True)
    shutil.rmtree(there, ignore_errors=True)
    half.rename(there)


def _stamp(folder: Path) -> str:
    try:
        return (folder / "timestamp.txt").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def main() -> None:
    """Run the service in the folder of staff's."""
    os.umask(permissions.denied())
    permissions.close()
    for folder in ("handed_in", "submitted"):
        (paths.classroom() / folder).mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=paths.classroom() / "service.log",
        format="%(asctime)s %(message)s",
        level=logging.WARNING,
    )
    GradingService().run()


if __name__ == "__main__":
    main()
