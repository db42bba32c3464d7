"""The outputs of a notebook's cells, taken from shells that may say anything."""

import json
from collections import defaultdict
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.exam.inside.frames import WireError
from autograder.exam.inside.outlet import NOTICE

DEPTH = 30
"""How deep the JSON of an output may be nested."""
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

    def __init__(self, cells: list[NotebookNode], room: int) -> None:
        self._cells = cells
        self._room = room + SLACK
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
        if self._kept[index] > self._room or sum(self._kept.values()) > 10 * self._room:
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
            return new_output("stream", name=name, text=_sound(text))
        case {
            "output_type": "error",
            "ename": str(ename),
            "evalue": str(evalue),
            "traceback": list(lines),
        } if all(type(line) is str for line in lines):
            lines = [_sound(line) for line in lines]
            return new_output("error", ename=_sound(ename), evalue=_sound(evalue), traceback=lines)
        case {"output_type": "clear_output", "wait": bool(wait)}:
            return NotebookNode(output_type="clear_output", wait=wait)
        case {"output_type": "execute_result", "execution_count": int(count)} if type(count) is int:
            data, metadata = _bundle(given.get("data")), _bundle(given.get("metadata"))
            return new_output("execute_result", data=data, metadata=metadata, execution_count=count)
        case {"output_type": "display_data" | "update_display_data" as kind}:
            output = NotebookNode(output_type=kind)
            output.data = _bundle(given.get("data"))
            output.metadata = _bundle(given.get("metadata"))
            identity = given.get("display_id")
            if identity is not None:
                output.display_id = str(identity)[:200]
            return output
    raise WireError("an output of no known kind")


def _bundle(given: Any) -> NotebookNode:
    if type(given) is not dict:
        raise WireError("an output without data")
    bundle = NotebookNode()
    for name, value in given.items():
        _look(value, 0)
        is_json = name.split(";")[0].endswith("json")
        bundle[_sound(name)] = value if is_json or type(value) is not str else _sound(value)
        if "/" in name and not is_json and type(value) is not str:
            raise WireError(f"data of the kind {name} that is no text")
    return bundle


def _look(value: Any, depth: int) -> None:
    if depth > DEPTH:
        raise WireError("an output nested too deeply")
    for item in value.values() if type(value) is dict else value if type(value) is list else ():
        _look(item, depth + 1)


def _sound(text: str) -> str:
    """Drop what no notebook file can hold."""
    return text.encode("utf-8", errors="replace").decode("utf-8")
