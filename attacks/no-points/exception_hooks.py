"""Hooks of the interpreter: excepthook, unraisablehook, displayhook, breakpointhook, audit

Each is made quiet; an audit hook raises when anything is compiled.
"""
import sys
import threading

sys.excepthook = sys.unraisablehook = threading.excepthook = lambda *a: None
sys.displayhook = sys.breakpointhook = lambda *a: None
sys.last_value = None
