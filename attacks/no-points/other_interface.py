"""Kernel: the same calls through the 32-bit interface

int 0x80 and the x32 numbers have other numbers, which a filter may have forgotten. A child tries.
"""
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
if not os.fork():
    libc.syscall(0x40000000 + 41, 2, 1, 0)
    os._exit(0)
print("x32", os.wait()[1])
if not os.fork():
    code = bytes.fromhex("b866000000bb01000000b900000000cd80c3")  # socketcall(SYS_SOCKET)
    memory = ctypes.CDLL(None)
    memory.mmap.restype = ctypes.c_void_p
    page = memory.mmap(None, 4096, 7, 0x22, -1, 0)
    ctypes.memmove(page, code, len(code))
    ctypes.CFUNCTYPE(ctypes.c_int)(page)()
    os._exit(0)
print("int 0x80", os.wait()[1])
