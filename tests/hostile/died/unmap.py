"""Crash: the interpreter's own memory is unmapped and protected

munmap of the program's text by ctypes.
"""
import ctypes

libc = ctypes.CDLL(None)
for line in open("/proc/self/maps"):
    if "python" in line or "libc" in line:
        start, end = (int(x, 16) for x in line.split()[0].split("-"))
        libc.mprotect(ctypes.c_void_p(start), ctypes.c_size_t(end - start), 0)
