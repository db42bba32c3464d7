"""nbgrader's source notebooks: written from the units' texts, again if a text has changed."""

import logging
import os
from pathlib import Path

from autograder import paths, permissions

log = logging.getLogger(__name__)


def refresh() -> None:
    """Write each source notebook that is missing or older than its text.

    Reading nbgrader's configuration calls this, so every Jupyter started in this folder does.
    Therefore it compares dates first, and only logs a text that is not a valid notebook.
    """
    folder = paths.BUILD / "source"
    for unit in paths.units():
        try:
            text, notebook = paths.SOURCE / f"{unit}.py", folder / unit / f"{unit}.ipynb"
            if not notebook.exists() or notebook.stat().st_mtime < text.stat().st_mtime:
                permissions.make_private(paths.BUILD)
                write(unit, folder)
        except Exception as error:
            log.warning("nbgrader's source notebook of %s was not written: %s", unit, error)


def write(unit: str, folder: Path) -> None:
    """Write the source notebook of a unit into a folder of source notebooks.

    Raises
    ------
    autograder.authoring.unit_text.SourceError
        If the text is not a valid notebook.
    """
    import nbformat  # importing these two takes most of a second

    from autograder.authoring.unit_text import read_unit

    path = folder / unit / f"{unit}.ipynb"
    notebook = read_unit(paths.SOURCE / f"{unit}.py")
    path.parent.mkdir(parents=True, exist_ok=True)
    half = folder / f".{unit}-{os.getpid()}"  # others may read or write it at the same time
    nbformat.write(notebook, half)
    half.replace(path)
