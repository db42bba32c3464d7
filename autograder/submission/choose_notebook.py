"""Choose the notebook to grade among the files of a submission's folder, or say why none is.

The notebook named after the unit is graded. Another one is graded in its place only if there is no
doubt: nothing is written in the first, or it is not there, and a single other one can be meant.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from nbformat import NotebookNode

from autograder.authoring.cells import name_of
from autograder.submission.read import UnreadableError, read
from autograder.submission.released_cells import ReleasedUnit
from autograder.submission.unit_names import is_archive, is_notebook, notebook_means_unit


def notebooks_in(folder: Path) -> list[Path]:
    """Return the files in a folder that are notebooks by their names; none of a missing folder."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if is_notebook(path.name) and path.is_file())


def choose_notebook(folder: Path, name: str, unit: ReleasedUnit) -> tuple[Path, list[str]]:
    """Return the notebook to grade, and anything unusual about its name and those beside it.

    Parameters
    ----------
    folder : Path
        The submission's; it may be missing.
    name : str
        The unit's name.
    unit : ReleasedUnit

    Raises
    ------
    UnreadableError
        If there is no notebook, or more than one could be meant.
    """
    expected = folder / f"{name}.ipynb"
    others = [path for path in notebooks_in(folder) if path != expected]
    if expected.exists() or expected.is_symlink():
        return _expected_or_copy(expected, others, unit)
    named = [path for path in others if notebook_means_unit(path.name, name)] or others
    meant = named if len(named) == 1 else [path for path in named if not _lack(path, unit)]
    if len(meant) == 1:
        rest = [path for path in others if path != meant[0]]
        reason = f"the notebook was called {meant[0].name!r}; graded as {expected.name!r}"
        return meant[0], [reason, *_not_graded(rest)]
    raise UnreadableError(_describe_missing(expected, others, folder))


def _expected_or_copy(
    expected: Path, others: list[Path], unit: ReleasedUnit
) -> tuple[Path, list[str]]:
    """Return the expected notebook, or the only other one that has answers if it has none."""
    lack = _lack(expected, unit) if others else ""
    if not lack:
        return expected, _not_graded(others)
    written = [path for path in others if not _lack(path, unit)]
    if len(written) != 1:
        return expected, _not_graded(others)
    rest = [path for path in others if path != written[0]]
    reason = f"{written[0].name!r} was graded in place of {expected.name!r}: {lack}"
    return written[0], [reason, *_not_graded(rest)]


def _not_graded(others: list[Path]) -> list[str]:
    if not others:
        return []
    if len(others) == 1:
        return [
            f"another notebook lies in the folder and was not graded: {_join_file_names(others)}"
        ]
    return [f"other notebooks lie in the folder and were not graded: {_join_file_names(others)}"]


def _lack(path: Path, unit: ReleasedUnit) -> str:
    """Say why a file is not what a student meant to hand in; nothing if it has answers."""
    try:
        return "" if has_answers(read(path), unit) else "nothing is written in it"
    except UnreadableError as error:
        return str(error)


def has_answers(notebook: NotebookNode, unit: ReleasedUnit) -> bool:
    """Tell whether an answer cell differs from the released one, or another cell defines an answer.

    A cell that has lost its name is one that defines what an exercise asks for.
    """
    stubs = {cell.name: cell.source.strip() for cell in unit.cells if cell.solution}
    released = set(stubs.values())
    defined = re.compile(rf"^(?:def|class)\s+(?:{'|'.join(map(re.escape, stubs))})\b", re.MULTILINE)
    for cell in notebook.cells:
        text = cell.source.strip()
        if not text or text in released:
            continue
        if name_of(cell) in stubs or cell.id in stubs or defined.search(text):
            return True
    return False


def _describe_missing(expected: Path, others: list[Path], folder: Path) -> str:
    if others:
        there = f"{_join_file_names(others)}, and it is not clear which one counts"
    else:
        archives = sorted(path for path in _files(folder) if is_archive(path.name))
        there = (
            f"an archive, {_join_file_names(archives)}: unpack it"
            if archives
            else "no notebook at all"
        )
    return f"there is no {expected.name} in the folder, but {there}"


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else ()


def _join_file_names(files: Iterable[Path]) -> str:
    return ", ".join(repr(path.name) for path in files)
