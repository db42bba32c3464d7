"""Wire: bytes at random

A megabyte of them, at every descriptor that is a socket.
"""
import os

for name in os.listdir("/proc/self/fd"):
    try:
        if "socket" in os.readlink(f"/proc/self/fd/{name}"): os.write(int(name), b"\xff\x00garbage" * 100_000)
    except OSError: pass
