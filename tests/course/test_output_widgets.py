"""Notebooks with output widgets run through without a word to the kernel between their cells."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.output_widget import OutputWidget

from course.output_widgets import leave_unanswered

CELLS = (
    "from ipywidgets import interact, Output",
    "out = Output()\nwith out:\n    print('inside')",
    "@interact(depth=(1, 8))\ndef show(depth=2):\n    print(depth)",
    "out.outputs, show.widget.out.outputs",
)


@pytest.mark.parametrize("mended", [False, True])
def test_the_kernel_is_told_of_no_output(mended: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OutputWidget, "sync_state", OutputWidget.sync_state)  # put back afterwards
    if mended:
        leave_unanswered()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    [last] = notebook.cells[-1].outputs
    assert (last.data["text/plain"] == "((), ())") == mended
