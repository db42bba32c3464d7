"""Kernelspecs that name the provisioner, and the fork server of kernels for a whole machine."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager

from autograder.forkserver.client import SERVER
from autograder.forkserver.requirements import TENSORFLOW, course_imports
from autograder.kernels.provisioner import ONE_THREAD

KERNELS = {
    "descent": ("Python 3 (Descent)", False),
    "descent-tensorflow": ("Python 3 (Descent, TensorFlow)", True),
}
"""By the name of its kernelspec: a kernel's display name, and whether it preloads TensorFlow."""


def modules_to_preload(tensorflow: bool) -> list[str]:
    """Return the modules that a fork server of kernels imports: those that the units' texts import.

    None of them is staff's.
    """
    imports = course_imports() - set(TENSORFLOW)
    own = sorted(name for name in imports if not name.startswith("autograder"))
    return [*own, *(TENSORFLOW if tensorflow else ())]


def spec(name: str, socket: str = "") -> dict[str, Any]:
    """Return a kernelspec.

    Parameters
    ----------
    name : str
        One of `KERNELS`.
    socket : str
        The path of the socket of the fork server for all users; without one, each Jupyter server
        starts its own.
    """
    title, tensorflow = KERNELS[name]
    config = {"socket": socket} if socket else {"preload": modules_to_preload(tensorflow)}
    return {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": title,
        "language": "python",
        "env": {**ONE_THREAD, **({"TF_CPP_MIN_LOG_LEVEL": "3"} if tensorflow else {})},
        "metadata": {
            "kernel_provisioner": {"provisioner_name": "descent-forked", "config": config}
        },
    }


def install(prefix: Path | None = None, socket: str = "") -> list[Path]:
    """Install the kernelspecs below `prefix`, default this interpreter's; return their folders."""
    folders = []
    for name in KERNELS:
        with tempfile.TemporaryDirectory() as folder:
            text = json.dumps(spec(name, socket), indent=1)
            Path(folder).chmod(0o755)  # copied with its permissions, and others must read it
            Path(folder, "kernel.json").write_text(text + "\n", encoding="utf-8")
            place = KernelSpecManager().install_kernel_spec(
                folder, name, prefix=str(prefix or sys.prefix)
            )
        folders.append(Path(place))
    return folders


def run_kernel_server(socket: Path) -> None:
    """Replace this process by the fork server of all users' kernels, which listens at `socket`.

    It preloads TensorFlow for every kernelspec: two fork servers would share no memory.
    """
    for name, value in {**ONE_THREAD, "TF_CPP_MIN_LOG_LEVEL": "3"}.items():
        os.environ.setdefault(name, value)
    program = [sys.executable, str(SERVER), "kernels", str(socket), *modules_to_preload(True)]
    os.execv(sys.executable, program)
