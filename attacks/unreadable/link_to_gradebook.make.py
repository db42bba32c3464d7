"""Links: the notebook is a link to the gradebook

Whoever follows it grades, copies or overwrites the gradebook.
"""


def make(folder):
    (folder / "00_start_here.ipynb").symlink_to("../../../gradebook.db")
