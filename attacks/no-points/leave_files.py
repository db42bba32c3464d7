"""Leaving: files wherever they can be written

Temporary folders, shared memory, the home folder, the course, the packages, the interpreter.
"""
import os
import site
import sys
import tempfile

import course

places = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/", "/etc", os.path.expanduser("~"), "/root", "..", "../..",
          os.path.dirname(course.__file__), sys.prefix, *site.getsitepackages(), "/usr/lib", tempfile.gettempdir()]
for place in places:
    try: open(os.path.join(place, "descent-left.txt"), "w").write("left")
    except OSError: pass
