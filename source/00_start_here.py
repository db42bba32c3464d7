# %% [markdown]
# # 00 · Start here
#
# *10 minutes · 1 point*
#
# This notebook shows you how all the others work. You run a cell, move a slider, break something
# and mend it, write one line of physics, and see what becomes of your work once you hand it in.
#
# **At the end you can**
# - run, edit and restart a notebook;
# - move an explorable and read what it says;
# - use an instant check, and Validate;
# - tell whether this computer is ready for the course.
#
# {timetable}

# %% [markdown]
# ## Run a cell
#
# A notebook is a page of *cells*. Some hold text, like this one; others hold Python. Click into the
# cell below and press **Shift + Enter**: it runs, its result appears under it, and the next cell is
# chosen.
#
# Run every cell from top to bottom as you read. A cell knows only what the cells you have already
# run have defined.

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np

from course import readiness
from course.checks import start_here as check
from course.validation.arrays import require_positive

# %% [markdown]
# Nothing appeared? Good: this cell only fetches what the others need. The number in the brackets to
# its left says that it has run, and in which order.
#
# ## Move a slider
#
# The next cell shows an *explorable*: a picture that answers when you move it. You need not
# understand it yet; unit 01 is about nothing else.
#
# **Predict.** On the left a path runs downhill. Its step length is set by the *learning rate* α. What
# will the path look like if you make α much smaller?
#
# **Move.** Run the next cell first: it draws the picture, and only then do the links below work. Drag the slider, or choose it with the Tab key and press the arrow keys. A link can move it
# as well: [make α very small](#descent?preset=too%20small), then
# [make it too large](#descent?preset=diverges).
#
# **Explain.** Read the last line of the picture. It says in words what is seen.

# %%
from course.explore import Descent

descent = Descent()
descent

# %% [markdown]
# Python knows where you left the slider. Run this cell, move the slider, and run it again.

# %%
descent.state.learning_rate

# %% [markdown]
# ## Break a cell and mend it
#
# You cannot harm anything here. Run the next cell: it fails, and it is meant to.

# %% tags=["raises-exception"]
velocity_km_s = "454" * 2.0
velocity_km_s

# %% [markdown]
# Read an error from its **last line** upwards: the last line says what is wrong, the arrow above it
# says where. Here Python is asked to multiply a *word* by a number: what stands between quotation marks
# is text, even if it looks like a number. Take the two quotation marks away, and run the cell again.
#
# **Predict.** What will the last line say if you now spell `velocity_km_s` wrongly in the cell's *second* line?
# Break the cell, read, and mend it again. (In the first line there is no error to see: Python remembers the
# right name from before.)
#
# When a notebook behaves oddly, choose **Kernel → Restart Kernel and Run All Cells**. Python then
# forgets everything and starts at the top. If your notebook still works after that, it works for
# whoever grades it.

# %% [markdown]
# ## Write one line of physics
#
# Every exercise in this course looks like the next cell: a function that is described but not
# written. The description (the *docstring*) tells what goes in, what comes out and what may go wrong.
# Lines that are already there check the input; leave them as they are. **Replace the line that
# raises.**
#
# A pendulum of length $L$ (in metres), swinging a little under gravity $g$ (in m/s²), takes the time
#
# $$T = 2\pi\sqrt{L/g}$$
#
# for one swing there and back, in seconds. NumPy knows π as `np.pi`, and takes roots with `np.sqrt`.

# %% nbgrader={"grade_id": "period", "solution": true}
def period(length, g=9.81):
    """Return the time of one small swing of a pendulum, in seconds.

    Parameters
    ----------
    length : float
        Length of the pendulum in metres.
    g : float
        Gravity in m/s².

    Raises
    ------
    ValueError
        If length or g is not above 0.
    """
    require_positive(length=length, g=g)
    ### BEGIN SOLUTION
    return 2 * np.pi * np.sqrt(length / g)
    ### END SOLUTION

# %% [markdown]
# The next cell is an *instant check*. It calls your function, tells you whether the result is right,
# and, if it knows your mistake, names it. Use it as often as you like: it costs nothing and counts
# nothing.
#
# **Predict.** What will it say if you leave out the $2\pi$? Try it, read the hint, then put the
# $2\pi$ back.

# %%
check.period(period)

# %% [markdown]
# The cell after this one is a *test*. It is locked, it carries points, and it passes silently. You see
# the instant check in it; when your work is graded, the same line asks again with other numbers that
# nobody has seen, so a result typed in by hand earns nothing.

# %% nbgrader={"grade_id": "test-period", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import start_here as check
### END HIDDEN TESTS
check.period(period).assert_passed()

# %% [markdown]
# ## Validate, then hand in
#
# In the toolbar above there is a button **Validate**. It restarts the notebook, runs it from the top,
# and lists the tests that fail. Press it before you hand in anything. (If you do not see the button,
# *Restart Kernel and Run All Cells* does the same: no test cell may show an error.)
#
# Then your notebook travels:
#
# 1. You **save** it (Ctrl + S, on a Mac ⌘ + S) and hand in the file, without renaming it, in the way
#    your instructor has told you.
# 2. It is **run from the top** on another computer, shut off from the network. Each exercise is tried on
#    its own: a mistake in one does not spoil the next.
# 3. You get it **back as a page** with points for every exercise and a hint where one went wrong. Texts
#    that you write are read by a person.
#
# Do not delete or copy cells that carry points: the grader finds them by a hidden name. Adding cells of
# your own is always fine.

# %% [markdown]
# ## Is this computer ready?
#
# The last cell looks at everything the course needs. Each row says what it found and, where something
# is wrong, how to fix it. After *Run All* the row about explorables always has a ✗, since nobody has moved
# one: move a slider once, and run this cell again.

# %%
readiness.check(descent)

# %% [markdown]
# ## Take away
#
# Run from the top. Predict before you move. Read errors from the last line. Check as often as you
# like.
#
# **Next:** unit 01, in which a straight line slides downhill and the universe turns out to have an age.
