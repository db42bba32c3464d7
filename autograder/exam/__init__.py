"""Examining a submission: student code and hidden tests in two interpreters that share nothing."""
