"""Metadata: the test cell is unlocked and empty

Its marks say it is a solution, so that what stands in it could count.
"""

# %% nbgrader={"grade_id": "test-period", "locked": false, "solution": true, "grade": false, "points": 1}
pass
