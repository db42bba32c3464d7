"""Streams: closed and replaced

sys.stdout is None, descriptors 0 to 2 are closed and become something else. Where the
interpreter was started and not forked, it ends by that. Or died.
"""
import os
import sys

for descriptor in (0, 1, 2):
    try: os.close(descriptor)
    except OSError: pass
sys.stdout = sys.stderr = sys.__stdout__ = None
open("/dev/null")
