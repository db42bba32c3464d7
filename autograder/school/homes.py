"""`autograder update`: bring mended notebooks into the homes of a school's students."""

import pwd
from collections.abc import Iterator
from pathlib import Path

from autograder.school.school_config import SchoolConfig, SchoolError, find_account
from autograder.school.step import run


def update_homes(config: SchoolConfig) -> Iterator[tuple[str, str]]:
    """Update each student's notebooks as that student; yield who, and what was said.

    `course update` does the work: a student's folder is never written by another account, which
    could be led anywhere by a link in it. One who has no account yet, or whose files cannot be
    updated, stops nobody else.
    """
    command = str(config.environment / "bin" / "course")
    for entry in config.students():
        if find_account(entry.id) is None:
            yield entry.id, "has no account yet; `autograder school up` makes it"
            continue
        folder = Path(pwd.getpwnam(entry.id).pw_dir, "descent")
        try:
            yield entry.id, run([command, "update", str(folder)], "not all updated", entry.id)
        except SchoolError as error:
            yield entry.id, str(error)
