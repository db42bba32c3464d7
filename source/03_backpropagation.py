# %% [markdown]
# # 03 · Backpropagation by hand
#
# *90 minutes · 25 points*
#
# In 1929 Edwin Hubble showed that the velocities of 24 nebulae rise with their distances. The straight line through
# them (you fitted it in unit 01) gives 454 km/s for every megaparsec; he, having taken out the Sun's own motion, gave
# about 500. Today the slope is near 70. His velocities were good. His *distances* were not.
#
# > **Which of the 48 numbers decides the answer? If one nebula is 10 % farther away than Hubble
# > thought, how far does this constant move?**
#
# The answer is a list of 48 derivatives. You could turn 48 knobs one after the other. At the end of this unit
# one sweep backward through the calculation gives all 48, exactly, for the price of a few evaluations. The same
# sweep trains every neural network, and you write it by hand.
#
# **At the end you can**
# - carry derivatives backward through a calculation drawn as a graph, and build an engine that does it;
# - write the backward pass of a network of any depth, and prove that it is right;
# - say why gradients vanish or explode with depth, and start a network so that they do not;
# - write the optimisers that nearly everybody uses, up to Adam.
#
# {timetable}
#
# Each exercise is checked by itself: where you are stuck, go on with the next. Where a stub goes on below
# `raise NotImplementedError()`, it shows the names you are to set. Below the exercises, `working(f)` is your `f`; while
# you have not written it, it is the course's own, and a line says so.

# %% nbgrader={"grade_id": "setup", "locked": true}
import math
from graphlib import TopologicalSorter
from itertools import pairwise

import numpy as np

from course.checks import backpropagation as check
from course.data import hubble1929
from course.explore import GradientByLayer, Graph, LossLandscape, OptimiserRace
from course.figures import chain, scatter
from course.models.autodiff_node import Node
from course.models.fallback import working
from course.models.operation_counts import compare
from course.validation.arrays import as_array, as_arrays, require_positive
from course.validation.layers import as_layers, as_tables, flatten, unflatten

# %% [markdown]
# ## 1 · The chain rule on a graph
#
# Write $J = \cos(\sin x^2 + 3x^2)$ as you would compute it, one small step after the other, and name every
# intermediate result:
#
# $$t = x^2, \qquad u_1 = \sin t, \qquad u_2 = 3t, \qquad u = u_1 + u_2, \qquad J = \cos u .$$
#
# Each name is a **node**; an arrow runs from each node to those computed from it. That is the **computation
# graph**, and along its arrows runs the *forward pass*.
#
# The chain rule sums over paths. Since $t$ feeds both $u_1$ and $u_2$,
#
# $$\frac{dJ}{dt} = \frac{dJ}{du_1}\frac{du_1}{dt} + \frac{dJ}{du_2}\frac{du_2}{dt} .$$
#
# So walk *against* the arrows. Start from $dJ/dJ = 1$ and 0 elsewhere. Visit a node only when everything
# computed from it has been visited; then add to each of its *parents*, the nodes it was computed from, *derivative of the node × local
# derivative along the arrow*. That is the *backward pass*, and all of backpropagation.
#
# **Predict.** Which of the two paths carries more of $dJ/dt$?

# %%
from course.predictions import ask

ask("sine_or_factor")

# %%
Graph()

# %% [markdown]
# **Explain.** Step forward to $J$, then backward. After the first of its two arrows, the derivative at $t$ is
# only a part of the truth. What goes wrong if you walk on too early? Then [move x to 0](#graph?x=0):
# everything but $dJ/dJ$ is 0. Which two local derivatives vanish?
#
# <details><summary>Answer</summary>
#
# $x$ would be given a part, and nothing would ever bring it the rest: of $dJ/dt$ at $x = 1.2$, 2.48 comes through the
# factor 3 and 0.11 through the sine, since $\cos 1.44 = 0.13$. At $x = 0$ both $dJ/du = -\sin u$ and $dt/dx = 2x$ are 0. The
# first already makes all that lies behind it 0.
#
# </details>
#
# ### Exercise · every derivative of J
#
# One line for each node. Two are left: `d["t"]`, where two arrows come back, and `d["x"]`.

# %% nbgrader={"grade_id": "j_backward", "solution": true}
def j_backward(x):
    """Differentiate J = cos(sin x² + 3x²) with respect to every node of its graph.

    Parameters
    ----------
    x : float; ValueError for anything but one finite number

    Returns
    -------
    dict of dJ/d(node) under the keys "J", "u", "u1", "u2", "t" and "x"
    """
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    d = {"J": 1.0}
    d["u"] = -math.sin(u) * d["J"]
    d["u1"] = d["u2"] = d["u"]  # a sum passes on to each what it gets
    ### BEGIN SOLUTION
    d["t"] = d["u1"] * math.cos(t) + d["u2"] * 3
    d["x"] = d["t"] * 2 * x
    ### END SOLUTION
    return d

# %%
check.j_backward(j_backward)

# %% nbgrader={"grade_id": "test-j_backward", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.j_backward(j_backward).assert_passed()

# %% [markdown]
# ## 2 · Trust no derivative: the gradient check
#
# Nobody gets every derivative right the first time, so build the judge first. For a function $f$ of $\theta$
# (shape `(n,)`) and a step $h$, the **central difference** along component $i$ is
#
# $$\hat g_i = \frac{f(\theta + h e_i) - f(\theta - h e_i)}{2h}, \qquad e_i \text{ the } i\text{-th unit vector}.$$
#
# Its error falls with $h^2$ (that of a one-sided difference only with $h$) until rounding takes over: near
# $h = 10^{-6}$ both are small. The claimed gradient $g$ passes if
#
# $$\lVert g - \hat g \rVert \;\le\; \text{tolerance} \cdot \bigl(\lVert g \rVert + \lVert \hat g \rVert\bigr),$$
#
# with Euclidean lengths. That is **scale free** in $f$: in electronvolts or in joules, a gradient that is 1 % off is
# 1 % off. And nothing is divided by 0 where both gradients are 0.
#
# <details><summary>And in θ?</summary>
#
# There it is not scale free: $h$ below never gets shorter than $10^{-6}$, so that parameters of $10^{-19}$ (an energy in
# joules) would be stepped right over. Choose units in which they are of order 1.
#
# </details>
#
# ### Exercise · a judge for gradients
#
# With `step` for $h e_i$, set `numeric[i]`, one component of $\hat g$; and set `passes`, the verdict.

# %% nbgrader={"grade_id": "gradient_check", "solution": true}
def gradient_check(f, grad, theta, tolerance=1e-5):
    """Tell whether `grad` is the gradient of `f` at `theta`.

    Parameters
    ----------
    f : callable
        Takes an array (n,), returns a number.
    grad : callable
        Takes an array (n,), returns the claimed gradient, an array (n,).
    theta : array_like, (n,)
        ValueError if it is no row of finite numbers.
    tolerance : float
        The largest ‖g − ĝ‖ / (‖g‖ + ‖ĝ‖) that passes. Two gradients of zero agree.

    Returns
    -------
    bool
        False also where the claimed gradient holds NaN or has another shape than theta.
    """
    theta = as_array(theta, "theta", ndim=1)
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape or not np.isfinite(claimed).all():
        return False
    numeric = np.zeros_like(theta)
    for i in range(len(theta)):
        step = np.zeros_like(theta)
        step[i] = 1e-6 * max(1.0, abs(theta[i]))
        ### BEGIN SOLUTION
        numeric[i] = (f(theta + step) - f(theta - step)) / (2 * step[i])
        ### END SOLUTION
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    ### BEGIN SOLUTION
    passes = np.linalg.norm(claimed - numeric) <= tolerance * size
    ### END SOLUTION
    return bool(passes)

# %%
check.gradient_check(gradient_check)

# %% nbgrader={"grade_id": "test-gradient_check", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.gradient_check(gradient_check).assert_passed()

# %% [markdown]
# ## 3 · A logistic unit, backward
#
# For $m$ samples with $n$ inputs, `X (m, n)`, labels $y_i \in \{0, 1\}$ in `y (m,)` and parameters
# `theta (n,)`, a logistic unit computes
#
# $$z = X\theta \;\;(m,), \qquad p = \sigma(z) = \frac{1}{1 + e^{-z}}\;\;(m,), \qquad
# J = -\frac1m \sum_{i=1}^m \bigl[\,y_i \ln p_i + (1-y_i)\ln(1-p_i)\bigr].$$
#
# Backward, one node at a time:
#
# $$\frac{\partial J}{\partial p_i} = -\frac1m\left[\frac{y_i}{p_i} - \frac{1-y_i}{1-p_i}\right], \qquad
# \frac{dp_i}{dz_i} = p_i(1-p_i) \qquad\Longrightarrow\qquad
# \frac{\partial J}{\partial z_i} = \frac{p_i - y_i}{m} .$$
#
# The fractions cancel: *prediction minus truth*.
#
# <details><summary>Derivation: why cross-entropy, and why it does not slow down</summary>
#
# The unit claims that sample $i$ has label 1 with probability $p_i$, and label 0 with $1-p_i$: in one formula,
# $p_i^{y_i}(1-p_i)^{1-y_i}$. For independent samples these multiply, so the labels seen have the likelihood
#
# $$\mathcal L(\theta) = \prod_{i=1}^m p_i^{\,y_i}(1-p_i)^{1-y_i}, \qquad
# -\frac1m\ln \mathcal L = -\frac1m\sum_{i=1}^m\bigl[\,y_i\ln p_i + (1-y_i)\ln(1-p_i)\bigr] = J .$$
#
# The least cross-entropy is the greatest likelihood, as the least squares were for Gaussian noise in unit 01. Would
# squares not do here too? With $\frac{1}{2m}\sum_i(p_i-y_i)^2$ the chain rule gives
#
# $$\frac{p_i-y_i}{m}\;p_i(1-p_i) .$$
#
# The slope of σ remains. A unit that is sure of itself and wrong, $p_i$ near 0 where $y_i = 1$, has next to no slope: it learns most
# slowly where it is most wrong. The logarithm brings a factor $1/p_i(1-p_i)$, which cancels that slope. The same happens in
# section 4, so the slope of softmax is 1 in section 5's table; unit 04 trains its networks so.
#
# </details>
#
# From there $z = X\theta$ gives
# $\partial J/\partial\theta = X^{\mathsf T}\,\partial J/\partial z$, of shape `(n,)`, and
# $\partial J/\partial X$, of shape `(m, n)`, with the entries $\theta_j\,\partial J/\partial z_i$.
#
# <details><summary>Why the stub writes J and σ in another way</summary>
#
# At $z = 800$ the computer has $1 - p = 0$ and $\ln(1-p) = -\infty$. So the stub simplifies on paper first:
# $J = \frac1m\sum_i [\ln(1 + e^{z_i}) - y_i z_i]$, where `np.logaddexp(0, z)` is $\ln(1+e^z)$ for any $z$;
# and $\sigma(z) = \frac12[1 + \tanh\frac z2]$ never overflows.
#
# </details>
#
# > **Erratum** · One of the lectures behind this course prints $+\left[y^* \log y + (1-y^*)\log(1-y)\right]$ as the
# > loss, with target $y^*$ and answer $y$ (another has the first of the two signs wrong). Descend it and see where the
# > prediction goes:

# %%
for sign, name in ((-1, "right"), (+1, "printed")):
    z, target = 0.5, 1.0
    for _ in range(20):
        z -= 0.5 * sign * (target - 1 / (1 + math.exp(-z)))  # d/dz of y ln p + (1−y) ln(1−p)
    p = 1 / (1 + math.exp(-z))
    print(f"{name:>8}: after 20 steps downhill p = {p:.4f}, and the label is {target:.0f}")

# %% [markdown]
# **Predict.** The squared error has $\partial/\partial z = (p - y)\,p\,(1 - p)$. How much later than with cross-entropy does
# a unit that says $p = 0.002$, where the label is 1, come to one half?

# %%
ask("steps_of_the_squared_error")

# %%
pulls = {"cross-entropy": lambda p: p - 1, "squared error": lambda p: (p - 1) * p * (1 - p)}
for name, pull in pulls.items():
    z, steps = -6.0, 0
    while z < 0:
        z, steps = z - 0.5 * pull(1 / (1 + math.exp(-z))), steps + 1
    print(f"{name}: {steps} steps")

# %% [markdown]
# ### Exercise · a logistic unit, backward
#
# `np.outer(u, v)` is the table of all $u_i v_j$.

# %% nbgrader={"grade_id": "logistic_backward", "solution": true}
def logistic_backward(X, y, theta):
    """Mean cross-entropy of a logistic unit, and its derivatives.

    Parameters
    ----------
    X, y, theta : array_like, (m, n), (m,) with labels 0 or 1, and (n,); ValueError if lengths differ

    Returns
    -------
    loss : float, mean over the samples
    dtheta, dX : ∂loss/∂theta and ∂loss/∂X, arrays (n,) and (m, n)
    """
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    z = X @ theta
    p = (1 + np.tanh(z / 2)) / 2
    loss = np.mean(np.logaddexp(0, z) - y * z)
    ### BEGIN SOLUTION
    dz = (p - y) / len(y)
    dtheta = X.T @ dz
    dX = np.outer(dz, theta)
    ### END SOLUTION
    return loss, dtheta, dX

# %%
check.logistic_backward(logistic_backward)

# %% nbgrader={"grade_id": "test-logistic_backward", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.logistic_backward(logistic_backward).assert_passed()

# %% [markdown]
# ## 4 · Many classes: softmax with cross-entropy
#
# With $k$ classes the last layer gives `Z (m, k)`, and **softmax** turns each row into probabilities:
#
# $$P_{ic} = \frac{e^{Z_{ic}}}{\sum_{l=1}^{k} e^{Z_{il}}}, \qquad
# J = -\frac1m \sum_{i=1}^{m}\sum_{c=1}^{k} Y_{ic}\ln P_{ic},$$
#
# where each row of `Y (m, k)` sums to 1.
#
# <details><summary>Where have you met P before? And why does the stub subtract the row's largest entry?</summary>
#
# It is the Boltzmann distribution over $k$ states with energies $-Z$ at temperature 1, and a number added to a whole row of $Z$ changes
# nothing, as with energies. With $S = Z - \max_c Z$ no exponential overflows, and on paper
# $\ln P_{ic} = S_{ic} - \ln\sum_l e^{S_{il}}$.
#
# </details>
#
# Prediction minus truth once more:
#
# $$\frac{\partial J}{\partial Z} = \frac{P - Y}{m} .$$
#
# ### Exercise · softmax and its derivative

# %% nbgrader={"grade_id": "softmax_cross_entropy", "solution": true}
def softmax_cross_entropy(Z, Y):
    """Mean cross-entropy of softmax(Z) against the targets Y, and its derivative.

    Parameters
    ----------
    Z, Y : array_like, (m, k); ValueError if they differ in shape
        Scores, and targets: probabilities that sum to 1 in each row.

    Returns
    -------
    loss : float, mean over the samples
    dZ : ∂loss/∂Z, array (m, k)
    """
    Z, Y = as_tables(Z=Z, Y=Y)
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    ### BEGIN SOLUTION
    loss = -(Y * log_P).sum() / len(Z)
    dZ = (np.exp(log_P) - Y) / len(Z)
    ### END SOLUTION
    return loss, dZ

# %%
check.softmax_cross_entropy(softmax_cross_entropy)

# %% nbgrader={"grade_id": "test-softmax_cross_entropy", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.softmax_cross_entropy(softmax_cross_entropy).assert_passed()

# %% [markdown]
# ## 5 · A network of any depth
#
# A layer takes `V (m, n_in)` to `A (m, n_out)`: $Z = VW + b$ with `W (n_in, n_out)` and `b (n_out,)`, then
# $A = f(Z)$ entry by entry. The next layer takes this $A$ as its $V$. (Keras stores $W$ this way round; many
# texts write the transpose.) A network is a list `weights` of pairs `(W, b)` and a list `activations` of
# names.
#
# Below, `activate["tanh"](Z)` is $f(Z)$, and `slope["tanh"](A)` is $f'(Z)$ *computed from the value*
# $A = f(Z)$: the forward pass already paid for it.

# %% nbgrader={"grade_id": "network", "locked": true}
activate = {
    "linear": lambda Z: Z,
    "sigmoid": lambda Z: (1 + np.tanh(Z / 2)) / 2,
    "tanh": np.tanh,
    "relu": lambda Z: np.maximum(Z, 0),
    "softmax": lambda Z: np.exp(Z - Z.max(1, keepdims=True))
    / np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True),
}
slope = {
    "linear": np.ones_like,
    "sigmoid": lambda A: A * (1 - A),
    "tanh": lambda A: 1 - A**2,
    "relu": lambda A: (A > 0).astype(float),
    "softmax": np.ones_like,  # of the last layer, with cross-entropy: (P − Y)/m is ∂J/∂Z already
}

# %% nbgrader={"grade_id": "loss", "locked": true}
def network_loss(X, Y, weights, activations):
    """Cross-entropy if the last layer is softmax, else half the squared error; mean over samples."""
    A = np.asarray(X, dtype=float)
    for (W, b), name in zip(weights, activations, strict=True):
        A = activate[name](A @ W + b)
    if activations[-1] == "softmax":
        return -np.sum(np.asarray(Y) * np.log(np.maximum(A, 1e-300))) / len(A)
    return np.sum((A - Y) ** 2) / (2 * len(A))

# %% [markdown]
# Now backward. Above, the values of a network with one hidden layer; below, the derivative of $J$ by each. On its way
# back it is multiplied by what stands at the arrow.

# %%
there, back = ["W₁, b₁", "f₁", "W₂, b₂", "f₂", "Y"], ["W₁ᵀ", "f₁′(Z₁)", "W₂ᵀ", "f₂′(Z₂)", "(A−Y)/m"]
slopes = ["∂J/∂X", "δ₁", "∂J/∂V₁", "δ₂", "∂J/∂A", "1"]
chain(["X", "Z₁", "V₁", "Z₂", "A", "J"], slopes, there, back)

# %% [markdown]
# Write $\delta_l = \partial J/\partial Z_l$ for layer $l$, and $V_{l-1}$ for what went into it.
# With $J = \frac{1}{2m}\sum_{i,c}(A_{ic}-Y_{ic})^2$ the last layer $L$ starts it off and the recursion does
# the rest (here $L = 2$):
#
# $$\delta_L = \frac{A - Y}{m} \odot f_L'(Z_L), \qquad
# \frac{\partial J}{\partial W_l} = V_{l-1}^{\mathsf T}\,\delta_l, \qquad
# \frac{\partial J}{\partial b_l} = \sum_{i=1}^m (\delta_l)_i, \qquad
# \delta_{l-1} = \bigl(\delta_l W_l^{\mathsf T}\bigr) \odot f_{l-1}'(Z_{l-1}),$$
#
# where $\odot$ multiplies entry by entry and $(\delta_l)_i$ is row $i$. In the last one
# $V_{l-1}$ feeds every unit of layer $l$, and the product with $W_l^{\mathsf T}$ sums over these paths. *The shapes leave no choice*: from `V (m, n_in)` and `delta (m, n_out)` only one product has the
# shape of $W_l$.
#
# <details><summary>Derivation: two layers, index by index</summary>
#
# Take sample $i$, input $q$, hidden unit $j$, output $c$. Forward,
#
# $$Z^{(1)}_{ij} = \sum_q X_{iq}W^{(1)}_{qj} + b^{(1)}_j, \quad V_{ij} = f_1\bigl(Z^{(1)}_{ij}\bigr), \quad
# Z^{(2)}_{ic} = \sum_j V_{ij}W^{(2)}_{jc} + b^{(2)}_c, \quad A_{ic} = f_2\bigl(Z^{(2)}_{ic}\bigr).$$
#
# Backward, ask of each quantity what it feeds, and sum over that.
#
# 1. $Z^{(2)}_{ic}$ feeds $A_{ic}$ alone: $\;\delta^{(2)}_{ic} = \frac1m\,(A_{ic}-Y_{ic})\,f_2'\bigl(Z^{(2)}_{ic}\bigr)$.
# 2. $W^{(2)}_{jc}$ feeds $Z^{(2)}_{ic}$ in every sample $i$, with the local derivative $V_{ij}$:
#    $\;\partial J/\partial W^{(2)}_{jc} = \sum_i V_{ij}\,\delta^{(2)}_{ic}$. So does $b^{(2)}_c$, with 1:
#    $\;\partial J/\partial b^{(2)}_c = \sum_i \delta^{(2)}_{ic}$.
# 3. $V_{ij}$ feeds $Z^{(2)}_{ic}$ for every output $c$, with $W^{(2)}_{jc}$:
#    $\;\partial J/\partial V_{ij} = \sum_c \delta^{(2)}_{ic}\,W^{(2)}_{jc}$.
# 4. $Z^{(1)}_{ij}$ feeds $V_{ij}$ alone: $\;\delta^{(1)}_{ij} = \partial J/\partial V_{ij}\cdot f_1'\bigl(Z^{(1)}_{ij}\bigr)$.
#    Step 2 with $X_{iq}$ in the place of $V_{ij}$ then gives the first layer's weights.
#
# A sum over the first index of the left factor is $V^{\mathsf T}\delta$; a sum over the second index of both is
# $\delta W^{\mathsf T}$. Deeper networks repeat steps 2 to 4.
#
# </details>
#
# With softmax last, section 4 found $\delta_L = (A - Y)/m$: its slope in the table is 1.
#
# > **Errata** · Three misprints. One lecture has $y - a$ in the last layer's gradient. One leaves $j$ loose in
# > $\frac{dJ}{dx_i} = \frac{dJ}{da_j}\sum_j\alpha_{ji}$; right is $\sum_j \frac{dJ}{da_j}\,\alpha_{ji}$. One has
# > $\partial z_j/\partial a_i = w_{ji}$ where its own $z_j = \sum_i w_{ij}a_i + b_j$ says $w_{ij}$. Your
# > `gradient_check` judges them on a sigmoid layer behind two hidden units.

# %%
rng = np.random.default_rng(3)
A1, W2, target = rng.normal(size=2), rng.normal(size=(2, 2)), np.array([0.2, 0.9])

def squared_error(a):  # mean over the N = 2 outputs of one layer, as a function of its input
    return np.mean((target - activate["sigmoid"](a @ W2)) ** 2)

def output_side(a):
    A = activate["sigmoid"](a @ W2)
    return (A - target) * slope["sigmoid"](A)  # 2/N = 1

# %%
candidates = {
    "right": lambda a: W2 @ output_side(a),
    "y − a instead of a − y": lambda a: -(W2 @ output_side(a)),
    "j loose: dJ/da_j (here j = 0) times the sum of weights": lambda a: output_side(a)[0] * W2.sum(1),
    "w_ji where w_ij is meant": lambda a: W2.T @ output_side(a),
}
for name, candidate in candidates.items():
    print(f"{working(gradient_check)(squared_error, candidate, A1)!s:>5}  {name}")

# %% [markdown]
# ### Exercise · backpropagation
#
# The stub walks from the last layer to the first; in each, `V` goes in and `A` comes out. `upstream` is what
# arrives from the right. `delta`, `dW`, `db` and the next `upstream` are yours.

# %% nbgrader={"grade_id": "mlp_backward", "solution": true}
def mlp_backward(X, Y, weights, activations):
    """Gradients of a network's loss with respect to all its weights.

    Parameters
    ----------
    X, Y : array_like, (m, n) and (m, k)
    weights : list of pairs (W, b)
        W (n_in, n_out) and b (n_out,), first layer first; one layer at least.
    activations : list of str
        A name from `activate` for each layer.

    Returns
    -------
    list of pairs (dW, db)
        In the order of `weights`, of the same shapes. The loss is `network_loss`.

    Raises ValueError if shapes disagree, or a layer has no activation or an unknown one.
    """
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate[name](values[-1] @ W + b))
    upstream = (values[-1] - Y) / len(X)
    gradients = []
    for layer in reversed(range(len(weights))):
        W, name = weights[layer][0], activations[layer]
        V, A = values[layer], values[layer + 1]
        ### BEGIN SOLUTION
        delta = upstream * slope[name](A)
        dW = V.T @ delta
        db = delta.sum(axis=0)
        upstream = delta @ W.T
        ### END SOLUTION
        gradients.insert(0, (dW, db))
    return gradients

# %%
check.mlp_backward(mlp_backward)

# %% nbgrader={"grade_id": "test-mlp_backward", "grade": true, "points": 4}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.mlp_backward(mlp_backward).assert_passed()

# %% [markdown]
# Your own judge over your own gradient: `flatten` writes all weights into one row,
# `unflatten` undoes it.

# %%
X, Y = rng.normal(size=(10, 3)), rng.normal(size=(10, 2))
net = [(rng.normal(size=(3, 5)), rng.normal(size=5)), (rng.normal(size=(5, 2)), rng.normal(size=2))]
names = ["tanh", "linear"]
backward = working(mlp_backward)
working(gradient_check)(
    lambda theta: network_loss(X, Y, unflatten(theta, net), names),
    lambda theta: flatten(backward(X, Y, unflatten(theta, net), names)),
    flatten(net),
)

# %% [markdown]
# ## 6 · Depth: gradients that vanish, gradients that explode
#
# The recursion multiplies. If each of fifty layers gives a factor 0.8, the first receives
# $0.8^{50} \approx 10^{-5}$ of the signal and learns nothing; if each gives 1.25, it receives $7\cdot10^4$
# times too much and the first step throws it away.
#
# Draw each weight with mean 0 and variance $g^2/n_{\text{in}}$; $g$ is the **gain**. A layer without
# activation multiplies the mean square of the signal by $g^2$, so $g = 1$ keeps it. For tanh in a wide, deep
# network $g = 1$ is the **edge of chaos**: below it every input fades to 0, above it tiny differences grow, slowly at
# first. ReLU passes half of the mean square on: its edge is $g = \sqrt2$.
#
# **Predict.** For 30 tanh layers: at which gain is the gradient of the first layer as large as that of the
# last? And with the sigmoid, whose slope is 1/4 at best?

# %%
GradientByLayer()

# %% [markdown]
# **Explain.** A layer's factor is $g\,\langle f'^2\rangle^{1/2}$ with the mean over the units. Why is the edge
# near [1.3 for tanh](#gradient_by_layer?activation=tanh&gain=1.3&depth=30), but near
# [11 for the sigmoid](#gradient_by_layer?activation=sigmoid&gain=11&depth=30), and not at 4? Why does
# [a depth of 3](#gradient_by_layer?preset=shallow) forgive nearly any gain?
#
# <details><summary>Answer</summary>
#
# At the edge the factor is 1; $\langle f'^2\rangle$ is nearly 1 for tanh at a small gain, ½ for ReLU, at most 1/16 for the
# sigmoid. After thirty layers the values have not yet died down, and where they are large tanh is less steep: $g$ lies
# somewhat above 1, whatever the width. The sigmoid's slope is 1/4 only at 0; weights with a gain of 4 push its units to where it is smaller, and $g$ must grow on. With
# three layers two factors lie between first and last: at a gain of 0.5 the first still gets 0.2 of the gradient, with thirty
# layers $10^{-9}$.
#
# </details>
#
# The usual recipes for the variance of `W (n_in, n_out)`, with biases 0:
#
# | scheme | variance of each weight | made for |
# |---|---|---|
# | Xavier (Glorot and Bengio 2010) | $2/(n_{\text{in}} + n_{\text{out}})$ | tanh: a compromise between forward and backward |
# | He (He et al. 2015) | $2/n_{\text{in}}$ | ReLU |
#
# <details><summary>And the sigmoid?</summary>
#
# Neither cures it. At [gain 1](#gradient_by_layer?activation=sigmoid&gain=1&depth=30) a layer passes on 0.23
# of the gradient, and thirty layers $10^{-19}$: one reason why tanh and ReLU took its place inside networks.
#
# </details>
#
# Units that start alike receive the same gradient, and stay alike for ever.
#
# ### Exercise · a good start
#
# One line: draw `W` from `rng`, normal, or uniform from $-a$ to $a$ (of variance $a^2/3$).

# %% nbgrader={"grade_id": "init_weights", "solution": true}
def init_weights(sizes, scheme, rng):
    """Draw the weights of a network.

    Parameters
    ----------
    sizes : sequence of int
        Units in each layer, the inputs first: [2, 16, 1] has two layers of weights.
    scheme : str
        "xavier" or "he"; ValueError for any other.
    rng : numpy.random.Generator
        The only source of randomness.

    Returns
    -------
    list of pairs (W, b)
        W (n_in, n_out) with mean 0 and the scheme's variance, b (n_out,) of zeros.
    """
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in pairwise(sizes):
        variance = {"xavier": 2 / (n_in + n_out), "he": 2 / n_in}[scheme]
        ### BEGIN SOLUTION
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        ### END SOLUTION
        weights.append((W, np.zeros(n_out)))
    return weights

# %%
check.init_weights(init_weights)

# %% nbgrader={"grade_id": "test-init_weights", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.init_weights(init_weights).assert_passed()

# %% [markdown]
# Your own start at work: the "xavier" weights, times the gain. ("Kept" means
# within a factor of 10.)

# %%
GradientByLayer(init_weights=init_weights, gain=1.0)

# %% [markdown]
# Two more remedies. **Batch normalisation** gives each unit mean 0 and variance 1 over the current
# mini-batch, then lets it learn a scale and a shift: the next layer sees a signal of known size.
#
# <details><summary>And the gradient, on its way back?</summary>
#
# That is the way forward, on which depth no longer multiplies. Backward, at the start, a ReLU network's gradient grows by
# about 1.2 from layer to layer all the same (Yang et al. 2019), ten-thousandfold over fifty.
#
# </details>
#
# **Clipping** is cruder: a gradient $G$ longer than $c$ is shortened and keeps its direction,
#
# $$G \to G \cdot \min\!\left(1, \frac{c}{\lVert G\rVert}\right), \qquad
# \lVert G\rVert = \sqrt{\textstyle\sum_{\text{all arrays}}\sum_{\text{all entries}} G^2}.$$
#
# ### Exercise · clip, but keep the direction

# %% nbgrader={"grade_id": "clip_by_norm", "solution": true}
def clip_by_norm(gradients, max_norm):
    """Shorten a gradient to the length `max_norm`, if it is longer.

    Parameters
    ----------
    gradients : list of array_like
        The parts of one gradient, of any shapes.
    max_norm : float, above 0; ValueError if it is not, or if a part holds NaN
        The largest length of all parts taken together.

    Returns
    -------
    list of arrays, all parts times one common factor
    """
    gradients = [as_array(part, "a gradient") for part in gradients]
    require_positive(max_norm=max_norm)
    entries = np.concatenate([part.ravel() for part in gradients])  # all of them in one row
    ### BEGIN SOLUTION
    norm = np.linalg.norm(entries)
    factor = max_norm / norm if norm > max_norm else 1.0
    ### END SOLUTION
    return [factor * part for part in gradients]

# %%
check.clip_by_norm(clip_by_norm)

# %% nbgrader={"grade_id": "test-clip_by_norm", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.clip_by_norm(clip_by_norm).assert_passed()

# %% [markdown]
# ## 7 · Better ways downhill
#
# Gradient descent takes $\theta \to \theta - \alpha g$ with one learning rate $\alpha$ for all directions. In
# a ravine the steep wall limits $\alpha$, and the gentle floor needs a large one. Four remedies, each with a
# memory of the shape of $\theta$ that starts at zero; all is taken entry by entry.
#
# | name | memory | step |
# |---|---|---|
# | momentum | $v \to \beta v + g$ | $\theta \to \theta - \alpha v$ |
# | AdaGrad | $s \to s + g^2$ | $\theta \to \theta - \alpha\, g/\sqrt{s + \epsilon}$ |
# | RMSprop | $s \to \beta s + (1-\beta) g^2$ | $\theta \to \theta - \alpha\, g/\sqrt{s + \epsilon}$ |
# | Adam | $m \to \beta_1 m + (1-\beta_1)g$, $\;s \to \beta_2 s + (1-\beta_2)g^2$ | $\theta \to \theta - \alpha\, \hat m/(\sqrt{\hat s} + \epsilon)$ |
#
# Momentum remembers the recent direction: the walls' zigzag cancels, the floor adds up. AdaGrad divides by
# the size of all gradients so far, so it slows down for ever; RMSprop forgets the old ones. Adam joins momentum's
# mean to RMSprop's, and repairs the start: after $t$ steps from zero $m$ holds only a share $1 - \beta_1^t$ of a true average,
# so $\hat m = m/(1-\beta_1^t)$ and $\hat s = s/(1-\beta_2^t)$. $\epsilon$ prevents a division by zero.
#
# **Predict.** From one start on the wall of a ravine: who arrives first, who last?
#
# <details><summary>Answer</summary>
#
# At α = 0.05 RMSprop rests after 11 steps, momentum after 70, Adam after 72. Plain descent is still on the
# floor after 140, and AdaGrad, the last, has not even come down the wall: the squares it has added up make its steps ever
# shorter.
#
# </details>

# %%
OptimiserRace()

# %% [markdown]
# **Explain.** On the [saddle](#optimiser_race?preset=saddle) plain descent (GD) follows the ridge to the
# saddle point and waits there some eighty steps. RMSprop is gone after a few: which way does its first
# step point, and why? In the [double well](#optimiser_race?preset=double%20well) one of the five crosses the
# barrier. What carries it? Lower β until it is caught too.
#
# <details><summary>Answer</summary>
#
# At the first step $s$ is only $(1-\beta_2) g^2$, with $\beta_2 = 0.99$ (the slider *memory*; in the table it is RMSprop's β): so
# RMSprop divides each component of the gradient, $(-1.70, 1.00)$, by a tenth of its own size: the step is 10 α in each, $(0.5, -0.5)$, and leaves the ridge, which plain descent follows.
# (That $s$ starts too small is what Adam repairs.) In the double well it is momentum: the speed that it
# gathered on the slope carries it over the barrier. At β = 0.85 it still gets across, at 0.8 it is caught.
#
# </details>
#
# In the ravine the axes happen to lie along the walls. [Turn them by 45°](#optimiser_race?preset=ravine&turn=45)
# (slider *turn of the axes*): the landscape is the same. Who notices, and why?
#
# <details><summary>Answer</summary>
#
# Who divides each component by its own size trusts the axes. GD and momentum take the same path to the last digit, but
# RMSprop needs 113 steps in place of 11, and Adam does not arrive in 140. Real networks have no axes that lie well;
# these methods are quick in practice all the same, which nobody has quite explained. (Newton's method, and the
# quasi-Newton ones, divide by the curvature itself, which knows no axes: with $n$ weights that is a table of $n^2$;
# L-BFGS makes do with the last few steps.)
#
# </details>
#
# ### Exercise · four steps
#
# The memory comes in and goes out as a value: two runs never disturb one another.

# %% nbgrader={"grade_id": "sgd_momentum_step", "solution": true}
def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    """One step of gradient descent with momentum.

    Parameters
    ----------
    theta, gradient, velocity : array_like, (n,); ValueError if they differ in length
        `velocity` is v before this step; zeros at the start.
    alpha, beta : float

    Returns
    -------
    theta, velocity : arrays, (n,)
        After the step.
    """
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    ### BEGIN SOLUTION
    velocity = beta * velocity + gradient
    theta = theta - alpha * velocity
    ### END SOLUTION
    return theta, velocity

# %%
check.sgd_momentum_step(sgd_momentum_step)

# %% nbgrader={"grade_id": "test-sgd_momentum_step", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.sgd_momentum_step(sgd_momentum_step).assert_passed()

# %% nbgrader={"grade_id": "adagrad_step", "solution": true}
def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    """One step of AdaGrad.

    Parameters
    ----------
    theta, gradient, squares : array_like, (n,); ValueError if they differ in length
        `squares` is s before this step; zeros at the start.
    alpha, epsilon : float
        epsilon stands under the root.

    Returns
    -------
    theta, squares : arrays, (n,)
        After the step.
    """
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    ### BEGIN SOLUTION
    squares = squares + gradient**2
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)
    ### END SOLUTION
    return theta, squares

# %%
check.adagrad_step(adagrad_step)

# %% nbgrader={"grade_id": "test-adagrad_step", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.adagrad_step(adagrad_step).assert_passed()

# %% [markdown]
# > **Erratum** · One lecture prints RMSprop's memory as $s_t = \beta g_t + (1-\beta) g_t^2$. That remembers
# > nothing, and for gradients between $-\beta/(1-\beta)$ and 0 it is negative. Look:

# %%
beta = 0.9
for gradient in (0.5, -0.5, -5.0):
    printed, right = beta * gradient + (1 - beta) * gradient**2, (1 - beta) * gradient**2
    print(f"first gradient {gradient:+.1f}: printed s = {printed:+.3f}, right s = {right:+.3f}")

# %% nbgrader={"grade_id": "rmsprop_step", "solution": true}
def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    """One step of RMSprop.

    Parameters
    ----------
    theta, gradient, squares : array_like, (n,); ValueError if they differ in length
        `squares` is s before this step; zeros at the start.
    alpha, beta, epsilon : float
        epsilon stands under the root.

    Returns
    -------
    theta, squares : arrays, (n,)
        After the step.
    """
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    ### BEGIN SOLUTION
    squares = beta * squares + (1 - beta) * gradient**2
    ### END SOLUTION
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)  # as in AdaGrad
    return theta, squares

# %%
check.rmsprop_step(rmsprop_step)

# %% nbgrader={"grade_id": "test-rmsprop_step", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.rmsprop_step(rmsprop_step).assert_passed()

# %% [markdown]
# In Adam the correction and the step are yours.

# %% nbgrader={"grade_id": "adam_step", "solution": true}
def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """One step of Adam (Kingma and Ba 2015).

    Parameters
    ----------
    theta, gradient : array_like, (n,)
    state : tuple (mean, squares, t)
        The running means m and s, each (n,), without bias correction, and the number of steps
        taken. At the start: zeros, zeros and 0.
    alpha, beta1, beta2, epsilon : float
        epsilon stands outside the root.

    Returns
    -------
    theta, state
        After the step, the means still without bias correction.

    Raises ValueError if lengths differ.
    """
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    t = t + 1
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    ### BEGIN SOLUTION
    mean_hat = mean / (1 - beta1**t)
    squares_hat = squares / (1 - beta2**t)
    theta = theta - alpha * mean_hat / (np.sqrt(squares_hat) + epsilon)
    ### END SOLUTION
    return theta, (mean, squares, t)

# %%
check.adam_step(adam_step)

# %% nbgrader={"grade_id": "test-adam_step", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.adam_step(adam_step).assert_passed()

# %% [markdown]
# Race with your own steps. Where a curve differs, you have found something.

# %%
OptimiserRace(
    momentum=sgd_momentum_step, adagrad=adagrad_step, rmsprop=rmsprop_step, adam=adam_step
)

# %% [markdown]
# **All of it together.** Unit 02's trigger must fire on $x_1 x_2 < 0$. Here it learns to, with your own
# `init_weights`, `mlp_backward`, `clip_by_norm` and `adam_step`.

# %%
rng = np.random.default_rng(20)
X = rng.uniform(-1, 1, size=(200, 2))
Y = np.eye(2)[(X[:, 0] * X[:, 1] < 0).astype(int)]  # one column for each answer: silent, fires
names = ["tanh", "tanh", "softmax"]
start = working(init_weights)([2, 16, 16, 2], "xavier", rng)
backward, clip, move = working(mlp_backward), working(clip_by_norm), working(adam_step)
theta = flatten(start)
state = (np.zeros_like(theta), np.zeros_like(theta), 0)
for step in range(301):
    if step % 100 == 0:
        print(f"step {step:3d}: loss {network_loss(X, Y, unflatten(theta, start), names):.4f}")
    gradient = flatten(backward(X, Y, unflatten(theta, start), names))
    theta, state = move(theta, clip([gradient], 1.0)[0], state, alpha=0.02)

# %% [markdown]
# **Where does such a network walk?** Hundreds of weights have no picture, but a plane through them has. Take a sister of
# yours (ReLU, one output, plain descent, the same rule), move all its trained weights along two random directions, and
# draw the loss as a height.
#
# **Predict.** ReLU passes a positive factor on: with the first layer times 4 and the second divided by 4, no answer changes.
# Does the valley look as wide as before?

# %%
LossLandscape()

# %% [markdown]
# **Explain.** First, directions as long as all weights together,
# [as trained](#loss_landscape?plane=random%2C%20plain&stretch=1) and
# [stretched](#loss_landscape?plane=random%2C%20plain&stretch=4); then neuron by neuron,
# [as trained](#loss_landscape?plane=random%2C%20by%20neuron&stretch=1) and
# [stretched](#loss_landscape?plane=random%2C%20by%20neuron&stretch=4). Which of the two compares networks? And where is the
# [way](#loss_landscape?preset=path)?
#
# <details><summary>Answer</summary>
#
# The first valley is wide: on nearly all of the square the network beats a coin; stretched, on less than a tenth of it,
# since the push, as long as all weights together, has grown 2.6-fold with the first layer, and to the second, a fourth of
# what it was, it is ten times as much. So *sharp* and *flat* say nothing before you say in which unit. With directions that have, in every neuron, the length of its own weights (Li et al. 2018) it is about
# 30 % both times, and networks can be compared. Of the way from the initial weights this plane holds a few per cent,
# for two of 337 dimensions nearly miss any way; two directions laid along it hold 99 % and more, and it comes down
# from a plateau, where the network knows no more than a coin, in nearly a straight line.
#
# </details>

# %% [markdown]
# ## 8 · What it costs: forward mode, reverse mode, and SymPy
#
# Let $f$ take $n$ inputs to $k$ outputs. *Forward mode* carries $\partial(\text{node})/\partial x_j$ along
# the arrows, in one sweep for each of $n$ inputs. *Reverse mode* carries $\partial f_c/\partial(\text{node})$
# against them, in one sweep for each of $k$ outputs. Both multiply the same Jacobians, in another order. A loss is one number and a network has thousands of
# weights: reverse wins, by a factor of the order of $n$. From one temperature to a thousand detector channels, forward wins.
# Reverse mode pays with memory: it must keep every node's value.
#
# <details><summary>Derivation: one product, two bracketings</summary>
#
# Let three layers of sizes $n_0 = n$, $n_1$, $n_2$, $n_3 = k$ stand one behind the other. The Jacobian $D_l$, of shape
# $(n_l, n_{l-1})$, holds the derivatives of layer $l$'s values by those of the layer before. The chain rule multiplies
# them. A product of two matrices takes *rows × inner size × columns* multiplications:
#
# $$\underbrace{D_3\,(D_2\,D_1)}_{\text{forward}}:\; n\,(n_1n_2 + n_2k), \qquad
# \underbrace{(D_3\,D_2)\,D_1}_{\text{reverse}}:\; k\,(n_1n_2 + n\,n_1) .$$
#
# No bracket is more than about one evaluation of the layers: forward mode costs at most some $n$ evaluations, reverse
# mode some $k$. (Below the factor is 92 and not 1000: forward mode finds the columns of $D_1$, the largest table, ready
# made.) And no $D_l$ need be formed: one turn of the loop in section 5, from one `upstream` to the next, *is* a row
# times $D_l$.
#
# What is one evaluation worth? In section 5 each product forward, $VW$, has two backward, $V^{\mathsf T}\delta$ and
# $\delta W^{\mathsf T}$, of as many multiplications. So a gradient should take three evaluations. Measured, with
# everything around the products, it was 2.2, 3.0 and 5.1 for three networks.
#
# </details>

# %%
layers = pairwise([1000, 100, 100, 1])
D1, D2, D3 = (np.random.default_rng(n).normal(size=(n_out, n)) for n, n_out in layers)
print("the same derivatives:", np.allclose(D3 @ (D2 @ D1), (D3 @ D2) @ D1))
print(f"forward {1000 * (100 * 100 + 100):,}, reverse {100 * 100 + 1000 * 100:,} multiplications")

# %% [markdown]
# SymPy does neither: it differentiates on paper. Count operations, each operator and each function call as
# one. (Its own `count_ops` counts one more where a root stands: the ½ in the exponent is a division to it.) Beside SymPy stand graphs made by hand, whose derivative uses again what the function already computed.

# %%
compare("exp(x**2)", by_hand=["a = x**2", "b = exp(a)", "slope = 2*x*b"])

# %%
compare(
    "sqrt(x**2 + exp(x**2))",
    by_hand=["a = x**2", "b = exp(a)", "c = a + b", "d = sqrt(c)", "slope = x*(1 + b)/d"],
)

# %% [markdown]
# Six operations become four, and fifteen seven. SymPy can share repeated parts, with `cse`; a graph never
# loses what it shares.
#
# ## 9 · Build the engine
#
# Now teach the computer to do section 1 by itself. A `Value` is a number that remembers what it was computed
# from: its `parents`, each with the *local derivative* along that arrow. Addition and `log` are written for
# you to learn from: a new node has its value, its parents with their local derivatives, and a word for the
# picture. `Value.of(3)` makes a number into a node. Minus, division, sine and cosine come from `Node`.
#
# In `backward`, a node may pass its derivative on only after it has received *all* of it. So the stub sets
# every derivative to 0 and sorts the nodes: in `order` each comes after its parents. Yours is the sweep: 1
# for `self`, then walk `order` from its end, and each node adds *its derivative × local derivative* to its
# parents.
#
# ### Exercise · reverse-mode differentiation
#
# To try your class: `Value.differentiate("a*b + a.exp()", a=2, b=3)`, with functions as methods.

# %% nbgrader={"grade_id": "Value", "solution": true}
class Value(Node):
    """A number that knows how to differentiate what is computed from it.

    Has `value`, `parents` (pairs of a node and the local derivative), `operation` and `derivative`.
    Numbers may stand on either side of + and *; an exponent is a number.
    """

    def __add__(self, other):
        other = Value.of(other)
        parents = [(self, 1.0), (other, 1.0)]
        return Value(self.value + other.value, parents, "+")

    def __mul__(self, other):
        other = Value.of(other)
        ### BEGIN SOLUTION
        parents = [(self, other.value), (other, self.value)]
        ### END SOLUTION
        return Value(self.value * other.value, parents, "×")

    __radd__, __rmul__ = __add__, __mul__  # for 2 + a and 2 * a, where a plain number comes first

    def log(self):
        local = 1 / self.value
        return Value(math.log(self.value), [(self, local)], "log")

    def __pow__(self, exponent):
        ### BEGIN SOLUTION
        local = exponent * self.value ** (exponent - 1)
        ### END SOLUTION
        return Value(self.value**exponent, [(self, local)], f"^{exponent}")

    def exp(self):
        result = math.exp(self.value)
        ### BEGIN SOLUTION
        local = result
        ### END SOLUTION
        return Value(result, [(self, local)], "exp")

    def tanh(self):
        result = math.tanh(self.value)
        ### BEGIN SOLUTION
        local = 1 - result**2
        ### END SOLUTION
        return Value(result, [(self, local)], "tanh")

    def backward(self):
        """Set `derivative` to ∂self/∂node in every node that self was computed from."""
        graph, todo = {}, [self]
        while todo:
            node = todo.pop()
            if node not in graph:
                node.derivative = 0.0
                graph[node] = [parent for parent, _ in node.parents]
                todo += graph[node]
        order = list(TopologicalSorter(graph).static_order())  # parents first
        ### BEGIN SOLUTION
        self.derivative = 1.0
        for node in reversed(order):
            for parent, local in node.parents:
                parent.derivative += node.derivative * local
        ### END SOLUTION

# %%
check.Value(Value)

# %% nbgrader={"grade_id": "test-Value", "grade": true, "points": 4}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import backpropagation as check
### END HIDDEN TESTS
check.Value(Value).assert_passed()

# %% [markdown]
# Now your class computes the nodes of `Graph`, which calls your method for `exp(x*x)`.
#
# **Predict.** In $x \cdot x + e^{x \cdot x}$, written with $x\cdot x$ twice, how many nodes does the graph
# have, and how many if you store $a = x\cdot x$ first?

# %%
Graph("x*x + exp(x*x)", value=Value)

# %% [markdown]
# **Explain.** Compare with `Graph("a = x*x; f = a + exp(a)", value=Value)`. Step through the backward pass: at which node
# do the arrows meet in each graph?
#
# <details><summary>Answer</summary>
#
# Five nodes: $x$, the product twice, its exponential and the sum. Four if it is stored. In the first graph all arrows
# meet at $x$; in the second those of the sum and of the exponential meet already at $a$, and two run on from there, since
# $x\cdot x$ uses $x$ twice. The derivative is the same.
#
# </details>
#
# ## 10 · Finale: which nebula decides?
#
# Hubble's constant is the slope of the line through distances $r_i$, of mean $\bar r$, and velocities $v_i$:
#
# $$H = \frac{\sum_i (r_i - \bar r)\,v_i}{\sum_i (r_i - \bar r)^2} .$$
#
# Nothing in this function knows about derivatives. Fed with your `Value`s, it answers with one.

# %%
def hubble_constant(r, v):
    mean = sum(r) / len(r)
    return sum((ri - mean) * vi for ri, vi in zip(r, v, strict=True)) / sum((ri - mean) ** 2 for ri in r)

distance, velocity = hubble1929()
number = working(Value)
r, v = [number(d) for d in distance], [number(u) for u in velocity]
H = hubble_constant(r, v)
H.backward()
print(f"H = {H.value:.2f} km/s/Mpc, and {len(r) + len(v)} derivatives from one sweep backward")

# %% [markdown]
# If nebula $i$ is 10 % farther away than written, $H$ moves by about $0.1\,r_i\,\partial H/\partial r_i$.
# **Predict** which nebulae matter before you look.

# %%
shift = np.array([0.1 * ri.value * ri.derivative for ri in r])
for i in np.argsort(-abs(shift))[:6]:
    print(f"{distance[i]:5.2f} Mpc  {velocity[i]:5.0f} km/s   H moves by {shift[i]:+6.1f}")

# %% [markdown]
# Four nebulae of the Virgo cluster outweigh the other twenty, whose shifts largely cancel. Hubble had given
# the four one common distance, 2.0 Mpc: in effect it decided the constant. Now let all 24 be wrong.

# %%
print(f"independently, by 10 % each:     H is uncertain by {np.sqrt(np.sum(shift**2)):.0f}")
print(f"all by the same 10 %:            H moves by about {shift.sum():+.0f}")
print(f"sum of r_i dH/dr_i, beside H:    {10 * shift.sum():.2f} and {H.value:.2f}")

# %% [markdown]
# <details><summary>Why do the last two agree?</summary>
#
# With every distance $\lambda$ times as large, $H$ becomes $H/\lambda$;
# differentiate with respect to $\lambda$ at 1, and $\sum_i r_i\,\partial H/\partial r_i = -H$. Euler's
# theorem, checked by your engine. (For a whole 10 % it is −41; −45 goes on along the tangent.)
#
# </details>
#
# Independent errors largely average out. (They also flatten the line a little, which no average repairs: 20 % in every
# distance take 454 to some 410.) To come from 454 to 70 needs something that the distances share. One common
# factor? Here are the same 24 nebulae as measured since, by other stars, a maser, and the grain of their light.
#
# **Predict** the constant that Hubble's velocities give with them: today's 70, or not?

# %%
from course.data import nebulae_today

name, today = nebulae_today()
factor = today / distance
for i in np.argsort(factor)[[0, 2, 11, 12, -2, -1]]:
    print(f"{name[i]:<22} {distance[i]:5.2f} Mpc then, {today[i]:5.2f} now: times {factor[i]:.1f}")
H_today = hubble_constant(today, velocity)
rest = velocity - velocity.mean() - H_today * (today - today.mean())
error = np.sqrt(np.sum(rest**2) / 22 / np.sum((today - today.mean()) ** 2))
print(f"factors {factor.min():.1f} to {factor.max():.1f}, median {np.median(factor):.1f}")
print(f"H = {H_today:.0f} ± {error:.0f} km/s/Mpc")

# %%
line = {f"H = {H_today:.0f}": (velocity.mean() - H_today * today.mean(), H_today)}
axes = ("distance today (Mpc)", "velocity (km/s)")
scatter(today, velocity, *axes, alt="24 nebulae out to 18 Mpc, along a line of slope 51", lines=line, names=name)

# %% [markdown]
# Not one factor: between 1.5 and 17, seven in the middle. Each step of his ladder of distances stood on the one before:
# an error that is *passed on*, as $\delta$ is.
#
# <details><summary>Which steps? And why 51 ± 7, not 70?</summary>
#
# In the nearest he knew Cepheids, which are some four times brighter than was thought, and so twice as far, because
# their two kinds had not been told apart. Farther out he took the brightest stars for equally bright, and bright clouds of
# gas for stars; and the Virgo cluster's distance was built on those.
#
# Within 18 Mpc a galaxy's own motion, some hundreds of km/s, is not small beside $H r$: M 31 and M 33 come towards us.
# Today's constant rests on galaxies five to thirty-five times as far.
#
# </details>
#
# ### Reflection
#
# In about four sentences: (a) Why does one sweep backward give all 48 derivatives, how many would forward
# mode need, and what does reverse mode pay instead? (b) A friend claims that distances which scatter
# independently by 20 % could bring Hubble's 454 down to 70. Answer with your numbers.

# %% [markdown] nbgrader={"grade_id": "reflection", "grade": true, "solution": true, "points": 2}
# *Write your answer here.*

# %% [markdown]
# ## Takeaway
#
# - Backpropagation is the chain rule, walked against the arrows, with every value kept. A node used twice
#   *adds up* what comes back.
# - The shapes leave no choice: $V^{\mathsf T}\delta$ for the weights, the sum over samples for the bias,
#   $\delta W^{\mathsf T}$ for the layer before.
# - Believe no gradient that has not met a central difference.
# - Depth multiplies: choose the variance of the weights such that the factor is 1.
#
# ## What to read next
#
# Unit 04 puts your network beside Keras on real images.
#
# <details><summary>The papers</summary>
#
# - A. G. Baydin et al., *Automatic differentiation in machine learning: a survey*, J. Mach. Learn. Res.
#   18 (2018).
# - D. E. Rumelhart, G. E. Hinton and R. J. Williams, *Learning representations by back-propagating
#   errors*, Nature 323 (1986).
# - X. Glorot and Y. Bengio, *Understanding the difficulty of training deep feedforward neural
#   networks*, AISTATS (2010); B. Poole et al., *Exponential expressivity in deep neural networks
#   through transient chaos*, NeurIPS (2016); G. Yang et al., *A mean field theory of batch
#   normalization*, ICLR (2019).
# - K. He et al., *Delving deep into rectifiers*, ICCV (2015); J. Duchi, E. Hazan and Y. Singer, *Adaptive subgradient
#   methods*, J. Mach. Learn. Res. 12 (2011).
# - H. Li et al., *Visualizing the loss landscape of neural nets*, NeurIPS (2018), arXiv:1712.09913.
# - D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization*, ICLR (2015).
#
# </details>
