"""Leaving: servers

A unix socket by path, an abstract one, and a process that listens on both.
"""
import os
import socket
import sys

for name in ("\0descent-left", "/tmp/descent-left.socket"):
    server = socket.socket(socket.AF_UNIX)
    server.bind(name)
    server.listen()
    os.set_inheritable(server.fileno(), True)
if not os.fork():
    os.setsid()
    os.execv(sys.executable, ["descent-left-server", "-c", "import time; time.sleep(3600)"])
