"""Crash: recursion without end and without a limit

The stack of the C library ends before Python notices.
"""
import ctypes
import sys

sys.setrecursionlimit(10**9)
compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)


def deeper(pointer): return compare(deeper)(pointer)


deeper(None)
