"""Explorables of unit 05: Threshold and Classifiers."""
