"""Kernelspecs that name the provisioner, and the program that forks kernels for a whole server."""

import json
import os
import sys
import tempfile
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager

from autograder.forkserver.client import SERVER
from autograder.forkserver.requirements import HEAVY, known

KERNELS = {
    "descent": ("Python 3 (Descent)", False),
    "descent-tensorflow": ("Python 3 (Descent, TensorFlow)", True),
}
"""By the name of its kernelspec: what a kernel is called, and whether it has TensorFlow."""


def preloaded(heavy: bool) -> list[str]:
    """Return what a parent of students' kernels imports: what the course's text does.

    Of the course's packages that is `course` alone, nothing of staff's.
    """
    mine = sorted(name for name in known() - set(HEAVY) if not name.startswith("autograder"))
    return [*mine, *(HEAVY if heavy else ())]


def spec(name: str, socket: str = "") -> dict:
    """Return a kernelspec.

    Parameters
    ----------
    name : str
        One of `KERNELS`.
    socket : str
        Where the program listens that serves all users; without one each Jupyter server has a
        parent of its own.
    """
    title, heavy = KERNELS[name]
    config = {"socket": socket} if socket else {"preload": preloaded(heavy)}
    return {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": title,
        "language": "python",
        "env": {"TF_CPP_MIN_LOG_LEVEL": "3"} if heavy else {},
        "metadata": {
            "kernel_provisioner": {"provisioner_name": "descent-forked", "config": config}
        },
    }


def install(prefix: Path | None = None, socket: str = "") -> list[Path]:
    """Install the kernelspecs below `prefix`, this interpreter's when left out; return folders."""
    folders = []
    for name in KERNELS:
        with tempfile.TemporaryDirectory() as folder:
            text = json.dumps(spec(name, socket), indent=1)
            Path(folder).chmod(0o755)  # it is copied with its permissions, and others shall read it
            Path(folder, "kernel.json").write_text(text + "\n", encoding="utf-8")
            place = KernelSpecManager().install_kernel_spec(
                folder, name, prefix=str(prefix or sys.prefix)
            )
        folders.append(Path(place))
    return folders


def serve(socket: Path) -> None:
    """Become the parent of all users' kernels, which listens at `socket`.

    It has TensorFlow whichever kernel is asked for: two parents would share nothing.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    program = [sys.executable, str(SERVER), "kernels", str(socket), *preloaded(True)]
    os.execv(sys.executable, program)
