"""Malformed: an empty file

Nothing at all.
"""


def make(folder):
    (folder / "00_start_here.ipynb").write_bytes(b"")
