"""Fails when it is imported, for the test of servers that cannot preload."""

raise RuntimeError("a module that cannot be imported")
