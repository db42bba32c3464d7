"""Wire: more references than may be held

A hundred thousand instances in one answer, and a million in an iteration.
"""

# %% nbgrader={"grade_id": "period"}
class Thing: pass


def period(length, g=9.81): return [Thing() for _ in range(100_000)]
