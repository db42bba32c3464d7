"""Huge: a number of a million digits

Python converts no more than four thousand.
"""


def make(folder):
    (folder / "00_start_here.ipynb").write_text('{"cells": [], "nbformat": ' + "9" * 1_000_000 + "}")
