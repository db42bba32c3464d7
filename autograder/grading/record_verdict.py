"""What nbgrader calls at the end of autograding: the verdict is written down."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.grading.verdict import verdict_of


class RecordVerdict(NbGraderPreprocessor):
    """Reads the verdict off an executed notebook and writes it below the classroom."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Write the verdict of `nb`; the notebook stays as it is."""
        about = resources["nbgrader"]
        verdict_of(nb, about["assignment"], about["student"]).save()
        return nb, resources
