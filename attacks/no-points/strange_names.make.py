"""Strange files: names beside the notebook

Line breaks, bytes that are no text, a leading dash, pipes, links out of the folder, deep folders.
"""
import json
import os


def make(folder):
    cells = [{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None,
              "source": "import os\nfor f in os.walk('.'): print(f)\nfor n in os.listdir('.'):\n    try: print(open(n).read(99))\n    except OSError: pass"}]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    (folder / "00_start_here.ipynb").write_text(text)
    for name in (b"a\nb.txt", b"\xff\xfe.txt", b"-rf", b"x" * 250, b"\x1b[2J", b"$(id)`id`.py"):
        with open(os.path.join(os.fsencode(folder), name), "w") as file: file.write("x")
    os.mkfifo(folder / "pipe")
    for target in ("../../../private.txt", "/etc/passwd", "/proc/self/environ", "../../another/00_start_here/answer.txt"):
        (folder / ("link" + str(abs(hash(target))))).symlink_to(target)
    deep = folder
    for _ in range(100):
        deep = deep / "d"
        deep.mkdir()
