"""Wire: a message shorter than its own head

Length zero.
"""
import os
import stat
import struct

for name in range(256):
    try:
        if stat.S_ISSOCK(os.fstat(name).st_mode): os.write(name, struct.pack("!IBI", 0, 3, 1))
    except OSError: pass
