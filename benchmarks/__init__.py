"""Every figure the README quotes, re-measurable: ``python -m benchmarks``."""
