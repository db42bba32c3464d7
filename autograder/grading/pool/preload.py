"""Local workers are forked from one process that has imported all they need, once."""

import multiprocessing
from multiprocessing import forkserver

PRELOADED = [
    "autograder.grading.pool.own_process_group",
    "distributed",
    "distributed.nanny",
    "autograder.grading.pool.task",
]


def start_preload() -> None:
    """Begin to import, in that process, while this one does other things."""
    multiprocessing.set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()
