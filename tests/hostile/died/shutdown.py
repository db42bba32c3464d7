"""Wire: the socket is shut down for writing, then for reading

The descriptor stays open; nothing more can come or go.
"""
import os
import socket

for name in os.listdir("/proc/self/fd"):
    try:
        if "socket" in os.readlink(f"/proc/self/fd/{name}"): socket.socket(fileno=os.dup(int(name))).shutdown(socket.SHUT_RDWR)
    except OSError: pass
