"""Read a submitted file, whatever it is, or report in a sentence why it cannot be read."""

import contextlib
import json
import re
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, ValidationError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from nbformat.v4.nbbase import random_cell_id

from autograder.submission.committed_predictions import take_predictions

MAX_BYTES = 50_000_000
"""A finished notebook of this course is below 1 MB; 50 MB leave room for pasted pictures."""

MAX_CELLS = 2_000

MAX_DEPTH = 20
"""Deepest nesting of metadata that is kept; anything deeper is dropped."""

OTHER_KINDS = {
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
}
"""What students hand in under a notebook's name, by how such files begin."""

_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
_SCHEMA_KEYS = {"format", "jupyter", "name", "tags", "execution", "collapsed", "scrolled"}
"""Keys of cell metadata that the notebook schema constrains."""


class UnreadableError(ValueError):
    """The submission is not a notebook; the message gives the reason to teacher and student."""


def read(path: Path) -> NotebookNode:
    """Read a submitted notebook.

    Cells are rebuilt from their type, source and metadata, so that nothing else in the file can
    break later steps. Outputs are dropped: grading runs every cell itself. Only what was
    committed as a prediction is taken from them.

    Raises
    ------
    UnreadableError
        If `path` does not hold a notebook; the message says why.
    """
    content = _parse(_read_text(path))
    version = content.get("nbformat")
    if not isinstance(version, int) or isinstance(version, bool):
        raise UnreadableError("the file is JSON but not a notebook: it has no nbformat number")
    if version > nbformat.current_nbformat or version < 1:
        raise UnreadableError(
            f"nbformat {version} is not known; this course reads 1 to {nbformat.current_nbformat}"
        )
    if version < nbformat.current_nbformat:
        content = _upgrade(content, version)
    cells = content.get("cells")
    if not isinstance(cells, list):
        raise UnreadableError("the file is JSON but not a notebook: it has no list of cells")
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"the notebook has {len(cells)} cells; at most {MAX_CELLS} are read")
    return _rebuild(content, cells)


def _read_text(path: Path) -> str:
    try:
        status = path.lstat()
    except FileNotFoundError:
        raise UnreadableError("there is no notebook of this name in the folder") from None
    except OSError as error:
        raise UnreadableError(f"the file cannot be reached: {error.strerror}") from None
    if stat.S_ISLNK(status.st_mode):
        raise UnreadableError("it is a symbolic link, not a file; links are not followed")
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableError("it is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("it is a special file, not a notebook")
    if status.st_size > MAX_BYTES:
        raise UnreadableError(
            f"the file has {status.st_size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"the file cannot be read: {error.strerror}") from None
    if not data.strip():
        raise UnreadableError("the file is empty")
    head = data[:200].lstrip().lower()
    for start, kind in OTHER_KINDS.items():
        if head.startswith(start.lower()):
            raise UnreadableError(
                f"the file is {kind} with a notebook's name; hand in the .ipynb file that "
                "JupyterLab saves, as it is"
            )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"the file is not UTF-8 text (byte {error.start})") from None


def _parse(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip().startswith("{") and _is_truncated(error, text):
            raise UnreadableError("the file is truncated: it ends in the middle") from None
        raise UnreadableError(
            f"the file is not JSON, as a notebook must be (line {error.lineno}: {error.msg})"
        ) from None
    except RecursionError:
        raise UnreadableError("the file is not a notebook: it is nested too deeply") from None
    except ValueError as error:  # a number with more digits than Python converts
        raise UnreadableError(f"the file holds a number that cannot be read ({error})") from None
    if not isinstance(content, dict):
        raise UnreadableError("the file is JSON but not a notebook: it has no cells")
    return content


def _is_truncated(error: json.JSONDecodeError, text: str) -> bool:
    return error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()) - 1


def _upgrade(content: dict[str, Any], version: int) -> dict[str, Any]:
    try:
        return nbformat.convert(nbformat.from_dict(content), nbformat.current_nbformat)
    except Exception as error:  # the converters trust what they read
        raise UnreadableError(
            f"the notebook is of the old nbformat {version} and cannot be upgraded"
        ) from error


def _rebuild(content: dict[str, Any], cells: list[Any]) -> NotebookNode:
    notebook = _build_with_metadata(new_notebook, content.get("metadata"), "kernelspec")
    notebook.nbformat_minor = 5
    taken: set[str] = set()
    for cell in cells:
        built = _build_cell(cell)
        if built is None:
            continue
        given = cell.get("id")
        if isinstance(given, str) and _CELL_ID.fullmatch(given) and given not in taken:
            built.id = given
        taken.add(built.id)
        notebook.cells.append(built)
    take_predictions(notebook, cells)
    return notebook


def _build_cell(cell: Any) -> NotebookNode | None:
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    if not isinstance(kind, str) or kind not in _NEW_CELL:
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    built = _build_plain_cell(kind, _replace_surrogates(source), cell.get("metadata"))
    if built is None:
        new_cell = partial(_NEW_CELL[kind], _replace_surrogates(source))
        built = _build_with_metadata(new_cell, cell.get("metadata"), "nbgrader")
    if kind == "markdown" and _are_attachments_valid(cell.get("attachments")):
        built.attachments = nbformat.from_dict(_to_storable(cell["attachments"]))
    return built


def _build_plain_cell(kind: str, source: str, metadata: Any) -> NotebookNode | None:
    """Build a cell whose metadata the schema does not constrain; return None for any other.

    nbformat's own validation takes a millisecond a cell, which adds up to minutes for a class.
    """
    given = _to_storable(metadata) if isinstance(metadata, dict) else {}
    if not _SCHEMA_KEYS.isdisjoint(given):
        return None
    cell = NotebookNode(
        id=random_cell_id(), cell_type=kind, source=source, metadata=nbformat.from_dict(given)
    )
    if kind == "code":
        cell.update(execution_count=None, outputs=[])
    return cell


def _build_with_metadata(
    new: Callable[..., NotebookNode], metadata: Any, essential: str
) -> NotebookNode:
    """Build a cell or a notebook with all its metadata, or if that is invalid with `essential`."""
    given = _to_storable(metadata) if isinstance(metadata, dict) else {}
    for candidate in (given, {key: given[key] for key in (essential,) if key in given}):
        with contextlib.suppress(ValidationError):
            return new(metadata=nbformat.from_dict(candidate))
    return new()


def _to_storable(value: Any, depth: int = 0) -> Any:
    """Drop what JSON cannot store again: lone surrogates and nesting that is too deep."""
    if isinstance(value, str):
        return _replace_surrogates(value)
    if depth >= MAX_DEPTH:
        return None if isinstance(value, dict | list) else value
    if isinstance(value, dict):
        return {
            _replace_surrogates(key): _to_storable(item, depth + 1) for key, item in value.items()
        }
    return [_to_storable(item, depth + 1) for item in value] if isinstance(value, list) else value


def _replace_surrogates(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot encode."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _are_attachments_valid(attachments: Any) -> bool:
    return isinstance(attachments, dict) and all(
        isinstance(bundle, dict) and all(isinstance(data, str) for data in bundle.values())
        for bundle in attachments.values()
    )
