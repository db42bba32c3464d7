"""Crash: the interpreter's own memory is unmapped and protected

munmap of the program's text by ctypes.
"""
import ctypes

libc = ctypes.CDLL(None)
for function in (libc.mprotect, ctypes.pythonapi.PyObject_Repr, ctypes.pythonapi.PyEval_EvalCode):
    page = ctypes.cast(function, ctypes.c_void_p).value & ~4095
    libc.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(1 << 20), 0)
