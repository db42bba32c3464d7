"""Steps of `nbgrader autograde` in this folder: read and repair a submission."""

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.submission.notes import set_notes
from autograder.submission.read import UnreadableError, read
from autograder.submission.released_cells import load_released_unit
from autograder.submission.repair import repair


class SubmissionExporter(NotebookExporter):
    """Reads a submitted file; where it is not a notebook, returns an empty one."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert one file; `resources["nbgrader"]["unreadable"]` says why it could not be read.

        nbgrader uses one exporter for submissions and for its own intermediate notebooks; the
        latter are read unchanged.
        """
        if not getattr(self.parent, "_sanitizing", False):
            return super().from_filename(filename, resources, **kw)
        resources = {"nbgrader": {}} if resources is None else resources
        path = Path(filename)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        try:
            notebook = read(path)
        except UnreadableError as error:
            notebook = new_notebook()
            resources["nbgrader"]["unreadable"] = str(error)
        return self.from_notebook_node(notebook, resources, **kw)


class Repair(NbGraderPreprocessor):
    """Repairs a submission so that the following steps can grade it."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Repair `nb` against the gradebook and note everything unusual in its metadata."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            unit = load_released_unit(gradebook, about["assignment"])
        unreadable = about.get("unreadable", "")
        reasons = repair(nb, unit)
        set_notes(nb, [unreadable] if unreadable else reasons, unreadable)
        return nb, resources
