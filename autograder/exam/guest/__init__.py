"""What runs inside: an interactive shell behind one file descriptor, and what it says there.

This folder is all of the grader that a candidate can see, so it imports nothing from outside itself
but NumPy, msgpack and IPython. The examiner runs the same shell; what only the examiner may do is
outside this folder.
"""
