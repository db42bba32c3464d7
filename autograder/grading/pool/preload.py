"""Local workers are forked from one process that has imported everything they need."""

import multiprocessing
from multiprocessing import forkserver

PRELOADED_MODULES = [
    "autograder.grading.pool.own_process_group",
    "distributed",
    "distributed.nanny",
    "autograder.grading.pool.task",
]


def start_preload() -> None:
    """Start that process; it imports in parallel to this one."""
    multiprocessing.set_forkserver_preload(PRELOADED_MODULES)
    forkserver.ensure_running()
