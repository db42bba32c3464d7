"""Exhausting: output faster than anybody reads, until the time is over

Of what is not kept nothing may stay in memory either.
"""
while True: print("x" * 100_000)
