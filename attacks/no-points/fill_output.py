"""Exhausting: output without end

Text, displays and errors until the grader has had enough; the test after it must run.
"""
for number in range(300_000): print("x" * 60)
