#!/bin/sh
# jupytext 1.19.6's server extension puts a contents manager of its own in the place of the one that
# Jupyter Server 2 has made. A pre-save hook that another extension registered while it was loaded
# (extensions load in the order of their names) is gone then, without a word; one that is registered
# when extensions are *started*, after all are loaded, stays.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jupyter_server==2.21.1 jupytext==1.19.6
cat > "$folder/a_hook.py" <<'PYTHON'
def hook(model, **_):
    print("hook called", flush=True)


def _jupyter_server_extension_points():
    return [{"module": "a_hook"}]


def _load_jupyter_server_extension(server):
    server.contents_manager.register_pre_save_hook(hook)
    print("registered with", type(server.contents_manager).__name__, flush=True)
PYTHON
cat > "$folder/run.py" <<'PYTHON'
from importlib.metadata import version

import nbformat
from jupyter_server.serverapp import ServerApp

EXTENSIONS = {"a_hook": True, "jupytext": True}
server = ServerApp(jpserver_extensions=EXTENSIONS, open_browser=False, port=0, allow_root=True)
server.initialize(argv=[])
manager = server.contents_manager
print("jupytext", version("jupytext"), "jupyter_server", version("jupyter_server"))
print("saving with", type(manager).__name__)
model = {"type": "notebook", "content": nbformat.v4.new_notebook(), "format": "json"}
print("hooks left:", len(manager._pre_save_hooks))
assert len(manager._pre_save_hooks) == 0, "the hook has survived"
manager.register_pre_save_hook(server.extension_manager.extensions["a_hook"].module.hook)
PYTHON
cd "$folder"
export JUPYTER_CONFIG_DIR="$folder/config" JUPYTER_DATA_DIR="$folder/data" \
    JUPYTER_RUNTIME_DIR="$folder/runtime" PYTHONPATH="$folder"
"$folder/venv/bin/python" run.py 2>"$folder/log" || { tail -5 "$folder/log"; exit 1; }
