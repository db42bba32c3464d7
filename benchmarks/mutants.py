"""Wrong answers made by machine from right ones, and right ones rewritten: what the checks say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from autograder import paths
from benchmarks._rows import row


def measure() -> list[dict]:
    """Return the rows of this benchmark: numbers of answers, and minutes."""
    mutants, minutes = figures("mutants")
    total = {name: sum(unit[name] for unit in mutants.values()) for name in KINDS}
    rows = [
        row("mutants: wrong answers made from right ones", total["made"]),
        row("mutants refused by instant check and hidden test", total["caught"]),
        row("of those, mutants that were stopped at a limit", total["stopped"]),
        row("equivalent mutants, each listed with the reason why it is right", total["equivalent"]),
        row("mutants that survive", total["survivors"], target="0"),
    ]
    for unit, found in mutants.items():
        counts = f"{found['caught']:,} refused, {found['equivalent']} equivalent"
        rows.append(row(f"mutants of {unit}: {counts}", found["made"]))
    rows.append(row("to judge all mutants", minutes, None, "min"))
    rewrites, minutes = figures("rewrites")
    made, refused = (sum(unit[name] for unit in rewrites.values()) for name in ("made", "refused"))
    rows += [
        row("right answers rewritten without a change of meaning", made),
        row("of those, refused", refused, target="0"),
        row("to judge all rewritten answers", minutes, None, "min"),
    ]
    return rows


KINDS = ("made", "caught", "stopped", "equivalent", "survivors")


def figures(command: str) -> tuple[dict[str, dict[str, int]], float]:
    """Return what `autograder selftest COMMAND --json` prints of each unit, and the minutes."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "selftest", command, "--json"],
        cwd=paths.ROOT, env=os.environ | {"PYTHONPATH": str(paths.ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode > 1:
        raise RuntimeError(done.stderr)
    print(done.stderr, file=sys.stderr)
    units: dict[str, dict[str, int]] = json.loads(done.stdout)["units"]
    return units, (time.monotonic() - began) / 60
