"""Wire: outputs without end, past the bound the candidate keeps itself

Messages of a megabyte, each a well-formed output of the cell that runs.
"""
import json
import os
import stat
import struct

number = get_ipython().publisher.number
payload = json.dumps({"output_type": "stream", "name": "stdout", "text": "x" * (1 << 20)}).encode()
message = struct.pack("!IBI", 5 + len(payload), 3, number) + payload
for name in range(256):
    try:
        if stat.S_ISSOCK(os.fstat(name).st_mode):
            os.set_blocking(name, True)
            while True: os.write(name, message)
    except OSError: pass
