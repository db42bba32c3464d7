"""Grading a class: marking each submission, recording what came of it."""
