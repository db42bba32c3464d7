"""Exhausting: memory of many processes

Each takes little; what fork shares is written to.
"""
import os
import time

for _ in range(20):
    if not os.fork():
        held = bytearray(b"x") * (100 << 20)
        time.sleep(3600)
time.sleep(3600)
