"""Exhausting: an array just below what may be reserved

Then a second one.
"""
import time

import numpy as np

held = []
while True:
    try: held.append(np.ones(8 << 20))
    except MemoryError: pass
    time.sleep(0.02)
