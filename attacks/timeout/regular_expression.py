"""Time: a regular expression that never ends

In C code, where Python looks at no signals. Earns 1.
"""

# %% nbgrader={"grade_id": "period"}

# %% nbgrader={"grade_id": "test-period"}

# %%
import re

re.match(r"(a*)*b", "a" * 60)
