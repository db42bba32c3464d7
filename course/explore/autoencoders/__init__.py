"""Explorables of unit 07: turning axes, and the plane of a narrow layer."""
