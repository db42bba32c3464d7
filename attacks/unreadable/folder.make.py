"""Strange files: the notebook is a folder

With a notebook in it.
"""


def make(folder):
    (folder / "00_start_here.ipynb").mkdir()
    (folder / "00_start_here.ipynb" / "00_start_here.ipynb").write_text("{}")
