"""The released notebook, made in memory by nbgrader's own preprocessors."""

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions, ComputeChecksums, LockCells

from autograder import paths
from autograder.authoring.cells import name_of
from autograder.authoring.unit_text import read_unit


def release_notebook(unit: str, hidden: bool = False) -> NotebookNode:
    """Make a unit's released notebook; `hidden` keeps the hidden tests."""
    notebook = read_unit(paths.SOURCE / f"{unit}.py")
    steps = [LockCells(), ClearSolutions(), ComputeChecksums()]
    if not hidden:
        steps += [ClearHiddenTests(), ComputeChecksums()]
    for step in steps:
        notebook, _ = step.preprocess(notebook, {})
    for cell in notebook.cells:
        if name_of(cell):
            cell.metadata.nbgrader.cell_type = cell.cell_type
    return notebook
