"""Hidden tests: one module of laws for each unit."""
