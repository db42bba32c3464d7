"""Make this folder an nbgrader course. A school's own settings belong at the end."""

from autograder.authoring import source_notebooks
from autograder.nbgrader_settings import configure

c = get_config()  # noqa: F821  (nbgrader puts it here)
configure(c)
source_notebooks.refresh()

# The limits of a submission are in autograder/exam/limits.py. To change them, write here:
# c.Examine.timeout = c.Execute.timeout = 120  # seconds for a cell: of processor time in grading,
#                                              # on the clock in Validate
# c.Examine.notebook_timeout = 600
# c.Examine.limits = {"memory": 8 << 30}
