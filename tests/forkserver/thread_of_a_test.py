"""Starts a thread when it is imported, for the test of parents that cannot be forked any more."""

import threading

threading.Thread(target=threading.Event().wait, daemon=True).start()
