"""Huge: a sparse file of a terabyte beside the notebook

Whoever copies the folder fills the disk.
"""
import json
import os


def make(folder):
    text = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    (folder / "00_start_here.ipynb").write_text(text)
    with open(folder / "data.bin", "wb") as file: os.truncate(file.fileno(), 1 << 40)
