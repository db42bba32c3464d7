"""Exhausting: a list that grows

In small steps, until all is gone. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
import time

held = []
while True:
    held.append(b"x" * (20 << 20))
    time.sleep(0.02)
