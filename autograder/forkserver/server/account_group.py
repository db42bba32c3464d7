"""A control group for each account: what all processes of one student may use together.

JupyterHub's own spawner for local processes enforces no limits, and a forked kernel is no child of
the student's server. So whoever starts a process for an account, as root, puts it there first.
"""

import os
from pathlib import Path

VARIABLE = "DESCENT_LIMITS"
"""Memory in bytes and number of processes for each account, `MEMORY:PROCESSES`."""
ROOT = Path("/sys/fs/cgroup")
PARENT = "descent"
FILES = {
    "cgroup.controllers": (("", "memory.max"), ("", "pids.max")),
    "memory/cgroup.procs": (("memory", "memory.limit_in_bytes"), ("pids", "pids.max")),
}
"""By what tells version 2 of control groups from version 1: where each limit is written."""


def limits_here(root: Path = ROOT) -> tuple[tuple[str, str], ...]:
    """Return folder and file of each limit that this system can enforce."""
    found = next((files for mark, files in FILES.items() if (root / mark).exists()), ())
    return tuple((folder, file) for folder, file in found if _is_offered(root, folder, file))


def join_group(account: int, root: Path = ROOT) -> bool:
    """Put this process into the group of an account; tell whether all limits hold for it.

    Parameters
    ----------
    account : int
        The number of the account that this process is about to become.
    root : Path
    """
    limits = os.environ.get(VARIABLE, "").split(":")
    offered = limits_here(root)
    if len(limits) != 2 or not offered:
        return False
    try:
        for (folder, file), limit in zip(offered, limits, strict=False):
            parent = root / folder / PARENT
            parent.mkdir(exist_ok=True)
            if not folder:  # version 2: a controller is handed down level by level
                for above in (root, parent):
                    (above / "cgroup.subtree_control").write_text("+memory +pids")
            group = parent / f"account-{account}"
            group.mkdir(exist_ok=True)
            (group / file).write_text(limit)
            (group / "cgroup.procs").write_text("0")
    except OSError:  # a container that may look at its groups and not make any
        return False
    return len(offered) == len(limits)


def _is_offered(root: Path, folder: str, file: str) -> bool:
    if folder:
        return (root / folder / "cgroup.procs").exists()
    return file.partition(".")[0] in (root / "cgroup.controllers").read_text().split()
