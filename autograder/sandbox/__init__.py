"""The sandbox: a process that shares nothing with the grader but the descriptors passed to it."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.exam.limits import Limits
from autograder.exam.process import GUEST
from autograder.paths import ROOT
from autograder.sandbox.starting import SandboxError, start_sandboxed
from autograder.sandbox.supervision import Ending, SupervisedProcess

__all__ = ["Ending", "Sandbox", "SandboxError", "SupervisedProcess"]


@dataclass(frozen=True)
class Sandbox:
    """Start programs where they see only what a candidate needs and can use only so much.

    Attributes
    ----------
    shown : tuple of Path
        Our files and folders that are visible inside, read-only, at their own places.
    """

    shown: tuple[Path, ...] = (GUEST, ROOT / "course", ROOT / "pyproject.toml")

    def start(
        self, argv: Sequence[str], *, folder: Path, pass_fds: Sequence[int], limits: Limits
    ) -> SupervisedProcess:
        """Start `argv` with a copy of `folder` as working directory and these descriptors open.

        It returns when the program is sealed and running.

        Raises
        ------
        SandboxError
            If the sandbox cannot be made; the program has not run then.
        SlowMachineError
            If this machine is too busy to tell.
        """
        starting = start_sandboxed(argv, Path(folder), self.shown, pass_fds, limits)
        return SupervisedProcess(starting, limits)

    def available(self) -> str | None:
        """Return why there can be no sandbox here, or None if there can.

        The first call tries it, by starting one.

        Raises
        ------
        SlowMachineError
            If this machine is too busy to tell.
        """
        return _why_unavailable(self)


@cache
def _why_unavailable(sandbox: Sandbox) -> str | None:
    if sys.platform != "linux":
        return f"the sandbox needs Linux; this is {sys.platform}"
    with tempfile.TemporaryDirectory() as folder:
        try:
            process = sandbox.start(
                [sys.executable, "-I", "-c", "import numpy"],
                folder=Path(folder),
                pass_fds=(),
                limits=Limits(),
            )
        except (SandboxError, OSError) as error:
            return str(error)
        status = process.wait()
    if status:
        return f"Python does not start inside it ({process.ending}, status {status})"
    return None
