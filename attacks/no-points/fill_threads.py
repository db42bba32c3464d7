"""Exhausting: the number of threads

As many as start, each with a stack of its own.
"""
import threading
import time

threads = []
try:
    for _ in range(100_000):
        threads.append(threading.Thread(target=time.sleep, args=(2,), daemon=True))
        threads[-1].start()
except RuntimeError as error: print(len(threads) < 1000, error)
time.sleep(2.5)
