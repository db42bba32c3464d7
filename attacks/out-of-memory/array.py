"""Exhausting: an array just below what may be reserved

Then further ones; where filling them takes long the cell ends first. Or timeout.
"""
import time

import numpy as np

held = []
while True:
    try: held.append(np.ones(8 << 20))
    except MemoryError: pass
    time.sleep(0.02)
