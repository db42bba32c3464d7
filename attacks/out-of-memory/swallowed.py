"""Exhausting: memory errors are swallowed

Half as much is tried each time until the last byte is gone, by threads and in a loop.
"""
import threading
import time

held = []


def eat():
    size = 1 << 27
    while True:
        try: held.append(bytearray(b"x") * size)
        except MemoryError: size = max(size // 2, 1 << 12)
        time.sleep(0.005)


for _ in range(4): threading.Thread(target=eat, daemon=True).start()
eat()
