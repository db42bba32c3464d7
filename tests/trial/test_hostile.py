"""The hostile corpus: whole, described, and judged; `autograder verdicts` judges all of it."""

from pathlib import Path

from autograder.trial import hostile

SAMPLE = {
    "cost-patch-check",
    "no-points-read-environment",
    "no-points-leave-processes",
    "died-exit",
    "timeout-ignore-signals",
    "out-of-memory-children",
    "broke-protocol-wire-garbage",
    "unreadable-link-to-gradebook",
}


def test_there_are_enough_and_each_is_of_its_own_kind() -> None:
    cases = hostile.cases()
    assert len(cases) >= 80
    assert len({case.name for case in cases}) == len(cases)
    assert len({case.mechanism for case in cases}) == len(cases)


def test_every_folder_is_a_verdict_and_every_file_is_judged() -> None:
    folders = {path.name for path in hostile.HOSTILE.iterdir() if path.is_dir()}
    assert folders == set(hostile.VERDICTS)
    files = {path for path in hostile.HOSTILE.glob("*/*") if path.is_file()}
    assert files == {case.path for case in hostile.cases() if not case.exercise}


def test_the_table_is_up_to_date() -> None:
    readme = (hostile.HOSTILE / "README.md").read_text(encoding="utf-8")
    assert hostile.table() in readme


def test_one_of_each_verdict_gets_it() -> None:
    chosen = [case for case in hostile.cases() if case.name in SAMPLE]
    assert len(chosen) == len(SAMPLE)
    assert hostile.judge_hostile(chosen) == []


HONEST = """
from pathlib import Path
import nbformat
from autograder.trial import compose, hostile

def make(folder):
    solved = compose.compose(hostile.UNIT, compose.solutions(hostile.UNIT))
    nbformat.write(solved, folder / f"{hostile.UNIT}.ipynb")
    Path(LEFT).touch()
"""


def test_the_judge_sees_what_it_should(tmp_path: Path) -> None:
    left = Path("/tmp/descent-left-by-a-test")
    path = tmp_path / "honest.make.py"
    path.write_text('"""Honest, in a wrong folder"""' + HONEST.replace("LEFT", repr(str(left))))
    try:
        misses = hostile.judge_hostile([hostile.Case(path, hostile.UNIT, "died")])
    finally:
        left.unlink(missing_ok=True)
    assert misses == [
        "died-honest: it got 1 points, not 0",
        "died-honest: the verdict was no-points, not died (no reason was given)",
        f"left behind: {left}",
    ]
