"""Joins the browser's part, kept in short files under ``js/``, into the one script a page loads."""

from __future__ import annotations

import pathlib

_JS = pathlib.Path(__file__).parent.parent / "js"

# In this order each file uses only what stands before it.
_PARTS = (
    "frames", "axes", "layers/marks", "layers/moving", "layers/nodes", "layers/bands",
    "layers/images", "panel", "controls", "explorable", "links",
)  # fmt: skip

STYLE = (_JS / "style.css").read_text(encoding="utf-8")


def shared_script() -> str:
    """Return what a notebook and a page have in common."""
    return "\n".join((_JS / f"{part}.js").read_text(encoding="utf-8") for part in _PARTS)


def widget_script() -> str:
    """Return the module a notebook loads."""
    return shared_script() + (_JS / "in_notebook.js").read_text(encoding="utf-8")


def page_script() -> str:
    """Return the script of a page without a kernel."""
    return shared_script() + (_JS / "in_page.js").read_text(encoding="utf-8")
