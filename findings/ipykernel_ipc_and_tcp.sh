#!/bin/sh
# A kernel whose connection is told to use IPC listens on a TCP port all the same.
#
# Expected: with `transport` set to ipc, all of a kernel's sockets are files, as its connection file
# says. Seen with ipykernel 7.4.0 and jupyter_client 8.10.0: the five channels are, and one more socket,
# by which forked children hand their output to the kernel, is bound to a random port of 127.0.0.1,
# whatever the transport. Where no port may be bound, or each must be accounted for, IPC is not enough.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet ipykernel==7.4.0 jupyter_client==8.10.0 psutil==7.2.2
cat > "$folder/look.py" <<'PYTHON'
import json
from importlib.metadata import version

import psutil
from jupyter_client.manager import KernelManager

manager = KernelManager(transport="ipc")
manager.start_kernel()
client = manager.blocking_client()
client.start_channels()
client.wait_for_ready(timeout=60)
with open(manager.connection_file) as file:
    print("transport:", json.load(file)["transport"])
kernel = psutil.Process(manager.provisioner.pid)
ports = [c.laddr for c in kernel.net_connections("inet") if c.status == psutil.CONN_LISTEN]
print("ipykernel", version("ipykernel"), "jupyter_client", version("jupyter_client"))
print("listening on TCP:", len(ports), "at", *{port.ip for port in ports})
client.stop_channels()
manager.shutdown_kernel(now=True)
PYTHON
cd "$folder"
export JUPYTER_RUNTIME_DIR="$folder/run" IPYTHONDIR="$folder/ipython"
"$folder/venv/bin/python" look.py >"$folder/seen" 2>"$folder/log" || { tail -5 "$folder/log"; exit 1; }
cat "$folder/seen"
grep -q "^transport: ipc$" "$folder/seen"
grep -q "^listening on TCP: 1 at 127.0.0.1$" "$folder/seen"
echo "As described: one TCP port is left."
