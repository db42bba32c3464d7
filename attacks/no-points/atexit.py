"""Leaving: what runs at the end

atexit, threads that are no daemons, finalizers, a trap for the signal that ends a program.
"""
import atexit
import signal
import threading
import time
import weakref


class Thing: pass


thing = Thing()
weakref.finalize(thing, time.sleep, 3600)
atexit.register(time.sleep, 3600)
threading.Thread(target=time.sleep, args=(3600,)).start()
signal.signal(signal.SIGTERM, lambda *a: time.sleep(3600))
