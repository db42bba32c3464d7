"""Metadata: the test cell is a task, graded by hand

With an automatic score in its metadata.
"""

# %% nbgrader={"grade_id": "test-period", "task": true, "grade": false, "solution": false, "points": 1, "auto_score": 1}
pass
