"""What bubblewrap is asked for: which namespaces, and what is seen inside."""

import os
import site
import sys
from collections.abc import Iterable
from pathlib import Path

from autograder.paths import ROOT

SEALING = Path(__file__).with_name("sealing")
INSIDE = "/descent"
"""Where the sealing program is seen."""

STAFF = (
    "autograder",
    "answers",
    "attacks",
    "source",
    "tests",
    "solutions",
    "classroom",
    "build",
    "benchmarks",
    ".git",
)
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


def environment_paths() -> list[Path]:
    """Return what this interpreter needs: system libraries, its program, library and packages."""
    prefixes = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)}
    found = [prefix / part for prefix in prefixes for part in ("lib", "lib64", "pyvenv.cfg")]
    packages = [Path(path) for path in site.getsitepackages()]
    system = [Path(path) for path in (*SYSTEM, *CONFIGURATION)]
    return [*system, *found, *packages, Path(sys.executable)]


def arguments(
    shown: Iterable[Path],
    files: dict[str, int],
    environment: Iterable[Path] | None = None,
    writable: str = "",
) -> tuple[list[str], list[str]]:
    """Return bubblewrap's arguments, and what Landlock may let read.

    Parameters
    ----------
    shown : iterable of Path
        Files and folders of ours that are seen, at their own places.
    files : dict of str to int
        Descriptors that hold the contents of `FILES`.
    environment : iterable of Path, optional
        What else is seen, without the folders in `STAFF`; `environment_paths` when left out.
    writable : str
        A place of the scratch space that can be written to before a child has sealed itself and
        covered it: some libraries want a folder for temporary files when they are imported.
    """
    theirs = _there(environment_paths() if environment is None else environment)
    ours = _there(shown)
    covered = hidden(theirs)
    asked = [*NAMESPACES, "--die-with-parent", "--new-session", "--hostname", "examination"]
    if os.geteuid() == 0:
        asked += ["--cap-drop", "ALL"]
        for capability in ROOT_KEEPS:
            asked += ["--cap-add", capability]
    else:
        asked += ["--unshare-user", "--uid", "1000", "--gid", "1000"]
    asked += [*_folders_above([*theirs, *map(Path, FILES)]), *_binds(theirs)]
    for path in covered:
        asked += ["--tmpfs", str(path)]
    asked += [*_folders_above(ours), *_binds(ours)]
    for path in covered:
        asked += ["--remount-ro", str(path)]
    for name, descriptor in files.items():
        asked += ["--perms", "0444", "--ro-bind-data", str(descriptor), name]
    asked += ["--ro-bind", str(SEALING), f"{INSIDE}/sealing"]
    asked += ["--proc", "/proc", "--dev", "/dev"]
    for place in ("/scratch", "/submission", "/tmp", "/temporary", "/dev/shm"):
        asked += ["--tmpfs" if place == writable else "--dir", place]
    asked += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]
    return asked, [*map(str, theirs), *map(str, ours), INSIDE, "/etc"]


def hidden(seen: Iterable[Path]) -> list[Path]:
    """Return staff's folders that lie among what is seen, under each name they are seen by.

    They may lie beside the packages, or anywhere this grader itself was put. In an environment
    `lib64` is a link to `lib`, so that all packages are seen twice.
    """
    real = {path: path.resolve() for path in seen}
    there = {
        folder / name
        for folder in (*real.values(), ROOT)
        for name in STAFF
        if (folder / name).is_dir()
    }
    return sorted(
        {
            path / staff.relative_to(folder)
            for staff in there
            for path, folder in real.items()
            if staff.is_relative_to(folder)
        }
    )


def _there(paths: Iterable[Path]) -> list[Path]:
    return sorted({path.absolute() for path in paths if path.exists()})


def _binds(paths: Iterable[Path]) -> list[str]:
    # A link is followed: what is seen under its name is the thing, not a way to it.
    return [word for path in paths for word in ("--ro-bind", str(path.resolve()), str(path))]


def _folders_above(paths: Iterable[Path]) -> list[str]:
    """Make the folders above; bubblewrap gives those above a private file private permissions."""
    above = {folder for path in paths for folder in path.parents} - {Path("/")}
    return [word for path in sorted(above) for word in ("--perms", "0755", "--dir", str(path))]
