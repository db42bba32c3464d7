"""Wire: file descriptors are sent over it

Whoever receives with ancillary data holds them open; a test's files could be asked for.
"""
import os
import socket

for name in os.listdir("/proc/self/fd"):
    try:
        if "socket" in os.readlink(f"/proc/self/fd/{name}"):
            end = socket.socket(fileno=os.dup(int(name)))
            socket.send_fds(end, [b""], [os.open("/dev/null", 0)] * 100)
    except OSError as error: print(error)
