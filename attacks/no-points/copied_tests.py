"""Metadata: the test cell stands there three times, the first ones empty

Cells of one's own that bear the name of the test cell, each said to be worth points.
"""

# %% nbgrader={"grade_id": "setup"}

# %% nbgrader={"grade_id": "test-period", "copy": true, "grade": true, "points": 1, "locked": true, "solution": false, "schema_version": 3}
1.0

# %% nbgrader={"grade_id": "test-period", "copy": true, "grade": true, "points": 50, "locked": false, "solution": true, "schema_version": 3}
1.0
