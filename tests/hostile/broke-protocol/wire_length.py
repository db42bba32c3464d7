"""Wire: a frame of four gigabytes

Only its length is sent.
"""
import os
import struct

for name in os.listdir("/proc/self/fd"):
    try:
        if "socket" in os.readlink(f"/proc/self/fd/{name}"): os.write(int(name), struct.pack("!IBI", 0xFFFFFFFF, 3, 1))
    except OSError: pass
