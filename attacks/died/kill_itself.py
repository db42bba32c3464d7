"""Crash: SIGKILL to itself

As when a kernel is killed. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
import os

os.kill(os.getpid(), 9)
