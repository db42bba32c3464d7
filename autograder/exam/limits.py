"""How much a submission may use: memory, time, processes, output, and sizes of messages.

The defaults here are authoritative. A school sets others in `nbgrader_config.py` as
`c.Examine.timeout`, `.notebook_timeout` and `.limits`; `docs/exam.md` shows the defaults, and a
test compares them.

What counts is processor time, of which a program needs as much on a busy machine as on an idle one.
Wall time ends what sleeps; while a program waits for a processor, it does not count.
"""

from dataclasses import dataclass

MEGABYTE = 1 << 20
CELLS_OF_OUTPUT = 10
"""How many times the output of one cell the whole notebook keeps."""
WALL_FACTOR = 3.0
"""How many times the processor time of a limit it allows of wall time."""


@dataclass(frozen=True)
class Limits:
    """Bounds on one submission; each has a verdict of its own when a submission reaches it.

    Attributes
    ----------
    memory : int
        Bytes of memory the candidate may use.
    cpu : int
        Seconds of processor time for the whole notebook.
    processes, open_files : int
        How many the candidate may have at a time; threads count as processes.
    file_size : int
        Bytes that a file it writes may have.
    scratch, files : int
        Bytes and number of all its files, including those of the submission's folder.
    wall : float
        Seconds of wall time for the whole notebook.
    cell_cpu, cell_wall : float
        Seconds of processor time and of wall time for one cell, in each interpreter that runs it.
    call_cpu, call_wall : float
        The same for one call of a student's function by a test.
    grace : float
        Seconds of processor time that an interrupted cell or call has to end before its process is
        killed; of wall time `WALL_FACTOR` times as many.
    output : int
        Bytes of output kept for one cell; the whole notebook keeps `CELLS_OF_OUTPUT` times that.
    message : int
        Bytes that one message between the interpreters may have, arrays included.
    references : int
        How many of the candidate's objects a test may hold at a time.
    """

    memory: int = 4096 * MEGABYTE
    cpu: int = 600
    processes: int = 256
    open_files: int = 256
    file_size: int = 64 * MEGABYTE
    scratch: int = 512 * MEGABYTE
    files: int = 20_000
    wall: float = 1800.0
    cell_cpu: float = 60.0
    cell_wall: float = 180.0
    call_cpu: float = 30.0
    call_wall: float = 90.0
    grace: float = 2.0
    output: int = 2 * MEGABYTE
    message: int = 256 * MEGABYTE
    references: int = 10_000
