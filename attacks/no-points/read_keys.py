"""Reading: keys of the kernel's keyrings

keyctl by ctypes: the user's and the session's keyring are searched and joined.
"""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for ring in (-3, -4, -5): print(libc.syscall(250, 0, ring, 1), ctypes.get_errno())
print(libc.syscall(248, b"user", b"descent-left", b"x", 1, -5), ctypes.get_errno())
try: print(open("/proc/keys").read())
except OSError as error: print(error)
