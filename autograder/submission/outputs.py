"""What a cell put out, reduced to what pages can show safely."""

import re
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

SHOWN = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg")
"""Kinds of output that are kept. Scripts, widgets and drawings that carry scripts are not."""

_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


def error(name: str, message: str) -> NotebookNode:
    """Make an error output of one line."""
    return new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])


def tidy(output: NotebookNode) -> NotebookNode:
    """Return an output with the kinds that pages can show, and no metadata but an image's size."""
    if output.output_type not in ("display_data", "execute_result"):
        return output
    data = {kind: output.data[kind] for kind in SHOWN if _sound(kind, output.data.get(kind))}
    if not data:
        kinds = ", ".join(sorted(output.data)) or "nothing"
        data = {"text/plain": f"[output not kept: {kinds[:200]}]"}
    output.data = NotebookNode(data)
    sizes = {kind: _sizes(output.metadata.get(kind)) for kind in data}
    output.metadata = NotebookNode(
        {kind: NotebookNode(item) for kind, item in sizes.items() if item}
    )
    return output


def settle_graded(cell: NotebookNode) -> None:
    """Leave a test cell's points to one thing only: whether it ran through without an error.

    nbgrader takes anything on stderr for a failure, though TensorFlow logs there, and takes the
    first result shown for a partial grade, though an error may follow.
    """
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"
        elif output.output_type == "execute_result":
            output.output_type = "display_data"
            output.pop("execution_count", None)


def _sound(kind: str, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    return not kind.startswith("image/") or bool(_BASE64.fullmatch(value))


def _sizes(metadata: Any) -> dict[str, int]:
    if not isinstance(metadata, dict):
        return {}
    return {
        key: int(metadata[key])
        for key in ("width", "height")
        if isinstance(metadata.get(key), int | float) and 0 < metadata[key] < 10_000
    }
