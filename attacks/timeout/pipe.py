"""Time: a read from a pipe nobody writes to

open of a named pipe, with interrupts tried again.
"""
import os, tempfile

pipe = tempfile.gettempdir() + "/pipe"
os.mkfifo(pipe)
while True:
    try: open(pipe).read()
    except BaseException: pass
