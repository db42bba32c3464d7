"""Huge: JSON nested a million deep

Whoever parses it by recursion runs out of stack.
"""


def make(folder):
    (folder / "00_start_here.ipynb").write_text('{"cells": ' + "[" * 1_000_000)
