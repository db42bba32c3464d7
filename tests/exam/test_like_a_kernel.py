"""The shell shows what a kernel shows, cell by cell, in one run of both."""
# ruff: noqa: E501  (tables of programs of one line)

import re
from collections.abc import Callable

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from tests.exam.conftest import notebook, student

CELLS = {
    "expression": "1 + 1",
    "nothing": "x = 1",
    "semicolon": "3;",
    "print": "print('a'); print('b', end='')",
    "both streams": "import sys; print('o'); sys.stdout.flush(); print('e', file=sys.stderr)",
    "array": "import numpy as np; np.eye(2)",
    "html": "from IPython.display import HTML; HTML('<b>x</b>')",
    "display": "display(1, 'two'); 3",
    "latex": "from IPython.display import Latex; Latex('$x$')",
    "picture": "from IPython.display import Image; import base64\n"
    "Image(data=base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQ"
    "DwAEhQGAhKmMIQAAAABJRU5ErkJggg=='))",
    "error": "def g():\n    return 1 / 0\ng()",
    "syntax": "a b",
    "name": "undefined_name",
    "custom error": "class Odd(Exception):\n    def _render_traceback_(self): return ['odd']\nraise Odd('x')",
    "exit": "import sys; sys.exit(3)",
    "input": "input('name?')",
    "underscore": "_",
    "history": "Out[1], In[1]",
    "await": "import asyncio\nawait asyncio.sleep(0, 'slept')",
    "async for": "async def n():\n    yield 1\n[i async for i in n()]",
    "ipython": "get_ipython().execution_count",
    "magic": "%pwd\n%pylab_is_no_magic",
    "capture": "%%capture out\nprint('caught')",
    "captured": "out.stdout",
    "shell": "!echo from the shell",
    "descriptor": "import os; _n = os.write(1, b'low\\n')",
    "subprocess": "import subprocess; subprocess.run(['echo', 'sub']).returncode",
    "identity": "h = display(1, display_id='d'); h.update(2)",
    "update later": "h.update(3)",
    "clear": "from IPython.display import clear_output\nprint('gone'); clear_output(); print('stays')",
    "clear later": "print('gone'); clear_output(wait=True); print('stays')",
    "widget": "import ipywidgets; ipywidgets.IntSlider(value=3).value",
    "figure": "import matplotlib.pyplot as plt; fig = plt.figure(figsize=(1, 1)); ax = plt.plot([1, 2])",
    "figure shown": "%matplotlib inline\nplt.plot([2, 1]); plt.show()",
    "name main": "__name__, __doc__",
    "warning": "import warnings; warnings.warn('careful')",
    "assert": "assert 1 == 2, 'no'",
    "logging": "import logging; logging.warning('log')",
    "help": "len?",
    "chained": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('v') from e",
    "recursion": "def r(): r()\ntry:\n    r()\nexcept RecursionError: print('deep')",
    "pickle": "import pickle\nclass P: pass\ntype(pickle.loads(pickle.dumps(P()))) is P",
    "pandas-like": "class T:\n    def _repr_html_(self): return '<i>t</i>'\n    def __repr__(self): return 't'\nT()",
    "bad repr": "class B:\n    def __repr__(self): raise ValueError('r')\nB()",
    "exception group": "raise ExceptionGroup('g', [ValueError(1)])",
    "big int": "10 ** 30",
    "set": "{3, 1}",
}  # fmt: skip
UNLIKE = {
    "input": "the traceback ends in the kernel's own file",
    "magic": "the error that nbgrader adds where a kernel shows none says it was disabled",
    "exception group": "as above",
    "help": "a page for a pager, which a notebook without a reader does not show",
}


def reported(cell: NotebookNode) -> list[dict]:
    """Return a cell's outputs without what differs between two runs of one kernel."""
    outputs: list[dict] = []
    for given in cell.outputs:
        output = nbformat.from_dict(given)
        if output.output_type == "stream" and any(o.get("name") == output.name for o in outputs):
            next(o for o in outputs if o.get("name") == output.name)["text"] += output.text
        else:
            outputs.append(output)
    text = str([dict(sorted(o.items())) for o in sorted(outputs, key=lambda o: o.get("name", ""))])
    text = re.sub(r"(/tmp/ipykernel_\d+/)?\d{6,}\.py|<ipython-input-\d+-\w+>", "<cell>", text)
    text = re.sub(r"0x[0-9a-f]+", "0x", text)
    return [re.sub(r"'model_id': '\w+'", "", text)]


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> NotebookNode:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel takes no descriptors where it is set
    nb = notebook(*map(student, CELLS.values()))
    return NotebookClient(nb, allow_errors=True, kernel_name="python3").execute()


def test_every_kind_of_cell_shows_what_it_shows_in_a_kernel(
    run: Callable, kernel: NotebookNode
) -> None:
    ours = run(*map(student, CELLS.values())).notebook
    unlike = {
        name: (reported(mine), reported(theirs))
        for name, mine, theirs in zip(CELLS, ours.cells, kernel.cells, strict=True)
        if reported(mine) != reported(theirs) and name not in UNLIKE
    }
    for name, (mine, theirs) in unlike.items():
        print(f"== {name}\n{mine[0][:1500]}\n{theirs[0][:1500]}")
    assert not unlike
    assert [c.execution_count for c in ours.cells] == [c.execution_count for c in kernel.cells]
