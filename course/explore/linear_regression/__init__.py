"""Explorables on a straight line through points: Descent and Batches."""
