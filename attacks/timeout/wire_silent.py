"""Wire: a call is never answered

The program that answers is stopped in the middle of the test's call.
"""

# %% nbgrader={"grade_id": "period"}
import os
import signal


def period(length, g=9.81):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    os.kill(os.getpid(), signal.SIGSTOP)
