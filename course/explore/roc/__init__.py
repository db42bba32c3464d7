"""Explorables on scores and what they decide: Threshold and Classifiers."""
