"""The file and the roster of a school with ten made-up students."""

from pathlib import Path

from autograder.grading.roster import RosterEntry, write_roster
from autograder.school.school_config import TEMPLATE, SchoolError

NAMES = ("ada", "ben", "cleo", "dan", "eve", "finn", "gita", "hugo", "iris", "jon")


def write_demo(config: Path) -> None:
    """Write a school's file, and beside it the roster it names.

    Raises
    ------
    SchoolError
        If there is a school already, or the files cannot be written.
    """
    roster = config.with_name("demo-roster.csv")
    if config.exists():
        if roster.exists() and f'roster = "{roster}"' in config.read_text(encoding="utf-8"):
            return
        raise SchoolError(f"{config} describes a school already; `--config` names another file")
    text = TEMPLATE.read_text(encoding="utf-8")
    text = text.replace('"/etc/descent/roster.csv"', f'"{roster}"')
    text = text.replace('staff = "teacher"', 'staff = "demo-teacher"')
    entries = [
        RosterEntry(f"demo-{name}", "Example", name.title(), f"{name}@school.example", "AB"[n % 2])
        for n, name in enumerate(NAMES)
    ]
    try:
        config.parent.mkdir(parents=True, exist_ok=True)
        write_roster(entries, roster)
        config.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SchoolError(f"{config} cannot be written: {error.strerror}") from error
