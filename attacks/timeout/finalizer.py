"""Time: a finalizer that does not end

The cell is over at once; what it made is not.
"""


class Thing:
    def __del__(self):
        while True:
            try:
                while True: pass
            except BaseException: pass


thing = Thing()
del thing
