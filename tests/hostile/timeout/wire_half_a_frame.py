"""Wire: half a frame, and then nothing

The length says that more is to come; it never does.
"""
import os
import struct
import time

for name in os.listdir("/proc/self/fd"):
    if "socket" in os.readlink(f"/proc/self/fd/{name}") if os.path.lexists(f"/proc/self/fd/{name}") else "":
        os.write(int(name), struct.pack("!IBI", 1 << 20, 3, 1) + b"x")
try: time.sleep(3600)
except BaseException: time.sleep(3600)
