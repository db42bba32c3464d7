# %% [markdown]
# # 01 · A straight line downhill
#
# *90 minutes · 20 points*
#
# In 1929 Edwin Hubble plots, for 24 nebulae, how fast each one recedes against how far away it is.
# He draws a straight line through a cloud of points. Slipher had measured most of the speeds, and Lemaître had found
# such a line in general relativity two years before; this picture made the world believe that the universe expands.
#
# How steep is that line? Run it backwards, and everything was in one place at a certain time: how long
# ago is that? **By the end of this unit your own code answers both questions, and you know how far to
# trust the answer.**
#
# The machine that finds the line is the one that trains every network in this course: *gradient
# descent*. A straight line is the one model for which you can understand it completely.
#
# **At the end you can**
# - write down a hypothesis, a cost and its gradient, and say what shape each thing has;
# - run gradient descent, and tell from the cost curve whether the learning rate is good, bad or ugly;
# - say why α must stay below 2/λ_max, and what features of unlike scale have to do with it;
# - choose among MSE, MAE and MAPE knowing what an outlier does to each;
# - train on mini-batches, and judge a fit on data it has never seen.
#
# {timetable}
#
# Below the exercises, `working(f)` is your `f`; while you have not written it, it is the course's own, and a line says
# so. Where you are stuck, go on with the next.

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np

from course.checks import linear_regression as check
from course.data import hubble1929, unlike_features
from course.figures import histogram, scatter
from course.models.fallback import working
from course.validation.arrays import (
    as_arrays,
    require_fractions,
    require_generator,
    require_nonzero,
    require_not_negative,
    require_positive,
    require_whole,
    with_ones,
)

# %% [markdown]
# ## The data
#
# `r` holds distances in megaparsecs (1 Mpc is 3.26 million light years), `v` velocities away from us in
# km/s. Both have shape `(24,)`.

# %% nbgrader={"grade_id": "data", "locked": true}
r, v = hubble1929()
axes = ("distance r (Mpc)", "velocity v (km/s)")
scatter(r, v, *axes, alt="24 nebulae: velocity rises with distance, with much scatter")

# %% [markdown]
# **Predict.** Before you compute anything: read off by eye what speed belongs to a distance of 2 Mpc,
# and how sure you are. Write it down. You will meet your number again.
#
# <details><summary>Answer</summary>
#
# The four nebulae at 2 Mpc go at 500, 800, 850 and 1090 km/s, so anything from 700 to 1000 is well read. How sure can you
# be? Single nebulae lie some 230 km/s off the line; the line, made of all 24, is uncertain by about 95 there. What your
# own code says comes at the end.
#
# </details>
#
# ## The hypothesis
#
# A *hypothesis* is a formula with open parameters. Ours is a straight line,
#
# $$h_\theta(r) = \theta_0 + \theta_1 r .$$
#
# To treat $\theta_0$ like any other parameter, give every sample a feature that is always 1. Then a
# sample is a row, and the hypothesis is one sum for any number $n$ of features:
#
# $$h_i = \sum_{j} X_{ij}\,\theta_j .$$
#
# | symbol | meaning | shape |
# |---|---|---|
# | `X` | inputs: one row a sample, one column a feature | `(m, n)` |
# | `y` | targets, what was measured | `(m,)` |
# | `theta`, θ | parameters | `(n,)` |
# | `h` | predictions | `(m,)` |
#
# Here $m = 24$ samples and $n = 2$ features: 1 and $r$. Below, `r[:, None]` turns the row of 24 numbers into
# a column of shape `(24, 1)`, and `with_ones` puts a column of ones before it.

# %% nbgrader={"grade_id": "table", "locked": true}
X = with_ones(r[:, None])
X.shape, v.shape

# %% [markdown]
# ### Exercise 1 · predict
#
# The first line of the stub turns lists and integers into float arrays and refuses shapes that do not
# fit. Every stub in this unit begins so: leave it in place and write below it. In NumPy `A @ b` is the sum
# over the last axis of `A` times `b`, of shape `(m,)` for shapes `(m, n)` and `(n,)`.

# %% nbgrader={"grade_id": "predict", "solution": true}
def predict(X, theta):
    """Return the predictions of a linear hypothesis.

    Parameters
    ----------
    X : array_like, shape (m, n)
    theta : array_like, shape (n,)

    Returns
    -------
    ndarray, shape (m,)

    Raises
    ------
    ValueError
        If theta has no entry for each column of X.
    """
    X, theta = as_arrays(X=X, theta=theta)
    ### BEGIN SOLUTION
    return X @ theta
    ### END SOLUTION

# %%
check.predict(predict)

# %% nbgrader={"grade_id": "test-predict", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import linear_regression as check
### END HIDDEN TESTS
check.predict(predict).assert_passed()

# %% [markdown]
# ## The cost
#
# How bad is a line? Take each *residual*, prediction minus target, square it so that misses on either
# side count, and average:
#
# $$J(\theta) = \frac{1}{2m}\sum_{i=1}^{m}\bigl(h_i - y_i\bigr)^2 .$$
#
# $J$ is a single number. It is 0 exactly when the line meets every point. The 1/2 is there for
# convenience: it will cancel a 2 in a moment.
#
# > **Three factors.** Elsewhere you meet $\frac1m$ or $\frac12$ before the same sum; the lectures behind this course have
# > all three. The minimum is the same; the α that suits it is not. In this unit the factor is always $\frac{1}{2m}$.

# %% [markdown]
# ### Exercise 2 · cost

# %% nbgrader={"grade_id": "cost", "solution": true}
def cost(X, y, theta):
    """Return half the mean squared residual, one number.

    Parameters
    ----------
    X : array_like, shape (m, n)
    y : array_like, shape (m,)
    theta : array_like, shape (n,)

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    ### BEGIN SOLUTION
    residual = predict(X, theta) - y
    return residual @ residual / (2 * len(y))
    ### END SOLUTION

# %%
check.cost(cost)

# %% nbgrader={"grade_id": "test-cost", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import linear_regression as check
### END HIDDEN TESTS
check.cost(cost).assert_passed()

# %% [markdown]
# **Predict.** Your guess by eye was a line through 0. Put its slope, half your speed at 2 Mpc, in place of 300
# below: does the cost rise or fall?

# %%
print(f"J = {working(cost)(X, v, [0, 300]):.0f}")

# %% [markdown]
# ## The gradient
#
# You just searched by hand. With many parameters you need to know which way is down. The *gradient* collects the partial derivatives of $J$, one for each parameter:
#
# $$\frac{\partial J}{\partial\theta_j} = \frac1m\sum_{i=1}^m \bigl(h_i - y_i\bigr)\,X_{ij} .$$
#
# Read it aloud: *each sample pulls, by its residual times its feature; the gradient is the mean pull.*
# The 2 from the square has met the 1/2. The result has shape `(n,)`, like θ. It points uphill.

# %% [markdown]
# ### Exercise 3 · gradient

# %% nbgrader={"grade_id": "gradient", "solution": true}
def gradient(X, y, theta):
    """Return the gradient of the cost.

    Parameters
    ----------
    X : array_like, shape (m, n)
    y, theta : array_like, shapes (m,) and (n,)

    Returns
    -------
    ndarray, shape (n,)

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    ### BEGIN SOLUTION
    return X.T @ (predict(X, theta) - y) / len(y)
    ### END SOLUTION

# %%
check.gradient(gradient)

# %% nbgrader={"grade_id": "test-gradient", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import linear_regression as check
### END HIDDEN TESTS
check.gradient(gradient).assert_passed()

# %% [markdown]
# ## Downhill
#
# Gradient descent takes a step against the gradient, again and again:
#
# $$\theta \leftarrow \theta - \alpha\,\frac{\partial J}{\partial\theta} .$$
#
# The *learning rate* α > 0 is a number you choose. It sets how far a step goes for a given slope.
#
# The explorable below runs on **your** gradient. On the left, every point is a line, and the colour is
# its cost. In the middle you see that line on Hubble's data, on the right the cost from step to step.
#
# **Predict.** What do the path and the cost curve look like when α is far too small? A little too large? Draw the
# first of the two.

# %%
from course.predictions import ask

ask("costs_of_a_small_rate")

# %% [markdown]
# **Move.** Run the next cell, press *play*, then try, and compare with your prediction:
# [too small](#descent?preset=too%20small) · [good](#descent?preset=good) ·
# [oscillates](#descent?preset=oscillates) · [diverges](#descent?preset=diverges).
# Drag the start about. The last run stays as a ghost. Leave the slider *momentum* at 0 for now: it adds a share
# of the last step to the next (unit 03).
#
# **Explain.** In which direction does the path swing to and fro, across the valley or along it? In which
# does it crawl?
#
# <details><summary>Answer</summary>
#
# It swings across the valley and crawls along it. A step is α times the slope: across, the ground is steep and the step
# lands on the far wall; along, the ground is nearly level and the step is short. No single α suits both, and the steep
# direction decides which α is too large.
#
# </details>

# %%
from course.explore import Batches, Bowl, Descent

descent = Descent(gradient=gradient)
descent

# %% [markdown]
# ### Good, bad, ugly: why α must stay below 2/λ_max
#
# $J$ is a parabola in every direction, so around its minimum $\theta^*$ it is exactly
#
# $$J(\theta) = J(\theta^*) + \tfrac12(\theta-\theta^*)^{\mathsf T} A\,(\theta-\theta^*),
# \qquad A = \frac1m X^{\mathsf T}X,\quad \text{shape } (n, n).$$
#
# <details><summary>Derivation: where A comes from</summary>
#
# Write $\theta = \theta^* + d$ and call $\rho = X\theta^* - y$, of shape `(m,)`, the residuals at the minimum. The residuals
# at θ are $X\theta - y = \rho + Xd$, so
#
# $$J(\theta) = \frac{1}{2m}\,\lVert \rho + Xd\rVert^2
# = \underbrace{\frac{1}{2m}\,\rho^{\mathsf T}\rho}_{J(\theta^*)}
# \;+\; \underbrace{\frac1m\,(X^{\mathsf T}\rho)^{\mathsf T}d}_{\text{gradient at }\theta^*\text{, times }d}
# \;+\; \frac12\, d^{\mathsf T}\,\frac{X^{\mathsf T}X}{m}\, d .$$
#
# The middle term is 0, since at the minimum the gradient is. The matrix of the last term is $A$. Nothing was left out:
# $J$ has no cubes. Differentiate by $d$, and the gradient is $Ad$. Try it: at $d = (100, -250)$ the cost of Hubble's line
# rises by 20 650, and so says $\frac12 d^{\mathsf T}Ad$.
#
# </details>
#
# Its gradient is $A(\theta-\theta^*)$. One step therefore takes the error $\theta-\theta^*$ to
# $(\mathbb 1-\alpha A)(\theta-\theta^*)$, with $\mathbb 1$ the unit matrix. Along an eigenvector of $A$ with eigenvalue λ, the curvature in that
# direction, the error is multiplied by
#
# $$1-\alpha\lambda .$$
#
# It shrinks only if this number lies between −1 and 1, that is, if $\alpha < 2/\lambda$. The steepest
# direction decides: $\alpha < 2/\lambda_{\max}$.
#
# A bowl has one bottom (as long as no column can be put together from multiples of others), so every start leads to the same $\theta^*$. The
# loss of a network has many valleys, and saddles between them; there you hope for a good one, and the noise of
# mini-batches, below, helps to leave a bad one. Unit 03 shows a saddle.
#
# - **Good:** α is near $1/\lambda_{\max}$, and the cost falls smoothly. Smooth is not fastest: that is
#   $\alpha = 2/(\lambda_{\max}+\lambda_{\min})$, here 0.90, where the steepest direction swings and shrinks as
#   fast as the flattest creeps.
# - **Bad:** α is tiny. Every factor is just below 1. Nothing is wrong except your patience.
# - **Ugly:** α is above $2/\lambda_{\max}$. One factor is below −1. Each step overshoots by more than the
#   last, and the cost explodes.

# %%
curvature = np.linalg.eigvalsh(X.T @ X / len(v))
print(f"2/λ_max = {2 / curvature[-1]:.4f}")

# %% [markdown]
# **Check.** Find the mark 2/λ_max on the slider of the explorable (it reads 2(1+β)/λ_max; β, the momentum, is 0): is it at
# this number?
# Set α [just below it](#descent?learning_rate=0.97) and [just above](#descent?learning_rate=1.0).

# %% [markdown]
# ### The cost as a height
#
# In the map a colour stood for the cost. Below it is a height, and your descent walks on it. Turn the bowl by mouse or by
# finger, or by the arrow keys once it has the focus; ⟲ brings the first view back.
#
# **Predict.** The rim is cut off at one height all round. What shape has it, seen from straight above? How high does the
# path climb on the far wall, if α is [just below 2/λ_max](#bowl?learning_rate=0.97)?

# %%
Bowl(gradient=gradient)

# %% [markdown]
# **Explain.** Look along the valley at [a good walk](#bowl?preset=good&play=true) and at
# [one that swings](#bowl?preset=oscillates&play=true). Which of the two eigenvalues do you see in the walls, which in the
# floor?
#
# <details><summary>Answer</summary>
#
# An ellipse, as far as the picture reaches: its axes lie along the eigenvectors of $A$, and a height $J - J(\theta^*)$ is
# reached at a distance $\sqrt{2(J - J(\theta^*))/\lambda}$. So it is $\sqrt{\lambda_{\max}/\lambda_{\min}} = 3.2$ times as long
# as wide: the largest eigenvalue bends the walls, the smallest the floor. Across the valley a step at α = 0.97 leaves
# $(1-\alpha\lambda_{\max})^2 = 0.95$ of the height: the path climbs nearly as high as it came from. Seen from above, this is the
# map of before.
#
# </details>

# %% [markdown]
# ### When to stop
#
# There are two rules, and you will use both. Stop after a fixed number of steps; or stop when the ground
# is level, that is, when every partial derivative is smaller in size than a tolerance `tol`.
#
# ### Exercise 4 · gradient_descent
#
# Two traps to think about before you write:
# - All partial derivatives belong to the *same* point. What goes wrong if $\theta_0$ is already new when
#   you take the slope for $\theta_1$?
# - `theta0` belongs to the caller, and may come as a list. What does `theta -= …` do to an array that
#   somebody else holds too?
#
# The frame of the loop stands there. Write where the walk starts, and what happens at each step.

# %% nbgrader={"grade_id": "gradient_descent", "solution": true}
def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    """Walk downhill on the cost.

    Parameters
    ----------
    X : array_like, shape (m, n)
    y : array_like, shape (m,)
    alpha : float
        Learning rate, above 0.
    n_iter : int
        The largest number of steps.
    tol : float
        Stop before a step at which every partial derivative is smaller than tol in size.
    theta0 : array_like, shape (n,), optional
        Where to start; at zeros if not given. It is not changed.

    Returns
    -------
    theta : ndarray, shape (n,)
    costs : ndarray, shape (steps + 1,)
        The cost before every step, and after the last.

    Raises
    ------
    ValueError
        If shapes disagree, alpha is not above 0, n_iter is not a whole number from 0 up, or tol is
        below 0.
    """
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    ### BEGIN SOLUTION
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    ### END SOLUTION
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        slope = gradient(X, y, theta)
        ### BEGIN SOLUTION
        if np.abs(slope).max() < tol:
            break
        theta = theta - alpha * slope
        costs.append(cost(X, y, theta))
        ### END SOLUTION
    return theta, np.array(costs)

# %%
check.gradient_descent(gradient_descent)

# %% nbgrader={"grade_id": "test-gradient_descent", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import linear_regression as check
### END HIDDEN TESTS
check.gradient_descent(gradient_descent).assert_passed()

# %% [markdown]
# Let it loose on Hubble's table. The second number, in km/s per Mpc, is *Hubble's constant* $H_0$.

# %%
theta, costs = working(gradient_descent)(X, v, alpha=0.9, n_iter=10_000, tol=1e-6)
theta, len(costs) - 1

# %% [markdown]
# The last number says how many steps that took: the descent stopped by itself, long before 10 000.
#
# **Predict.** How many steps does it take at `alpha=0.09`? Commit, then try. Which eigenvalue of $A$ decides then, the
# largest or the smallest?

# %%
ask("steps_at_a_tenth")

# %% [markdown]
# <details><summary>Answer</summary>
#
# 993 steps in place of 108, some nine times as many. The smallest decides: $\lambda_{\min} = 0.196$, so along the valley
# a step leaves $1 - 0.09\cdot0.196 = 0.982$ of the error. At α = 0.9 it leaves 0.82 there, and across the valley −0.83.
#
# </details>

# %% [markdown]
# **Build a slider of your own** (unit 00 shows how): over α, with the cost from step to step. Two lines in place of the
# one that prints; they count nothing.
#
# <details><summary>One way</summary>
#
# ```python
# @interact(alpha=(0.05, 1.0, 0.05))
# def costs_at(alpha=0.5):
#     J = gradient_descent(X, v, alpha, 40)[1]
#     return scatter(range(len(J)), J, "step", "J (km²/s²)", alt=f"the cost at α = {alpha}")
# ```
#
# </details>

# %%
from ipywidgets import interact


@interact(alpha=(0.05, 1.0, 0.05))
def costs_at(alpha=0.5):
    print(alpha)  # in this place: what your gradient_descent makes of it



# %% [markdown]
# ## Features of unlike scale
#
# Six rows of a table, with columns of size about 50, 2, 2000 and 0.04: metres, degrees Celsius, kelvins, volts,
# whatever an experiment delivers.

# %%
features = unlike_features()
print(np.array2string(features, precision=2, suppress_small=True))

# %% [markdown]
# **Predict.** The curvature along a column is the mean of its *square* (the diagonal of $A$ holds
# $\frac1m\sum_i X_{ij}^2$). What is λ_max, roughly?
#
# <details><summary>Answer</summary>
#
# One column is near 2000. Its mean square, some 4 million, is λ_max nearly: no other column comes near.
#
# </details>

# %%
A = with_ones(features)
curvature = np.linalg.eigvalsh(A.T @ A / len(A))
print(f"2/λ_max = {2 / curvature[-1]:.2g}, λ_max/λ_min = {curvature[-1] / curvature[0]:.2g}")

# %% [markdown]
# The first number is the largest learning rate that does not explode; the column near 2000 sets it. The second is
# how many times slower the flattest direction then learns than the steepest: ten thousand million. Unlike sizes
# make up a factor of a few hundred million; the rest is the work of columns that go together (are *correlated*).
#
# The cure costs one line. Shift every column to mean 0 and scale it to standard deviation 1:
#
# $$Z_{ij} = \frac{X_{ij} - \mu_j}{\sigma_j},\qquad
# \mu_j = \frac1m\sum_i X_{ij},\qquad
# \sigma_j^2 = \frac1m\sum_i (X_{ij}-\mu_j)^2 .$$
#
# `Z` has the shape of `X`; μ (`mean`) and σ (`std`) have shape `(n,)`, one entry a column.

# %% [markdown]
# ### Exercise 5 · standardize
#
# One trap: a column that never changes has σ = 0. Nothing can make it vary; let its `Z` be 0, and return
# for it any `std` with which `Z * std + mean` still gives `X` back. A small σ is no such column: nuclei are
# 1e-15 m large, and they vary. (`(X,) = as_arrays(X=X)` takes the only array out of a tuple of one.)

# %% nbgrader={"grade_id": "standardize", "solution": true}
def standardize(X):
    """Shift and scale every column to mean 0 and variance 1.

    Parameters
    ----------
    X : array_like, shape (m, n)

    Returns
    -------
    Z : ndarray, shape (m, n); a constant column of X becomes 0
    mean, std : ndarrays, shape (n,); Z * std + mean gives X back

    Raises
    ------
    ValueError
        If X is not a table of numbers.
    """
    (X,) = as_arrays(X=X)
    ### BEGIN SOLUTION
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[np.ptp(X, axis=0) == 0] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    return (X - mean) / std, mean, std
    ### END SOLUTION

# %%
check.standardize(standardize)

# %% nbgrader={"grade_id": "test-standardize", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import linear_regression as check
### END HIDDEN TESTS
check.standardize(standardize).assert_passed()

# %% [markdown]
# **Predict.** Every column has mean square 1 now. What do you expect for the two numbers?

# %%
A = with_ones(working(standardize)(features)[0])
curvature = np.linalg.eigvalsh(A.T @ A / len(A))
print(f"2/λ_max = {2 / curvature[-1]:.2g}, λ_max/λ_min = {curvature[-1] / curvature[0]:.2g}")

# %% [markdown]
# Had you said 2 and 1? That is what you would get if the columns had nothing to do with each other. Those of six rows do, and
# what standardising cannot take away is that correlation. But 18 is not $10^{10}$.
#
# **Move.** Hubble's distances are tame, but even they profit. Go back to the explorable and compare
# [raw](#descent?features=raw&learning_rate=0.49) with
# [standardised](#descent?features=standardised&learning_rate=0.49) at one and the same α; or see the valley become
# [a round bowl](#bowl?features=standardised&learning_rate=0.49).
#
# **Explain.** With a single feature nothing is left to correlate: the valley is round. Why does the path now run straight
# at the minimum? Why is $\theta_0$ at the minimum now the mean velocity?
#
# <details><summary>Answer</summary>
#
# The column of ones and the standardised column have mean square 1 and a mean product of 0, so $A$ is the unit
# matrix and both eigenvalues are 1. The gradient $A(\theta-\theta^*)$ then points straight away from the minimum, and at
# α = 0.49 each step leaves 0.51 of the error in every direction. At the minimum the residuals sum to 0; the feature has
# mean 0, so the mean prediction is $\theta_0$, and it equals the mean velocity.
#
# </details>

# %% [markdown]
# ## Three losses, and what an outlier does to each
#
# The cost that trains a model need not be the number you quote for it. Three are usual:
#
# $$\text{MSE} = \frac1m\sum_i (y_i-h_i)^2,\qquad
# \text{MAE} = \frac1m\sum_i |y_i-h_i|,\qquad
# \text{MAPE} = \frac1m\sum_i \left|\frac{y_i-h_i}{y_i}\right| .$$
#
# MSE has the units of $y^2$, MAE those of $y$. MAPE has none; it is a fraction (0.1 is ten percent), and
# it is not defined where a target is 0.
#
# <details><summary>Derivation: which noise asks for which loss</summary>
#
# Suppose $y_i = h_i + \varepsilon_i$, with independent Gaussian noise of one width $s$. The line θ then gives the table
# that was measured the probability density
#
# $$\mathcal L(\theta) = \prod_{i=1}^m \frac{1}{s\sqrt{2\pi}}\,e^{-(y_i-h_i)^2/2s^2}, \qquad
# -\ln \mathcal L = \frac{1}{2s^2}\sum_{i=1}^m (y_i-h_i)^2 + m\ln\bigl(s\sqrt{2\pi}\bigr)
# = \frac{m}{s^2}\,J(\theta) + \text{const} .$$
#
# Only $J$ knows θ. So the line of least squares is the most likely one, whatever $s$ is: that is where MSE comes from.
#
# If far-off points are common, with density $\frac{1}{2s}e^{-|\varepsilon|/s}$, the same two lines end in
# $\frac1s\sum_i|y_i-h_i|$, and the MAE is the loss to take. A point far off is less of a surprise then, and pulls
# no harder than any other. For labels in place of numbers, unit 03 does the same and finds the cross-entropy.
#
# </details>

# %% [markdown]
# ### Exercise 6 · losses

# %% nbgrader={"grade_id": "losses", "solution": true}
def mse(y, prediction):
    """Return the mean squared error; y and prediction have shape (m,)."""
    y, prediction = as_arrays(y=y, prediction=prediction)
    ### BEGIN SOLUTION
    return np.mean((y - prediction) ** 2)
    ### END SOLUTION


def mae(y, prediction):
    """Return the mean absolute error; y and prediction have shape (m,)."""
    y, prediction = as_arrays(y=y, prediction=prediction)
    ### BEGIN SOLUTION
    return np.mean(np.abs(y - prediction))
    ### END SOLUTION


def mape(y, prediction):
    """Return the mean absolute error as a fraction of the target y; no target may be 0."""
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    ### BEGIN SOLUTION
    return np.mean(np.abs((y - prediction) / y))
    ### END SOLUTION

# %%
check.losses(mse, mae, mape)

# %% nbgrader={"grade_id": "test-losses", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import linear_regression as check
### END HIDDEN TESTS
check.losses(mse, mae, mape).assert_passed()

# %% [markdown]
# **Predict.** A tired assistant writes one zero too many: the last velocity becomes 10 900 km/s. By what
# factor does each loss of your line grow? Put the three in order first.

# %%
typo = v.copy()
typo[-1] *= 10
h = working(predict)(X, theta)
for loss in map(working, (mse, mae, mape)):
    print(f"{loss.__name__} grows by a factor {loss(typo, h) / loss(v, h):.2f}")

# %% [markdown]
# **Explain.** One point of 24 now rules the MSE, and MAPE hardly notices. Why? Which loss would you have liked if
# the typo had been one zero too *few*?
#
# <details><summary>Answer</summary>
#
# The miss enters the MSE squared, while MAPE divides it by the very value that is wrong. So its term cannot grow past 1
# here, and that is little in a sum of 27, half of which comes from one nebula at −30 km/s. With one zero too few MAE
# moves least: its factor is 1.12, that of MAPE 1.25 and that of MSE 1.44. Now the wrong value is small, and MAPE divides
# by it.
#
# </details>

# %% [markdown]
# > **Erratum box · the sign of a gradient.** One of the lectures behind this course prints, for the MSE at the output of a
# > network with $a$ the prediction (shape `(m,)`), $z$ what enters the last activation, $a'(z)$ its slope, and its $N$ our $m$,
# >
# > $$\frac{\partial L_\text{MSE}}{\partial z} = \frac2N\,[\,y - a(z)\,]\,a'(z) \quad\text{(as printed)},
# > \qquad
# > \frac2N\,[\,a(z) - y\,]\,a'(z)\quad\text{(right)}.$$
# >
# > Measure: with $a(z) = z$, so that $a' = 1$, nudge each prediction up and down and watch your own `mse`. The
# > first row below is measured, the second as printed, the third their ratio. **Predict** the ratio.

# %%
y, a = np.array([2.0, 2.5, 5.0]), np.array([1.0, 3.0, 4.5])
nudges = 1e-5 * np.eye(3)
loss = working(mse)
measured = np.array([(loss(y, a + d) - loss(y, a - d)) / 2e-5 for d in nudges])
printed = 2 / 3 * (y - a)
np.round([measured, printed, measured / printed], 4)

# %% [markdown]
# ## Mini-batches
#
# Every step so far used all $m$ samples. With 24 that is nothing; a thousand million rows do not fit into
# memory, and every single step would have to read them all.
# *Stochastic gradient descent* takes the mean pull of a small random *batch* and steps at once.
#
# - At the start of each *epoch*, shuffle the samples.
# - Cut the shuffled row into batches of `batch_size`. The last one may be short.
# - Take one step for each batch. When all samples have been used once, the epoch is over.
#
# A batch's gradient is right on average, but noisy. Where all samples together say "level ground", each
# batch still pulls its own way, so θ never comes quite to rest.
#
# **Predict.** What does the path look like near the minimum with batches of one? What does a fifth of that α do
# to the noise, and what do batches of 12?
#
# **Move.** [One sample a batch](#batches?batch_size=1&learning_rate=0.1) ·
# [a fifth of that α](#batches?batch_size=1&learning_rate=0.02) ·
# [batches of 12, larger α](#batches?batch_size=12&learning_rate=0.5) ·
# [all 24, still larger](#batches?batch_size=24&learning_rate=0.9).
#
# **Explain.** Small α and large batches both calm the path. An epoch looks at every sample once either way: how
# many *updates* does it make with batches of 1, of 12, of 24? Why must α grow with the batch, if 30 epochs are
# to be enough?
#
# <details><summary>Answer</summary>
#
# 24, 2 and 1 updates, in 30 epochs 720, 60 and 30. With a round valley one update leaves about $1 - \alpha$ of the
# error: at α = 0.1 thirty of them leave $0.9^{30} = 4$ %, and the path is still on its way down. Fewer updates must each
# go farther.
#
# </details>

# %%
batches = Batches(gradient=gradient)
batches

# %% [markdown]
# ### Exercise 7 · sgd
#
# All chance comes from `rng`, a `numpy.random.Generator`: then a run can be repeated. `rng.permutation(m)`
# gives the numbers 0 to m − 1 in random order. The two loops stand there: say in which `order` the samples come,
# and which `rows` make a batch.

# %% nbgrader={"grade_id": "sgd", "solution": true}
def sgd(X, y, alpha, batch_size, epochs, rng):
    """Descend on random batches, starting at zeros.

    Parameters
    ----------
    X : array_like, shape (m, n)
    y : array_like, shape (m,)
    alpha : float
        Learning rate, above 0.
    batch_size : int
        From 1 to m.
    epochs : int
        How often every sample is used; shuffled anew at the start of each epoch.
    rng : numpy.random.Generator

    Returns
    -------
    theta : ndarray, shape (n,)

    Raises
    ------
    ValueError
        If shapes disagree or alpha, batch_size or epochs is out of range.
    """
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        ### BEGIN SOLUTION
        order = rng.permutation(len(y))
        ### END SOLUTION
        for start in range(0, len(y), batch_size):
            ### BEGIN SOLUTION
            rows = order[start : start + batch_size]
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
            ### END SOLUTION
    return theta

# %%
check.sgd(sgd)

# %% nbgrader={"grade_id": "test-sgd", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import linear_regression as check
### END HIDDEN TESTS
check.sgd(sgd).assert_passed()

# %% [markdown]
# Let the explorable run on your own `sgd`. It shows where θ stands after each epoch. **Predict:** which batch
# size gives the same path for every seed?
#
# <details><summary>Answer</summary>
#
# 24, and no other. One batch then holds all samples, and a mean does not ask in which order they come: `sgd` has become
# gradient descent.
#
# </details>

# %%
Batches(sgd=sgd, batch_size=4, learning_rate=0.3)

# %% [markdown]
# ## Three sets: train, validation, test
#
# A fit always looks good on the points it was fitted to. To learn how it does on points it has not seen,
# keep some back.
#
# - The **training set** sets the parameters θ.
# - The **validation set** chooses what you set by hand: α, the batch size, the features, the kind of model. These are the
#   *hyperparameters*.
# - The **test set** is looked at once, at the very end. Its error estimates the *generalisation error*.
#
# A point that has chosen anything can no longer judge it.

# %% [markdown]
# ### Exercise 8 · split
#
# `a` and `b` say at which places of the shuffled row to cut it.

# %% nbgrader={"grade_id": "split", "solution": true}
def split(X, y, fractions, rng):
    """Deal the samples out at random to a training, a validation and a test set.

    Parameters
    ----------
    X : array_like, shape (m, n)
    y : array_like, shape (m,)
    fractions : three floats
        The share of each set, in this order; they sum to 1.
    rng : numpy.random.Generator

    Returns
    -------
    three pairs (X, y)
        Every sample is in exactly one of them, and keeps its target. A set has its share of the m
        samples to within two.

    Raises
    ------
    ValueError
        If shapes disagree or the fractions are not three that sum to 1.
    """
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    ### BEGIN SOLUTION
    order = rng.permutation(len(y))
    ### END SOLUTION
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    ### BEGIN SOLUTION
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
    ### END SOLUTION

# %%
check.split(split)

# %% nbgrader={"grade_id": "test-split", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import linear_regression as check
### END HIDDEN TESTS
check.split(split).assert_passed()

# %% [markdown]
# ## Finale: how old is the universe?
#
# Now put your functions together: standardise, descend, test. One question is left, and published results have
# been wrong because of it and of other such leaks (Kapoor and Narayanan count 294 papers): **with which mean and standard deviation do you standardise the test set?**
#
# Think of a single new nebula. It has no statistics of its own. It must be measured with the ruler that
# the training used, and that ruler is part of the fit. The fit stands in the stub: write the judgement.
#
# ### Exercise 9 · fit_and_test

# %% nbgrader={"grade_id": "fit_and_test", "solution": true}
def fit_and_test(train, test, alpha, n_iter):
    """Fit a line to standardised training data and judge it on the test data.

    Parameters
    ----------
    train, test : pair (X, y)
        X has shape (m, n), raw features without a column of ones; y has shape (m,).
    alpha : float
    n_iter : int
        For gradient descent from zeros.

    Returns
    -------
    theta : ndarray, shape (n + 1,)
        The intercept first, then one entry for each standardised feature.
    error : float
        The mean squared error on the test data.

    Raises
    ------
    ValueError
        If shapes disagree.
    """
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    theta, _ = gradient_descent(with_ones(Z), y, alpha, n_iter)
    ### BEGIN SOLUTION
    Z_test = (X_test - mean) / std
    return theta, mse(y_test, predict(with_ones(Z_test), theta))
    ### END SOLUTION

# %%
check.fit_and_test(fit_and_test)

# %% nbgrader={"grade_id": "test-fit_and_test", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import linear_regression as check
### END HIDDEN TESTS
check.fit_and_test(fit_and_test).assert_passed()

# %% [markdown]
# ### Line or curve?
#
# Is a straight line the right model at all? Let the validation set decide. A polynomial of degree $d$ is a
# linear hypothesis with the features $r, r^2, \dots, r^d$.
#
# **Predict.** Which degree has the smallest error on the training set? And on the validation set?

# %%
rng = np.random.default_rng(1929)
train, validation, test = working(split)(r[:, None], v, (0.5, 0.25, 0.25), rng)

# The higher the degree, the narrower the valley of the cost: the cubic takes 20,000 steps.
for degree, steps in ((1, 200), (2, 2000), (3, 20_000)):
    powers = [(R ** np.arange(1, degree + 1), u) for R, u in (train, validation)]
    root = [working(fit_and_test)(powers[0], part, 0.6, steps)[1] ** 0.5 for part in powers]
    print(f"degree {degree}: training {root[0]:4.0f} km/s, validation {root[1]:4.0f} km/s")

# %%
R, u = train[0][:, 0], train[1]
fits = {f"degree {degree}": np.polyfit(R, u, degree)[::-1] for degree in (1, 2, 3)}
alt = "A line rises through twelve nebulae; parabola and cubic bend down again at the far end"
scatter(R, u, *axes, alt=alt, lines=fits)

# %% [markdown]
# The training error cannot rise with the degree: a parabola can always do what a line can. The validation
# error need not follow: where it rises, the curve has learnt the accidents of twelve nebulae. (Stop the cubic after
# 3000 steps and its validation error is smaller: a descent that has not arrived is a cure for over-fitting, if an
# accidental one.) But six points make a shaky judge: another seed, another verdict, most often the line. When the
# judge cannot tell, keep the simplest: the line. Now, once, the test set:

# %%
theta, error = working(fit_and_test)(train, test, alpha=0.5, n_iter=200)
print(f"typical miss on the test set: {error**0.5:.0f} km/s")

# %% [markdown]
# A nebula that the fit has never seen is missed by a few hundred km/s. That is no fault of the descent:
# nebulae also move on their own, and distances were hard to measure.
#
# ### The answer
#
# The model is chosen and judged, so use all 24 nebulae for the final line. Your θ belongs to standardised
# distances; to get back to megaparsecs, put $z = (r-\mu)/\sigma$ into $\theta_0 + \theta_1 z$ and sort by
# powers of $r$.

# %%
Z, mean, std = working(standardize)(r[:, None])
theta, costs = working(gradient_descent)(with_ones(Z), v, alpha=0.5, n_iter=200)
slope = theta[1] / std[0]
intercept = theta[0] - slope * mean[0]
rest = v - working(predict)(with_ones(Z), theta)
error = np.sqrt(np.sum(rest**2) / (len(v) - 2) / np.sum((r - r.mean()) ** 2))
print(f"slope {slope:.2f} km/s per Mpc, ± {error:.0f}")
print(f"intercept {intercept:.2f} km/s, ± {error * np.sqrt(np.mean(r**2)):.0f}")

# %%
line = {f"v = {slope:.2f} r − {-intercept:.2f}": (intercept, slope)}
scatter(r, v, *axes, alt="A straight line rises through the 24 nebulae", lines=line)

# %%
alt = "About as many nebulae lie above the line as below, most of them near it and none very far off"
histogram({"all 24": rest}, "velocity above the line (km/s)", "nebulae", alt, bins=10)

# %% [markdown]
# Your code finds $v = 454.16\,r - 40.78$, to every digit what least squares gives. The scatter about the line makes
# the slope uncertain by ± 75 (its variance is $s^2/\sum_i (r_i-\bar r)^2$, with $s^2$ the squared residuals over
# $m - 2$). Hubble, who also took out the Sun's own motion, quoted about 500 km/s per Mpc.
#
# If every nebula has always moved at its present speed, it was here a time $r/v = 1/H_0$ ago. (That takes a line through 0.
# The intercept, −41 ± 83 km/s, is 0 for all that these data say.) A megaparsec is $3.086\times10^{19}$ km, and a thousand million years (1 Gyr) are $3.156\times10^{16}$ s.
#
# **Predict.** Is the universe older than the Earth (4.5 Gyr)?

# %%
print(f"{3.086e19 / slope / 3.156e16:.2f} thousand million years")

# %% [markdown]
# About two thousand million years, less than half the age of the Earth. In 1929 that was no scandal yet: Holmes
# had put the Earth at 1.6 to 3 Gyr in 1927. Its 4.55 Gyr, from lead in meteorites, are Patterson's, of 1956.
# By then the universe had begun to grow as well, when Baade told two kinds of pulsating stars apart in 1952.
#
# Nothing is wrong with the fit, and ± 75 does not reach from 454 to 70. **The distances were too small, by factors
# between 1.5 and 17, seven in the middle.** No scatter about the line shows that. Unit 03 puts today's distances
# in their place. Today $H_0$ is near 70 km/s per Mpc, and $1/H_0$ near 14 Gyr.
#
# At 2 Mpc your line says 868 km/s. Compare with the speed you read off by eye at the beginning. How close
# were you, and was your doubt of the right size?

# %% [markdown]
# ## Reflect
#
# *2 points, read by a person. Four to six sentences.*
#
# Suppose all of Hubble's distances are too small by the same factor 7, and everything else is exact.
#
# 1. What happens to the slope, to the intercept, and to the root of the test error when the distances are
#    put right? Argue, or try it with your functions.
# 2. Could any way of splitting the 24 nebulae into training, validation and test set have warned Hubble?
#    Why, or why not? What could?

# %% [markdown] nbgrader={"grade_id": "reflection", "grade": true, "solution": true, "points": 2}
# *Write here, in place of this line.*

# %% [markdown]
# ## Take away
#
# - A model, a cost, its gradient, a step downhill: that is all of training. The rest of the course
#   changes the model.
# - The steepest direction limits the learning rate, the flattest sets the time. Standardise.
# - A loss is a statement about which errors matter.
# - The test set catches luck and over-fitting. It does not catch an error that all your data share.
#
# ## Read next
#
# - E. Hubble, *A relation between distance and radial velocity among extra-galactic nebulae*, PNAS 15
#   (1929) 168. Six pages, and the table is yours now.
# - P. Mehta and others, *A high-bias, low-variance introduction to machine learning for physicists*,
#   Physics Reports 810 (2019) 1, sections II to VI.
# - S. Kapoor and A. Narayanan, *Leakage and the reproducibility crisis in machine-learning-based science*,
#   Patterns 4 (2023) 100804: the question of the finale, in 17 fields of science.
# - G. Goh, *Why momentum really works*, Distill (2017): what the momentum slider does, and why.
#
# **Next:** unit 02. A single straight line cannot tell a trigger when to fire on $x_1 x_2 < 0$. Two can.
