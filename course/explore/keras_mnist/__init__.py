"""Explorables of handwritten digits: training watched, a digit drawn, errors looked at."""
