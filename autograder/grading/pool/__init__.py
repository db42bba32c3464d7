"""Marking on many cores and machines: tasks, and the workers that run them."""
