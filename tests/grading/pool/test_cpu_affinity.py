"""A worker keeps to one processor, each to another, and nothing is left of it afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.grading.pool import cpu_affinity

WHERE = [sys.executable, "-c", "import os; print(*sorted(os.sched_getaffinity(0)))"]


def test_what_is_started_meanwhile_keeps_to_it_as_well() -> None:
    before = os.sched_getaffinity(0)
    seen = []
    for number in range(len(before) + 1):
        with cpu_affinity.pin_to_cpu(number):
            seen.append(subprocess.run(WHERE, capture_output=True, text=True, check=True).stdout)
        assert os.sched_getaffinity(0) == before
    assert {int(each) for each in seen} == before  # one each, and then from the beginning
    assert seen[0] == seen[-1]


@pytest.mark.parametrize(
    ("siblings", "order"),
    [
        (["0-1", "0-1", "2-3", "2-3"], (0, 2, 1, 3)),
        (["0,2", "1,3", "0,2", "1,3"], (0, 1, 2, 3)),
        (["0", "1", "2", "3"], (0, 1, 2, 3)),
        (["", "", "", ""], (0, 1, 2, 3)),
    ],
)
def test_two_of_one_core_are_not_taken_while_another_core_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, siblings: list[str], order: tuple[int, ...]
) -> None:
    for number, text in enumerate(siblings):
        (tmp_path / str(number)).write_text(f"{text}\n", encoding="utf-8")
    monkeypatch.setattr(cpu_affinity, "SIBLINGS", f"{tmp_path}/{{}}")
    cpu_affinity._cores_first.cache_clear()
    assert cpu_affinity._cores_first(frozenset(range(4))) == order
    # A core of which only the second may be used is as good as any.
    if siblings[0] == "0-1":
        assert cpu_affinity._cores_first(frozenset({1, 2, 3})) == (1, 2, 3)
    cpu_affinity._cores_first.cache_clear()
