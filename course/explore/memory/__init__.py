"""Explorables of unit 06: a magnet that remembers, the Ising model, a machine that dreams."""
