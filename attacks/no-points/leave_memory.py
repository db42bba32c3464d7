"""Leaving: shared memory, semaphores and queues that no process owns

System V by number, POSIX by name, multiprocessing's own.
"""
import ctypes
from multiprocessing import shared_memory

libc = ctypes.CDLL(None, use_errno=True)
print(libc.shmget(77, 1 << 20, 0o1666), libc.semget(77, 4, 0o1666), libc.msgget(77, 0o1666))
for open_ in ("shm_open", "sem_open", "mq_open"):
    try: print(getattr(libc, open_)(b"/descent-left", 0o102, 0o666, 1))
    except AttributeError: pass
try: shared_memory.SharedMemory("descent-left-block", create=True, size=1 << 20)
except OSError as error: print(error)
