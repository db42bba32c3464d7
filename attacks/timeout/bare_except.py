"""Time: a loop without end that swallows interrupts

A bare except within a loop. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
while True:
    try:
        while True: pass
    except: pass
