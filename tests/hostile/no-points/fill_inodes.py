"""Exhausting: inodes

A hundred thousand empty files and folders.
"""
import os

made = 0
try:
    for made in range(100_000): os.mkdir(f"/tmp/descent-left-{made}")
except OSError as error: print(made, error)
