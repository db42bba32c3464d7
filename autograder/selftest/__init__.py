"""Trying the grader out: on the catalogue of answers, and on a made-up class."""
