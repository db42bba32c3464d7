"""Keeps a school's processes running where no systemd does; `autograder school up` starts it."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from autograder.school.processes import GRACE, Service, services
from autograder.school.school_config import SchoolError, load_config
from autograder.school.step import identity

PAUSE = 1.0
"""Seconds before what has ended is started again."""


class _Stopped(BaseException):
    """The keeper was asked to end."""


def keep(folder: Path, wanted: list[Service], log: Path) -> None:
    """Start the services, start again whichever ends, and end all when asked to end.

    Parameters
    ----------
    folder : Path
        Where `keeper.pid` is, which one process at a time can hold.
    wanted : list of Service
    log : Path
        The folder of the services' logs.
    """
    held = os.open(folder / "keeper.pid", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return  # another one keeps this school
    os.ftruncate(held, 0)
    os.write(held, str(os.getpid()).encode())
    running: dict[str, subprocess.Popen[bytes] | None] = {}
    signal.signal(signal.SIGTERM, _stop)
    try:
        while True:
            for service in wanted:
                process = running.get(service.name)
                if process is None or process.poll() is not None:
                    running[service.name] = _start(service, log)
            time.sleep(PAUSE)
    except (_Stopped, KeyboardInterrupt):
        pass
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        started = [process for process in running.values() if process]
        for process in reversed(started):
            process.terminate()
        for process in started:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE / 2)
            process.kill()
        (folder / "keeper.pid").unlink(missing_ok=True)


def _start(service: Service, log: Path) -> "subprocess.Popen[bytes] | None":
    """Start a service; return None, and log why, if that cannot be."""
    number = os.open(log / f"{service.name}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with open(number, "a", encoding="utf-8") as file:
        try:
            return subprocess.Popen(
                service.command,
                cwd=service.folder,
                env=service.variables(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
                **identity(service.account),
            )  # type: ignore[call-overload]
        except (OSError, SchoolError) as error:
            print(f"ERROR: {service.name} cannot be started: {error}", file=file)
            return None


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stopped


if __name__ == "__main__":
    school = load_config(Path(sys.argv[1]))
    keep(school.run, services(school), school.place / "log")
