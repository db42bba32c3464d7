"""Be a warmed parent: of candidates, or of students' kernels.

`python -I …/warm CONTROL INSIDE SEALING PATH` forks candidates. `CONTROL` is the descriptor on
which requests come; `INSIDE` and `SEALING` are the folders of the candidate's own program and of
what shuts it in; `PATH` holds the package `course`.

`python …/warm CONTROL` forks kernels for one Jupyter server; where `CONTROL` is the path of a
socket to be made, for all servers that connect to it.
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
load("warm", Path(__file__).resolve().parent)
if sys.argv[2:]:
    sys.path.append(sys.argv[4])
    load("inside", Path(sys.argv[2]))
    load("sealing", Path(sys.argv[3]))
    from warm.candidates import serve  # type: ignore[import-not-found]

    serve(socket.socket(fileno=int(sys.argv[1])))
else:
    from warm.kernels import serve_at  # type: ignore[import-not-found]

    serve_at(sys.argv[1])
