"""What travels to a worker is to grading what lies in the student's folder."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.grading.marking import Submission, extra_files, scratch
from autograder.grading.pool.task import read_files
from autograder.submission.choose_notebook import choose_notebook
from autograder.submission.read import MAX_BYTES, UnreadableError, read
from autograder.submission.released_cells import ReleasedUnit

UNIT = "00_start_here"
NO_CELLS = ReleasedUnit((), {})
NOTEBOOK = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'


def large(path: Path) -> None:
    path.touch()
    os.truncate(path, MAX_BYTES + 1)


def linked(path: Path) -> None:
    (path.parents[2] / "elsewhere.ipynb").write_bytes(NOTEBOOK)
    path.symlink_to(path.parents[2] / "elsewhere.ipynb")


FOLDERS = {
    "as it should be": {f"{UNIT}.ipynb": NOTEBOOK, "data.csv": b"1,2\n", "notes.txt": b"x"},
    "empty": {},
    "another name": {"mine.ipynb": NOTEBOOK, "data.csv": b"1\n"},
    "two of other names": {"a.ipynb": NOTEBOOK, "b.ipynb": NOTEBOOK},
    "another and a folder": {"a.ipynb": NOTEBOOK, "b.ipynb": Path.mkdir},
    "only a link of another name": {"a.ipynb": linked},
    "a link": {f"{UNIT}.ipynb": linked},
    "a dangling link": {f"{UNIT}.ipynb": lambda path: path.symlink_to("nowhere")},
    "a folder": {f"{UNIT}.ipynb": Path.mkdir},
    "a pipe": {f"{UNIT}.ipynb": os.mkfifo},
    "too large": {f"{UNIT}.ipynb": large},
    "not a notebook": {f"{UNIT}.ipynb": b"hello"},
    "a package": {
        f"{UNIT}.ipynb": NOTEBOOK,
        "mine/__init__.py": b"",
        "mine/deep/er.py": b"x = 1",
        "data/a.csv": b"1",
    },
}


def filled(folder: Path, content: dict) -> Submission:
    folder.mkdir(parents=True)
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        data(folder / name) if callable(data) else (folder / name).write_bytes(data)
    return Submission("ada", UNIT, folder)


def seen(submission: Submission) -> tuple[object, ...]:
    """Return all that marking looks at."""
    folder = submission.folder
    beside = {str(path): (folder / path).read_bytes() for path in extra_files(folder).taken}
    try:
        path, reasons = choose_notebook(submission.folder, UNIT, NO_CELLS)
        return path.name, tuple(reasons), str(read(path)), beside
    except UnreadableError as error:
        return str(error), beside


@pytest.mark.parametrize("content", FOLDERS.values(), ids=list(FOLDERS))
def test_unpacked_it_reads_the_same(tmp_path, content):
    there = filled(tmp_path / "there" / "ada" / UNIT, content)
    here = Submission("ada", UNIT, tmp_path / "here" / "ada" / UNIT)
    read_files(there).unpack(here.folder)
    assert seen(here) == seen(there)


def test_a_linked_folder_is_one_on_arrival(tmp_path):
    filled(tmp_path / "real" / UNIT, FOLDERS["as it should be"])
    (tmp_path / "ada").symlink_to(tmp_path / "real")
    here = tmp_path / "here" / "ada" / UNIT
    files = read_files(Submission("ada", UNIT, tmp_path / "ada" / UNIT))
    files.unpack(here)
    assert here.is_symlink()
    assert files.entries == ()


def test_whatever_grading_looks_at_changes_the_hash(tmp_path):
    digests = [
        read_files(filled(tmp_path / str(number) / "ada" / UNIT, content)).digest
        for number, content in enumerate(FOLDERS.values())
    ]
    more = FOLDERS["as it should be"] | {"data.csv": b"1,3\n"}
    digests.append(read_files(filled(tmp_path / "more" / "ada" / UNIT, more)).digest)
    assert len(set(digests)) == len(digests)
    again = read_files(filled(tmp_path / "again" / "ada" / UNIT, FOLDERS["as it should be"])).digest
    assert again == digests[0]


def test_a_reason_can_be_written_down_whatever_files_are_called(tmp_path):
    content = {os.fsdecode(b"\xe9.ipynb"): NOTEBOOK, "b.ipynb": NOTEBOOK}
    with pytest.raises(UnreadableError) as reported:
        choose_notebook(filled(tmp_path / "ada" / UNIT, content).folder, UNIT, NO_CELLS)
    assert str(reported.value).encode()


HOLDS = """
import sys
from autograder.grading.marking import scratch
with scratch() as folder:
    (folder / "data.csv").touch()
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_process_left_is_cleared(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        left = Path(process.stdout.readline().strip())
        with scratch() as ours:
            assert {left, ours} == set(tmp_path.iterdir())
        process.kill()
    assert list(left.iterdir())
    with scratch() as ours:
        assert list(tmp_path.iterdir()) == [ours]
    assert not list(tmp_path.iterdir())
