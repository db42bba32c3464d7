"""The hostile corpus: whole, described, and judged; `autograder verdicts` judges all of it."""

from pathlib import Path

from autograder.selftest import hostile

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
    cases = hostile.hostile_cases()
    assert len(cases) >= 80
    assert len({case.name for case in cases}) == len(cases)
    assert len({case.mechanism for case in cases}) == len(cases)


def test_every_folder_is_a_verdict_and_every_file_is_judged() -> None:
    folders = {path.name for path in hostile.ATTACKS.iterdir() if path.is_dir()}
    assert folders == set(hostile.ATTACK_VERDICTS)
    files = {path for path in hostile.ATTACKS.glob("*/*") if path.is_file()}
    assert files == {case.path for case in hostile.hostile_cases() if not case.exercise}


def test_the_table_is_up_to_date() -> None:
    readme = (hostile.ATTACKS / "README.md").read_text(encoding="utf-8")
    assert hostile.table() in readme


def test_one_of_each_verdict_gets_it() -> None:
    chosen = [case for case in hostile.hostile_cases() if case.name in SAMPLE]
    assert len(chosen) == len(SAMPLE)
    assert hostile.judge_hostile(chosen) == []


HONEST = """
from pathlib import Path
import nbformat
from autograder.selftest import compose, hostile

def make(folder):
    solved = compose.compose(hostile.UNIT, compose.solutions(hostile.UNIT))
    nbformat.write(solved, folder / f"{hostile.UNIT}.ipynb")
    Path(LEFT).touch()
"""


LEAKY = """
import gc, socket
import nbformat
from nbformat.v4 import new_code_cell
from autograder import paths
from autograder.selftest import compose, hostile

def is_planted(found):
    unix = isinstance(found, socket.socket) and found.family == socket.AF_UNIX
    return unix and found.fileno() >= 0 and str(found.getsockname()).endswith("/socket")

def make(folder):
    server = next(found for found in gc.get_objects() if is_planted(found))
    socket.socket(socket.AF_UNIX).connect(server.getsockname())
    canary = (paths.classroom() / "private.txt").read_text()
    module = (paths.ROOT / "autograder" / "hidden_tests" / "memory" / "rbm.py").read_text()
    line = next(l for l in module.splitlines() if '"' in l and len(l.strip()) > 60)
    book = compose.compose(hostile.UNIT, {})
    book.cells.append(new_code_cell(f"print({canary!r}, {line!r})"))
    nbformat.write(book, folder / f"{hostile.UNIT}.ipynb")
"""


def test_the_judge_sees_what_was_read_and_reached(tmp_path: Path) -> None:
    path = tmp_path / "leaky.make.py"
    path.write_text('"""Tells and reaches what it should not"""' + LEAKY)
    assert hostile.judge_hostile([hostile.HostileCase(path, hostile.UNIT, "no-points")]) == [
        "no-points-leaky: it read a file beside the gradebook",
        "no-points-leaky: it read the hidden tests",
        "a socket in /tmp was reached",
    ]


def test_the_judge_sees_what_it_should(tmp_path: Path) -> None:
    left = Path("/tmp/descent-left-by-a-test")
    path = tmp_path / "honest.make.py"
    path.write_text('"""Honest, in a wrong folder"""' + HONEST.replace("LEFT", repr(str(left))))
    try:
        misses = hostile.judge_hostile([hostile.HostileCase(path, hostile.UNIT, "died")])
    finally:
        left.unlink(missing_ok=True)
    assert misses == [
        "died-honest: it got 1 points, not 0",
        "died-honest: the verdict was no-points, not died (no reason was given)",
        f"left behind: {left}",
    ]
