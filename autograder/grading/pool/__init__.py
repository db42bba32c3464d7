"""Marking in many places at once: what travels, and who does it."""
