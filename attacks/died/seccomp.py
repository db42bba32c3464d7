"""Kernel: a filter of its own that kills at the next write

seccomp may be made stricter by anybody, so the wire falls silent.
"""
import ctypes
import struct

libc = ctypes.CDLL(None)
program = struct.pack("=HBBI", 6, 0, 0, 0x80000000)
buffer = ctypes.create_string_buffer(program, 8)
head = ctypes.create_string_buffer(struct.pack("@HP", 1, ctypes.addressof(buffer)))
libc.prctl(38, 1, 0, 0, 0)
libc.prctl(22, 2, head)
