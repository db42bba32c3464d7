"""Run the benchmarks of this folder; print their figures and write them to files.

Figures go to ``results.json`` and from there to ``docs/performance.md`` and the README.

Each module has ``measure() -> list[dict]``, whose rows are made by `benchmarks._rows.row`. A
module's rows replace only its own older ones, so one benchmark can be run alone:
``python -m benchmarks explorables``.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys

from rich.console import Console
from rich.table import Table

from benchmarks import _figures
from benchmarks._figures import FOLDER, RESULTS
from benchmarks._rows import COLUMNS, cells


def modules() -> list[str]:
    """Return the names of the benchmarks in this folder."""
    return sorted(path.stem for path in FOLDER.glob("[!_]*.py"))


def merge(name: str, rows: list[dict]) -> dict:
    """Store the rows of one benchmark in ``results.json``; return its whole content."""
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    # A figure measured under load is unreliable, so the load is stored with it.
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    machine = f"{platform.machine()}, Python {platform.python_version()}, {load}"
    results[name] = {"machine": machine, "rows": rows}
    text = json.dumps(dict(sorted(results.items())), indent=1, ensure_ascii=False)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    return results


def table(name: str, rows: list[dict]) -> Table:
    """Return the rows of one benchmark as a table."""
    made = Table(title=name, title_justify="left")
    for column in COLUMNS:
        made.add_column(column, justify="left" if column in ("what", "target") else "right")
    for row in rows:
        made.add_row(*cells(row))
    return made


def main(wanted: list[str]) -> None:
    """Run the given benchmarks, or all."""
    known = modules()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # users do not recompile imports each time
    for name in wanted or known:
        if name not in known:
            raise SystemExit(f"no benchmark {name!r}; there are {', '.join(known)}")
        rows = importlib.import_module(f"benchmarks.{name}").measure()
        merge(name, rows)
        _figures.write()
        Console().print(table(name, rows))


if __name__ == "__main__":
    main(sys.argv[1:])
