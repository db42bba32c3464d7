"""Local workers are forked from one process that has imported all they need, once."""

import multiprocessing
from multiprocessing import forkserver

WARM = [
    "autograder.grading.pool.own_process_group",
    "distributed",
    "distributed.nanny",
    "autograder.grading.pool.task",
]


def warm_up() -> None:
    """Begin to import, in that process, while this one does other things."""
    multiprocessing.set_forkserver_preload(WARM)
    forkserver.ensure_running()
