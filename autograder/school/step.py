"""One step of setting up a school, and how it runs commands."""

import os
import pwd
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.school.school_config import SchoolError, find_account


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes
    ----------
    what : str
        What there is when it is done.
    by_hand : str
        Commands of the shell that do the same.
    is_done : callable
    do : callable
    """

    what: str
    by_hand: str
    is_done: Callable[[], bool]
    do: Callable[[], None]


def run(
    command: Sequence[str | Path],
    what: str,
    account: str = "",
    said: str = "",
    folder: Path = Path("/"),
    **environment: str,
) -> str:
    """Run a command, as an account if one is named; return what it prints.

    Raises
    ------
    SchoolError
        If it fails, with the last line of what it said, or there is no such account.
    """
    around, who = {**os.environ, **environment}, identity(account)
    if account:
        around = {"PATH": "/usr/bin:/bin", "HOME": pwd.getpwnam(account).pw_dir, **environment}
    done = subprocess.run(
        command,
        input=said,
        text=True,
        capture_output=True,
        check=False,
        env=around,
        cwd=folder,
        **who,
    )  # type: ignore[call-overload]
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["it says nothing"]
        raise SchoolError(f"{what}: {lines[-1]}")
    return str(done.stdout)


def identity(account: str) -> dict[str, Any]:
    """Return who a process is to be, for `subprocess`; nothing if it stays this account's.

    Raises
    ------
    SchoolError
        If there is no such account.
    """
    if not account:
        return {}
    found = find_account(account)
    if found is None:
        raise SchoolError(f"there is no account {account}; `autograder school up` makes it")
    groups = os.getgrouplist(account, found.pw_gid)
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": groups}
