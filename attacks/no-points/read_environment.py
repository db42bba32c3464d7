"""Reading: the environment and the command lines of all processes

/proc of every number, the parent's descriptors, its memory map and its working folder.
"""
import os

print(dict(os.environ))
for number in os.listdir("/proc"):
    for name in ("environ", "cmdline", "maps", "cwd", "root", "fd"):
        path = f"/proc/{number}/{name}"
        try:
            print(os.listdir(path) if os.path.isdir(path) else open(path, errors="replace").read())
        except OSError: pass
    try:
        for root, _, files in os.walk(f"/proc/{number}/root/home"): print(root, files)
    except OSError: pass
