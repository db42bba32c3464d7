"""Leaving: daemons

Forked twice, in a session of their own, deaf to every signal that can be ignored.
"""
import os
import signal
import sys
import time

for _ in range(3):
    if not os.fork():
        os.setsid()
        if not os.fork():
            for number in range(1, 32):
                if number not in (9, 19, 32): signal.signal(number, signal.SIG_IGN)
            os.execv(sys.executable, ["descent-left-daemon", "-c", "import time; time.sleep(3600)"])
        os._exit(0)
    os.wait()
time.sleep(0.2)
