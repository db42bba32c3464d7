"""Exhausting: processor time in children

Each stays below what one process may have; together they do not.
"""
import os
import time

for _ in range(8):
    if not os.fork():
        while True: pass
try: time.sleep(3600)
except BaseException: time.sleep(3600)
