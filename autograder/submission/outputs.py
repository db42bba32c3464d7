"""Outputs of cells, reduced to the types that pages can show safely."""

import re
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

DISPLAYED_TYPES = (
    "text/plain",
    "text/html",
    "text/markdown",
    "text/latex",
    "image/png",
    "image/jpeg",
)
"""Output types that are kept; scripts, widgets and SVG, which can carry scripts, are dropped."""

_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


def error_output(name: str, message: str) -> NotebookNode:
    """Make an error output of one line."""
    return new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])


def sanitize_output(output: NotebookNode) -> NotebookNode:
    """Keep an output's displayable types, and of its metadata the size of an image."""
    if output.output_type not in ("display_data", "execute_result"):
        return output
    data = {
        kind: output.data[kind]
        for kind in DISPLAYED_TYPES
        if _is_displayable(kind, output.data.get(kind))
    }
    if not data:
        kinds = ", ".join(sorted(output.data)) or "nothing"
        data = {"text/plain": f"[output not kept: {kinds[:200]}]"}
    output.data = NotebookNode(data)
    sizes = {kind: _image_size(output.metadata.get(kind)) for kind in data}
    output.metadata = NotebookNode(
        {kind: NotebookNode(item) for kind, item in sizes.items() if item}
    )
    return output


def normalise_test_outputs(cell: NotebookNode) -> None:
    """Make nbgrader grade a test cell by one thing only: whether it raised an error.

    nbgrader counts any output on stderr as a failure, though TensorFlow logs there, and reads the
    first displayed result as a partial grade, though an error may follow.
    """
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"
        elif output.output_type == "execute_result":
            output.output_type = "display_data"
            output.pop("execution_count", None)


def _is_displayable(kind: str, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    return not kind.startswith("image/") or bool(_BASE64.fullmatch(value))


def _image_size(metadata: Any) -> dict[str, int]:
    if not isinstance(metadata, dict):
        return {}
    return {
        key: int(metadata[key])
        for key in ("width", "height")
        if isinstance(metadata.get(key), int | float) and 0 < metadata[key] < 10_000
    }
