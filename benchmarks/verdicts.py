"""How long the grader's self-test takes: all catalogued answers and all attacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from autograder import paths
from benchmarks._rows import row


def measure() -> list[dict]:
    """Return the rows of this benchmark: minutes, and the number of wrong verdicts."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "verdicts", "--json"],
        cwd=paths.ROOT, env=os.environ | {"PYTHONPATH": str(paths.ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    minutes = (time.monotonic() - began) / 60
    if done.returncode > 1:
        raise RuntimeError(done.stderr)
    misses = [line for line in done.stderr.splitlines() if line.strip()]
    for miss in misses:
        print(miss, file=sys.stderr)
    units = json.loads(done.stdout)["units"].values()
    right, wrong, hostile = (
        sum(of for unit in units for _, of in pairs(unit, kind))
        for kind in ("right", "wrong", "hostile")
    )
    what = f"{right:,} right, {wrong:,} wrong and {hostile:,} hostile answers"
    return [
        row(f"self-test: {what}", minutes, None, "min", "at most 10 min"),
        row(f"wrong verdicts among {what}", len(misses), target="0"),
    ]


def pairs(unit: dict, kind: str) -> list[list[int]]:
    """Return the numbers of right verdicts on a kind of answer, each with the total."""
    if kind == "hostile":
        return list(unit["hostile"].values())
    return [exercise[kind] for exercise in unit["exercises"].values()]
