"""Crash: a segmentation fault

An address that is none is read. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
import ctypes

ctypes.string_at(8)
