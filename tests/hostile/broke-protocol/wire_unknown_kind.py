"""Wire: a kind of frame that does not exist

Number 99.
"""
import os
import struct

for name in os.listdir("/proc/self/fd"):
    try:
        if "socket" in os.readlink(f"/proc/self/fd/{name}"): os.write(int(name), struct.pack("!IBI", 5, 99, 0))
    except OSError: pass
