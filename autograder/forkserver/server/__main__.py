"""Start a fork server: of candidates, or of students' kernels.

`python -I …/server candidates CONTROL GUEST SEALING PATH MODULE…` forks candidates. `CONTROL` is
the descriptor of the socket with the requests; `GUEST` and `SEALING` are the folders with the
programs of the candidate and of the sealing; `PATH` holds the package `course`.

`python …/server kernels CONTROL MODULE…` imports the modules and forks kernels for one Jupyter
server; if `CONTROL` is the path of a socket to create, for all Jupyter servers that connect to it.
"""

import importlib.util
import socket
import sys
from pathlib import Path


def load_package(name: str, folder: Path) -> None:
    """Make a folder the package of that name, wherever it is mounted."""
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec
    assert spec.loader
    sys.modules[name] = package = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(package)


# Python has put this folder first on the import path.
sys.path.pop(0)
load_package("server", Path(__file__).resolve().parent)
kind, place, *others = sys.argv[1:]
if kind == "candidates":
    guest, sealing, path, *modules = others
    sys.path.append(path)
    load_package("guest", Path(guest))
    load_package("sealing", Path(sealing))
    from server.candidate_server import serve_candidates

    serve_candidates(socket.socket(fileno=int(place)), modules)
else:
    from server.kernel_server import serve_kernels

    serve_kernels(place, others)
