"""Be a fork server: of candidates, or of students' kernels.

`python -I …/server candidates CONTROL GUEST SEALING PATH MODULE…` forks candidates. `CONTROL` is
the descriptor on which requests come; `GUEST` and `SEALING` are the folders of the candidate's
program and of what seals it; `PATH` holds the package `course`.

`python …/server kernels CONTROL MODULE…` imports the modules and forks kernels for one Jupyter
server; where `CONTROL` is the path of a socket to be made, for all servers that connect to it.
"""

import importlib.util
import socket
import sys
from pathlib import Path


def load(name: str, folder: Path) -> None:
    """Make a folder a package of that name, wherever it is mounted."""
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec
    assert spec.loader
    sys.modules[name] = package = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(package)


# Python has put this folder in front of all that can be imported.
sys.path.pop(0)
load("server", Path(__file__).resolve().parent)
kind, place, *others = sys.argv[1:]
if kind == "candidates":
    program, shutting, path, *modules = others
    sys.path.append(path)
    load("guest", Path(program))
    load("sealing", Path(shutting))
    from server.candidates import serve  # type: ignore[import-not-found]

    serve(socket.socket(fileno=int(place)), modules)
else:
    from server.kernels import serve_at  # type: ignore[import-not-found]

    serve_at(place, others)
