"""Huge: a notebook of a hundred thousand cells

Each of them empty.
"""


def make(folder):
    cell = '{"cell_type": "code", "source": "", "metadata": {}, "outputs": [], "execution_count": null}'
    text = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [' + ",".join([cell] * 100_000) + "]}"
    (folder / "00_start_here.ipynb").write_text(text)
