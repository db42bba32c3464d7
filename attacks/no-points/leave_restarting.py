"""Leaving: processes that start each other anew

Each watches the other and forks when it is gone.
"""
import os
import sys

program = ("import os, sys, time\nfor _ in range(1000):\n    time.sleep(.05)\n    if os.getppid() == 1 and not os.fork(): "
           "os.execv(sys.executable, ['descent-left-phoenix', '-c', 'import time; time.sleep(600)'])")
if not os.fork(): os.execv(sys.executable, ["descent-left-phoenix", "-c", program])
