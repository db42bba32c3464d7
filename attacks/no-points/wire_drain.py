"""Wire: the buffer of the socket is made as small and as large as it goes

SO_SNDBUF, SO_RCVBUF, timeouts and modes of the shared file description are changed.
"""
import os
import stat
import socket

for name in range(256):
    try:
        if stat.S_ISSOCK(os.fstat(name).st_mode):
            end = socket.socket(fileno=os.dup(name))
            for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
                end.setsockopt(socket.SOL_SOCKET, option, 1)
                end.setsockopt(socket.SOL_SOCKET, option, 1 << 30)
            end.settimeout(0.001)
    except OSError as error: print(error)
