"""The outputs of a notebook's cells, parsed from messages that are not trusted."""

import json
import re
from collections import defaultdict
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_output

from autograder.exam.guest.channel import ProtocolError
from autograder.exam.guest.output_stream import NOTICE
from autograder.exam.limits import CELLS_OF_OUTPUT

MAX_DEPTH = 30
"""Levels of an output's JSON."""
JSON_TYPE = re.compile(r"application/(.*\+)?json\Z")
"""The media types whose data need not be text."""
SLACK = 4096
"""Bytes by which an honest shell, which bounds its output itself, may exceed the bound."""


class CellOutputs:
    """Adds outputs to cells, as nbclient does; bounded for each cell and for the notebook.

    Parameters
    ----------
    cells : list of NotebookNode
    max_bytes : int
        Bytes kept of one cell.
    """

    def __init__(self, cells: list[NotebookNode], max_bytes: int) -> None:
        self._cells = cells
        self._max_bytes = max_bytes + SLACK
        self._byte_counts: dict[int, int] = defaultdict(int)
        self._displays: dict[str, list[NotebookNode]] = defaultdict(list)
        self._clear: set[int] = set()

    def add(self, index: int, payload: bytes | bytearray | memoryview) -> None:
        """Add an output to a cell.

        Raises
        ------
        ProtocolError
            If it is not a valid output.
        """
        cell = self._cells[index]
        self._byte_counts[index] += len(payload)
        whole = CELLS_OF_OUTPUT * self._max_bytes
        if self._byte_counts[index] > self._max_bytes or sum(self._byte_counts.values()) > whole:
            if cell.outputs and cell.outputs[-1].get("text", "").endswith(NOTICE):
                return
            self._append(index, new_output("stream", name="stdout", text=NOTICE))
            return
        output = parse_output(payload)
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


def parse_output(payload: bytes | bytearray | memoryview) -> NotebookNode:
    """Parse an output into the form of a notebook.

    Raises
    ------
    ProtocolError
        If it is not an output of a kind that a shell sends.
    """
    try:
        given = json.loads(bytes(payload))
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"an output that is not JSON: {error}") from None
    match given:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return _make("stream", name=name, text=_encodable(text))
        case {
            "output_type": "error",
            "ename": str(ename),
            "evalue": str(evalue),
            "traceback": list(lines),
        } if all(type(line) is str for line in lines):
            lines = [_encodable(line) for line in lines]
            return _make(
                "error", ename=_encodable(ename), evalue=_encodable(evalue), traceback=lines
            )
        case {"output_type": "clear_output", "wait": bool(wait)}:
            return NotebookNode(output_type="clear_output", wait=wait)
        case {"output_type": "execute_result", "execution_count": int(count)} if (
            type(count) is int and count >= 0
        ):
            data, metadata = _parse_data(given.get("data")), _parse_bundle(given.get("metadata"))
            return _make("execute_result", data=data, metadata=metadata, execution_count=count)
        case {"output_type": "display_data" | "update_display_data" as kind}:
            output = NotebookNode(output_type=kind)
            output.data = _parse_data(given.get("data"))
            output.metadata = _parse_bundle(given.get("metadata"))
            identity = given.get("display_id")
            if identity is not None:
                output.display_id = str(identity)[:200]
            return output
    raise ProtocolError("an output of an unknown kind")


def _make(kind: str, **fields: Any) -> NotebookNode:
    """Return an output as nbformat makes it; the caller has checked what its schema demands."""
    return NotebookNode(output_type=kind, **fields)


def _parse_data(given: Any) -> NotebookNode:
    bundle = _parse_bundle(given)
    for name, value in bundle.items():
        if type(value) is not str and not JSON_TYPE.match(name):
            raise ProtocolError(f"data of type {name} that is not text")
    return bundle


def _parse_bundle(given: Any) -> NotebookNode:
    if type(given) is not dict:
        raise ProtocolError("an output without data")
    bundle = NotebookNode()
    for name, value in given.items():
        _check_depth(value, 0)
        bundle[_encodable(name)] = _encodable(value) if type(value) is str else from_dict(value)
    return bundle


def _check_depth(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ProtocolError("an output nested too deeply")
    for item in value.values() if type(value) is dict else value if type(value) is list else ():
        _check_depth(item, depth + 1)


def _encodable(text: str) -> str:
    """Replace characters that no notebook file can hold."""
    return text.encode("utf-8", errors="replace").decode("utf-8")
