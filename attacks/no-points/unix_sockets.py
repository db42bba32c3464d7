"""Sockets: unix sockets by path and abstract ones

Those of this machine's services, of the window system and of whoever listens.
"""
import glob
import socket

names = [*(f"\0descent-hostile-{n}" for n in range(8)), "\0/tmp/.X11-unix/X0", "/run/docker.sock", "/var/run/dbus/system_bus_socket",
         "/run/systemd/private", *glob.glob("/tmp/*/socket"), *glob.glob("/run/**/*sock*", recursive=True)]
for name in names:
    try:
        socket.socket(socket.AF_UNIX).connect(name)
        print("reached", name)
    except OSError: pass
