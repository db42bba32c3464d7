"""Redact a graded notebook: remove hidden tests and any output that quotes the grader."""

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

from autograder.grading.rules.unit_rules import extensions, hidden_until, load_rules
from autograder.grading.verdict import verdict_of
from autograder.paths import FOLDER, ROOT
from autograder.submission.released_cells import TEST_PREFIX

WITHHELD = "[withheld: it holds parts of the grader]"
STAFF_WORDS = re.compile(r"\bautograder\b|right answers of|HIDDEN TESTS")
MIN_SECRET_LINE = 16
"""Shorter lines of a hidden test are too common to search for."""


class RedactTests(Preprocessor):
    """Keeps of a test cell its visible text and its hint, of other cells the harmless output."""

    enabled = Bool(True, help="Whether to redact.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Redact `nb` in place, and list at its top everything unusual."""
        about = resources["nbgrader"]
        about["hides_points"] = _hides_points(about["assignment"], about["student"])
        verdict = verdict_of(nb, about["assignment"], about["student"])
        clear = ClearHiddenTests(enforce_metadata=False)
        hidden_lines = _hidden_lines(nb, clear)
        for index, cell in enumerate(nb.cells):
            if cell.cell_type != "code":
                continue
            if utils.is_grade(cell) and not utils.is_solution(cell):
                result = verdict.exercises[
                    cell.metadata.nbgrader.grade_id.removeprefix(TEST_PREFIX)
                ]
                clear.preprocess_cell(cell, resources, index)
                cell.outputs = [_test_output(result.message)]
            else:
                cell.outputs = [_redact_output(output, hidden_lines) for output in cell.outputs]
        if verdict.reasons:
            nb.cells.insert(0, new_markdown_cell(_reasons_text(verdict.reasons)))
        return nb, resources


def _hides_points(unit: str, student: str) -> bool:
    """Tell whether a student may not see points of a unit yet; nbgrader's own command asks too."""
    return hidden_until(load_rules([unit])[unit], extensions(unit).get(student)) is not None


def _hidden_lines(nb: NotebookNode, clear: ClearHiddenTests) -> set[str]:
    lines: set[str] = set()
    for cell in nb.cells:
        if utils.is_grade(cell) and cell.cell_type == "code":
            open_cell = NotebookNode(cell)
            clear.preprocess_cell(open_cell, {}, 0)
            lines |= set(cell.source.splitlines()) - set(open_cell.source.splitlines())
    return {line.strip() for line in lines if len(line.strip()) >= MIN_SECRET_LINE}


def _test_output(message: str) -> NotebookNode:
    if not message:
        return new_output("stream", name="stdout", text="✓ right\n")
    return new_output("error", ename="not yet", evalue=message, traceback=[f"✗ {message}"])


def _redact_output(output: NotebookNode, hidden_lines: set[str]) -> NotebookNode:
    if output.output_type == "stream":
        output.text = _redact_text(output.text, hidden_lines)
    elif output.output_type == "error":
        output.evalue = _redact_text(output.evalue, hidden_lines)
        text = _redact_text("\n".join(output.traceback), hidden_lines)
        output.traceback = [f"{output.ename}: {output.evalue}" if text == WITHHELD else text]
    else:
        for kind, value in output.data.items():
            if not kind.startswith("image/"):
                output.data[kind] = _redact_text(value, hidden_lines)
    return output


def _redact_text(text: str, hidden_lines: set[str]) -> str:
    plain = strip_ansi(text)
    if STAFF_WORDS.search(plain) or any(line in plain for line in hidden_lines):
        return WITHHELD
    for path in (str(ROOT), str(FOLDER), sys.prefix, sys.base_prefix):
        text = text.replace(path, "…")
    return text


def _reasons_text(reasons: tuple[str, ...]) -> str:
    listed = "\n".join(f"- {reason}" for reason in reasons)
    return f"**Please note about this submission:**\n\n{listed}"
