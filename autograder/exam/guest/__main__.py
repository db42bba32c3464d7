"""Start a candidate: `python -I …/guest DESCRIPTOR PATH MESSAGE REFERENCES`."""

import importlib.util
import sys
from pathlib import Path

# Python has put this folder in front of all that can be imported, where a student's `import values`
# would find it. Make it one package instead, wherever it is mounted.
folder = Path(__file__).resolve().parent
sys.path.pop(0)
spec = importlib.util.spec_from_file_location(
    "guest", folder / "__init__.py", submodule_search_locations=[str(folder)]
)
package = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
sys.modules["guest"] = package
spec.loader.exec_module(package)  # type: ignore[union-attr]

from guest.candidate import serve  # type: ignore[import-not-found]  # noqa: E402

sys.path.insert(0, "")  # as in a kernel: what lies beside the notebook can be imported
sys.path.append(sys.argv[2])
serve(int(sys.argv[1]), *map(int, sys.argv[3:]))
