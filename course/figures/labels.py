"""Words in a drawing."""

import html


def label(x: float, y: float, text: str, anchor: str) -> str:
    """Return SVG's element for `text` at (x, y) in pixels; `anchor` is start, middle or end."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="currentColor">'
        f"{html.escape(text)}</text>"
    )
