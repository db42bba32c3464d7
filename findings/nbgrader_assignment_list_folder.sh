#!/bin/sh
# nbgrader's Assignment List looks where the server was started, not into the server's root folder.
#
# Expected: the list in JupyterLab works on the folder that JupyterLab shows, the server's root: the
# extension is given it, and enters it to read its settings. Seen with nbgrader==0.9.6: it leaves it again
# before it looks for notebooks, because `Exchange.assignment_dir` is "." as long as nobody sets it. A
# hub that starts servers in the home and shows a folder in it (`Spawner.notebook_dir`) lets nobody
# hand in: "Assignment not found", with status 200. A server started in its root folder works.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbgrader==0.9.6 jupyter-server==2.21.1
mkdir -p "$folder/config" "$folder/home/notebooks/ps1" "$folder/exchange/c/inbound" "$folder/exchange/c/outbound/ps1"
chmod 777 "$folder/exchange" && chmod 2733 "$folder/exchange/c/inbound"
export JUPYTER_CONFIG_DIR="$folder/config"
cat > "$folder/config/nbgrader_config.py" <<PYTHON
c = get_config()
c.Exchange.root = "$folder/exchange"
c.Exchange.cache = "$folder/cache"
PYTHON
for place in "$folder/home/notebooks/ps1" "$folder/exchange/c/outbound/ps1"; do
    echo '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}' > "$place/ps1.ipynb"
done
cat > "$folder/look.py" <<'PYTHON'
import sys

from nbgrader.server_extensions.assignment_list.handlers import AssignmentList

assignments = AssignmentList()
assignments.root_dir = sys.argv[1]  # as the extension is loaded
answer = assignments.submit_assignment("c", "ps1")
print("handed in:", answer["success"], *answer.get("value", "").strip().splitlines()[-1:])
PYTHON
for start in home home/notebooks; do
    cd "$folder/$start"
    echo "started in $start, root home/notebooks:" \
        "$("$folder/venv/bin/python" "$folder/look.py" "$folder/home/notebooks" 2>"$folder/log" | tail -1)"
done | tee "$folder/seen"
grep -q "^started in home, root home/notebooks: handed in: False .*not found at: $folder/home/ps1" "$folder/seen"
grep -q "^started in home/notebooks, root home/notebooks: handed in: True" "$folder/seen"
echo "As described: the root folder is not looked into."
