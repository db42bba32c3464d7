# %% [markdown]
# # 03 · Backpropagation by hand
#
# *Two sittings, 90 and 30 minutes · 25 points · lecture decks 003, 004 and 000*
#
# In 1929 Edwin Hubble had 24 nebulae, 24 distances and 24 velocities, and drew one straight line
# through them (you fitted it in unit 01): 454 km/s for every megaparsec. Today the slope is near 70. His velocities were good.
# His *distances* were not.
#
# So here is a question any experimenter must be able to answer about her own result:
#
# > **Which of the 48 numbers decides the answer? If one nebula is 10 % farther away than Hubble
# > thought, how far does his constant move?**
#
# The answer is a list of 48 derivatives. You could turn 48 knobs one after the other. At the end of
# this unit you turn none: one sweep backward through the calculation hands you all 48, to the last
# digit, for about the price of one more evaluation. The same sweep trains every neural network there
# is, and you write it by hand.
#
# ## What you will be able to do
#
# - draw a calculation as a graph, and carry derivatives backward through it;
# - write the backward pass of a network of any depth, and prove that it is right;
# - build a small reverse-mode differentiation engine, in about forty lines;
# - say why gradients vanish or explode with depth, and start a deep network so that they do not;
# - write the five optimisers that nearly everybody uses, from gradient descent to Adam.
#
# | first sitting | minutes |
# |---|---|
# | the question | 3 |
# | 1 · The chain rule on a graph | 10 |
# | 2 · The gradient check | 7 |
# | 3 · A logistic unit, backward | 9 |
# | 4 · Softmax with cross-entropy | 8 |
# | 5 · A network of any depth | 17 |
# | 6 · What it costs | 3 |
# | 7 · Build the engine | 17 |
# | 8 · Finale and reflection: which nebula decides? | 16 |
# | **together** | **90** |
#
# | second sitting | minutes |
# |---|---|
# | 9 · Depth: gradients that vanish and explode | 15 |
# | 10 · Better ways downhill | 12 |
# | 11 · All of it together | 3 |
#
# All exercises count, those of the second sitting too. Each is checked by itself: where you are stuck,
# go on with the next one. Some cells in between run your earlier answers, and say which.

# %% nbgrader={"grade_id": "setup", "locked": true}
import math
from itertools import pairwise

import numpy as np

from course.data import hubble1929
from course.explore import GradientByLayer, Graph, OptimiserRace
from course.arrays import as_array, as_arrays
from course.checks import backpropagation as check
from course.layers import as_layers, as_tables, flatten, unflatten
from course.nodes import Node
from course.operations import compare

# %% [markdown]
# ## 1 · The chain rule on a graph
#
# Take $J = \cos(\sin x^2 + 3x^2)$, one number computed from one number. Write it as you would
# compute it, one small step a line, and give every intermediate result a name:
#
# $$t = x^2, \qquad u_1 = \sin t, \qquad u_2 = 3t, \qquad u = u_1 + u_2, \qquad J = \cos u .$$
#
# Each name is a **node**; an arrow runs from each node to those computed from it. That is the
# **computation graph**. Read along the arrows it is the *forward pass*.
#
# The chain rule sums over paths. If $t$ feeds both $u_1$ and $u_2$, then
#
# $$\frac{dJ}{dt} = \frac{dJ}{du_1}\frac{du_1}{dt} + \frac{dJ}{du_2}\frac{du_2}{dt} .$$
#
# So walk the graph *against* its arrows. Start from $dJ/dJ = 1$ and set every other derivative to 0.
# Visit a node only when everything computed from it has been visited; then add to each of its
# parents *derivative of the node × local derivative along the arrow*. That is the *backward pass*,
# and there is nothing more to backpropagation. Everything else in this unit is bookkeeping.
#
# **Predict.** At $x = 1.2$, which carries more of $dJ/dt$: the path through the sine, or the path
# through the factor 3? Decide before you press *step*.

# %%
Graph()

# %% [markdown]
# **Explain.** Step forward until $J$ has its value, then backward. At the node $t$ stop twice: after
# the first of its two arrows its derivative is only a part of the truth. What goes wrong if you walk
# on to $x$ too early? Then move $x$ to 0. Everything but $dJ/dJ$ is 0 there: which two local derivatives
# vanish?
#
# ### Exercise · every derivative of J
#
# Write the backward pass by hand, one line for each node. The first is done.

# %% nbgrader={"grade_id": "j_backward", "solution": true}
def j_backward(x):
    """Differentiate J = cos(sin x² + 3x²) with respect to every node of its graph.

    Parameters
    ----------
    x : float

    Returns
    -------
    dict of dJ/d(node) under the keys "J", "u", "u1", "u2", "t" and "x", with
        t = x², u1 = sin t, u2 = 3t, u = u1 + u2, J = cos u. dJ/dJ is 1.
    """
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    d = {"J": 1.0}
    d["u"] = -math.sin(u) * d["J"]
    ### BEGIN SOLUTION
    d["u1"] = d["u"]
    d["u2"] = d["u"]
    d["t"] = d["u1"] * math.cos(t) + d["u2"] * 3
    d["x"] = d["t"] * 2 * x
    ### END SOLUTION
    return d

# %%
check.j_backward(j_backward)

# %% nbgrader={"grade_id": "test-j_backward", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.j_backward(j_backward).assert_passed()

# %% [markdown]
# ## 2 · Trust no derivative: the gradient check
#
# You will now write many derivatives, and nobody gets all of them right the first time. So build the
# judge first. For a function $f$ of $\theta$ (shape `(n,)`) and a step $h$, the **central
# difference** along component $i$ is
#
# $$n_i = \frac{f(\theta + h e_i) - f(\theta - h e_i)}{2h}, \qquad e_i \text{ the } i\text{-th unit vector}.$$
#
# Its error falls with $h^2$ (that of the one-sided difference only with $h$), until rounding takes
# over: near $h = 10^{-5}$ to $10^{-6}$ both are small. Compare it with the claimed gradient $g$ by
#
# $$\varepsilon = \frac{\lVert g - n \rVert}{\lVert g \rVert + \lVert n \rVert},$$
#
# where $\lVert\cdot\rVert$ is the Euclidean length. The denominator makes it **scale free**: whether
# $f$ is measured in electronvolts or joules, a gradient that is 1 % off is 1 % off.
#
# ### Exercise · a judge for gradients
#
# `step` is $h e_i$. Two things are left: one component of $n$, and the verdict.

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
    tolerance : float
        The largest ‖g − n‖ / (‖g‖ + ‖n‖) that passes. Two gradients of zero agree.

    Returns
    -------
    bool
        False also where the claimed gradient holds NaN or has another shape than theta.
    """
    theta = as_array(theta, "theta", ndim=1)
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = np.zeros_like(theta)
    for i in range(len(theta)):
        step = np.zeros_like(theta)
        step[i] = 1e-6 * max(1.0, abs(theta[i]))
        ### BEGIN SOLUTION
        numeric[i] = (f(theta + step) - f(theta - step)) / (2 * step[i])
        ### END SOLUTION
    ### BEGIN SOLUTION
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    return bool(size == 0 or np.linalg.norm(claimed - numeric) <= tolerance * size)
    ### END SOLUTION

# %%
check.gradient_check(gradient_check)

# %% nbgrader={"grade_id": "test-gradient_check", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.gradient_check(gradient_check).assert_passed()

# %% [markdown]
# Let it judge your first exercise (this needs both answers). `J` is one line; your `j_backward` is the
# gradient under trial.

# %%
def J(theta):
    return math.cos(math.sin(theta[0] ** 2) + 3 * theta[0] ** 2)

gradient_check(J, lambda theta: np.array([j_backward(theta[0])["x"]]), [1.2])

# %% [markdown]
# ## 3 · A logistic unit, backward
#
# For $m$ samples with $n$ inputs, `X (m, n)`, a logistic unit with parameters `theta (n,)` computes
#
# $$a = X\theta \;\;(m,), \qquad p = \sigma(a) = \frac{1}{1 + e^{-a}}\;\;(m,), \qquad
# J = -\frac1m \sum_{i=1}^m \bigl[\,y_i \ln p_i + (1-y_i)\ln(1-p_i)\bigr],$$
#
# with labels $y_i \in \{0, 1\}$ in `y (m,)`. Backward, one node at a time:
#
# $$\frac{\partial J}{\partial p_i} = -\frac1m\left[\frac{y_i}{p_i} - \frac{1-y_i}{1-p_i}\right], \qquad
# \frac{dp_i}{da_i} = p_i(1-p_i) \qquad\Longrightarrow\qquad
# \frac{\partial J}{\partial a_i} = \frac{p_i - y_i}{m} .$$
#
# The fractions cancel: *prediction minus truth*. From there $a = X\theta$ gives
# $\partial J/\partial\theta = X^{\mathsf T}\,\partial J/\partial a$ with shape `(n,)`, and
# $\partial J/\partial X$ with shape `(m, n)`, whose entry $(i, j)$ is
# $\theta_j\,\partial J/\partial a_i$.
#
# Do not compute $\ln p$ from $p$: at $a = 800$ the computer has $1 - p = 0$ and the logarithm is
# $-\infty$. Put $p$ into $J$ and simplify on paper: $J = \frac1m\sum_i \left[\ln(1 + e^{a_i}) - y_i a_i\right]$,
# and `np.logaddexp(0, a)` is $\ln(1+e^a)$ for any $a$. The same holds for $\sigma$:
# $\sigma(a) = \frac12\left[1 + \tanh\frac a2\right]$ never overflows.
#
# > **Erratum** · Deck 003 prints $+\left[y^* \log y + (1-y^*)\log(1-y)\right]$ as the loss: unit 02's
# > box (deck 000 has the first of the two signs wrong). Descend it and see where the prediction goes:

# %%
for sign, name in ((-1, "right"), (+1, "printed")):
    a, target = 0.5, 1.0
    for _ in range(20):
        p = 1 / (1 + math.exp(-a))
        a -= 0.5 * sign * (target - p)  # d/da of sign × [y ln p + (1−y) ln(1−p)]
    print(f"{name:>8}: after 20 steps downhill p = {p:.3f}, and the label is {target:.0f}")

# %% [markdown]
# ### Exercise · a logistic unit, backward

# %% nbgrader={"grade_id": "logistic_backward", "solution": true}
def logistic_backward(X, y, theta):
    """Mean cross-entropy of a logistic unit, and its derivatives.

    Parameters
    ----------
    X : array_like, (m, n)
    y : array_like, (m,), labels 0 or 1
    theta : array_like, (n,)

    Returns
    -------
    loss : float, mean over the samples; finite for any size of X @ theta
    dtheta, dX : arrays, (n,) and (m, n)
        ∂loss/∂theta and ∂loss/∂X.
    """
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    ### BEGIN SOLUTION
    loss = np.mean(np.logaddexp(0, a) - y * a)
    da = (p - y) / len(y)
    return loss, X.T @ da, np.outer(da, theta)
    ### END SOLUTION

# %%
check.logistic_backward(logistic_backward)

# %% nbgrader={"grade_id": "test-logistic_backward", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.logistic_backward(logistic_backward).assert_passed()

# %% [markdown]
# ## 4 · Many classes: softmax with cross-entropy
#
# With $k$ classes the last layer gives $k$ numbers a sample, `Z (m, k)`, and **softmax** turns each
# row into probabilities:
#
# $$P_{ic} = \frac{e^{Z_{ic}}}{\sum_{l=1}^{k} e^{Z_{il}}}, \qquad
# J = -\frac1m \sum_{i=1}^{m}\sum_{c=1}^{k} Y_{ic}\ln P_{ic},$$
#
# where row $i$ of `Y (m, k)` sums to 1: a single 1 at the true class, or probabilities. A physicist
# has met $P$ before: it is the Boltzmann distribution over $k$ states with energies $-Z$.
#
# Two properties follow at once. Adding one number to a whole row of $Z$ changes nothing, so you may
# subtract the row's largest entry first; then no exponential overflows. And the derivative is again
# prediction minus truth, $\partial J/\partial Z = (P - Y)/m$. Each row of it sums to 0: raising all
# scores together does nothing.
#
# Take the logarithm on paper here too: with $S = Z - \max_c Z$ row by row,
# $\ln P_{ic} = S_{ic} - \ln\sum_l e^{S_{il}}$, where the sum is never below 1.
#
# ### Exercise · softmax and its derivative

# %% nbgrader={"grade_id": "softmax_cross_entropy", "solution": true}
def softmax_cross_entropy(Z, Y):
    """Mean cross-entropy of softmax(Z) against the targets Y, and its derivative.

    Parameters
    ----------
    Z : array_like, (m, k)
        Scores, one row a sample, of any size.
    Y : array_like, (m, k)
        Targets; each row sums to 1.

    Returns
    -------
    loss : float, mean over the samples
    dZ : array, (m, k)
        ∂loss/∂Z.
    """
    Z, Y = as_tables(Z=Z, Y=Y)
    S = Z - Z.max(axis=1, keepdims=True)
    ### BEGIN SOLUTION
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    loss = -(Y * log_P).sum() / len(Z)
    return loss, (np.exp(log_P) - Y) / len(Z)
    ### END SOLUTION

# %%
check.softmax_cross_entropy(softmax_cross_entropy)

# %% nbgrader={"grade_id": "test-softmax_cross_entropy", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.softmax_cross_entropy(softmax_cross_entropy).assert_passed()

# %% [markdown]
# ## 5 · A network of any depth
#
# A layer takes `V (m, n_in)` to `A (m, n_out)`: $Z = VW + b$ with `W (n_in, n_out)` and `b (n_out,)`,
# then $A = f(Z)$ entry by entry. The next layer takes this $A$ as its $V$. (Keras stores $W$ this way
# round; the decks write the transpose.) A network is a list of pairs `weights = [(W, b), …]` with a
# list of names `activations = ["tanh", …]`, one for each layer.
#
# Below are unit 02's activations, ready to use; here each is a table and not a function:
# `activate["tanh"](Z)` is $f(Z)$, and `slope["tanh"](A)` is
# $f'(Z)$ *computed from the value* $A = f(Z)$: the forward pass already paid for it.

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
# Now backward. Write $\delta_l = \partial J/\partial Z_l$ for layer $l$, of the shape of $Z_l$, and
# $V_{l-1}$ for what went into it. With the loss $J = \frac{1}{2m}\sum_{i,c}(A_{ic}-Y_{ic})^2$ over $m$
# samples, the last layer $L$ starts it off and the recursion does the rest:
#
# $$\delta_L = \frac{A - Y}{m} \odot f_L'(Z_L), \qquad
# \frac{\partial J}{\partial W_l} = V_{l-1}^{\mathsf T}\,\delta_l, \qquad
# \frac{\partial J}{\partial b_l} = \sum_{i=1}^m (\delta_l)_i, \qquad
# \delta_{l-1} = \bigl(\delta_l W_l^{\mathsf T}\bigr) \odot f_{l-1}'(Z_{l-1}),$$
#
# where $\odot$ multiplies entry by entry and $(\delta_l)_i$ is row $i$. You need not learn it by
# heart: *the shapes leave no choice*. $\partial J/\partial W_l$ has the shape of $W_l$, namely
# `(n_in, n_out)`, and from `V (m, n_in)` and `delta (m, n_out)` only one product gives it.
#
# If the last layer is softmax the loss is cross-entropy, and section 4 found
# $\delta_L = (A - Y)/m$, the same start with the slope already inside. That is why the table says 1.
#
# > **Errata** · Deck 000 prints the last layer's gradient with $y - a$ (unit 01's sign once more). Deck
# > 003's last line leaves $j$ loose; right is $\frac{dJ}{dx_i} = \sum_j \frac{dJ}{da_j}\,\alpha_{ji}$.
# > Deck 004 prints $w_{ji}$ where its own $z_j = \sum_i w_{ij}a_i + b_j$ has
# > $\partial z_j/\partial a_i = w_{ij}$. Below are one sigmoid layer and two hidden units; your
# > `gradient_check` (needed here) is the judge.

# %%
rng = np.random.default_rng(3)
A1, W2, target = rng.normal(size=2), rng.normal(size=(2, 2)), np.array([0.2, 0.9])

def squared_error(a):  # deck 000's loss for one layer with N = 2 outputs, as a function of its input
    return np.mean((target - activate["sigmoid"](a @ W2)) ** 2)

def output_side(a):
    A = activate["sigmoid"](a @ W2)
    return (A - target) * slope["sigmoid"](A)  # 2/N = 1

# %%
candidates = {
    "right": lambda a: W2 @ output_side(a),
    "deck 000: y − a instead of a − y": lambda a: -(W2 @ output_side(a)),
    "deck 003: dJ/da_j (here j = 0) times the sum of weights": lambda a: output_side(a)[0] * W2.sum(1),
    "deck 004: w_ji where w_ij is meant": lambda a: W2.T @ output_side(a),
}
for name, candidate in candidates.items():
    print(f"{gradient_check(squared_error, candidate, A1)!s:>5}  {name}")

# %% [markdown]
# ### Exercise · backpropagation
#
# This is the heart of the unit. The forward pass is there, and the walk from the last layer to the
# first. The formulas count layers from 1 and Python counts from 0: `values[l]` is $V_l$, but layer
# $l$'s pair is `weights[l - 1]` and its name `activations[l - 1]`. `upstream` is what arrives from
# behind: $(A - Y)/m$ at first, then $\delta_l W_l^{\mathsf T}$. Three lines are left: $\delta_l$, the
# pair of gradients, and the next `upstream`.

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
        In the order of `weights`, of the same shapes. The loss is `network_loss`: a mean over the
        samples, cross-entropy if the last layer is softmax, else half the squared error.
    """
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate[name](values[-1] @ W + b))
    upstream = (values[-1] - Y) / len(X)
    gradients = []
    for layer in range(len(weights), 0, -1):  # l in the formulas
        W, name = weights[layer - 1][0], activations[layer - 1]
        ### BEGIN SOLUTION
        delta = upstream * slope[name](values[layer])
        gradients.append((values[layer - 1].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
        ### END SOLUTION
    return gradients[::-1]

# %%
check.mlp_backward(mlp_backward)

# %% nbgrader={"grade_id": "test-mlp_backward", "grade": true, "points": 4}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.mlp_backward(mlp_backward).assert_passed()

# %% [markdown]
# Put your own judge over your own gradient (both answers are needed). `flatten` writes all weights into one row, `unflatten`
# undoes it.

# %%
X, Y = rng.normal(size=(10, 3)), rng.normal(size=(10, 2))
net = [(rng.normal(size=(3, 5)), rng.normal(size=5)), (rng.normal(size=(5, 2)), rng.normal(size=2))]
names = ["tanh", "linear"]
gradient_check(
    lambda theta: network_loss(X, Y, unflatten(theta, net), names),
    lambda theta: flatten(mlp_backward(X, Y, unflatten(theta, net), names)),
    flatten(net),
)

# %% [markdown]
# ## 6 · What it costs: forward mode, reverse mode, and SymPy
#
# Let $f$ take $n$ inputs to $k$ outputs. *Forward mode* carries $\partial(\text{node})/\partial x_j$
# along the arrows: one sweep for each input, $n$ in all. *Reverse mode* carries
# $\partial f_c/\partial(\text{node})$ against them: one sweep for each output, $k$ in all. A loss is
# one number and a network has thousands of weights: $k = 1$, $n$ large, and reverse wins by a factor
# $n$. For a map of few inputs to many outputs (one temperature, a thousand detector channels) it is
# the other way round. The price of reverse mode is memory: it must keep every node's value.
#
# Neither is what SymPy does. Let SymPy differentiate on paper, then count operations: each operator
# and each function call is one. Beside it, deck 004's graphs, written by hand so that the derivative
# uses again what the function already computed.

# %%
compare("exp(x**2)", by_hand=["a = x**2", "b = exp(a)", "slope = 2*x*b"])

# %%
compare(
    "sqrt(x**2 + exp(x**2))",
    by_hand=["a = x**2", "b = exp(a)", "c = a + b", "d = sqrt(c)", "slope = x*(1 + b)/d"],
)

# %% [markdown]
# Six operations become four, and fifteen become seven. (SymPy's own `count_ops` says 6 and 11 in the
# second table where the deck says 5 and 10: it takes the ½ in the exponent of a root for a division.)
# SymPy can share repeated parts too, if you ask it with `cse`, "common subexpression elimination". A
# graph never loses what it shares in the first place.
#
# ## 7 · Build the engine
#
# Now teach the computer to do section 1 by itself. A `Value` is a number that remembers what it was
# computed from: its `parents`, each with the *local derivative* along that arrow. Multiply two of
# them, and the product knows that its derivative with respect to one is the other.
#
# `Node` holds what is ready: the fields, minus and division (written with your +, × and **), sine and
# cosine. In the stub `log` is written for you to learn from: a new node, its value, one parent with its
# local derivative ($d\ln x/dx = 1/x$), and a word for the picture. `Value.of(3)` makes a constant into a
# node and leaves a node alone. To try your class, let it differentiate a program, with functions as
# methods: `Value.differentiate("a*b + a.exp()", a=2, b=3)`.
#
# `backward` is the only method with a difficulty. A node may pass its derivative on only after it has
# received *all* of it. So the nodes are listed such that each comes after its parents: that part is in
# the stub (a loop with a list of things to do, since Python stops a function that calls itself at about
# a thousand levels). Yours is the sweep: every derivative to 0, that of `self` to 1, then walk the list
# from its end.
#
# ### Exercise · reverse-mode differentiation

# %% nbgrader={"grade_id": "Value", "solution": true}
class Value(Node):
    """A number that knows how to differentiate what is computed from it.

    Has `value`, `parents` (pairs of a node and the local derivative), `operation` and `derivative`.
    Numbers may stand on either side of + and *; an exponent is a number.
    """

    def __add__(self, other):
        other = Value.of(other)
        return Value(self.value + other.value, [(self, 1.0), (other, 1.0)], "+")

    def log(self):
        return Value(math.log(self.value), [(self, 1 / self.value)], "log")

    def __mul__(self, other):
        other = Value.of(other)
        ### BEGIN SOLUTION
        return Value(self.value * other.value, [(self, other.value), (other, self.value)], "×")
        ### END SOLUTION

    def __radd__(self, other):  # other + self, where other is a plain number
        return self + other

    def __rmul__(self, other):
        return self * other

    def __pow__(self, exponent):
        ### BEGIN SOLUTION
        local = exponent * self.value ** (exponent - 1)
        return Value(self.value**exponent, [(self, local)], f"^{exponent}")
        ### END SOLUTION

    def exp(self):
        ### BEGIN SOLUTION
        result = math.exp(self.value)
        return Value(result, [(self, result)], "exp")
        ### END SOLUTION

    def tanh(self):
        ### BEGIN SOLUTION
        result = math.tanh(self.value)
        return Value(result, [(self, 1 - result**2)], "tanh")
        ### END SOLUTION

    def backward(self):
        """Set `derivative` to ∂self/∂node in every node that self was computed from.

        Every derivative starts at 0, also when `backward` runs a second time; that of self is 1.
        """
        order, seen, todo = [], set(), [(self, False)]
        while todo:
            node, parents_listed = todo.pop()
            if parents_listed:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                todo.append((node, True))
                todo += [(parent, False) for parent, _ in node.parents]
        ### BEGIN SOLUTION
        for node in order:
            node.derivative = 0.0
        self.derivative = 1.0
        for node in reversed(order):
            for parent, local in node.parents:
                parent.derivative += node.derivative * local
        ### END SOLUTION

# %%
check.Value(Value)

# %% nbgrader={"grade_id": "test-Value", "grade": true, "points": 4}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.Value(Value).assert_passed()

# %% [markdown]
# Watch your own engine at work: it is your class that computes the nodes. Here a function is written as
# on paper, `exp(x*x)`; `Graph` calls your method for it.
#
# **Predict.** In $x \cdot x + e^{x \cdot x}$, written with $x\cdot x$ twice, how many nodes does the
# graph have, and how many if you store $a = x\cdot x$ first?

# %%
Graph("x*x + exp(x*x)", value=Value)

# %% [markdown]
# **Explain.** Five, and four with `"a = x*x; f = a + exp(a)"`. Press *step* until the backward pass is
# over. In the backward pass, at which node do the arrows meet, in the first graph and in the second? Try
# an expression of your own, with `tanh`, `/` and numbers; for `log`, which needs $x > 0$, add `low=0.1`.

# %% [markdown]
# ## 8 · Finale: which nebula decides?
#
# Back to 1929. Hubble's constant is the slope of the straight line through `(distance, velocity)`,
# in km/s per megaparsec. With $m$ nebulae at $r_i$ with velocities $v_i$ and the mean distance
# $\bar r$,
#
# $$H = \frac{\sum_i (r_i - \bar r)\,v_i}{\sum_i (r_i - \bar r)^2} .$$
#
# Nothing in this function knows about derivatives. It is fed with your `Value`s (all that is needed
# here), and answers with one.

# %%
def hubble_constant(r, v):
    mean = sum(r) / len(r)
    return sum((ri - mean) * vi for ri, vi in zip(r, v, strict=True)) / sum((ri - mean) ** 2 for ri in r)

distance, velocity = hubble1929()
r, v = [Value(d) for d in distance], [Value(u) for u in velocity]
H = hubble_constant(r, v)
H.backward()
print(f"H = {H.value:.2f} km/s/Mpc, and {len(r) + len(v)} derivatives from one sweep backward")

# %% [markdown]
# One sweep, 48 derivatives. If nebula $i$ is 10 % farther away than written, $H$ moves by about
# $0.1\,r_i\,\partial H/\partial r_i$. **Predict** which nebulae matter before you look.

# %%
shift = np.array([0.1 * ri.value * ri.derivative for ri in r])
for i in np.argsort(-abs(shift))[:6]:
    print(f"{distance[i]:5.2f} Mpc  {velocity[i]:5.0f} km/s   H moves by {shift[i]:+6.1f}")

# %% [markdown]
# Four nebulae at 2.0 Mpc, all members of the Virgo cluster, outweigh the other twenty, whose shifts
# largely cancel. Hubble had given the four one common distance. One distance, in effect, decided his constant.
#
# Now let all 24 be wrong, in two different ways.

# %%
print(f"independently, by 10 % each:     H is uncertain by {np.sqrt(np.sum(shift**2)):.0f}")
print(f"all by the same 10 %:            H moves by {shift.sum():+.0f}")
print(f"sum of r_i dH/dr_i, beside H:    {10 * shift.sum():.2f} and {H.value:.2f}")

# %% [markdown]
# The last line is no accident. Make every distance $\lambda$ times as large and $H$ becomes
# $H/\lambda$; differentiate with respect to $\lambda$ at 1 and you have
# $\sum_i r_i\,\partial H/\partial r_i = -H$. Euler's theorem, checked by your engine.
#
# And it answers the question. Independent errors of 10 % average out; to come from 454 to 70 you need
# one that all distances share, a factor of about 6.5. That is what happened: the brightness of the
# Cepheid stars that set Hubble's scale was off, and with it every distance.
#
# ### Reflection
#
# In five to eight sentences: (a) Why does one sweep backward give all 48 derivatives, and how many
# sweeps would forward mode need? What does reverse mode pay instead? (b) A friend fits the data again
# with distances that scatter independently by 20 % and claims that this could bring Hubble's 454 down
# to 70. Answer with your numbers.

# %% [markdown] nbgrader={"grade_id": "reflection", "grade": true, "solution": true, "points": 2}
# *Write your answer here.*

# %% [markdown]
# *Here the first sitting ends. The second, half an hour, is about what training needs besides a gradient:
# a good start, a good step, and then a network that learns.*
#
# ## 9 · Depth: gradients that vanish, gradients that explode
#
# The recursion multiplies: $\delta_{l-1} = (\delta_l W_l^{\mathsf T}) \odot f'(Z_{l-1})$. Fifty layers
# multiply fifty factors. If each is 0.8 the first layer receives $0.8^{50} \approx 10^{-5}$ of the
# signal and learns nothing; if each is 1.25 it receives $7\cdot10^4$ times too much and the first step
# throws it away.
#
# Draw each weight with mean 0 and variance $g^2/n_{\text{in}}$; $g$ is the **gain**. For a layer
# without activation the variance of the signal is multiplied by $g^2$ a layer, so $g = 1$ keeps it.
# A tanh squeezes large values a little: $g = 1$ is its **edge of chaos** in a very wide and deep
# network, and the balance lies a little above that in one of finite size. Below it every input fades
# to 0; far above it, tiny differences between inputs grow without end. A ReLU passes half of the
# variance on, so its edge lies at $g = \sqrt2$.
#
# **Predict.** For 30 tanh layers: where on the slider does the gradient of the first layer come out
# as large as that of the last? And if you switch to the sigmoid, whose slope is 1/4 at best: where
# does the edge move?

# %%
GradientByLayer()

# %% [markdown]
# **Explain.** First and last come out equal near $g = 1.3$ for tanh, and near 11 for the sigmoid. (The line
# below says "kept" within a factor of 10, so at $g = 1$ already.) Both curves are straight on the
# logarithmic axis, away from the edge. The factor a layer is
# $g\,\langle f'^2\rangle^{1/2}$, where ⟨ ⟩ is the mean over the units: $\langle f'^2\rangle$ is nearly 1 for
# tanh at a small gain, ½ for ReLU, at most 1/16 for the sigmoid. Why does a depth of 3 forgive nearly
# any gain?
#
# The usual recipes choose the variance of $W$ `(n_in, n_out)` thus, with biases 0:
#
# | scheme | variance of each weight | made for |
# |---|---|---|
# | Xavier (Glorot and Bengio 2010) | $2/(n_{\text{in}} + n_{\text{out}})$ | tanh, sigmoid: a compromise between forward and backward |
# | He (He et al. 2015) | $2/n_{\text{in}}$ | ReLU |
#
# A normal or a uniform distribution will do. (One that is uniform between $-a$ and $a$ has the
# variance $a^2/3$.) What must not happen is that all weights are equal: units that start alike
# receive the same gradient, and stay alike for ever.
#
# ### Exercise · a good start

# %% nbgrader={"grade_id": "init_weights", "solution": true}
def init_weights(sizes, scheme, rng):
    """Draw the weights of a network.

    Parameters
    ----------
    sizes : sequence of int
        Units in each layer, the inputs first: [2, 16, 1] has two layers of weights.
    scheme : str
        "xavier": variance 2/(n_in + n_out). "he": variance 2/n_in.
    rng : numpy.random.Generator
        The only source of randomness.

    Returns
    -------
    list of pairs (W, b)
        W (n_in, n_out) with mean 0 and the scheme's variance, b (n_out,) of zeros.

    Raises
    ------
    ValueError
        If the scheme is another.
    """
    if scheme not in ("xavier", "he"):
        raise ValueError(f"scheme is {scheme!r}; expected 'xavier' or 'he'")
    weights = []
    for n_in, n_out in pairwise(sizes):
        variance = {"xavier": 2 / (n_in + n_out), "he": 2 / n_in}[scheme]
        ### BEGIN SOLUTION
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
        ### END SOLUTION
    return weights

# %%
check.init_weights(init_weights)

# %% nbgrader={"grade_id": "test-init_weights", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.init_weights(init_weights).assert_passed()

# %% [markdown]
# Your own start, at work (`init_weights` is needed): your "xavier" weights, times the gain.

# %%
GradientByLayer(init_weights=init_weights, gain=1.0)

# %% [markdown]
# Two more remedies. **Batch normalisation** gives each unit, over the current mini-batch, mean 0 and
# variance 1, then lets it learn a scale and a shift of its own: whatever the weights, the next layer
# sees a signal of known size, and the depth no longer multiplies it. (You standardised features in
# unit 01; this does it inside the network. Unit 04 uses it.) **Clipping** is cruder. If the gradient
# as a whole is longer than you allow, shorten it and keep its direction:
#
# $$g \to g \cdot \min\!\left(1, \frac{c}{\lVert g\rVert}\right), \qquad
# \lVert g\rVert = \sqrt{\textstyle\sum_{\text{all arrays}}\sum_{\text{all entries}} g^2},$$
#
# with $c$ the largest length allowed. One common factor for all arrays, or the direction turns.
#
# ### Exercise · clip, but keep the direction

# %% nbgrader={"grade_id": "clip_by_norm", "solution": true}
def clip_by_norm(gradients, max_norm):
    """Shorten a gradient to the length `max_norm`, if it is longer.

    Parameters
    ----------
    gradients : list of array_like
        The parts of one gradient, of any shapes.
    max_norm : float
        The largest length of all parts taken together; above 0.

    Returns
    -------
    list of arrays
        All parts times one common factor; unchanged where the gradient is short enough.
    """
    gradients = [as_array(part, "a gradient") for part in gradients]
    if not max_norm > 0:
        raise ValueError(f"max_norm is {max_norm}; expected a number above 0")
    ### BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(part**2) for part in gradients))
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * part for part in gradients]
    ### END SOLUTION

# %%
check.clip_by_norm(clip_by_norm)

# %% nbgrader={"grade_id": "test-clip_by_norm", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.clip_by_norm(clip_by_norm).assert_passed()

# %% [markdown]
# ## 10 · Better ways downhill
#
# Gradient descent takes $\theta \to \theta - \alpha g$ with one learning rate $\alpha$ for all
# directions. In a ravine that is misery: the steep wall limits $\alpha$, the gentle floor would need
# a large one. Four remedies, each with a memory (a **state** of the shape of $\theta$) that starts at
# zero. All products, squares and roots below are taken entry by entry.
#
# | name | memory | step |
# |---|---|---|
# | momentum | $v \to \beta v + g$ | $\theta \to \theta - \alpha v$ |
# | AdaGrad | $s \to s + g^2$ | $\theta \to \theta - \alpha\, g/\sqrt{s + \epsilon}$ |
# | RMSprop | $s \to \beta s + (1-\beta) g^2$ | $\theta \to \theta - \alpha\, g/\sqrt{s + \epsilon}$ |
# | Adam | $m \to \beta_1 m + (1-\beta_1)g$, $\;s \to \beta_2 s + (1-\beta_2)g^2$ | $\theta \to \theta - \alpha\, \hat m/(\sqrt{\hat s} + \epsilon)$ |
#
# Momentum $v$ remembers the recent direction: the walls' zigzag cancels, the floor adds up. AdaGrad
# divides by the size of all gradients so far, so it slows down for ever. RMSprop forgets the old ones.
# Adam does both, and repairs the start: after $t$ steps from zero, $m$ holds only a share
# $1 - \beta_1^t$ of a true average, so $\hat m = m/(1-\beta_1^t)$ and $\hat s = s/(1-\beta_2^t)$.
# The small $\epsilon$ keeps a division by zero away. (On the sliders below, the momentum β is also
# Adam's $\beta_1$; the memory β₂, 0.99 at first, is RMSprop's $\beta$ and Adam's $\beta_2$.)
#
# **Predict.** From one start on the wall of a ravine: who arrives first, who last? And on a saddle,
# if the start lies on the ridge?

# %%
OptimiserRace()

# %% [markdown]
# **Explain.** Press *saddle*. Plain descent (GD) follows the ridge to the saddle point and waits there for
# some eighty steps. RMSprop is gone after a few: which way does its first step point, and why? Press
# *double well*. One of the five crosses the barrier. What carries it? Lower the slider momentum β until
# it is caught too.
#
# ### Exercise · four steps
#
# The memory comes in as a value and goes out as a value; nothing is kept in between and no input is
# changed. Then two runs can never disturb one another, and a run can be stopped and taken up again.

# %% nbgrader={"grade_id": "sgd_momentum_step", "solution": true}
def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    """One step of gradient descent with momentum.

    Parameters
    ----------
    theta, gradient, velocity : array_like, (n,)
        The velocity before this step; zeros at the start.
    alpha, beta : float

    Returns
    -------
    theta, velocity : arrays, (n,)
        After the step: velocity = beta·velocity + gradient, theta = theta − alpha·velocity.
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
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.sgd_momentum_step(sgd_momentum_step).assert_passed()

# %% nbgrader={"grade_id": "adagrad_step", "solution": true}
def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    """One step of AdaGrad.

    Parameters
    ----------
    theta, gradient, squares : array_like, (n,)
        `squares` is the sum of all squared gradients before this step; zeros at the start.
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
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.adagrad_step(adagrad_step).assert_passed()

# %% [markdown]
# > **Erratum** · Deck 000 prints RMSprop's memory as $s_t = \beta g_t + (1-\beta) g_t^2$, which
# > remembers nothing, and is negative for any gradient between $-\beta/(1-\beta)$ and 0. A root of
# > that is no number. Look:

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
    theta, gradient, squares : array_like, (n,)
        `squares` is the running mean of squared gradients before this step; zeros at the start.
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
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)
    ### END SOLUTION
    return theta, squares

# %%
check.rmsprop_step(rmsprop_step)

# %% nbgrader={"grade_id": "test-rmsprop_step", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.rmsprop_step(rmsprop_step).assert_passed()

# %% nbgrader={"grade_id": "adam_step", "solution": true}
def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """One step of Adam (Kingma and Ba 2015).

    Parameters
    ----------
    theta, gradient : array_like, (n,)
    state : tuple (mean, squares, t)
        Two arrays (n,), the running means without bias correction, and the number of steps
        taken before this one. At the start: two arrays of zeros, and 0.
    alpha, beta1, beta2, epsilon : float
        epsilon stands outside the root.

    Returns
    -------
    theta : array, (n,)
    state : tuple (mean, squares, t)
        After the step, the means still without bias correction; t has grown by 1.
    """
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    t = t + 1
    ### BEGIN SOLUTION
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    mean_hat, squares_hat = mean / (1 - beta1**t), squares / (1 - beta2**t)
    theta = theta - alpha * mean_hat / (np.sqrt(squares_hat) + epsilon)
    ### END SOLUTION
    return theta, (mean, squares, t)

# %%
check.adam_step(adam_step)

# %% nbgrader={"grade_id": "test-adam_step", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.laws import backpropagation as check
### END HIDDEN TESTS
check.adam_step(adam_step).assert_passed()

# %% [markdown]
# Now race with your own four steps. They should draw the very same curves as before; where one does not,
# you have found something.

# %%
OptimiserRace(
    momentum=sgd_momentum_step, adagrad=adagrad_step, rmsprop=rmsprop_step, adam=adam_step
)

# %% [markdown]
# ## 11 · All of it together
#
# Unit 02's trigger must fire on $x_1 x_2 < 0$, and no single threshold could do it. Here it learns to,
# with nothing but your own functions: `init_weights`, `mlp_backward`, `clip_by_norm`, `adam_step`.

# %%
rng = np.random.default_rng(20)
X = rng.uniform(-1, 1, size=(200, 2))
Y = np.eye(2)[(X[:, 0] * X[:, 1] < 0).astype(int)]  # one column for each answer: silent, fires
names = ["tanh", "tanh", "softmax"]
start = init_weights([2, 16, 16, 2], "xavier", rng)
theta = flatten(start)
state = (np.zeros_like(theta), np.zeros_like(theta), 0)
for step in range(301):
    if step % 100 == 0:
        print(f"step {step:3d}: loss {network_loss(X, Y, unflatten(theta, start), names):.4f}")
    gradient = flatten(mlp_backward(X, Y, unflatten(theta, start), names))
    theta, state = adam_step(theta, clip_by_norm([gradient], 1.0)[0], state, alpha=0.02)

# %% [markdown]
# ## Takeaway
#
# - Backpropagation is the chain rule, walked against the arrows, with every intermediate value kept.
#   A node used twice *adds up* what comes back.
# - In a network the shapes leave no choice: $V^{\mathsf T}\delta$ for the weights, the sum over
#   samples for the bias, $\delta W^{\mathsf T}$ for the layer before.
# - Believe no gradient that has not met a central difference.
# - Depth multiplies. Choose the variance of the weights such that the factor is 1.
# - An optimiser is a step and a memory; Adam's only subtlety is that its memory starts empty.
#
# ## What to read next
#
# - A. G. Baydin et al., *Automatic differentiation in machine learning: a survey*, J. Mach. Learn. Res.
#   18 (2018): forward and reverse mode, and what they are not.
# - D. E. Rumelhart, G. E. Hinton and R. J. Williams, *Learning representations by back-propagating
#   errors*, Nature 323 (1986): four pages that changed the field.
# - X. Glorot and Y. Bengio, *Understanding the difficulty of training deep feedforward neural
#   networks*, AISTATS (2010); B. Poole et al., *Exponential expressivity in deep neural networks
#   through transient chaos*, NeurIPS (2016): depth and the edge of chaos.
# - D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization*, ICLR (2015).
# - Unit 04 puts your network beside Keras on real images.
