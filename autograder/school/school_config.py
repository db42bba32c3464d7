"""The one file that describes a school, and what in it cannot be."""

import os
import pwd
import re
import shutil
import socket
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from autograder import paths
from autograder.grading.gradebook import GradingError
from autograder.grading.roster import RosterEntry, join, read_roster
from autograder.own_address import own_address

TEMPLATE = Path(__file__).with_name("school.toml")
NEEDED = 5 << 30
"""Bytes of disk: the environment takes 2 GB, half of it TensorFlow, and twice while it is made."""
FIRST_USER = 1000
"""Accounts below this number are the system's."""
PYTHONS = ("3.11", "3.12", "3.13")
_ACCOUNT = re.compile(r"[a-z_][a-z0-9_-]{0,31}")


class SchoolError(RuntimeError):
    """A school cannot be set up, started or stopped; the message says why and what to do."""


@dataclass(frozen=True)
class SchoolConfig:
    """What `school.toml` says; see there."""

    place: Path
    port: int
    certificate: str
    key: str
    roster: str
    staff: str
    mnist: str
    board: str
    memory: int
    processes: int
    idle: float

    @property
    def environment(self) -> Path:
        """The folder of the school's own Python environment."""
        return self.place / "environment"

    @property
    def python(self) -> Path:
        """The interpreter of servers and kernels."""
        return self.environment / "bin" / "python"

    @property
    def staff_folder(self) -> Path:
        """The folder of the classroom."""
        return self.place / "staff"

    @property
    def exchange(self) -> Path:
        """The root of nbgrader's exchange."""
        return self.place / "exchange"

    @property
    def run(self) -> Path:
        """The folder of sockets, of this place alone; it is made anew after each boot."""
        return Path("/run") / f"descent{str(self.place).replace('/', '-')}"

    @property
    def kernels(self) -> Path:
        """The socket of the fork server of kernels."""
        return self.run / "kernels.sock"

    @property
    def ports(self) -> tuple[int, int, int]:
        """The ports of the proxy, of its own interface, and of the hub."""
        return self.port, self.port + 1, self.port + 81

    @property
    def address(self) -> str:
        """Where browsers on this network reach the school."""
        return f"http{'s' if self.certificate else ''}://{own_address()}:{self.port}"

    def students(self) -> tuple[RosterEntry, ...]:
        """Return the class.

        Raises
        ------
        GradingError
            If the roster cannot be used.
        """
        return read_roster(Path(self.roster))


def load_config(path: Path) -> SchoolConfig:
    """Read a school's file.

    Raises
    ------
    SchoolError
        If it cannot be read, or a setting is missing, unknown or of the wrong kind.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        usual = tomllib.loads(TEMPLATE.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SchoolError(
            f"there is no {path}. Copy {TEMPLATE} there and look through it, or try "
            "`autograder school up --demo`"
        ) from error
    except OSError as error:
        raise SchoolError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SchoolError(f"{path} is not TOML: {error}") from error
    if unknown := sorted(given.keys() - usual.keys()):
        known = ", ".join(usual)
        raise SchoolError(f"{path} has the unknown settings {join(unknown)}; known are {known}")
    settings: dict[str, Any] = {**usual, **given}
    for name, value in settings.items():
        number = isinstance(usual[name], int)
        right = isinstance(value, int | float if name == "idle" else int if number else str)
        if not right or isinstance(value, bool) or (number and value <= 0):
            wanted = "a number above zero" if number else "text in quotes"
            raise SchoolError(f"{path}: {name} = {value!r}, but {wanted} was expected")
    settings["place"] = Path(settings["place"])
    return SchoolConfig(**{field.name: settings[field.name] for field in fields(SchoolConfig)})


def problems(config: SchoolConfig, running: bool) -> list[str]:
    """Return what stands in the way of `up`, a sentence each, before anything is done.

    Parameters
    ----------
    config : SchoolConfig
    running : bool
        Whether the school is up: its ports are its own then.
    """
    parts = (
        *(_rights(), _accounts(config), _place(config), _board(config)),
        *(_certificate(config), _clock(config)),
    )
    found = [problem for part in parts for problem in part]
    if not running:
        found += _ports(config)
    return found


def _rights() -> Iterator[str]:
    if os.geteuid() != 0:
        yield "accounts can be made and served by root only: run this with sudo"
    if sys.platform != "linux":
        yield "a school runs on Linux"
    if find_python() is None:
        yield (
            f"no Python {' or '.join(PYTHONS)} that other accounts can run is on the path: install "
            "one from the system's packages"
        )
    if not shutil.which("bwrap"):
        yield "hand-ins are graded inside bubblewrap: apt install bubblewrap"
    if paths.INSTALLED:
        yield "this is an installed copy; run `autograder school` in the source tree"


def _accounts(config: SchoolConfig) -> Iterator[str]:
    try:
        students = [entry.id for entry in config.students()]
    except GradingError as error:
        yield str(error)
        return
    names = [config.staff, *students]
    if bad := [name for name in names if not _ACCOUNT.fullmatch(name)]:
        yield (
            f"{join(bad)}: no account can be called so. It begins with a small letter, and has "
            "small letters, digits, - and _ up to 32"
        )
    if config.staff in students:
        yield f"{config.staff} is both staff and in the roster; whoever teaches has another account"
    for name in names:
        if (found := find_account(name)) and found.pw_uid < FIRST_USER:
            yield f"{name} is an account of the system's, not a person's; choose another name"


def _place(config: SchoolConfig) -> Iterator[str]:
    if not config.place.is_absolute():
        yield f"place = {str(config.place)!r} must begin with /"
        return
    there = next(path for path in (config.place, *config.place.parents) if path.exists())
    if not there.is_dir():
        yield f"{there} is a file; the place of the school is a folder"
    if closed := next((path for path in (there, *there.parents) if not _is_open(path)), None):
        yield f"other accounts cannot reach {config.place}: {closed} is closed to them"
    free = shutil.disk_usage(there).free
    if not config.python.exists() and free < NEEDED:
        yield (
            f"{free / 1e9:.1f} GB are free at {there}; {NEEDED / 1e9:.0f} are needed. Make room, "
            "or choose another place"
        )
    if config.mnist and not Path(config.mnist).is_file():
        yield f"mnist = {config.mnist!r}: there is no such file"


def _board(config: SchoolConfig) -> Iterator[str]:
    if config.board and not re.fullmatch(r"http://[^/@\s]+:\d{1,5}", config.board):
        yield f"board = {config.board!r}: an address such as http://127.0.0.1:8770 was expected"


def _certificate(config: SchoolConfig) -> Iterator[str]:
    if bool(config.certificate) != bool(config.key):
        yield "a certificate and its key belong together; one of the two is missing"
    for path in filter(None, (config.certificate, config.key)):
        if not Path(path).is_file():
            yield f"{path}: there is no such file"


def _clock(config: SchoolConfig) -> Iterator[str]:
    """Find a clock that is behind: hand-ins would be older than what they answer."""
    newest = max(path.stat().st_mtime for path in (TEMPLATE, Path(__file__)))
    if time.time() < newest - 86_400:
        yield (
            f"the clock of this machine says {time.strftime('%Y-%m-%d %H:%M')}, which is before "
            "these files were written. Set it: due dates depend on it"
        )


def _ports(config: SchoolConfig) -> Iterator[str]:
    for port, where in zip(config.ports, ("0.0.0.0", "127.0.0.1", "127.0.0.1"), strict=True):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((where, port))
            except (OSError, OverflowError) as error:
                why = getattr(error, "strerror", None) or error
                yield (
                    f"port {port} cannot be had: {why}. `ss -ltnp` shows who has it; another port "
                    "can be chosen in the school's file"
                )


def find_python() -> Path | None:
    """Return an interpreter that every account can run: pyenv's and conda's are in root's home."""
    for version in PYTHONS:
        for folder in map(Path, ("/usr/bin", "/usr/local/bin", f"{sys.base_prefix}/bin")):
            path = (folder / f"python{version}").resolve()
            if path.is_file() and all(_is_open(above) for above in path.parents):
                return path
    return None


def find_account(name: str) -> pwd.struct_passwd | None:
    """Return an account of this machine; None if there is none of this name."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _is_open(folder: Path) -> bool:
    """Tell whether other accounts can pass a folder."""
    return bool(folder.stat().st_mode & 0o001)
