"""Wire: a message of four gigabytes

Only its length is sent.
"""
import os
import stat
import struct

for name in range(256):
    try:
        if stat.S_ISSOCK(os.fstat(name).st_mode): os.write(name, struct.pack("!IBI", 0xFFFFFFFF, 3, 1))
    except OSError: pass
