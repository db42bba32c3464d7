"""Write the README's tables of figures from ``results.json``."""

from __future__ import annotations

import json
import pathlib
import re

FOLDER = pathlib.Path(__file__).parent
RESULTS = FOLDER / "results.json"
README = FOLDER.parent / "README.md"
BETWEEN = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def format_figure(value: float | None, unit: str = "") -> str:
    """Format a figure with three digits and its unit; a dash for None."""
    return "–" if value is None else f"{value:.3g} {unit}".strip()


def tables() -> str:
    """Return a table for each benchmark, of the rows that have a target."""
    parts = []
    for name, result in json.loads(RESULTS.read_text(encoding="utf-8")).items():
        rows = [row for row in result["rows"] if row["target"]]
        if not rows:
            continue
        lines = [f"**{name}** ({result['machine']})", ""]
        lines += [
            "| what | ours | the usual way | times better | target |",
            "|---|---|---|---|---|",
        ]
        for row in rows:
            ours, theirs = (format_figure(row[key], row["unit"]) for key in ("ours", "theirs"))
            cells = (row["name"], ours, theirs, format_figure(row["ratio"]), row["target"])
            lines.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def with_tables(readme: str) -> str:
    """Return the README's text with current tables."""
    return BETWEEN.sub(lambda found: f"{found[1]}{tables()}\n{found[2]}", readme)


def write() -> None:
    """Update the README."""
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
