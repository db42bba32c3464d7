"""Explorables on neurons: Perceptron, Regions, Bumps."""
