"""Read what a student handed in, whatever it is, or say plainly why it cannot be read."""

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

MAX_BYTES = 50_000_000
"""A finished notebook of this course stays below 1 MB; fifty leave room for pasted pictures."""

MAX_CELLS = 2_000

MAX_DEPTH = 20
"""How deep metadata may be nested; what lies deeper is left out."""

_IDENTITY = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
_RULED = {"format", "jupyter", "name", "tags", "execution", "collapsed", "scrolled"}
"""Metadata of cells that the format has rules for."""


class UnreadableError(ValueError):
    """A submission that is no notebook; the message is the reason, for teacher and student."""


def read(path: Path) -> NotebookNode:
    """Read a submitted notebook.

    Cells are built afresh from their type, source and metadata, so that nothing else in the file
    can trouble what comes after. Outputs are left behind: grading runs every cell itself.

    Raises
    ------
    UnreadableError
        If there is no notebook in `path`; the message says why.
    """
    content = _parse(_text(path))
    version = content.get("nbformat")
    if not isinstance(version, int) or isinstance(version, bool):
        raise UnreadableError("the file is JSON but not a notebook: it has no nbformat number")
    if version > nbformat.current_nbformat or version < 1:
        raise UnreadableError(
            f"nbformat {version} is not known; this course reads 1 to {nbformat.current_nbformat}"
        )
    if version < nbformat.current_nbformat:
        content = _upgraded(content, version)
    cells = content.get("cells")
    if not isinstance(cells, list):
        raise UnreadableError("the file is JSON but not a notebook: it has no list of cells")
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"the notebook has {len(cells)} cells; at most {MAX_CELLS} are read")
    return _rebuilt(content, cells)


def _text(path: Path) -> str:
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
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"the file is not UTF-8 text (byte {error.start})") from None


def _parse(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip().startswith("{") and _ends_early(error, text):
            raise UnreadableError("the file is truncated: it ends in the middle") from None
        raise UnreadableError(
            f"the file is not JSON, as a notebook must be (line {error.lineno}: {error.msg})"
        ) from None
    except RecursionError:
        raise UnreadableError("the file is not a notebook: it is nested too deeply") from None
    except ValueError as error:  # a number of more digits than Python converts
        raise UnreadableError(f"the file holds a number that cannot be read ({error})") from None
    if not isinstance(content, dict):
        raise UnreadableError("the file is JSON but not a notebook: it has no cells")
    return content


def _ends_early(error: json.JSONDecodeError, text: str) -> bool:
    return error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()) - 1


def _upgraded(content: dict[str, Any], version: int) -> dict[str, Any]:
    try:
        return nbformat.convert(nbformat.from_dict(content), nbformat.current_nbformat)
    except Exception as error:  # the converters trust what they read
        raise UnreadableError(
            f"the notebook is of the old nbformat {version} and cannot be upgraded ({error!r})"
        ) from None


def _rebuilt(content: dict[str, Any], cells: list[Any]) -> NotebookNode:
    notebook = _made(new_notebook, content.get("metadata"), "kernelspec")
    notebook.nbformat_minor = 5
    taken: set[str] = set()
    for cell in cells:
        built = _cell(cell)
        if built is None:
            continue
        given = cell.get("id")
        if isinstance(given, str) and _IDENTITY.fullmatch(given) and given not in taken:
            built.id = given
        taken.add(built.id)
        notebook.cells.append(built)
    return notebook


def _cell(cell: Any) -> NotebookNode | None:
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    if not isinstance(kind, str) or kind not in _NEW_CELL:
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    built = _plain_cell(kind, _sound(source), cell.get("metadata"))
    if built is None:
        new_cell = partial(_NEW_CELL[kind], _sound(source))
        built = _made(new_cell, cell.get("metadata"), "nbgrader")
    if kind == "markdown" and _attachments_hold(cell.get("attachments")):
        built.attachments = nbformat.from_dict(_plain(cell["attachments"]))
    return built


def _plain_cell(kind: str, source: str, metadata: Any) -> NotebookNode | None:
    """Make a cell whose metadata the format has nothing to say about, None where it has.

    The format's own check of a cell takes a millisecond, which for a class is minutes.
    """
    given = _plain(metadata) if isinstance(metadata, dict) else {}
    if not _RULED.isdisjoint(given):
        return None
    cell = NotebookNode(
        id=random_cell_id(), cell_type=kind, source=source, metadata=nbformat.from_dict(given)
    )
    if kind == "code":
        cell.update(execution_count=None, outputs=[])
    return cell


def _made(new: Callable[..., NotebookNode], metadata: Any, needed: str) -> NotebookNode:
    """Make a cell or a notebook with its metadata, or with as much of it as the format allows."""
    given = _plain(metadata) if isinstance(metadata, dict) else {}
    for kept in (given, {key: given[key] for key in (needed,) if key in given}):
        with contextlib.suppress(ValidationError):
            return new(metadata=nbformat.from_dict(kept))
    return new()


def _plain(value: Any, depth: int = 0) -> Any:
    """Return JSON without what cannot be written again, or copied."""
    if isinstance(value, str):
        return _sound(value)
    if depth >= MAX_DEPTH:
        return None if isinstance(value, dict | list) else value
    if isinstance(value, dict):
        return {_sound(key): _plain(item, depth + 1) for key, item in value.items()}
    return [_plain(item, depth + 1) for item in value] if isinstance(value, list) else value


def _sound(text: str) -> str:
    """Replace lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _attachments_hold(attachments: Any) -> bool:
    return isinstance(attachments, dict) and all(
        isinstance(bundle, dict) and all(isinstance(data, str) for data in bundle.values())
        for bundle in attachments.values()
    )
