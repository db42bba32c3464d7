# %% [markdown]
# # 01 · A straight line downhill

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np

from course.arrays import as_arrays
from course.checks import linear_regression as check

# %% nbgrader={"grade_id": "cost", "solution": true}
def cost(X, y, theta):
    """Half the mean squared residual."""
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    ### BEGIN SOLUTION
    residual = X @ theta - y
    return residual @ residual / (2 * len(y))
    ### END SOLUTION

# %%
check.cost(cost)

# %% nbgrader={"grade_id": "test-cost", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.laws import linear_regression as check
### END HIDDEN TESTS
check.cost(cost).assert_passed()
