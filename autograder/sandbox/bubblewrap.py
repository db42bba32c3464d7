"""The command line of bubblewrap: which namespaces, and which files are visible inside."""

import os
import site
import sys
from collections.abc import Iterable
from pathlib import Path

from autograder.paths import ROOT

SEALING = Path(__file__).with_name("sealing")
SANDBOX_FOLDER = "/descent"
"""Where the sealing program stands in the sandbox."""

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
    "course/models/own",
)
"""Folders that are never visible, even if an installation put them among the packages.

The last holds the course's own versions of exercises: grading never uses them.
"""

SYSTEM = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib")
CONFIGURATION = ("/etc/ld.so.cache", "/etc/localtime")

FILES = {
    "/etc/passwd": "student:x:1000:1000::/submission:/nonexistent\n",
    "/etc/group": "student:x:1000:\n",
    "/etc/hosts": "127.0.0.1 localhost\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
"""Files made for the inside; the machine's own list its accounts."""

NAMESPACES = (
    "--unshare-pid",
    "--unshare-ipc",
    "--unshare-net",
    "--unshare-uts",
    "--unshare-cgroup-try",
)

ROOT_KEEPS = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_DAC_READ_SEARCH")
"""Capabilities that root needs until it has mounted the scratch space and changed its user."""


def environment_paths() -> list[Path]:
    """Return the paths that this interpreter needs: system libraries, its own files, packages."""
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
    """Return bubblewrap's arguments, and the paths that Landlock may let read.

    Parameters
    ----------
    shown : iterable of Path
        Our files and folders that are visible, at their own places.
    files : dict of str to int
        Descriptors of files with the contents of `FILES`.
    environment : iterable of Path, optional
        Other visible paths, without the folders in `STAFF`; default `environment_paths`.
    writable : str
        A place that can be written to until a forked child covers it when it seals itself: some
        libraries want a folder for temporary files when they are imported.
    """
    environment_shown = _existing(environment_paths() if environment is None else environment)
    own_shown = _existing(shown)
    covered, covered_later = folders_to_hide(environment_shown), folders_to_hide(own_shown)
    options = [*NAMESPACES, "--die-with-parent", "--new-session", "--hostname", "examination"]
    if os.geteuid() == 0:
        options += ["--cap-drop", "ALL"]
        for capability in ROOT_KEEPS:
            options += ["--cap-add", capability]
    else:
        options += ["--unshare-user", "--uid", "1000", "--gid", "1000"]
    options += [
        *_folders_above([*environment_shown, *map(Path, FILES)]),
        *_binds(environment_shown),
    ]
    for path in covered:
        options += ["--tmpfs", str(path)]
    options += [*_folders_above(own_shown), *_binds(own_shown)]
    for path in covered_later:
        options += ["--tmpfs", str(path)]
    for path in sorted({*covered, *covered_later}):
        options += ["--remount-ro", str(path)]
    for name, descriptor in files.items():
        options += ["--perms", "0444", "--ro-bind-data", str(descriptor), name]
    options += ["--ro-bind", str(SEALING), f"{SANDBOX_FOLDER}/sealing"]
    options += ["--proc", "/proc", "--dev", "/dev"]
    for place in ("/scratch", "/submission", "/tmp", "/temporary", "/dev/shm"):
        options += ["--tmpfs" if place == writable else "--dir", place]
    options += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]
    return options, [*map(str, environment_shown), *map(str, own_shown), SANDBOX_FOLDER, "/etc"]


def folders_to_hide(visible: Iterable[Path]) -> list[Path]:
    """Return staff's folders within visible ones, under each name by which they are visible.

    They may lie beside the packages, or wherever this grader itself is installed. In an environment
    `lib64` is a link to `lib`, so that all packages are visible twice.
    """
    real = {path: path.resolve() for path in visible}
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


def _existing(paths: Iterable[Path]) -> list[Path]:
    return sorted({path.absolute() for path in paths if path.exists()})


def _binds(paths: Iterable[Path]) -> list[str]:
    # Links are resolved: the target itself is mounted under the link's name.
    return [word for path in paths for word in ("--ro-bind", str(path.resolve()), str(path))]


def _folders_above(paths: Iterable[Path]) -> list[str]:
    """Make the parent folders; bubblewrap gives those of a private file private permissions."""
    above = {folder for path in paths for folder in path.parents} - {Path("/")}
    return [word for path in sorted(above) for word in ("--perms", "0755", "--dir", str(path))]
