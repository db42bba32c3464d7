"""Wire: the socket is shut down for writing, then for reading

The descriptor stays open; nothing more can come or go.
"""
import os
import stat
import socket

for name in range(256):
    try:
        if stat.S_ISSOCK(os.fstat(name).st_mode): socket.socket(fileno=os.dup(name)).shutdown(socket.SHUT_RDWR)
    except OSError: pass
