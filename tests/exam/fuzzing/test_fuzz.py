"""Some of the fuzz in every run; all of it by `python -m tests.exam.fuzzing.fuzz`."""

from pathlib import Path

from autograder.trial.room import classroom_at
from tests.exam.fuzzing import fuzz


def test_spoilt_notebooks_end_with_a_verdict() -> None:
    ends = fuzz.run(count=1500, examined=6, workers=2)
    assert sum(ends.values()) == 1506
    assert ends["planned: could not be read"] > 50
    assert ends["planned: mended"] > 500


def test_a_number_makes_its_notebook_again(tmp_path: Path) -> None:
    with classroom_at(tmp_path / "classroom", "fuzz"):
        once, again = (fuzz.fuzz(tmp_path / name).spoilt(7).read_bytes() for name in "ab")
    assert once == again
