"""What only staff runs: building, grading, reporting."""
