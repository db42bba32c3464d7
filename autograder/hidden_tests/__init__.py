"""Hidden tests, which decide points: one module or package a unit."""
