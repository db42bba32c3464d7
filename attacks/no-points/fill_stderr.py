"""Exhausting: bytes written past Python to the descriptors of the streams

Not text, and faster than anybody reads.
"""
import os

for _ in range(200):
    try: os.write(2, b"\xff\xfe\x00" * 20_000)
    except OSError: break
