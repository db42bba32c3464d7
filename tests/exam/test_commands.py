"""Lines that IPython hands to a shell end in the sandbox as in a kernel where the command fails."""

from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.exam.examination import examine
from autograder.exam.limits import Limits
from autograder.plugins.launch import start_candidate, start_examiner
from autograder.sandbox import Sandbox
from tests.exam.conftest import errors, notebook, student

LINES = (
    "!ls -la", "!!ls", "%sx ls", "%system ls", "%sc -l there=ls", "%ls", "%cat notes.txt",
    "%cp one two", "%mkdir folder", "%pip install numpy", "%uv pip install numpy",
    "%conda install -y numpy", "%mamba install numpy", "%micromamba list", "there = !ls",
    "there = %sx ls", "first, *rest = !ls", "for i in range(2):\n    !echo {i}",
    "def look():\n    found = !ls\n    return found\nlook()", "%cd ..\n%ls\n%pwd",
    "%cd -q .\n%dhist",
    "%alias say echo\n%say it", "%rehashx", "%man ls", "%less notes.txt", "%clear", "%autosave 60",
    "%connect_info", "%edit", "%store", "get_ipython().system('ls')", "import os; os.system('ls')",
    "get_ipython().getoutput('ls', split=False).n", "get_ipython().system_raw('ls')",
    "%matplotlib widget", "%matplotlib qt", "%matplotlib notebook",
)  # fmt: skip
CELLS = (
    "%%bash\nls", "%%sh\nls", "%%bash --out there\nls", "%%script perl\nprint 1", "%%sx\nls",
    "%%system\nls", "%%!\nls", "%%bash --bg\nls", "%%capture said\n!ls", "%%time\n!ls",
)  # fmt: skip


def in_the_sandbox(folder: Path, *cells: NotebookNode) -> list[NotebookNode]:
    limits = Limits()
    candidate = start_candidate(Sandbox(), folder, limits)
    found = examine(notebook(*cells), candidate, start_examiner(folder, limits), limits)
    assert found.reasons == ()
    return list(found.notebook.cells)


def printed(cell: NotebookNode) -> str:
    return "".join(output.get("text", "") for output in cell.outputs)


def test_a_command_does_not_stop_its_cell(tmp_path: Path) -> None:
    sources = [*(f"{line}\nprint('went', 'on')" for line in LINES), *CELLS]
    cells = in_the_sandbox(tmp_path, *map(student, sources))
    assert {cell.source: errors(cell) for cell in cells if errors(cell)} == {}
    stopped = [cell.source for cell in cells[: len(LINES)] if "went on" not in printed(cell)]
    assert stopped == []


def test_a_command_says_that_it_was_not_run_and_what_it_would_leave_is_there(
    tmp_path: Path,
) -> None:
    cells = in_the_sandbox(
        tmp_path,
        student("!ls -la"),
        student("there = !ls\nprint(_exit_code, len(there), there.s.startswith('Not run'))"),
        student("%%bash --out said\nls"),
        student("repr(said)"),
    )
    assert printed(cells[0]) == (
        "Not run while grading, where there are no other programs: ls -la\n"
    )
    assert printed(cells[1]) == "127 1 True\n"
    assert cells[3].outputs[0].data["text/plain"] == "\"''\""


def test_what_a_kernel_refuses_is_refused(tmp_path: Path, run: Callable) -> None:
    sources = ["!sleep 1 &", "there = !sleep 1 &"]
    sandboxed = in_the_sandbox(tmp_path, *map(student, sources))
    outside = run(*map(student, sources)).notebook.cells
    for cell, other in zip(sandboxed, outside, strict=True):
        assert errors(cell) == errors(other) == ["OSError: Background processes not supported."]


def test_moving_about_leaves_nothing_in_the_folder(tmp_path: Path) -> None:
    cells = in_the_sandbox(tmp_path, student("%cd -q .\nimport os\nprint(os.listdir())"))
    assert printed(cells[0]) == "[]\n"


@pytest.mark.parametrize("command", ["echo {name}", "echo $name"])
def test_where_there_is_a_shell_a_command_is_run(run: Callable, command: str) -> None:
    source = f"def f():\n    name = 'mine'\n    !{command}\nf()"
    assert printed(run(student(source)).notebook.cells[0]).strip() == "mine"
