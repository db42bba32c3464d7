"""Exhausting: inodes

A hundred thousand empty files and folders.
"""
import os, tempfile

made, folder = 0, tempfile.gettempdir()
try:
    for made in range(100_000): os.mkdir(f"{folder}/descent-left-{made}")
except OSError as error: print(made, error)
