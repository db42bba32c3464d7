"""Every figure of docs/performance.md, re-measurable: ``python -m benchmarks``."""
