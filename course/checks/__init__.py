"""Instant checks: one module of probes for each unit, and the numbers they compare with."""
