"""Hand in through a school's exchange, and get the feedback back from there."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from course.update import EARLIER

MAX_BYTES = 50_000_000
"""What the grader reads of a notebook (autograder/submission/read.py)."""
STEP = 0.3
"""Seconds between two looks for feedback."""


class SubmitError(RuntimeError):
    """Nothing was handed in; the message says why and what to do."""


@dataclass(frozen=True)
class HandIn:
    """A hand-in in the exchange.

    Attributes
    ----------
    unit : str
    when : str
        As nbgrader writes it.
    page : Path
        Where the exchange has the feedback once there is some: nobody else can find out this name.
    fetched : Path
        Where the student gets it, as `nbgrader fetch_feedback` has it.
    """

    unit: str
    when: str
    page: Path
    fetched: Path

    def fetch(self) -> bool:
        """Copy the feedback to the student if it is there; tell whether it is."""
        try:
            text = self.page.read_bytes()
        except OSError:
            return False
        self.fetched.parent.mkdir(parents=True, exist_ok=True)
        self.fetched.write_bytes(text)
        return True

    def wait(self, seconds: float) -> bool:
        """Wait for the feedback; tell whether it came."""
        end = time.monotonic() + seconds
        while not self.fetch():
            if time.monotonic() > end:
                return False
            time.sleep(STEP)
        return True


def submit(unit: str, folder: Path) -> HandIn:
    """Hand in a unit's notebook from `folder`/UNIT with `nbgrader submit`.

    Raises
    ------
    SubmitError
        If there is no exchange here, or no notebook that can be handed in.
    """
    exchange, course = find_exchange()
    notebook = folder / unit / f"{unit}.ipynb"
    _check(notebook)
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "submit", unit],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "ERROR" in line or "Error" in line]
        raise SubmitError(f"{unit} was not handed in: {(lines or ['nbgrader failed'])[-1]}")
    return hand_ins(unit, folder, exchange, course)[-1]


def hand_ins(unit: str, folder: Path, exchange: Path, course: str) -> list[HandIn]:
    """Return what was handed in of a unit from this account, the oldest first."""
    data = Path(os.environ.get("JUPYTER_DATA_DIR") or Path.home() / ".local" / "share" / "jupyter")
    found = []
    for kept in (data / "nbgrader_cache" / course).glob(f"*+{unit}+*"):
        try:
            secret = (kept / "submission_secret.txt").read_text(encoding="utf-8")
        except OSError:
            continue
        when = kept.name.rsplit("+", 1)[1]
        page = exchange / course / "feedback" / f"{page_name(secret, unit)}.html"
        found.append(HandIn(unit, when, page, folder / unit / "feedback" / when / f"{unit}.html"))
    return sorted(found, key=lambda item: item.when)


def page_name(secret: str, unit: str) -> str:
    """Return the name under which the exchange has the feedback on a notebook.

    A test compares it with `nbgrader.utils.notebook_hash`.
    """
    return hashlib.md5((secret + unit).encode(), usedforsecurity=False).hexdigest()


def find_exchange() -> tuple[Path, str]:
    """Return the exchange's folder and the course's name, as nbgrader's settings here have them.

    Raises
    ------
    SubmitError
        If nobody has set up an exchange on this computer.
    """
    for folder in filter(None, os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep)):
        try:
            text = Path(folder, "nbgrader_config.json").read_text(encoding="utf-8")
            settings = json.loads(text)
            return Path(settings["Exchange"]["root"]), settings["CourseDirectory"]["course_id"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
    raise SubmitError(
        "this computer is not connected to a school's exchange. Hand in the file UNIT.ipynb the "
        "way your teacher has told you"
    )


def _check(notebook: Path) -> None:
    try:
        size = notebook.stat().st_size
    except OSError as error:
        raise SubmitError(f"{notebook} cannot be handed in: {error.strerror}") from error
    if size > MAX_BYTES:
        raise SubmitError(
            f"{notebook} has {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} can be graded. In "
            "JupyterLab choose Edit, Clear Outputs of All Cells, save, and hand in again"
        )
    beside = [path for path in notebook.parent.rglob("*") if path.is_file() and path != notebook]
    most = sum(path.stat().st_size for path in beside if EARLIER not in path.parts)
    if most > MAX_BYTES:
        raise SubmitError(
            f"beside {notebook} lie files of {most / 1e6:.0f} MB; move what the notebook does not "
            "need to another folder"
        )
    if shutil.disk_usage(notebook.parent).free < 2 * size + 1_000_000:
        raise SubmitError("the disk is full: delete what you do not need, then hand in again")
