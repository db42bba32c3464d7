"""Processor time of programs: what they have used, and how long they waited for a processor."""

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class ProcessorTime:
    """What a program, or several together, have had of the machine's processors.

    Attributes
    ----------
    used : float
        Seconds of processor time.
    waited : float
        Seconds that their threads were ready to run and had no processor, added up; 0 where the
        system does not tell.
    """

    used: float = 0.0
    waited: float = 0.0


def processor_time_of(pid: int) -> ProcessorTime | None:
    """Return what a process, and the children it waited for, have used; None if it has ended."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return None
    return ProcessorTime(sum(times[:4]), waiting_time_of([str(pid)]))


def waiting_time_of_this_thread() -> float:
    """Return the seconds that this thread waited for a processor."""
    try:
        with open("/proc/thread-self/schedstat", "rb") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def waiting_time_of(pids: Iterable[str], processes: str | int = "/proc") -> float:
    """Return the seconds that all threads of processes waited for a processor.

    Parameters
    ----------
    pids : iterable of str
    processes : str or int
        The `/proc` that lists them, or a descriptor of it.
    """
    nanoseconds = 0
    with contextlib.ExitStack() as stack:
        if isinstance(processes, str):
            try:
                processes = os.open(processes, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            except OSError:
                return 0.0
            stack.callback(os.close, processes)
        for pid in pids:
            for thread in _threads(f"{pid}/task", processes):
                # Time on a processor, time waiting for one, number of turns.
                fields = _words(f"{pid}/task/{thread}/schedstat", processes)
                nanoseconds += int(fields[1]) if len(fields) == 3 else 0
    return nanoseconds / 1e9


def _threads(name: str, processes: int) -> list[str]:
    try:
        folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=processes)
    except OSError:
        return []
    try:
        return os.listdir(folder)
    except OSError:
        return []
    finally:
        os.close(folder)


def _words(name: str, processes: int) -> list[bytes]:
    try:
        file = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=processes)
    except OSError:
        return []
    try:
        return os.read(file, 200).split()
    except OSError:
        return []
    finally:
        os.close(file)
