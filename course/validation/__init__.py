"""Input validation for the first line of each exercise: convert, or raise a clear ValueError."""
