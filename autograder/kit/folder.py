"""Write the kit: what is copied, what is built, and the packages of named computers."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import paths, permissions
from autograder.authoring import build_check
from autograder.lock_file import LockedPackage, read_lock

DISTRIBUTION = paths.ROOT / "distributions" / "course"
LOCK = DISTRIBUTION / "requirements.lock"
"""What students install. It names no address: packages come from wherever their pip finds them."""
STARTING = paths.ROOT / "distributions" / "kit"
"""START.md and the programs that set up and open the course, copied as they are."""
PYTHONS = ("3.11", "3.12", "3.13")
RELEASES = 30
"""More than any Python has had."""

CONDA = """\
# With conda: conda env create --file environment.yml
name: descent
channels:
  - conda-forge
dependencies:
  - python=3.12
  - pip
  - pip:
      - --requirement requirements.lock
      - ./{wheel} --hash=sha256:{hash}
"""


class KitError(RuntimeError):
    """A kit cannot be made; the message says why."""


@dataclass(frozen=True)
class Platform:
    """A kind of computer: what its markers say, and the tags of wheels that it can install.

    Attributes
    ----------
    system, kernel, machine : str
        The markers `sys_platform`, `platform_system` and `platform_machine`.
    tags : tuple of str
        As pip wants them. Linux: glibc 2.28 or later, of 2018.
    """

    system: str
    kernel: str
    machine: str
    tags: tuple[str, ...]

    def markers(self, python: str, release: int = 0) -> dict[str, str]:
        """Return the values of all environment markers, for a release of a Python."""
        full = f"{python}.{release}"
        return {
            "sys_platform": self.system,
            "platform_system": self.kernel,
            "platform_machine": self.machine,
            "os_name": "nt" if self.system == "win32" else "posix",
            "python_version": python,
            "python_full_version": full,
            "implementation_version": full,
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
        }


def _linux(machine: str) -> Platform:
    glibc = ("_2_28", "_2_27", "_2_26", "_2_24", "_2_17", "2014", "2010", "1", "_2_5")
    tags = (*(f"manylinux{version}_{machine}" for version in glibc), f"linux_{machine}")
    return Platform("linux", "Linux", machine, tags)


PLATFORMS = {
    "linux": _linux("x86_64"),
    "linux-arm": _linux("aarch64"),
    "macos-arm": Platform("darwin", "Darwin", "arm64", ("macosx_12_0_arm64",)),
    "windows": Platform("win32", "Windows", "AMD64", ("win_amd64",)),
}
"""TensorFlow has no wheels for Macs with Intel's processors."""


def write_kit(out: Path, platforms: Sequence[str] = (), pythons: Sequence[str] = PYTHONS) -> Path:
    """Write the kit into a folder that is new or empty; all may read it.

    It appears when it is complete.

    Parameters
    ----------
    out : Path
    platforms : sequence of str
        Names of `PLATFORMS` whose packages are added, so that it installs without a network.
    pythons : sequence of str
        For these versions of Python.

    Raises
    ------
    KitError
        If this is an installed copy, the folder holds something, a name is unknown, a package
        cannot be fetched, or a file of the kit tells an answer or a hidden test.
    """
    if paths.INSTALLED:
        raise KitError("this installed copy cannot build students' package; use the source tree")
    for kind, asked, known in (("platform", platforms, PLATFORMS), ("Python", pythons, PYTHONS)):
        if unknown := [name for name in asked if name not in known]:
            raise KitError(f"there is no {kind} {', '.join(unknown)}; choose of {', '.join(known)}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise KitError(f"{out} is there already; name a new folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    with (
        permissions.umask(0o022),
        tempfile.TemporaryDirectory(dir=out.parent, prefix=".kit-") as made,
    ):
        half = Path(made, "kit")
        half.mkdir()
        _write_course(half)
        if leaks := list(build_check.find_leaks(dict(_texts(half)), paths.units())):
            raise KitError(f"the kit would tell what is staff's: {leaks[0]}")
        for name in platforms:
            for python in pythons:
                _add_wheels(half / "wheels", PLATFORMS[name], python)
        if out.exists():
            out.rmdir()
        half.rename(out)
    return out


def _write_course(folder: Path) -> None:
    """Write everything but other people's packages."""
    for path in sorted(STARTING.iterdir()):
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    (folder / "start.sh").chmod(0o755)
    shutil.copyfile(LOCK, folder / LOCK.name)
    for path in sorted(paths.RELEASED.glob("*/*.ipynb")):
        (folder / "notebooks" / path.parent.name).mkdir(parents=True)
        shutil.copyfile(path, folder / "notebooks" / path.parent.name / path.name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    _run(command, DISTRIBUTION, "the students' package cannot be built")
    (wheel,) = folder.glob("*.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    text = CONDA.format(wheel=wheel.name, hash=digest)
    (folder / "environment.yml").write_text(text, encoding="utf-8")


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and content of each file of the kit, and of each within its wheel."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                yield from ((name, wheel.read(name).decode("utf-8")) for name in wheel.namelist())
        elif path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def _add_wheels(folder: Path, platform: Platform, python: str) -> None:
    """Fetch what the lock names for a kind of computer; each file must have a hash of the lock.

    pip decides by the markers of the computer it runs on, whatever platform it is told, so it gets
    a list in which they are decided already.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for number, wanted in enumerate(_batches(platform, python)):
            listed = Path(scratch, f"{number}.txt")
            listed.write_text("\n".join(map(_line, wanted)) + "\n", encoding="utf-8")
            command = [
                sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--quiet",
                "--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement",
                str(listed), "--dest", str(folder), "--implementation", "cp",
                "--python-version", python, "--ignore-requires-python",
                *(f"--platform={tag}" for tag in platform.tags),
            ]  # fmt: skip
            what = f"packages for {platform.kernel} {platform.machine}, Python {python}"
            _run(command, paths.ROOT, f"{what}, cannot be fetched")


def _batches(platform: Platform, python: str) -> list[list[LockedPackage]]:
    """Return what all releases of a Python need, and what only some do.

    A package may be locked in one version up to 3.11.4 and in another from 3.11.5 on. pip takes one
    version at a time, and 3.11 for its first release; so the lock alone decides what suits.
    """
    left, batches = read_lock(LOCK), []
    for release in range(RELEASES):
        markers = platform.markers(python, release)
        needed = {id(package) for package in left if package.applies(markers)}
        if needed:
            batches.append([package for package in left if id(package) in needed])
            left = [package for package in left if id(package) not in needed]
    return batches


def _line(package: LockedPackage) -> str:
    hashes = " ".join(f"--hash={value}" for value in package.hashes)
    return f"{package.pin.name}{package.pin.specifier} {hashes}"


def _run(command: Sequence[str], folder: Path, failure: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise KitError(f"{failure}: {said[-1] if said else f'exit status {done.returncode}'}")
