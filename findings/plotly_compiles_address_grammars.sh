#!/bin/sh
# Where Plotly 7.1.0 and a Jupyter server are installed together, a kernel's first figure compiles
# 38 grammars for parts of web addresses. Plotly imports nbformat if it is there, nbformat imports
# jsonschema 4.26.0, and that imports rfc3987-syntax 1.1.0 if it is there, which jupyter_events asks
# for by jsonschema's extra "format-nongpl". Each grammar is built by lark when the module is
# imported, used or not: more than all other processor time of the import of Plotly's figures.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet plotly==7.1.0 ipython==9.9.0 nbformat==5.11.1 \
    "jsonschema[format-nongpl]==4.26.0" rfc3987-syntax==1.1.0 lark==1.3.1
cat > "$folder/run.py" <<'PYTHON'
import subprocess
import sys

COUNT = """
import sys, time
{before}
start = time.process_time()
import plotly.graph_objects, plotly.io
plotly.io.renderers  # imported when it is first asked for, as to show a figure
seconds = time.process_time() - start
import gc
lark = sys.modules.get("lark")
grammars = sum(isinstance(found, lark.Lark) for found in gc.get_objects()) if lark else 0
print(grammars, seconds)
"""


def measure(before):
    done = subprocess.run(
        [sys.executable, "-c", COUNT.format(before=before)], capture_output=True, text=True, check=True
    )
    grammars, seconds = done.stdout.split()
    return int(grammars), float(seconds)


measure("")  # Python compiles modules when they are first imported
grammars, whole = measure("")
none, rest = measure("sys.modules['rfc3987_syntax'] = None  # as if it were not installed")
print("plotly 7.1.0: grammars of lark after the import:", grammars, "and without:", none)
print(f"processor time of the import: {whole / rest:.1f} times that without rfc3987-syntax")
assert grammars >= 38 and none == 0, "the grammars are not compiled at import any more"
assert whole > 1.5 * rest, "the import takes no longer with them"
PYTHON
cd "$folder"
"$folder/venv/bin/python" run.py
