"""Time: one operation in C that takes hours

A power of integers.
"""
pow(3, 10**9)
