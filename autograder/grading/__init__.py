"""Grading a class: mark each submission, record each result."""
