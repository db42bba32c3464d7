"""Notebooks with output widgets run through without a word to the kernel between their cells."""

import nbformat
from nbclient import NotebookClient

from course.output_widgets import leave_unanswered

CELLS = (
    "from ipywidgets import interact, Output",
    "out = Output()\nwith out:\n    print('inside')",
    "@interact(depth=(1, 8))\ndef show(depth=2):\n    print(depth)",
    "import time; time.sleep(0.5)  # until what the client says has come",
    "out.outputs, show.widget.out.outputs",
)


def test_the_kernel_is_told_of_no_output() -> None:
    leave_unanswered()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    [last] = notebook.cells[-1].outputs
    assert last.data["text/plain"] == "((), ())"
