"""Lines that IPython hands to a shell, a package manager or a kernel's front end.

A sandbox has none of these. There such a line says that it was not run, and its cell goes on, as it
does in a kernel where a command fails.
"""

import shutil
from functools import partial
from typing import Any

from IPython.utils.text import LSString, SList

NOT_FOUND = 127
"""A shell's exit status where there is no such program."""

OF_A_KERNEL = (
    "autosave", "clear", "connect_info", "edit", "less", "man", "more", "qtconsole", "store",
    "subshell",
)  # fmt: skip
"""Magic lines that a kernel knows, and an interactive shell without one does not."""

OF_CONDA = ("conda", "mamba", "micromamba")
"""Magic lines that raise an error outside of such an environment, where a student's ran inside."""


def arrange_commands(shell: Any) -> None:
    """Let the commands of a notebook end as in a kernel, with programs or without."""
    for name in OF_A_KERNEL:
        shell.register_magic_function(partial(_print_notice, f"%{name}"), "line", name)
    if shutil.which("sh"):
        return
    for name in OF_CONDA:
        shell.register_magic_function(partial(_print_notice, f"%{name}"), "line", name)
    shell.system = shell.system_piped = shell.system_raw = partial(_system, shell)
    shell.getoutput = partial(_getoutput, shell)


def _notice(command: str) -> str:
    return f"Not run while grading, where there are no other programs: {command.strip()}"


def _print_notice(name: str, line: str) -> None:
    print(_notice(f"{name} {line}"))


def _refuse_background(command: str) -> None:
    """Raise what a kernel raises: it starts nothing that it does not wait for."""
    if command.rstrip().endswith("&"):
        raise OSError("Background processes not supported.")


def _system(shell: Any, cmd: str) -> None:
    _refuse_background(cmd)
    shell.user_ns["_exit_code"] = NOT_FOUND
    print(_notice(cmd))


def _getoutput(shell: Any, cmd: str, split: bool = True, depth: int = 0) -> Any:
    """Return the line that says so in place of a command's output."""
    _refuse_background(cmd)
    shell.user_ns["_exit_code"] = NOT_FOUND
    return SList([_notice(cmd)]) if split else LSString(_notice(cmd))
