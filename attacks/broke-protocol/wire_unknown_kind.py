"""Wire: a kind of message that does not exist

Number 99.
"""
import os
import stat
import struct

for name in range(256):
    try:
        if stat.S_ISSOCK(os.fstat(name).st_mode): os.write(name, struct.pack("!IBI", 5, 99, 0))
    except OSError: pass
