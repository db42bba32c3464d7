"""Run a submission within bounds: nbgrader's `Execute`, for which no output is never a pass."""

import asyncio
import os
from time import monotonic
from typing import Any

from jupyter_client.manager import KernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async, run_sync
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Integer, default

from autograder.layout import ROOT
from autograder.submission import outputs
from autograder.submission.mend import unreadable


class Execute(NbgraderExecute):
    """Run all cells in one kernel; whatever happens, every graded cell ends with an outcome.

    A graded cell passes only if the kernel said that it ran through. A kernel that dies or cannot
    be stopped, and a notebook that takes too long, fail the cells that are left; what was earned
    before stays earned.
    """

    notebook_timeout = Integer(
        300, help="Seconds that all cells of a notebook may take together."
    ).tag(config=True)

    max_output = Integer(
        10_000_000, help="Bytes that one cell may put out; it is interrupted when it passes them."
    ).tag(config=True)

    @default("shutdown_kernel")
    def _shutdown_kernel_default(self) -> str:
        return "immediate"

    @default("timeout_func")
    def _timeout_func_default(self) -> Any:
        return self._time_left

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: KernelManager | None = None
    ) -> tuple[NotebookNode, Any]:
        """Run `nb`, unless nothing readable was handed in."""
        self._end = monotonic() + self.notebook_timeout
        self._stopped = ""
        self._passed: set[int] = set()
        self._bytes: dict[int, int] = {}
        self._interrupts: set[asyncio.Future] = set()
        if unreadable(nb):
            self._stopped = f"not graded: {unreadable(nb)}"
            for index, cell in enumerate(nb.cells):
                self._settle(cell, index)
            return nb, resources
        return super().preprocess(nb, resources, km)

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> Any:
        """Run one cell, unless the notebook was stopped."""
        if not self._stopped and monotonic() > self._end:
            self._stopped = (
                f"not run: the cells before took longer than the {self.notebook_timeout} s "
                "a notebook may take"
            )
        name = cell.metadata.get("nbgrader", {}).get("grade_id") or f"number {index + 1}"
        if not self._stopped:
            try:
                super().preprocess_cell(cell, resources, index)
            except DeadKernelError:
                self._stop(cell, "KernelDiedError", f"cell {name} ended the Python process")
            except CellTimeoutError:
                self._stop(cell, "CellTimeoutError", f"cell {name} could not be stopped")
        self._settle(cell, index)
        return cell, self.resources

    async def async_start_new_kernel(self, **kwargs: Any) -> None:
        """Start a kernel that finds this course, installed or not."""
        environment = dict(kwargs.pop("env", None) or os.environ)
        paths = [str(ROOT), *filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))]
        environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
        await super().async_start_new_kernel(env=environment, **kwargs)

    start_new_kernel = run_sync(async_start_new_kernel)

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Note which cells ran through, by the kernel's own word."""
        super().on_cell_executed(**kwargs)
        if kwargs["execute_reply"]["content"]["status"] == "ok":
            self._passed.add(kwargs["cell_index"])

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take a message from the kernel, unless the cell has put out too much."""
        kind = msg["msg_type"]
        if kind in ("status", "execute_input", "error"):
            return super().process_message(msg, cell, cell_index)
        spent = self._bytes.get(cell_index, 0)
        self._bytes[cell_index] = spent + outputs.size(msg["content"], msg.get("buffers", []))
        if self._bytes[cell_index] <= self.max_output:
            return super().process_message(msg, cell, cell_index)
        if spent <= self.max_output:
            self._interrupt()
        return None

    def set_widgets_metadata(self) -> None:
        """Keep no state of widgets: their pictures are not kept either, and they are large."""

    def _interrupt(self) -> None:
        task = asyncio.ensure_future(ensure_async(self.km.interrupt_kernel()))
        self._interrupts.add(task)  # asyncio keeps only a weak reference to a task
        task.add_done_callback(self._interrupts.discard)

    @default("error_on_timeout")
    def _error_on_timeout_default(self) -> dict[str, Any]:
        said = f"stopped after {self.timeout} s, the time one cell may take"
        return dict(outputs.error("CellTimeoutError", said), status="error")

    def _time_left(self, cell: NotebookNode) -> int:
        return max(1, min(self.timeout or self.notebook_timeout, int(self._end - monotonic())))

    def _stop(self, cell: NotebookNode, name: str, message: str) -> None:
        cell.outputs.append(outputs.error(name, message))
        self._stopped = f"not run: {message}, so the cells after it did not run"

    def _settle(self, cell: NotebookNode, index: int) -> None:
        if cell.cell_type != "code":
            return
        cell.outputs = [outputs.tidy(output) for output in cell.outputs]
        if self._bytes.get(index, 0) > self.max_output:
            limit = f"it put out more than {self.max_output / 1e6:.0f} MB"
            cell.outputs.append(outputs.error("OutputLimitError", limit))
        if not utils.is_grade(cell) or utils.is_solution(cell):
            return
        outputs.settle_graded(cell)
        if index not in self._passed and not outputs.has_error(cell):
            reason = self._stopped or "this cell was not run"
            cell.outputs.append(outputs.error("NotRunError", reason))
