"""Malformed: text that is not UTF-8

A notebook in UTF-16, without a mark at its beginning.
"""


def make(folder):
    text = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5, "x": "\u00e9"}'
    (folder / "00_start_here.ipynb").write_bytes(text.encode("latin-1"))
