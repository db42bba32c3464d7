"""The README's tables of figures, written from ``results.json``: one source, no copy by hand."""

from __future__ import annotations

import json
import pathlib
import re

FOLDER = pathlib.Path(__file__).parent
RESULTS = FOLDER / "results.json"
README = FOLDER.parent / "README.md"
BETWEEN = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def shown(value: float | None, unit: str = "") -> str:
    """Return a figure with three digits and its unit; a dash where there is none."""
    return "–" if value is None else f"{value:.3g} {unit}".strip()


def tables() -> str:
    """Return the rows that have a target, a table for each benchmark."""
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
            ours, theirs = (shown(row[key], row["unit"]) for key in ("ours", "theirs"))
            cells = (row["name"], ours, theirs, shown(row["ratio"]), row["target"])
            lines.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def filled(readme: str) -> str:
    """Return the README's text with the tables as they are now."""
    return BETWEEN.sub(lambda found: f"{found[1]}{tables()}\n{found[2]}", readme)


def write() -> None:
    """Bring the README up to date."""
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
