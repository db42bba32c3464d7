"""Crash: the process ends in the middle of a call

os._exit with a good status.
"""
import os


def cost(X, y, theta):
    os._exit(0)
