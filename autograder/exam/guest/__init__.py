"""The guest: all that runs inside a sandbox, an interactive shell behind one socket.

This folder is all of the grader that a candidate can see, so it imports nothing from outside itself
but NumPy, msgpack and IPython. The examiner runs the same shell; what only the examiner may do lies
outside this folder.
"""
