"""Crash: a thread ends the process while the test runs

After half a second, from a thread and from a timer's signal.
"""
import os
import signal
import threading
import time

threading.Timer(0.01, os._exit, (0,)).start()
signal.signal(signal.SIGALRM, signal.SIG_DFL)
signal.setitimer(signal.ITIMER_REAL, 0.02)
time.sleep(0.5)
