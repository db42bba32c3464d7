# %% [markdown]
# # 02 · One neuron is not enough
#
# *90 minutes · 19 points*
#
# Two tracks leave a collision. A magnetic field bends each of them, and your
# detector reports two signed curvatures, $x_1$ and $x_2$: positive for a track that bends left,
# negative for one that bends right. Opposite charges bend to opposite sides, so the pairs you want
# to keep are those with
#
# $$x_1 x_2 < 0 .$$
#
# The electronics beside the detector can add, multiply by fixed numbers and compare with a
# threshold. Nothing else: no product of two signals. *Can it fire on $x_1 x_2 < 0$?* One such unit
# cannot, however you choose its numbers. Five of them can, and by the end of this unit you have
# built the circuit and measured how well it does.
#
# **At the end you can**
#
# - write a threshold neuron and the rule by which it learns, and say when that rule ends;
# - show why no single neuron computes XOR, and wire up a few that do;
# - write the forward pass of a network of any depth, with six activations and their derivatives;
# - say what hidden layers do to the plane, and build any curve out of bumps.
#
# {timetable}
#
# Below the exercises, `working(f)` is your `f`; while you have not written it, it is the course's own, and a line says
# so. Where you are stuck, go on with the next.

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np

from course.checks import perceptron as check
from course.data.gates import CORNERS, crossed, gate
from course.explore import AnswerSurface, Bumps, Perceptron, Regions
from course.models.fallback import working
from course.validation.arrays import as_array, as_arrays, require_positive, require_whole
from course.validation.neurons import (
    as_network,
    as_neuron,
    require_option,
    require_rising,
    require_signs,
)

# %% [markdown]
# ## 1 · A neuron that says yes or no
#
# A nerve cell gathers signals through its dendrites. Each connection counts with its own strength.
# When the sum passes a threshold the cell fires; otherwise it is silent. It takes about a millisecond, and you know
# a face in a tenth of a second: some hundred steps in a row, then. What is lacking in steps is made up by numbers,
# $10^{11}$ cells with thousands of connections each, all at work at once. Strip away the chemistry
# and this is left:
#
# $$z = \sum_i x_i w_i + b, \qquad
#   \hat y = \begin{cases} +1 & z \ge 0 \\ -1 & z < 0 . \end{cases}$$
#
# Here $x$ `(n,)` holds the inputs, $w$ `(n,)` the weights, and the number $b$ is the bias. Often a
# threshold $\omega_0$ stands on the other side, $\sum_i x_i w_i \ge \omega_0$; it is the same
# unit with $b = -\omega_0$. A sum exactly on the threshold fires.
#
# For a table of samples `X (m, n)` all sums come at once: `z = X @ w + b`, of shape `(m,)`.

# %%
from course.figures import layers

layers([3, 1], ["x (3,)", "ŷ"], ["w (3,), b"], ["", "Σ"])

# %% [markdown]
# ### Exercise 1 · perceptron_predict
#
# Answer for every row of `X` with $+1$ or $-1$.

# %% nbgrader={"grade_id": "perceptron_predict", "solution": true}
def perceptron_predict(X, w, b):
    """Say on which side of the threshold each sample lies.

    Parameters
    ----------
    X : (m, n) array_like
    w : (n,) array_like
    b : float

    Returns
    -------
    (m,) array
        +1 where X w + b ≥ 0, else −1.
    """
    X, w, b = as_neuron(X, w, b)
    ### BEGIN SOLUTION
    return np.where(X @ w + b >= 0, 1, -1)
    ### END SOLUTION

# %%
check.perceptron_predict(perceptron_predict)

# %% nbgrader={"grade_id": "test-perceptron_predict", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import perceptron as check
### END HIDDEN TESTS
check.perceptron_predict(perceptron_predict).assert_passed()

# %% [markdown]
# ## 2 · A neuron that learns
#
# Where $z = 0$ the neuron changes its mind. In the plane that is a straight line, in $n$ dimensions
# a hyperplane, and $w$ stands at right angles to it. Learning means to turn and shift that line.
#
# Rosenblatt's rule, for his perceptron of 1958, looks at one sample at a time. If the neuron is right, nothing happens.
# If it is wrong about sample $x$ with label $y \in \{-1, +1\}$, it moves towards the right answer:
#
# $$w \leftarrow w + y\,x, \qquad b \leftarrow b + y .$$
#
# One pass over all samples, in a new random order, is an **epoch**. The rule ends with the first
# epoch that has no mistake, for then nothing can change any more.
#
# **Predict.** Below, the rule is about to learn AND. What does the line do at a sample that is on
# its right side already? And at one that is not?

# %%
from course.predictions import ask

ask("a_sample_that_is_right")

# %% [markdown]
# Press *step* a few times before you press *play*. At first $w = 0$ and there is no line: the first mistake draws it.

# %%
Perceptron()

# %% [markdown]
# **Explain.** The middle picture counts mistakes. The right one shows where $(w_1, w_2)$ goes: each
# mistake moves it by $\pm x$, so that it turns and grows. Why does the count level off soon with a clear gap between
# the classes ([try it](#perceptron?dataset=two%20clouds&margin=0.3)), and later with a narrow one
# ([try this](#perceptron?dataset=two%20clouds&margin=0.05)), though the clouds are just as separable?
#
# <details><summary>Answer</summary>
#
# At a sample on its right side the line does nothing; at one on the wrong side it turns towards it, often too far for
# others. With a wide gap many lines are right, and 4 mistakes are enough; with the narrow one few are, and after 160
# looks and 18 mistakes there is no clean epoch yet.
#
# </details>
#
# Novikoff's theorem of 1962 says how long it takes at most:
#
# $$\text{number of mistakes} \;\le\; \left(\frac{R}{\gamma}\right)^{2} .$$
#
# $R$ is the length of the longest sample, with a 1 appended for the bias, $R^2 = \max_i |x_i|^2 + 1$.
# $\gamma$ is the gap: the distance from a separating hyperplane through the origin (of the appended samples) to the
# nearest of them; the best one gives the sharpest bound. Each mistake lengthens the part of $(w, b)$ along that
# hyperplane's normal by at least $\gamma$, but the square of its whole length by at most $R^2$. Linear growth overtakes a square
# root, so mistakes must end.
#
# Now look at [XOR](#perceptron?dataset=XOR&play=true). There is no gap, and the theorem promises nothing.
#
# ### Exercise 2 · perceptron_fit
#
# The frame is there: a start at zero, the epochs, the counts. Inside an epoch, visit every sample once
# in an order that `rng.permutation(len(y))` draws anew, learn from each mistake at once, and count it
# in `count`. If you call your `perceptron_predict`: it takes a table, and the table that holds sample
# `i` alone is `X[i : i + 1]`.

# %% nbgrader={"grade_id": "perceptron_fit", "solution": true}
def perceptron_fit(X, y, max_epochs, rng):
    """Learn a threshold neuron by Rosenblatt's rule, from zero weights.

    Every epoch visits all samples once, in a new order drawn from `rng`. A sample answered wrongly
    changes w by y x and b by y, at once. The first epoch without a mistake is the last.

    Parameters
    ----------
    X : (m, n) array_like
    y : (m,) array_like
        Labels −1 and +1.
    max_epochs : int
        At most so many epochs are run.
    rng : numpy.random.Generator

    Returns
    -------
    w : (n,) array
    b : float
    mistakes : (epochs run,) array of int
        Mistakes in each epoch. The rule has converged exactly if the last entry is 0.

    Raises
    ------
    ValueError
        If X and y disagree in length, or a label is not −1 or +1.
    """
    X, y = as_arrays(X=X, y=y)
    require_signs(y=y)
    require_whole(least=1, max_epochs=max_epochs)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        count = 0
        ### BEGIN SOLUTION
        for i in rng.permutation(len(y)):
            if perceptron_predict(X[i : i + 1], w, b)[0] != y[i]:
                w, b, count = w + y[i] * X[i], b + y[i], count + 1
        ### END SOLUTION
        mistakes.append(count)
        if count == 0:
            break
    return w, b, np.array(mistakes)

# %%
check.perceptron_fit(perceptron_fit)

# %% nbgrader={"grade_id": "test-perceptron_fit", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import perceptron as check
### END HIDDEN TESTS
check.perceptron_fit(perceptron_fit).assert_passed()

# %% [markdown]
# Let your neuron try three gates. Each line shows the mistakes of every epoch.

# %%
for name in ("AND", "OR", "XOR"):
    w, b, mistakes = working(perceptron_fit)(*gate(name), 12, np.random.default_rng(1))
    print(f"{name:4}", mistakes)

# %% [markdown]
# ## 3 · Four inequalities that cannot all hold
#
# XOR fires if exactly one of its two inputs is 1. Ask one unit to fire on $z = w_1x_1 + w_2x_2 + b
# \ge 0$ and write down what each corner demands:
#
# | $x_1$ | $x_2$ | XOR | demand |
# |---|---|---|---|
# | 0 | 0 | 0 | $b < 0$ |
# | 1 | 0 | 1 | $w_1 + b \ge 0$ |
# | 0 | 1 | 1 | $w_2 + b \ge 0$ |
# | 1 | 1 | 0 | $w_1 + w_2 + b < 0$ |
#
# Add the two middle lines: $w_1 + w_2 + 2b \ge 0$. Add the two outer ones: $w_1 + w_2 + 2b < 0$. No
# numbers do both. This is not a failure to learn: there is nothing to find.
#
# Your trigger is the same problem. Its four quadrants are the four corners, and $x_1x_2 < 0$ is XOR
# of two signs.
#
# The way out is to give the last unit better inputs. Let two **hidden units** look at $x$ first, and
# let the last unit look at *them*. A hidden unit may say "at least one", another "both"; then XOR is
# "at least one, but not both", and that is a single threshold on two hidden answers.
#
# From here on a threshold unit answers 1 (if $z \ge 0$) or 0, so that answers can be inputs again.
# A layer of units is a pair `(W, b)`: `W (n_in, n_out)` holds one column of weights for each unit,
# `b (n_out,)` one bias each, and the layer computes `V @ W + b` from the answers `V (m, n_in)` before
# it. Keras stores layers so too; many texts write the transpose.
#
# ### Exercise 3 · xor_network
#
# Choose the numbers by hand, on paper. Any number of hidden units will do, in one hidden layer or in
# more. Keep every $z$ away from 0
# at the corners: a trigger that sits exactly on its threshold flips with the first bit of noise. The
# last layer is a layer like the others: with two hidden units its `W` is `(2, 1)` and its `b` is `(1,)`.
# A unit that is to fire from a sum of $\omega_0$ on has the bias $-\omega_0$.

# %% nbgrader={"grade_id": "xor_network", "solution": true}
def xor_network():
    """Return a network of threshold units that computes XOR of two inputs in {0, 1}.

    Returns
    -------
    list of (W, b)
        The layers in order, each with W (n_in, n_out) and b (n_out,). The first takes 2 inputs, the
        last has 1 unit. Every unit answers 1 where z ≥ 0, else 0; at the four corners no z is 0.
    """
    ### BEGIN SOLUTION
    hidden = (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5]))  # at least one; both
    output = (np.array([[1.0], [-1.0]]), np.array([-0.5]))  # the first, but not the second
    return [hidden, output]
    ### END SOLUTION

# %%
check.xor_network(xor_network)

# %% nbgrader={"grade_id": "test-xor_network", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import perceptron as check
### END HIDDEN TESTS
check.xor_network(xor_network).assert_passed()

# %% [markdown]
# ## 4 · Units that bend instead of jump
#
# A threshold has no useful derivative: it is 0 wherever it exists. To learn by going downhill, as in
# unit 01, a unit must answer a small change of its weights with a small change of its output. So the
# jump is smoothed. An **activation** $f$ turns $z$ into the unit's value $a = f(z)$:
#
# | name | $a = f(z)$ | $f'$ written with $a$ |
# |---|---|---|
# | step | 1 if $z \ge 0$, else 0 | 0 |
# | sigmoid | $\sigma(z) = 1/(1 + e^{-z})$ | $a(1-a)$ |
# | tanh | $\tanh z$ | $1 - a^2$ |
# | relu | $\max(0, z)$ | 1 if $a > 0$, else 0 |
# | softplus | $\ln(1 + e^{z})$ | $1 - e^{-a}$ |
# | linear | $z$ | 1 |
#
# The right column is worth a second look. When a network has computed its answer, $z$ may be
# forgotten: the value $a$ is still there, and it alone gives the derivative. Unit 03 lives on this.
#
# Inside a network relu is the usual choice today: it does not flatten out for large $z$, as sigmoid and tanh do (unit 03
# measures what that is worth to a gradient), and it sets many units to exactly 0.
#
# The unit with $f = \sigma$ and one output is **logistic regression**: $a$ is read as the probability
# of class 1. A network is then logistic regressions of logistic regressions, except that nobody tells
# the inner ones what to aim for.
#
# > **Erratum box 1** · An activation must be "differentiable, ideally continuously", you may read, in one of the
# > lectures behind this course too. Its own model uses ReLU, which is not: at 0 the slope is 0
# > from the left and 1 from the right. What training needs is a *subgradient*, any number between
# > the two, and by custom one takes ReLU′(0) = 0. The next cell shows the two slopes.

# %%
h = 1e-6
print("from the left ", (max(0, 0) - max(0, -h)) / h)
print("from the right", (max(0, h) - max(0, 0)) / h)

# %% [markdown]
# One trap is numerical. $e^{1000}$ is more than a float can hold. Written as
# $e^z / (1 + e^z)$, the sigmoid of 1000 becomes ∞/∞, which is not a number; and $\ln(1 + e^{1000})$
# becomes ∞, though softplus is simply 1000 there. `np.logaddexp(p, q)` computes
# $\ln(e^p + e^q)$ without ever forming the large number, and $\tanh$ is safe as NumPy has it. The form
# $1/(1 + e^{-z})$ has its trouble at −1000: it ends right, at 0, but NumPy warns of an overflow on the way (a red box, harmless);
# $\sigma(z) = \frac12\left[1 + \tanh\frac z2\right]$ never forms a large number.
#
# ### Exercise 4 · activate and slope
#
# `activate` takes $z$; `slope` takes the value $a = f(z)$, **not** $z$. Two names of each are done:
# write the other four.

# %% nbgrader={"grade_id": "activations", "solution": true}
ACTIVATIONS = ("step", "sigmoid", "tanh", "relu", "softplus", "linear")


def activate(name, z):
    """Return a = f(z) for the activation called `name`; finite for any finite z.

    Parameters
    ----------
    name : str
        One of ACTIVATIONS.
    z : array_like of any shape

    Returns
    -------
    array of the shape of z
    """
    require_option(ACTIVATIONS, name=name)
    z = as_array(z, "z")
    if name == "step":
        return np.where(z >= 0, 1.0, 0.0)
    if name == "linear":
        return z
    ### BEGIN SOLUTION
    if name == "sigmoid":
        return (1 + np.tanh(z / 2)) / 2
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0)
    return np.logaddexp(0, z)
    ### END SOLUTION


def slope(name, a):
    """Return f′ where the activation called `name` has the value a = f(z). ReLU′ is 0 at 0.

    Parameters
    ----------
    name : str
        One of ACTIVATIONS.
    a : array_like of any shape
        Values of the activation, not z.

    Returns
    -------
    array of the shape of a
    """
    require_option(ACTIVATIONS, name=name)
    a = as_array(a, "a")
    if name == "step":
        return np.zeros_like(a)
    if name == "linear":
        return np.ones_like(a)
    ### BEGIN SOLUTION
    if name == "sigmoid":
        return a * (1 - a)
    if name == "tanh":
        return 1 - a**2
    if name == "relu":
        return np.where(a > 0, 1.0, 0.0)
    return 1 - np.exp(-a)
    ### END SOLUTION

# %%
check.activations(activate, slope)

# %% nbgrader={"grade_id": "test-activations", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import perceptron as check
### END HIDDEN TESTS
check.activations(activate, slope).assert_passed()

# %% [markdown]
# > **Erratum box 2** · Another lecture prints $J = y^* \log y + (1-y^*)\log(1-y)$, with target $y^*$ and
# > answer $y$, and calls it the loss of a logistic unit. That is the log-*likelihood*, to be made large;
# > the loss is its negative. (At $y^* = 1$, $y = 0.9$ the printed $J$ is −0.105, and at the right answer
# > it is largest, 0: whoever walks downhill on it walks away from $y^*$.) Unit 03 derives the loss and walks down both.
#
# ## 5 · Layer upon layer
#
# A network applies the same two moves again and again. With $V_0 = X$,
#
# $$Z_l = V_{l-1} W_l + b_l, \qquad V_l = f_l(Z_l), \qquad l = 1, \dots, L .$$
#
# $V_{l-1}$ is `(m, n_in)`, $W_l$ is `(n_in, n_out)`, $b_l$ is `(n_out,)`, $Z_l$ and $V_l$ are
# `(m, n_out)`. The layers before the last are **hidden**; their number is the **depth**, and the
# number of units in one is its **width**. Depth 0 with a sigmoid is logistic regression. Depth 2, width 4:

# %%
layers(
    [2, 4, 4, 1],
    ["V₀ (m, 2)", "V₁ (m, 4)", "V₂ (m, 4)", "V₃ (m, 1)"],
    ["W₁ (2, 4)", "W₂ (4, 4)", "W₃ (4, 1)"],
)

# %% [markdown]
# ### Exercise 5 · mlp_forward
#
# Return the values of *all* layers, $V_0$ to $V_L$: unit 03
# will need every one of them on the way back.

# %% nbgrader={"grade_id": "mlp_forward", "solution": true}
def mlp_forward(X, weights, activations):
    """Run a network forward and keep the values of every layer.

    Parameters
    ----------
    X : array_like, shape (m, n_0)
    weights : list of (W, b), shapes (n_in, n_out) and (n_out,), one pair a layer
    activations : list of str, one name of ACTIVATIONS a layer

    Returns
    -------
    list of arrays, [V_0, V_1, …, V_L], where V_0 is X and V_l is (m, n_out) of layer l

    Raises
    ------
    ValueError, if shapes disagree, or there is not one activation for each layer
    """
    X, weights = as_network(X, weights, activations)
    ### BEGIN SOLUTION
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate(name, values[-1] @ W + b))
    return values
    ### END SOLUTION

# %%
check.mlp_forward(mlp_forward)

# %% nbgrader={"grade_id": "test-mlp_forward", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import perceptron as check
### END HIDDEN TESTS
check.mlp_forward(mlp_forward).assert_passed()

# %% [markdown]
# Your XOR network is now a network like any other. What the first hidden units say at the four corners
# is the second line: with two of them, two corners have fallen onto one point (for "at least one" and
# "both" these are $(0, 1)$ and $(1, 0)$). *That* is why the last unit has an easy time.

# %%
circuit = working(xor_network)()
for values in working(mlp_forward)(CORNERS, circuit, ["step"] * len(circuit)):
    print(values.tolist())

# %% [markdown]
# **Build a slider of your own** (unit 00 shows how): over the number of layers, on *your* `mlp_forward`. Take layers of
# eight tanh units with random weights, and draw what comes out along a line of inputs. What does each layer add?
#
# <details><summary>One way</summary>
#
# ```python
# x = np.linspace(-3, 3, 200)[:, None]
#
# @interact(depth=(1, 8))
# def random_network(depth=2):
#     draw, sizes = np.random.default_rng(1).normal, [1, *[8] * depth, 1]
#     weights = [(draw(size=pair) * 3 / pair[0] ** 0.5, draw(size=pair[1])) for pair in zip(sizes, sizes[1:])]
#     values = mlp_forward(x, weights, ["tanh"] * depth + ["linear"])
#     return scatter(x[:, 0], values[-1][:, 0], "x", "answer", alt=f"a random network of {depth} layers")
# ```
#
# Each layer bends again what the one before has bent: with weights as large as these the curve winds more and more. (With
# half of the 3 it soon stops winding; section 6 of unit 03 says why.)
#
# </details>

# %%
from ipywidgets import interact

from course.figures import scatter


@interact(depth=(1, 8))
def random_network(depth=2):
    print(depth)  # in this place: the answers of your mlp_forward, drawn as here
    return scatter([0, depth], [0, depth], "x", "answer", alt="two points, not yet a network's answer")



# %% [markdown]
# ### A random function learns
#
# A network with random weights is a random function. Here is one of two inputs, its answer a height over the plane: on
# the left as its weights were drawn, in the middle while it learns the trigger's rule, 1 where $x_1x_2 < 0$ and 0 elsewhere
# (how it learns is unit 03). Turn it by mouse or by finger, or by the arrow keys once it has the focus.
#
# **Predict.** What must the surface look like in the end, over each of the four quadrants? With other weights to begin
# with, what will be different on the left, and what in the middle?

# %%
AnswerSurface()

# %% [markdown]
# **Explain.** Press *play*, then begin with [other weights](#answer_surface?seed=3&play=true), with
# [larger ones](#answer_surface?preset=wild%20start&play=true), and with [two units](#answer_surface?preset=two%20units&play=true)
# in one layer. Where do the trained surfaces agree, and where not? What are two units unable to do?
#
# <details><summary>Answer</summary>
#
# Two high plateaus, two low floors, and steep walls along the axes. Untrained, every network is another gently bent sheet,
# right about half of the points; with weights four times as large it is bent far more. After training all agree where there
# are points. In between, above the axes, the points leave them free, and there they differ. Two units are two
# folds, each along one straight line: from these weights they get about 70 % of the points right, one high quadrant and one
# low, and say about one half over the other two.
#
# </details>

# %% [markdown]
# ## 6 · What depth does to the plane
#
# The next explorable trains a small network while you watch. On the left you see the plane: colour is
# the network's answer, the line is where it says one half. In the middle you see the loss. On the
# right you see the same points **as the last hidden layer sees them**, with the grid of the plane
# carried along; the dotted line is the last unit's threshold, and it is always straight. (With more
# than two units in that layer you see two directions of it: *across* the threshold and along it.)
#
# **Predict.** With no hidden layer, what can the right picture do to the grid? What must *one* hidden
# layer do to it before a straight line can separate XOR?

# %%
Regions()

# %% [markdown]
# **Move, then explain.** Take these one at a time, and say a sentence about each before the next.
#
# - XOR with [no hidden layer](#regions?dataset=XOR&depth=0), then with [one](#regions?dataset=XOR&depth=1&width=4&activation=tanh&play=true).
#   Where is the fold?
# - A circle with [two units](#regions?dataset=circle&depth=1&width=2&activation=tanh&play=true) and with
#   [three](#regions?dataset=circle&depth=1&width=3&activation=tanh&play=true). Why are three lines the least that close a region?
# - A spiral at [depth 1](#regions?dataset=spiral&depth=1&width=8&activation=tanh&play=true) and at
#   [depth 3](#regions?dataset=spiral&depth=3&width=8&activation=tanh&play=true). A link stops
#   after 500 epochs, so both get the same; *play* would train on.
# - Five layers of [linear](#regions?dataset=XOR&depth=4&width=8&activation=linear&play=true) units.
#   What happened to all that depth?
#
# <details><summary>Answer</summary>
#
# *XOR:* without a hidden layer the grid can only be turned, shifted and enlarged: its squares stay squares, and half of
# the points end on the wrong side; one layer folds the
# plane along the diagonal through the two corners that are to be silent, so that the two that are to fire fall together.
# *Circle:* each unit draws one line, and two lines leave a strip or a wedge, which is open (84 % right); three close a
# triangle (99 %). *Spiral:* one layer has its eight lines and reaches 85 %, while three layers fold what is folded already and
# reach 100 %. *Linear:* a product of matrices is one matrix, so five layers do what one does: the grid is sheared and
# never bent.
#
# </details>
#
# In a network that looks at faces, the first layer comes to answer to edges, the next to eyes and noses, the last to
# whole faces, and nobody told it to: depth lets it find levels of its own.
#
# > **Erratum box 3** · One hidden layer draws the "boundary of [a] convex region", says a lecture, and two give
# > combinations of convex regions. That holds if the last unit computes the AND of hard thresholds. It does not hold
# > in general. Let $F$ be the distance to the edge of any region, counted negative outside: $F$ is continuous, so by the
# > theorem in section 7 one hidden layer follows it to any accuracy, and where that sum passes 0 it draws the edge.
#
# A region is convex if, with any two of its points, it holds all points between them. The network
# below has one hidden layer of four threshold units on a single input $x$. Where does it fire?

# %%
hidden = (np.ones((1, 4)), -np.array([1.0, 2.0, 3.0, 4.0]))  # unit k fires above x = k
output = (np.array([[1.0], [-1.0], [1.0], [-1.0]]), np.array([-0.5]))
x = np.array([[0.5], [1.5], [2.5], [3.5], [4.5]])
fires = working(mlp_forward)(x, [hidden, output], ["step", "step"])[-1]
print(np.column_stack([x, fires]))

# %% [markdown]
# It fires at 1.5 and at 3.5, but not at 2.5 between them: one hidden layer, and a region in two
# pieces. The convex picture needs an AND; this last unit *subtracts*.
#
# ## 7 · Any curve, from bumps
#
# The network in the cell above is a pair of **bumps**: up at 1, down at 2, up at 3, down at 4. Smooth them,
# and give them heights:
#
# $$\text{bump}(x) = h\,\big[\sigma(s(x - l)) - \sigma(s(x - r))\big].$$
#
# $l < r$ are the left and the right edge, $h$ is the height (of either sign), $s > 0$ the steepness.
# Each bump is two sigmoid units and two weights of the last layer. Put enough of them side by side
# and they follow any continuous curve. That is the heart of the **universal approximation theorem**
# (Cybenko 1989 for sigmoids, Hornik 1991 for any continuous and bounded activation that is not
# constant): one hidden layer reaches any continuous function on a closed box to any accuracy. It does not say how
# many units that takes, nor how to find the weights. You know its relatives: polynomials (Weierstrass) and sums of waves
# (Fourier's, as Fejér takes their means) follow any continuous curve as well; here the building block is a bump.
#
# The *indicator* of a region, 1 inside and 0 outside, jumps at the edge, so these words leave it out: there no
# continuous sum comes closer than one half. But it can be right everywhere else, up to a strip along the edge as
# narrow as you like (Cybenko's theorem 3). In this sense one hidden layer approximates any region.
#
# <details><summary>And in two dimensions?</summary>
#
# There a bump in $x_1$ is a ridge, endless along $x_2$. Lay a ridge in $x_2$ across it: where they cross their sum
# is 2, elsewhere 1 on a ridge and 0 beside. A unit of a *second* hidden layer that fires from 3/2 on keeps the crossing
# alone, a tower on a rectangle; and towers side by side follow any surface. With a single hidden layer there are
# no towers, and the theorem still holds: ridges in many directions add up to a hill, as the shadows of a body
# in a tomograph add up to its image.
#
# </details>
#
# ### Exercise 6 · bump
#
# `x` may be a number or an array of any shape. Keep it finite far out.

# %% nbgrader={"grade_id": "bump", "solution": true}
def bump(x, left, right, height, steepness):
    """Return a smooth bump: two sigmoid units, one up at `left`, one down at `right`.

    Parameters
    ----------
    x : array_like of any shape
    left, right : float, left < right
    height : float, of either sign
    steepness : float, above 0

    Returns
    -------
    array of the shape of x
    """
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    ### BEGIN SOLUTION
    up = activate("sigmoid", steepness * (x - left))
    down = activate("sigmoid", steepness * (x - right))
    return height * (up - down)
    ### END SOLUTION

# %%
check.bump(bump)

# %% nbgrader={"grade_id": "test-bump", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import perceptron as check
### END HIDDEN TESTS
check.bump(bump).assert_passed()

# %% [markdown]
# **Predict.** Below, a row of bumps follows a curve: each is as wide as its share of the axis, and as high as the curve in
# its middle. If you double their number, what becomes of the largest error? And if you make their edges twice as
# steep?

# %%
ask("twice_as_many_bumps")

# %% [markdown]
# Now move the two sliders, one at a time.

# %%
Bumps(bump=bump)

# %% [markdown]
# **Explain.** Take twelve bumps, too [flat](#bumps?n_bumps=12&steepness=2), too
# [steep](#bumps?n_bumps=12&steepness=80), and [between, at 8](#bumps?n_bumps=12&steepness=8). What goes wrong at either end?
# And what happens on the [jump](#bumps?curve=jump&n_bumps=40&steepness=80), however many you take?
#
# <details><summary>Answer</summary>
#
# Flat bumps smear into each other (largest error 0.73), steep ones make a staircase (0.62); in between (0.20) the edges
# of neighbours just meet and pass the curve on smoothly. From 8 to 16 bumps the error falls from 0.76 to 0.43, and
# twice as steep with 8 it grows to 0.90. At the jump steep bumps miss by 1.3, its whole height, unless an edge
# happens to lie close by; flatter ones by less, but a continuous sum never by less than half of it. In the mean square
# the error does go to 0, since the stretch where it is large shrinks: that is the sense of Hornik's theorem for
# functions with jumps.
#
# </details>
#
# The slider gives $s$ times the width of one bump; for $n$ bumps on $[0, 1]$ that is $s/n$. The
# exercise takes 20, so $s = 20\,n$: steeper than is best here, but each bump then has its full height
# in its middle (at 8 only 96 % of it, and its neighbours add the rest), so you can say what you build.
#
# ### Exercise 7 · approximate
#
# The edges and the middles of the bumps are there. (The first begins at −1 and the last ends at 2: a bump
# that began at 0 would have half its height there, however many you take.) Return a *function*: the sum
# of `n_bumps` bumps, each as high as `f` in its middle.

# %% nbgrader={"grade_id": "approximate", "solution": true}
def approximate(f, n_bumps):
    """Return a function that follows `f` on [0, 1] by bumps of equal width side by side.

    Bump i of n reaches from i/n to (i + 1)/n and is as high as f in the middle between them. The
    first begins at −1 instead, the last ends at 2. The steepness is 20 n.

    Parameters
    ----------
    f : callable, of a number or an array
    n_bumps : int, at least 1

    Returns
    -------
    callable, g(x) for x a number or an array
    """
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        ### BEGIN SOLUTION
        pieces = zip(edges[:-1], edges[1:], f(middles), strict=True)
        return sum(bump(x, left, right, h, 20 * n_bumps) for left, right, h in pieces)
        ### END SOLUTION

    return g

# %%
check.approximate(approximate)

# %% nbgrader={"grade_id": "test-approximate", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import perceptron as check
### END HIDDEN TESTS
check.approximate(approximate).assert_passed()

# %% [markdown]
# How fast does the error fall? Read the ratio from line to line: about one half each time you double
# $n$. A step of width $1/n$ misses a curve by its slope times $1/(2n)$, so the error goes like $1/n$.

# %%
x = np.linspace(0, 1, 1001)
def f(x):
    return np.sin(6 * x) + x**2


for n in (5, 10, 20, 40, 80):
    error = working(approximate)(f, n)(x) - f(x)
    print(f"{n:3} bumps: largest error {np.abs(error).max():.4f}")

# %% [markdown]
# ## 8 · Finale: build the trigger
#
# Everything is there. A first layer of two threshold units asks for the two signs, "does the track
# bend left?". Your `xor_network` takes over from there. Three layers, five units or so, and not one
# product. Two thousand simulated pairs decide, none of them nearly straight and all measured exactly:

# %%
X, fires = crossed(2000, np.random.default_rng(7))
signs = (np.eye(2), np.zeros(2))
trigger = [signs, *working(xor_network)()]
kept = working(mlp_forward)(X, trigger, ["step"] * len(trigger))[-1][:, 0] == 1

# %%
w, b, mistakes = working(perceptron_fit)(X, 2 * fires - 1, 5, np.random.default_rng(7))
lone = working(perceptron_predict)(X, w, b) == 1
for name, chosen in (("one neuron ", lone), ("your trigger", kept)):
    efficiency, purity = chosen[fires == 1].mean(), fires[chosen].mean()
    print(f"{name:13} keeps {efficiency:.1%} of the opposite pairs; {purity:.1%} of what it keeps are opposite")

# %% [markdown]
# What one neuron keeps is right about as often as a coin. Your circuit keeps every pair and nothing
# else, with sums and thresholds alone. That answers the opening question.
#
# You wired it by hand. Can a network *find* such weights? Below, your own `mlp_forward` computes every
# answer while the network learns. (How it learns is unit 03.)

# %%
Regions(forward=mlp_forward, dataset="x₁x₂ < 0", depth=1, width=4)

# %% [markdown]
# ## Reflection
#
# A colleague says: "Depth is a fashion. The universal approximation theorem proves that one hidden
# layer is enough for everything, so nobody needs more." In four to six sentences: what does the
# theorem promise, what does it not promise, and what did you see in this unit that speaks for a second
# layer? (2 points, read by a person.)

# %% [markdown] nbgrader={"grade_id": "reflection", "grade": true, "solution": true, "points": 2}
# *The theorem promises that weights exist: for any continuous function on a closed box and any
# accuracy there is a one-hidden-layer network that is nowhere farther off. It says nothing about how
# many units that takes, and nothing about whether training finds them. In the explorable one layer of
# eight units left the spiral unsolved after 500 epochs where three layers of eight solved it. My trigger
# shows why: its first layer makes signs, its second combines them, and a later layer can use again
# what an earlier one has worked out, instead of building every piece of the region from scratch. On
# the other side, more layers of linear units gained nothing: it is the bend between layers that counts.*

# %% [markdown]
# ## Take away
#
# - A threshold neuron draws one hyperplane. The perceptron rule finds it after at most $(R/\gamma)^2$
#   mistakes if there is a gap, and never settles if there is none.
# - XOR has no hyperplane. A hidden layer moves the points until there is one.
# - A network is `V @ W + b` and a bend, again and again. Without the bend, depth melts into one layer.
# - The derivative of each of these activations is known from its value.
# - One hidden layer approximates any region and any curve. It does not say with how many units.
#
# ## What to read next
#
# - M. Minsky and S. Papert, *Perceptrons* (1969), chapter 0: what one layer cannot do, and why it mattered.
# - G. Cybenko, *Math. Control Signals Systems* **2** (1989) 303, and K. Hornik, *Neural Networks* **4**
#   (1991) 251: the two theorems; each is short.
# - M. Nielsen, *Neural Networks and Deep Learning*, chapter 4: bumps, in pictures, in two dimensions too.
# - Unit 03: how the weights are found.
