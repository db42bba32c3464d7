"""Tags: the test cell may raise

raises-exception makes nbclient content with any error.
"""

# %% nbgrader={"grade_id": "test-period"} tags=["raises-exception"]
pass
