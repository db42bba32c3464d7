"""What bubblewrap is asked for: which namespaces, and what is seen inside."""

import os
import site
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

SEALING = Path(__file__).with_name("sealing")
INSIDE = "/descent"
"""Where the sealing program is seen."""

STAFF = ("autograder", "source", "tests", "solutions", "classroom", "build", "benchmarks")
"""Never seen, also where an installation put them among the packages."""

SYSTEM = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib")
CONFIGURATION = ("/etc/ld.so.cache", "/etc/localtime")

FILES = {
    "/etc/passwd": "student:x:1000:1000::/submission:/nonexistent\n",
    "/etc/group": "student:x:1000:\n",
    "/etc/hosts": "127.0.0.1 localhost\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
"""Files made for the inside; the machine's own tell who has an account on it."""

NAMESPACES = (
    "--unshare-pid",
    "--unshare-ipc",
    "--unshare-net",
    "--unshare-uts",
    "--unshare-cgroup-try",
)

ROOT_KEEPS = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_DAC_READ_SEARCH")
"""What root needs until it has mounted the scratch space and become another user."""


def interpreter_paths() -> list[Path]:
    """Return what this interpreter consists of: its program, its library, its packages."""
    prefixes = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)}
    found = [prefix / part for prefix in prefixes for part in ("lib", "lib64", "pyvenv.cfg")]
    packages = [Path(path) for path in site.getsitepackages()]
    return [*found, *packages, Path(sys.executable)]


def arguments(shown: Iterable[Path], files: dict[str, int]) -> tuple[list[str], list[str]]:
    """Return bubblewrap's arguments, and what Landlock may let read.

    Parameters
    ----------
    shown : iterable of Path
        Files and folders of ours that are seen, at their own places, besides the interpreter.
    files : dict of str to int
        Descriptors that hold the contents of `FILES`.
    """
    binds = [Path(path) for path in (*SYSTEM, *CONFIGURATION)]
    binds += [*interpreter_paths(), *shown]
    there = sorted({path.absolute() for path in binds if path.exists()})
    asked = [*NAMESPACES, "--die-with-parent", "--new-session", "--hostname", "examination"]
    if os.geteuid() == 0:
        asked += ["--cap-drop", "ALL"]
        for capability in ROOT_KEEPS:
            asked += ["--cap-add", capability]
    else:
        asked += ["--unshare-user", "--uid", "1000", "--gid", "1000"]
    # bubblewrap would give the folders above a private file private permissions.
    above = {folder for path in (*there, *map(Path, FILES)) for folder in path.parents}
    for folder in sorted(above - {Path("/")}):
        asked += ["--perms", "0755", "--dir", str(folder)]
    for path in there:
        # A link is followed: what is seen under its name is a copy of the thing, not a way to it.
        asked += ["--ro-bind", str(path.resolve()), str(path)]
    for path in hidden(there):
        asked += ["--tmpfs", str(path), "--remount-ro", str(path)]
    for name, descriptor in files.items():
        asked += ["--perms", "0444", "--ro-bind-data", str(descriptor), name]
    asked += ["--ro-bind", str(SEALING), f"{INSIDE}/sealing"]
    asked += ["--proc", "/proc", "--dev", "/dev"]
    for place in ("/scratch", "/submission", "/tmp", "/dev/shm"):
        asked += ["--dir", place]
    asked += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]
    return asked, [*map(str, there), INSIDE, "/etc"]


def hidden(seen: Sequence[Path]) -> list[Path]:
    """Return staff's packages where they were installed beside the others."""
    inside = [Path(folder) for folder in (*site.getsitepackages(), *map(str, seen))]
    return sorted(
        {folder / name for folder in inside for name in STAFF if (folder / name).is_dir()}
    )
