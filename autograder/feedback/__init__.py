"""Feedback to students: points, hints and comments; no hidden tests, no scripts."""
