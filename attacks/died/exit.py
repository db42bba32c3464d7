"""Crash: os._exit after a point was earned

The process ends without a word; what the tests before it gave stays. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
import os

os._exit(0)
