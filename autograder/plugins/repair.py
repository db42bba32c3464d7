"""What nbgrader calls when it autogrades in this folder: read, mend, and record the verdict."""

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.submission.notes import note
from autograder.submission.read import UnreadableError, read
from autograder.submission.released_cells import released_unit
from autograder.submission.repair import repair


class SubmissionExporter(NotebookExporter):
    """Reads what students handed in; where it is no notebook, an empty one takes its place."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert one file; `resources["nbgrader"]["unreadable"]` says why it could not be read.

        nbgrader uses one exporter for what was handed in and for what it made of it; the latter is
        read as it is.
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
    """Puts a submission into a state that the steps after it can grade."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Mend `nb` from the cells in the gradebook and note what was unusual in its metadata."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            unit = released_unit(gradebook, about["assignment"])
        unreadable = about.get("unreadable", "")
        reasons = repair(nb, unit)
        note(nb, [unreadable] if unreadable else reasons, unreadable)
        return nb, resources
