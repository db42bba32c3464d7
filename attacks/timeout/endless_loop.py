"""Time: a loop without end

Interrupted, it ends; the cells after it run. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
while True: pass
