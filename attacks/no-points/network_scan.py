"""Network: system calls by number, past Python's socket module

socket, connect, socketcall and io_uring by ctypes, and a socket of every family there is.
"""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
made = [f for f in range(46) if f != 1 and libc.syscall(41, f, 1, 0) >= 0]
made += [f for f in range(46) if f != 1 and libc.syscall(41, f, 2, 0) >= 0]
print("families", made)
print(libc.syscall(425, 8, ctypes.create_string_buffer(200)), ctypes.get_errno())
