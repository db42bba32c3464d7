"""Be the parent of candidates: `python -I …/warm CONTROL INSIDE SEALING PATH`.

`CONTROL` is the descriptor on which requests come; `INSIDE` and `SEALING` are the folders of the
candidate's own program and of what shuts it in; `PATH` holds the package `course`.
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
sys.path.append(sys.argv[4])
for package, place in (("warm", __file__), ("inside", sys.argv[2]), ("sealing", sys.argv[3])):
    load(package, Path(place).resolve().parent if package == "warm" else Path(place))

from warm.candidates import serve  # type: ignore[import-not-found]  # noqa: E402

serve(socket.socket(fileno=int(sys.argv[1])))
