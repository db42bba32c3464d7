"""Bring the course's mended notebooks into a student's files; what they were stays beside them."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.merge import merge

MAX_BYTES = 200_000_000
EARLIER = "earlier"
"""The folder, beside a notebook, of its copies as they were before each update."""


class UpdateError(RuntimeError):
    """A file cannot be updated; the message says why. It was left as it is."""


@dataclass(frozen=True)
class Updated:
    """What has become of a file; `earlier` is the copy of what it was, None if nothing changed."""

    path: Path
    earlier: Path | None = None
    notes: tuple[str, ...] = ()


def update_file(path: Path, release: Path) -> Updated:
    """Update one notebook in place; what it was stays beside it in the folder `earlier`.

    Raises
    ------
    UpdateError
        If it is no notebook, or cannot be written.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UpdateError(f"{path} has more than {MAX_BYTES / 1e6:.0f} MB; clear its outputs")
        mine = nbformat.read(path, as_version=4)
    except OSError as error:
        raise UpdateError(f"{path} cannot be read: {error.strerror}") from error
    except Exception as error:  # nbformat trusts what it reads
        raise UpdateError(f"{path} is not a notebook that can be read; it was left") from error
    merged = merge(mine, nbformat.read(release, as_version=4))
    if merged.notebook.cells == mine.cells:
        return Updated(path)
    try:
        return Updated(path, _replace(path, merged.notebook), merged.notes)
    except OSError as error:
        raise UpdateError(f"{path} was left as it is: {error.strerror}") from error


def update_folder(folder: Path, releases: Iterable[Path]) -> tuple[list[Updated], list[str]]:
    """Update each released notebook that is in a folder, `UNIT/UNIT.ipynb`; add those that are not.

    Returns
    -------
    updated : list of Updated
    problems : list of str
        A sentence on each that could not be.
    """
    updated, problems = [], []
    for release in releases:
        mine = folder / release.parent.name / release.name
        try:
            if mine.exists():
                updated.append(update_file(mine, release))
            else:
                mine.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(release, mine)
                updated.append(Updated(mine))
        except UpdateError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{mine} cannot be written: {error.strerror}")
    return updated, problems


def _replace(path: Path, notebook: NotebookNode) -> Path:
    """Write a notebook over a file, whose copy stays; return the copy."""
    folder = path.parent / EARLIER
    folder.mkdir(exist_ok=True)
    number = 1
    while (earlier := folder / f"{path.stem}.{number}.ipynb").exists():
        number += 1
    handle, half = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            nbformat.write(notebook, file)
        shutil.copymode(path, half)
        shutil.copy2(path, earlier)
        Path(half).replace(path)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    return earlier
