"""Wire: half a message, and then nothing

The length says that more is to come; it never does.
"""
import os
import stat
import struct
import time

for name in range(256):
    try:
        if stat.S_ISSOCK(os.fstat(name).st_mode): os.write(name, struct.pack("!IBI", 1 << 20, 3, 1) + b"x")
    except OSError: pass
try: time.sleep(3600)
except BaseException: time.sleep(3600)
