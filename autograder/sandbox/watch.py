"""Measuring a sandbox from outside: what all its processes use together."""

import os
from dataclasses import dataclass

from autograder.exam.processor_time import waiting_time_of

PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class UsageSample:
    """The resources that a sandbox's processes use at one moment.

    Attributes
    ----------
    memory : int
        Resident bytes, with shared pages counted once for each process, and bytes of scratch files.
    cpu : float
        Seconds of processor time, including children that have ended.
    processes : tuple of str
        Their pids, in the `/proc` that is read.
    open_files : int
        Of all processes together; 0 before Linux 6.2, which does not report it.
    """

    memory: int
    cpu: float
    processes: tuple[str, ...]
    open_files: int


class ResourceUsage:
    """Reads usage through descriptors that the sandbox sent before it was sealed.

    Parameters
    ----------
    processes : int
        The sandbox's own `/proc`, which lists its processes and no others.
    scratch : int
        The root of its scratch space.
    """

    def __init__(self, processes: int, scratch: int) -> None:
        self._processes = processes
        self._scratch = scratch

    def close(self) -> None:
        """Close both descriptors."""
        os.close(self._processes)
        os.close(self._scratch)

    def read(self) -> UsageSample:
        """Return the current usage; a process that ends meanwhile is not counted."""
        numbers = self.numbers()
        memory = self.scratch()
        ticks = files = 0
        for number in numbers:
            try:
                fields = self._text(f"{number}/stat").rpartition(")")[2].split()
                # utime, stime, cutime, cstime are fields 14 to 17, rss is 24; these begin at 3
                ticks += sum(map(int, fields[11:15]))
                memory += int(fields[21]) * PAGE
                files += os.stat(f"{number}/fd", dir_fd=self._processes).st_size
            except (OSError, ValueError, IndexError):
                continue
        return UsageSample(memory, ticks / TICKS, numbers, files)

    def numbers(self) -> tuple[str, ...]:
        """Return the pids of the sandbox's processes."""
        try:
            return tuple(name for name in os.listdir(self._processes) if name.isdigit())
        except OSError:
            return ()

    def exact_memory(self, usage: UsageSample) -> int:
        """Return the bytes in use with each shared page counted once; slower than `read`."""
        memory = self.scratch()
        for number in usage.processes:
            try:
                for line in self._text(f"{number}/smaps_rollup").splitlines():
                    if line.startswith("Pss:"):
                        memory += int(line.split()[1]) * 1024
            except (OSError, ValueError):
                continue
        return memory

    def waiting_time(self, usage: UsageSample) -> float:
        """Return the seconds that its processes' threads have waited for a processor."""
        return waiting_time_of(usage.processes, self._processes)

    def scratch(self) -> int:
        """Return the bytes that files in the scratch space take."""
        state = os.fstatvfs(self._scratch)
        return (state.f_blocks - state.f_bfree) * state.f_frsize

    def _text(self, name: str) -> str:
        descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self._processes)
        with open(descriptor, encoding="utf-8", errors="replace") as file:
            return file.read()


class ProcessTreeUsage(ResourceUsage):
    """Reads usage of a process and all its descendants from this machine's `/proc`.

    For a forked sandbox, which has no `/proc` of its own. The first process of its namespace adopts
    every process in it whose parent has ended, so that none is missed.

    Parameters
    ----------
    first : int
        The pid of the first process.
    scratch : int
    """

    def __init__(self, first: int, scratch: int) -> None:
        super().__init__(os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC), scratch)
        self._first = str(first)

    def numbers(self) -> tuple[str, ...]:
        """Return the pids of the processes, parents before their children."""
        found = [self._first]
        for number in found:  # grows meanwhile
            try:
                threads = os.listdir(f"/proc/{number}/task")
            except OSError:
                continue
            for thread in threads:
                try:
                    children = self._text(f"{number}/task/{thread}/children").split()
                except OSError:
                    continue
                found += children
        return tuple(found)
