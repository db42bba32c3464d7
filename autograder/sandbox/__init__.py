"""The sandbox: a program that shares nothing with the grader but the descriptors it is handed."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.exam.limits import Limits
from autograder.exam.process import GUEST
from autograder.paths import ROOT
from autograder.sandbox.confined import Confined, Ending
from autograder.sandbox.starting import SandboxError, start_sandboxed

__all__ = ["Confined", "Ending", "Sandbox", "SandboxError"]


@dataclass(frozen=True)
class Sandbox:
    """Start programs where they see only what a candidate needs and can use only so much.

    Attributes
    ----------
    shown : tuple of Path
        Files and folders of ours that are seen inside, read-only, at their own places.
    """

    shown: tuple[Path, ...] = (GUEST, ROOT / "course", ROOT / "pyproject.toml")

    def start(
        self, argv: Sequence[str], *, folder: Path, pass_fds: Sequence[int], limits: Limits
    ) -> Confined:
        """Start `argv` with a copy of `folder` as working directory and these descriptors open.

        It returns when the program is sealed in and running.

        Raises
        ------
        SandboxError
            When the sandbox cannot be made; the program has not run then.
        """
        return Confined(start_sandboxed(argv, Path(folder), self.shown, pass_fds, limits), limits)

    def available(self) -> str | None:
        """Return why there can be no sandbox here, or None when there can.

        It is tried once, by starting one.
        """
        return _tried(self)


@cache
def _tried(sandbox: Sandbox) -> str | None:
    if sys.platform != "linux":
        return f"the sandbox needs Linux; this is {sys.platform}"
    with tempfile.TemporaryDirectory() as folder:
        try:
            candidate = sandbox.start(
                [sys.executable, "-I", "-c", "import numpy"],
                folder=Path(folder),
                pass_fds=(),
                limits=Limits(),
            )
        except (SandboxError, OSError) as error:
            return str(error)
        status = candidate.wait()
    if status:
        return f"Python does not start inside it ({candidate.ending}, status {status})"
    return None
