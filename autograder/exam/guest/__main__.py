"""Start a candidate: `python -I …/guest DESCRIPTOR PATH MAX_MESSAGE REFERENCES`."""

import importlib.util
import sys
from pathlib import Path

# Python has put this folder first on the import path, where a student's `import values` would find
# it. Make it one package instead, wherever it is mounted.
folder = Path(__file__).resolve().parent
sys.path.pop(0)
spec = importlib.util.spec_from_file_location(
    "guest", folder / "__init__.py", submodule_search_locations=[str(folder)]
)
assert spec
assert spec.loader
package = importlib.util.module_from_spec(spec)
sys.modules["guest"] = package
spec.loader.exec_module(package)

from guest.candidate import run_candidate  # noqa: E402

sys.path.insert(0, "")  # as in a kernel: modules beside the notebook can be imported
sys.path.append(sys.argv[2])
run_candidate(int(sys.argv[1]), *map(int, sys.argv[3:]))
