"""Hidden tests, which decide points: one module for each unit."""
