"""Wire: a child keeps the wire while its parent ends

The grader would wait for an end of the stream that does not come.
"""
import os
import time

if os.fork(): os._exit(0)
os.setsid()
time.sleep(3600)
