"""The outputs of a notebook's cells, taken from shells that may say anything."""

import json
import re
from collections import defaultdict
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_output

from autograder.exam.guest.frames import WireError
from autograder.exam.guest.output_stream import NOTICE
from autograder.exam.limits import CELLS_OF_OUTPUT

DEPTH = 30
"""How deep the JSON of an output may be nested."""
JSON = re.compile(r"application/(.*\+)?json\Z")
"""The kinds of data that may be anything but text."""
SLACK = 4096
"""Bytes by which an honest shell, which keeps the bound itself, may miss it."""


class Outputs:
    """Puts outputs into cells, as nbclient does; bounded by cell and by notebook.

    Parameters
    ----------
    cells : list of NotebookNode
    room : int
        Bytes kept for one cell.
    """

    def __init__(self, cells: list[NotebookNode], max_bytes: int) -> None:
        self._cells = cells
        self._max_bytes = max_bytes + SLACK
        self._kept: dict[int, int] = defaultdict(int)
        self._displays: dict[str, list[NotebookNode]] = defaultdict(list)
        self._clear: set[int] = set()

    def add(self, index: int, payload: bytes | bytearray | memoryview) -> None:
        """Add an output to a cell.

        Raises
        ------
        WireError
            If it is no output.
        """
        cell = self._cells[index]
        self._kept[index] += len(payload)
        whole = CELLS_OF_OUTPUT * self._max_bytes
        if self._kept[index] > self._max_bytes or sum(self._kept.values()) > whole:
            if cell.outputs and cell.outputs[-1].get("text", "").endswith(NOTICE):
                return
            self._append(index, new_output("stream", name="stdout", text=NOTICE))
            return
        output = parsed(payload)
        match output["output_type"]:
            case "clear_output":
                if output["wait"]:
                    self._clear.add(index)
                else:
                    cell.outputs = []
                return
            case "update_display_data":
                for shown in self._displays.get(output.get("display_id", ""), []):
                    shown.data, shown.metadata = output["data"], output["metadata"]
                return
        identity = output.pop("display_id", None)
        if identity:
            for shown in self._displays[identity]:
                shown.data, shown.metadata = output["data"], output["metadata"]
            self._displays[identity].append(output)
        self._append(index, output)

    def _append(self, index: int, output: NotebookNode) -> None:
        cell = self._cells[index]
        if index in self._clear:
            self._clear.discard(index)
            cell.outputs = []
        last = cell.outputs[-1] if cell.outputs else None
        if (
            output.output_type == "stream"
            and last is not None
            and last.output_type == "stream"
            and last.name == output.name
        ):
            last.text += output.text
        else:
            cell.outputs.append(output)


def parsed(payload: bytes | bytearray | memoryview) -> NotebookNode:
    """Return an output in a notebook's form.

    Raises
    ------
    WireError
        If it is no output of a kind that a shell sends.
    """
    try:
        given = json.loads(bytes(payload))
    except (ValueError, RecursionError) as error:
        raise WireError(f"an output that is no JSON: {error}") from None
    match given:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return _output("stream", name=name, text=_sound(text))
        case {
            "output_type": "error",
            "ename": str(ename),
            "evalue": str(evalue),
            "traceback": list(lines),
        } if all(type(line) is str for line in lines):
            lines = [_sound(line) for line in lines]
            return _output("error", ename=_sound(ename), evalue=_sound(evalue), traceback=lines)
        case {"output_type": "clear_output", "wait": bool(wait)}:
            return NotebookNode(output_type="clear_output", wait=wait)
        case {"output_type": "execute_result", "execution_count": int(count)} if (
            type(count) is int and count >= 0
        ):
            data, metadata = _data(given.get("data")), _bundle(given.get("metadata"))
            return _output("execute_result", data=data, metadata=metadata, execution_count=count)
        case {"output_type": "display_data" | "update_display_data" as kind}:
            output = NotebookNode(output_type=kind)
            output.data = _data(given.get("data"))
            output.metadata = _bundle(given.get("metadata"))
            identity = given.get("display_id")
            if identity is not None:
                output.display_id = str(identity)[:200]
            return output
    raise WireError("an output of no known kind")


def _output(kind: str, **fields: Any) -> NotebookNode:
    """Return an output as nbformat makes it; all that its schema asks for was looked at here."""
    return NotebookNode(output_type=kind, **fields)


def _data(given: Any) -> NotebookNode:
    bundle = _bundle(given)
    for name, value in bundle.items():
        if type(value) is not str and not JSON.match(name):
            raise WireError(f"data of the kind {name} that is no text")
    return bundle


def _bundle(given: Any) -> NotebookNode:
    if type(given) is not dict:
        raise WireError("an output without data")
    bundle = NotebookNode()
    for name, value in given.items():
        _look(value, 0)
        bundle[_sound(name)] = _sound(value) if type(value) is str else from_dict(value)
    return bundle


def _look(value: Any, depth: int) -> None:
    if depth > DEPTH:
        raise WireError("an output nested too deeply")
    for item in value.values() if type(value) is dict else value if type(value) is list else ():
        _look(item, depth + 1)


def _sound(text: str) -> str:
    """Drop what no notebook file can hold."""
    return text.encode("utf-8", errors="replace").decode("utf-8")
