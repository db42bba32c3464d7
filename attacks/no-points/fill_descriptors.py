"""Exhausting: file handles

Files, pipes and sockets until no more are given, then all are given back.
"""
import os

held = []
try:
    while True: held += os.pipe()
except OSError as error: print(len(held), error)
for descriptor in held: os.close(descriptor)
