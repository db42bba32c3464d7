"""The last step of `nbgrader autograde`: save the verdict."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.grading.verdict import verdict_of


class RecordVerdict(NbGraderPreprocessor):
    """Derives the verdict from an executed notebook and saves it in the classroom."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Save the verdict of `nb`, which is not changed."""
        about = resources["nbgrader"]
        verdict_of(nb, about["assignment"], about["student"]).save()
        return nb, resources
