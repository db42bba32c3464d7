"""Exhausting: a fork bomb whose children come back from the cell

Every one of them is then a candidate that holds the wire.
"""
import os

for _ in range(5): os.fork()
