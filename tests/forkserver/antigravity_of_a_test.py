"""Fails when it is imported, for the test of parents that cannot be warmed."""

raise RuntimeError("a module that cannot be imported")
