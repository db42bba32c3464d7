"""Time: a read from a pipe nobody writes to

open of a named pipe, with interrupts tried again.
"""
import os

os.mkfifo("/tmp/pipe")
while True:
    try: open("/tmp/pipe").read()
    except BaseException: pass
