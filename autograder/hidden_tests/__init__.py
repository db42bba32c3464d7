"""Hidden tests: what decides points, one module a unit."""
