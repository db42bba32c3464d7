"""Exhausting: shared mappings

mmap shared and anonymous, which counts as no process's data.
"""
import mmap
import time

held = []
while True:
    held.append(mmap.mmap(-1, 50 << 20))
    held[-1].write(b"x" * (50 << 20))
    time.sleep(0.02)
