"""The preprocessor that nbgrader runs in place of `Execute`: it examines a submission."""

import os
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from traitlets import Bool, Dict, Integer

from autograder.exam.examination import examine
from autograder.exam.limits import WALL_FACTOR, Limits
from autograder.exam.process import Confinement, Unconfined
from autograder.exam.roles import is_test
from autograder.forkserver.requirements import requirements_of
from autograder.plugins.launch import start_candidate, start_examiner
from autograder.submission import outputs
from autograder.submission.notes import add_examination_notes, unreadable_reason

DEFAULTS = Limits()


class NoSandboxError(RuntimeError):
    """Students' code cannot be confined here, and the school does not trust its students."""

    def __init__(self, why: object) -> None:
        super().__init__(
            f"students' code cannot be confined on this machine ({why}), so nothing was run. Grade "
            "on Linux with bubblewrap installed; docs/exam.md says what else the sandbox needs."
        )


class Examine(Execute):
    """Run a student's cells in one interpreter and the tests in another.

    Of nbgrader's options, `timeout` and `allow_errors` apply; those about kernels do not, as there
    is none. Tags that change which cells run are ignored: a student can set them.
    """

    trust_students = Bool(
        False, help="Run students' code as an ordinary process of this account, without a sandbox."
    ).tag(config=True)

    timeout = Integer(
        int(DEFAULTS.cell_cpu),
        allow_none=True,
        help="Seconds of processor time that one cell may use.",
    ).tag(config=True)

    notebook_timeout = Integer(
        DEFAULTS.cpu,
        help="Seconds of processor time that all cells of a notebook may use together.",
    ).tag(config=True)

    repeats = True
    """Whether a notebook with a doubtful end is examined again at once.

    Nbgrader examines one notebook at a time; what grades several repeats it when all others are
    done.
    """

    limits = Dict(help="Other limits of `autograder.exam.limits`, by name.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, Any]:
        """Examine `nb`, unless the submission is unreadable.

        If anything was stopped, the reasons are added to the notes about the submission.
        """
        resources = {} if resources is None else resources
        language = nb.metadata.get("kernelspec", {}).get("language", "python")
        if language != "python":
            raise ValueError(f"the notebook is written in {language!r}; Python can be examined")
        if unreadable_reason(nb):
            for cell in filter(is_test, nb.cells):
                cell.outputs = [
                    outputs.error_output("NotRunError", f"not graded: {unreadable_reason(nb)}")
                ]
            return nb, resources
        limits = self._limits()
        folder = Path(resources.get("metadata", {}).get("path") or ".").resolve()
        requirements = requirements_of(nb)
        candidate = start_candidate(self.confinement(), folder, limits, requirements)
        examiner = start_examiner(folder, limits, requirements)
        found = examine(nb, candidate, examiner, limits)
        if found.doubtful and self.repeats:
            found = examine(nb, candidate, examiner, limits)
        nb.cells = found.notebook.cells
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = [outputs.sanitize_output(output) for output in cell.outputs]
            if not self.allow_errors:
                self._raise_error(cell)
        sandboxed = not self.trust_students
        add_examination_notes(nb, found.reasons, found.details, sandboxed, found.doubtful)
        for reason in (*found.reasons, *found.details):
            self.log.warning("%s", reason)
        return nb, resources

    def _limits(self) -> Limits:
        given = {
            "cell_cpu": float(self.timeout or self.notebook_timeout),
            "cpu": self.notebook_timeout,
            **self.limits,
        }
        # A call that is stopped must leave its test time to report it.
        given.setdefault("call_cpu", given["cell_cpu"] / 2)
        for name, of in (("wall", "cpu"), ("cell_wall", "cell_cpu"), ("call_wall", "call_cpu")):
            given.setdefault(name, WALL_FACTOR * given[of])
        return Limits(**given)

    def confinement(self) -> Confinement:
        """Return what students' code runs in.

        Raises
        ------
        NoSandboxError
            If there can be no sandbox here and students are not trusted.
        SlowMachineError
            If this machine is too busy to tell.
        """
        if os.name != "posix":
            raise NoSandboxError("two interpreters need Linux or macOS; use WSL on Windows")
        from autograder.sandbox import Sandbox  # imports modules that only they have

        if self.trust_students:
            return Unconfined()
        sandbox = Sandbox()
        why_unavailable = sandbox.available()
        if why_unavailable:
            raise NoSandboxError(why_unavailable)
        return sandbox

    def _raise_error(self, cell: NotebookNode) -> None:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                content = {**output, "status": "error"}
                raise CellExecutionError.from_cell_and_msg(cell, content)
