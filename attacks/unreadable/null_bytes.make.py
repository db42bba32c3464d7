"""Malformed: null bytes

A megabyte of them.
"""


def make(folder):
    (folder / "00_start_here.ipynb").write_bytes(b"\x00" * (1 << 20))
