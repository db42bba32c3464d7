"""Take out of a graded notebook what a student must not see: hidden tests and what they said."""

import re
import sys
from typing import Any

from nbconvert.filters import strip_ansi
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader import utils
from nbgrader.preprocessors import ClearHiddenTests
from traitlets import Bool

from autograder.authoring.cells import name_of
from autograder.grading.verdict import TEST, verdict_of
from autograder.paths import FOLDER, ROOT

WITHHELD = "[withheld: it holds parts of the grader]"
STAFF = re.compile(r"\bautograder\b|right answers of|HIDDEN TESTS")
SHORT = 16
"""Lines of a hidden test shorter than this are too common to search for."""


class RedactTests(Preprocessor):
    """Leaves of a test cell its visible text and its hint, of other cells what is harmless."""

    enabled = Bool(True, help="Whether to hide them.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Hide tests in `nb`, in place, and say at its top what was unusual."""
        about = resources["nbgrader"]
        verdict = verdict_of(nb, about["assignment"], about["student"])
        clear = ClearHiddenTests(enforce_metadata=False)
        secret = _hidden_lines(nb, clear)
        for index, cell in enumerate(nb.cells):
            if cell.cell_type != "code":
                continue
            if utils.is_grade(cell) and not utils.is_solution(cell):
                result = verdict.exercises[name_of(cell).removeprefix(TEST)]
                clear.preprocess_cell(cell, resources, index)
                cell.outputs = [_outcome(result.message)]
            else:
                cell.outputs = [_harmless(output, secret) for output in cell.outputs]
        if verdict.reasons:
            nb.cells.insert(0, new_markdown_cell(_unusual(verdict.reasons)))
        return nb, resources


def _hidden_lines(nb: NotebookNode, clear: ClearHiddenTests) -> set[str]:
    lines: set[str] = set()
    for cell in nb.cells:
        if utils.is_grade(cell) and cell.cell_type == "code":
            open_cell = NotebookNode(cell)
            clear.preprocess_cell(open_cell, {}, 0)
            lines |= set(cell.source.splitlines()) - set(open_cell.source.splitlines())
    return {line.strip() for line in lines if len(line.strip()) >= SHORT}


def _outcome(message: str) -> NotebookNode:
    if not message:
        return new_output("stream", name="stdout", text="✓ right\n")
    return new_output("error", ename="not yet", evalue=message, traceback=[f"✗ {message}"])


def _harmless(output: NotebookNode, secret: set[str]) -> NotebookNode:
    if output.output_type == "stream":
        output.text = _seen(output.text, secret)
    elif output.output_type == "error":
        output.evalue = _seen(output.evalue, secret)
        told = _seen("\n".join(output.traceback), secret)
        output.traceback = [f"{output.ename}: {output.evalue}" if told == WITHHELD else told]
    else:
        for kind, value in output.data.items():
            if not kind.startswith("image/"):
                output.data[kind] = _seen(value, secret)
    return output


def _seen(text: str, secret: set[str]) -> str:
    plain = strip_ansi(text)
    if STAFF.search(plain) or any(line in plain for line in secret):
        return WITHHELD
    for path in (str(ROOT), str(FOLDER), sys.prefix, sys.base_prefix):
        text = text.replace(path, "…")
    return text


def _unusual(reasons: tuple[str, ...]) -> str:
    listed = "\n".join(f"- {reason}" for reason in reasons)
    return f"**Please note about this submission:**\n\n{listed}"
