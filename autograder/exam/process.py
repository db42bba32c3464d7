"""Processes: what the examination needs of one, and the ordinary one for trusted students."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from autograder.exam.limits import Limits
from autograder.exam.processor_time import ProcessorTime, processor_time_of
from autograder.paths import FOLDER, INSTALLED, ROOT

with contextlib.suppress(ImportError):  # Windows has none; `Examine` reports it
    import resource

GUEST = Path(__file__).with_name("guest")
"""The candidate's program; with the package `course` all of ours that a sandbox must show."""


class Process(Protocol):
    """A running program that can be interrupted and killed."""

    pid: int

    def interrupt(self) -> None:
        """Raise KeyboardInterrupt in the code that the program is running."""

    def kill(self) -> None:
        """Kill it and all it started; no error if it has ended."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ends and return the exit status, negative for a signal.

        Raises
        ------
        TimeoutError
            If it still runs after `timeout` seconds.
        """

    def processor_time(self) -> ProcessorTime:
        """Return what it and all it started have used so far; the last known if it has ended."""


class SlowMachineError(RuntimeError):
    """The machine was too busy to start what grading needs: nobody's submission is at fault."""

    def __init__(self, what: str, seconds: float) -> None:
        super().__init__(what, seconds)
        self.what, self.seconds = what, seconds

    def __str__(self) -> str:
        return (
            f"this machine is too busy: {self.what} did not start within {self.seconds:g} s. What "
            "has been graded is recorded; run the same command again when less is running here"
        )


class Confinement(Protocol):
    """A way to start a program: in a sandbox, or unconfined."""

    def start(
        self, argv: Sequence[str], *, folder: Path, pass_fds: Sequence[int], limits: Limits
    ) -> Process:
        """Start `argv` with `folder` as working directory and these file descriptors open."""


class Unconfined:
    """Start programs as ordinary processes, in a group of their own, with resource limits only.

    They can read and write all that the grading account can: for trusted students only.
    """

    def start(
        self, argv: Sequence[str], *, folder: Path, pass_fds: Sequence[int], limits: Limits
    ) -> "ProcessGroup":
        """Start `argv`; memory is not limited, as TensorFlow reserves addresses it never uses."""

        def set_limits() -> None:
            _lower_limit(resource.RLIMIT_CPU, limits.cpu)
            _lower_limit(resource.RLIMIT_FSIZE, limits.file_size)
            _lower_limit(resource.RLIMIT_NOFILE, limits.open_files)
            _lower_limit(resource.RLIMIT_CORE, 0)

        return ProcessGroup(
            subprocess.Popen(
                list(argv),
                cwd=folder,
                pass_fds=list(pass_fds),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=set_limits,
                env=minimal_environment(),
            )
        )


class ProcessGroup:
    """A process and all it started, as long as they stay in its group."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.pid = process.pid
        self._used = ProcessorTime()

    def processor_time(self) -> ProcessorTime:
        """Return what the program, and all that it started and waited for, have used."""
        self._used = processor_time_of(self.pid) or self._used
        return self._used

    def interrupt(self) -> None:
        """Send SIGINT to the program only."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGINT)

    def kill(self) -> None:
        """Kill the whole group, even if its leader has ended already."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the program ends."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(f"it still runs after {timeout} s") from error


def minimal_environment() -> dict[str, str]:
    """Return the few variables a program needs, and none of the grader's, such as its secret."""
    passed = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ
    }
    return {**passed, **INTERPRETER_ENVIRONMENT}


INTERPRETER_ENVIRONMENT = {
    "NBGRADER_EXECUTION": "autograde",  # as nbgrader sets it; training cells are short then
    "TF_CPP_MIN_LOG_LEVEL": "3",  # else TensorFlow's log is in students' outputs
    "TF_ENABLE_ONEDNN_OPTS": "0",  # the same sums on every machine
    "CUDA_VISIBLE_DEVICES": "-1",
    # One thread each: sums in one order give one result, and the workers use all cores already.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "PYTHONHASHSEED": "0",  # two gradings of one submission agree, sets included
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # figures as in a notebook
}


def _lower_limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (value, value) if hard < 0 else (min(value, hard), min(value, hard)))


def candidate_argv(descriptor: int, path: Path, limits: Limits) -> list[str]:
    """Return the command that runs a candidate on `descriptor`; `path` holds the package `course`.

    `-I` keeps the submission's folder and the environment from changing what is imported before
    the first cell; the program itself puts the folder first afterwards, as a kernel does.
    """
    bounds = map(str, (limits.message, limits.references))
    return [sys.executable, "-I", str(GUEST), str(descriptor), str(path), *bounds]


def examiner_environment() -> dict[str, str]:
    """Return the variables of an examiner."""
    environment = {**os.environ, **minimal_environment(), "DESCENT_FOLDER": str(FOLDER)}
    if not INSTALLED:
        given = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *given])
    environment.pop("MPLCONFIGDIR", None)
    return environment
