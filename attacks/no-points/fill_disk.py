"""Exhausting: the disk

A file as large as may be, many of them, in every place that can be written.
"""
import signal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
block = b"x" * (1 << 24)
for place in (".", "/tmp", "/dev/shm", "/var/tmp"):
    for number in range(200):
        try:
            with open(f"{place}/descent-left-{number}", "wb", buffering=0) as file: file.write(block)
        except OSError: break
