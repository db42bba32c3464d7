"""Exhausting: the number of processes

A fork bomb that stops when it is refused, and goes on with the test. It is ended for the number; on
a busy machine, where its children come slowly, its time is over first. Or timeout.
"""
import os
import time

started = 0
try:
    while True:
        if not os.fork():
            time.sleep(20)
            os._exit(0)
        started += 1
except OSError as error: print(started < 1000, error)
