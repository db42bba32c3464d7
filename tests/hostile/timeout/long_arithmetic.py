"""Time: one operation in C that takes hours

A power of integers.
"""
x = (1 << 400_000_000) ** 3 % 7 if False else pow(3, 10**9)
