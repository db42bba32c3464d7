"""Importing this moves a worker to a process group of its own.

Ctrl-C in the terminal then reaches only the process that was started there.
"""

import os

os.setpgid(0, 0)
