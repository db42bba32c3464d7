"""Time: every call sleeps for a minute

In a thousand short sleeps that swallow interrupts.
"""
import time


def cost(X, y, theta):
    for _ in range(1000):
        try: time.sleep(0.06)
        except BaseException: pass
    return 0.0
