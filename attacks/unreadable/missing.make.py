"""Strange files: no notebook, but files with strange names

Line breaks, bytes that are no text, a leading dash, names of 255 bytes.
"""
import os


def make(folder):
    for name in (b"a\nb.txt", b"\xff\xfe.txt", b"-rf", b"x" * 250, b"\x1b[2J", b"%s{}$(id)`id`.py"):
        with open(os.path.join(os.fsencode(folder), name), "w") as file: file.write("x")
