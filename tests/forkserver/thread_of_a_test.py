"""Starts a thread when it is imported, for the test of servers that cannot fork any more."""

import threading

threading.Thread(target=threading.Event().wait, daemon=True).start()
