"""Joins the browser's part, kept in short files under ``js/``, into the one script a page loads."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Sequence

_JS = pathlib.Path(__file__).parent.parent / "js"

# Classic scripts in one scope. In this order, what a file runs while it loads stands before it.
_PARTS = (
    "dom", "frames", "axes", "layers/canvas", "layers/field", "layers/lines", "layers/points",
    "layers/bands", "layers/moving", "space", "layers/surface", "layers/on_surface", "layers/nodes",
    "layers/images", "layers/pad", "layers/registry", "readable", "reading", "points_text",
    "painting", "handles", "panel", "table", "controls", "keyboard", "theme", "kernel_presence",
    "kernel_client", "playback", "arithmetic", "svg", "saving", "explorable", "links",
)  # fmt: skip

# What a prediction needs of these: it has one slider or one panel at most, and no frames.
_OF_PREDICTIONS = (
    *_PARTS[: _PARTS.index("keyboard")],
    "theme",
    "prediction/entries",
    "prediction/view",
)

STYLE = (_JS / "style.css").read_text(encoding="utf-8")


def _part(name: str) -> str:
    """Return a file without documentation comments and indents: each widget carries it."""
    text = (_JS / f"{name}.js").read_text(encoding="utf-8")
    text = re.sub(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"^[ \t]+", "", text, flags=re.MULTILINE)


def shared_script(parts: Sequence[str] = _PARTS) -> str:
    """Return what a notebook and a page have in common."""
    return "\n".join(map(_part, parts))


def widget_script() -> str:
    """Return the module a notebook loads."""
    return shared_script() + _part("in_notebook")


def page_script() -> str:
    """Return the script of a page without a kernel."""
    return shared_script() + _part("in_page")


def prediction_script() -> str:
    """Return the module a notebook loads to show a prediction."""
    return shared_script(_OF_PREDICTIONS) + _part("prediction/in_notebook")


def prediction_page_script() -> str:
    """Return the script of a prediction's page without a kernel."""
    return shared_script(_OF_PREDICTIONS) + _part("prediction/in_page")
