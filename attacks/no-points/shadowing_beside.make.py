"""Strange files: modules beside the notebook that shadow the grader's

numpy.py, course, autograder, sitecustomize and matplotlib's settings are handed in.
"""
import json


def make(folder):
    text = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    (folder / "00_start_here.ipynb").write_text(text)
    fake = "import sys\nclass M:\n    def __getattr__(self, n): return self\n    def __call__(self, *a, **k): return self\nsys.modules[__name__] = M()\n"
    for name in ("numpy", "course", "autograder", "sitecustomize", "json", "IPython", "encodings"):
        (folder / f"{name}.py").write_text(fake)
    (folder / "matplotlibrc").write_text("backend: module://autograder\n")
