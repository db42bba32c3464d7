"""Time: a cell sleeps for an hour

In the kernel, with nothing to be seen. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
import time

time.sleep(3600)
