"""Crash: recursion without end in every call

With the recursion limit raised, so that the stack of the C library ends first.
"""
import sys

sys.setrecursionlimit(10**9)


def cost(X, y, theta):
    return max([X], key=lambda x: cost(x, y, theta))
