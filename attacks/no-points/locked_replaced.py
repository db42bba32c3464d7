"""Locked cells: the set-up cell is replaced by one that fakes the check

Its text imports nothing and binds `check` to something that agrees.
"""

# %% nbgrader={"grade_id": "setup", "locked": false}
class check:
    def __getattr__(self, name): return lambda *a: self
check = check()
