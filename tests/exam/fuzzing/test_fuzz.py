"""Some of the fuzz in every run; all of it by `python -m tests.exam.fuzzing.fuzz`."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder.selftest.temporary_classroom import classroom_at
from tests.exam.fuzzing import fuzz


def test_spoilt_notebooks_end_with_a_verdict() -> None:
    ends = fuzz.run(count=1500, examined=6, workers=2)
    assert sum(ends.values()) == 1506
    assert ends["planned: could not be read"] > 50
    assert ends["planned: repaired"] > 500


def test_every_notebook_of_nbgraders_own_tests_ends_with_a_verdict(tmp_path: Path) -> None:
    with classroom_at(tmp_path / "classroom", "fuzz"):
        made = fuzz.fuzz(tmp_path)
        paths = fuzz.theirs()
        with ThreadPoolExecutor(2) as pool:
            verdicts = dict(zip(paths, pool.map(made.handed_in, paths), strict=True))
    assert len(verdicts) > 60
    assert all(verdict.reasons for verdict in verdicts.values()), "none of them is of this unit"
    assert not any(verdict.automatic[0] for verdict in verdicts.values())


def test_a_number_makes_its_notebook_again(tmp_path: Path) -> None:
    with classroom_at(tmp_path / "classroom", "fuzz"):
        once, again = (fuzz.fuzz(tmp_path / name).spoilt(7).read_bytes() for name in "ab")
    assert once == again
