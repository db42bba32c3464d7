"""Huge: a notebook of 500 MB

One cell; the file is sparse, so that the disk does not fill.
"""


def make(folder):
    with open(folder / "00_start_here.ipynb", "wb") as file:
        file.write(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "')
        file.seek(500_000_000)
        file.write(b'"}]}')
