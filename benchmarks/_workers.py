"""Find the local workers of a grading run."""

import contextlib

import psutil


def local_workers(pid: int) -> list[psutil.Process]:
    """Return a run's Dask workers: the children of its multiprocessing fork server."""
    found: list[psutil.Process] = []
    for child in psutil.Process(pid).children():
        with contextlib.suppress(psutil.NoSuchProcess):  # it may end meanwhile
            if any("multiprocessing.forkserver" in word for word in child.cmdline()):
                found += child.children()
    return found
