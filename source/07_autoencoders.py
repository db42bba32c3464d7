# %% [markdown]
# # 07 · Finding the coordinates — PCA and autoencoders
#
# *90 minutes · 20 points*
#
# A camera films a pendulum. Every frame is $12 \times 12 = 144$ numbers. Yet you know that one number, the
# angle, says all there is to say: mechanics calls it the **generalised coordinate**. You chose it, because you
# know what a pendulum is.
#
# **Can a machine that has never heard of pendulums find the angle, from the film alone? And how many
# coordinates does something have that nobody ever wrote down a Lagrangian for: a handwritten digit?**
#
# **At the end you can**
# - find the axes along which data spread most, and say what is lost by keeping $k$ of them;
# - write an autoencoder's loss and gradient, and show that a linear one finds the same subspace;
# - give the decoder the bias that it needs;
# - measure the angle between two subspaces;
# - train a non-linear autoencoder in Keras that beats PCA with equally many numbers;
# - take noise off images, and say why the pairs must be made the way they are.
#
# {timetable}
#
# Each exercise stands alone: where you are stuck, go on with the next one. Below the exercises, `working(pca)` is your
# `pca`; while you have not written it, it is the course's own, and a line says so.

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np

from course.checks import autoencoders as check
from course.data.digits import digits
from course.data.pendulum import pendulum
from course.figures import layers, pictures, scatter
from course.models.fallback import working
from course.models.keras_training import epochs, quiet_keras
from course.validation.arrays import as_array, require_whole
from course.validation.autoencoders import (
    as_bases,
    as_data,
    as_subspace,
    as_tied,
    as_training,
    require_spread,
)

# %% [markdown]
# ## The data
#
# | symbol | meaning | shape |
# |---|---|---|
# | `film` | frames of the pendulum, 0 dark to 1 bright | `(400, 144)` |
# | `angle` | the truth behind each frame, in radians; only for looking up at the end | `(400,)` |
# | `known.X`, `fresh.X` | real handwritten digits of 8 × 8 pixels: to learn from, and held out | `(1200, 64)`, `(597, 64)` |

# %% nbgrader={"grade_id": "data", "locked": true}
film, angle = pendulum(400, np.random.default_rng(7))
known, fresh = digits(held_out=597)

# %%
order = np.argsort(angle)[::40]
pictures(film[order], [f"{a:+.1f}" for a in angle[order]], alt="the bob at an angle in radians")

# %%
pictures(known.X[:10], known.labels[:10], alt="a handwritten digit")

# %% [markdown]
# There are two ways to model. A **deterministic** model is put in by hand: $\ddot\varphi =
# -\frac g\ell \sin\varphi$ is very accurate where it applies, and fails badly where it does not. A
# **statistical** model takes its form from the data: it is fair where there were data, and what it says elsewhere
# nothing vouches for. (Its failures are often called graceful. Judge at the end of this unit.) For the digits nobody
# has the first kind, but there are data: **feature extraction**, finding a few numbers that say nearly all, is how
# one begins.
#
# ## 1 · Turn the axes: PCA
#
# Take $m$ samples with $n$ features, `X (m, n)`, with mean $\bar x$ `(n,)`. Pick a direction, a unit vector
# $u$ `(n,)`, and read every sample along it: $t_i = (x_i - \bar x)\cdot u$. The **variance along** $u$ is
# $\frac1m\sum_i t_i^2$. Principal component analysis looks for the direction of largest variance, then for
# the one of largest variance among those at right angles to the first, and so on.
#
# **Predict.** The axes below start as the given coordinates and turn until they are the principal ones. The
# total variance is the sum over all axes. Does it change while they turn? What happens to the first bar?

# %%
from course.predictions import ask

ask("variance_while_turning")

# %% [markdown]
# <details><summary>Answer</summary>
#
# The total stays: it is the mean square distance from the middle, and a rotation changes no distance. (As a matrix: the
# trace of $S$ below.) The first bar grows at the cost of the last, until its axis lies along the longest direction; the
# second may do either (here it grows a little).
#
# </details>

# %%
from course.explore import Rotate

Rotate()

# %% [markdown]
# **Move.** Press play. Then [keep two of three axes](#rotate?preset=pancake&play=true), and
# [bend the cloud](#rotate?preset=bow&play=true).
#
# **Explain.** For the bow the variances look harmless: one axis keeps 84 %, and two keep all, since it is flat. Yet a single
# number, how far along the bow you are, would say it all. Why can no turned axis be that number?
#
# <details><summary>Answer</summary>
#
# A turned axis is a weighted sum of the coordinates, a straight ruler. Held beside a bow it reads the same for two
# points, one on either arm, or presses both together where the bow runs across it. The number wanted bends with the
# data, and no weighted sum bends.
#
# </details>
#
# Other tools for bent data keep neighbours together: *Isomap* measures distances along the data, *locally linear
# embedding* rebuilds each point from its neighbours. Neither brings a decoder, and so an autoencoder comes next.
#
# ### How to compute it
#
# Let $X_c = X - \bar x$ (the mean of each column subtracted from each row). The **covariance matrix** is
# $S = \frac1m X_c^{\mathsf T} X_c$, of shape `(n, n)`, and the variance along $u$ is $u^{\mathsf T} S u$. Largest
# under the condition $u\cdot u = 1$: a Lagrange multiplier $\lambda$ gives
#
# $$S u = \lambda u, \qquad u^{\mathsf T} S u = \lambda .$$
#
# So the principal axes are the eigenvectors of a symmetric matrix, as for a tensor of inertia, and the
# variances along them are its eigenvalues $\lambda_1 \ge \lambda_2 \ge \dots \ge 0$. The first $k$ axes, as the *columns*
# of a matrix $C$ `(n, k)`, are orthonormal: $C^{\mathsf T}C = 1$.
#
# Two roads lead there. `np.linalg.eigh(S)` gives eigenvalues in *rising* order, with eigenvectors as columns.
# `np.linalg.svd(Xc, full_matrices=False)` gives $X_c = U\,\mathrm{diag}(s)\,V^{\mathsf T}$ with falling $s$; the *rows*
# of $V^{\mathsf T}$ are the axes, and $\lambda_j = s_j^2/m$.
#
# <details><summary>What an SVD does</summary>
#
# The *singular value decomposition* writes any matrix as a rotation, a stretch along the axes, and another rotation. The
# unit ball of inputs becomes an ellipsoid: the columns of $U$ are the directions of its half-axes, the $s_j \ge 0$
# their lengths, and the rows of $V^{\mathsf T}$ say which inputs are sent there. Both $U$ and $V$ have orthonormal
# columns ($U^{\mathsf T}U = 1$), hence
#
# $$S = \tfrac1m X_c^{\mathsf T}X_c = V\,\mathrm{diag}(s^2/m)\,V^{\mathsf T},$$
#
# which is the eigenvector equation above, solved. For $X_c$, column $j$ of $U\,\mathrm{diag}(s)$ holds all samples
# read along axis $j$. And nothing was squared on the way: an axis along which the data spread by less than
# $10^{-8}$ of the longest one is lost to rounding in `eigh(S)`, and not in the SVD.
#
# </details>
#
# ### Exercise · the principal axes

# %% nbgrader={"grade_id": "pca", "solution": true}
def pca(X, k):
    """Return the mean of the data, their first k principal axes, and the variances along them.

    Parameters
    ----------
    X : array_like, (m, n)
    k : int
        From 1 to the smaller of m − 1 and n.

    Returns
    -------
    mean, C, variances : arrays, (n,), (n, k), (k,)
        C's columns are orthonormal, of either sign; variances (mean squares, so divided by m) fall.
    """
    X = as_data(X, k)
    ### BEGIN SOLUTION
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / len(X)
    ### END SOLUTION

# %%
check.pca(pca)

# %% nbgrader={"grade_id": "test-pca", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import autoencoders as check
### END HIDDEN TESTS
check.pca(pca).assert_passed()

# %% [markdown]
# What do the axes of the digits look like? Each is a row of 64 numbers, so it is an image itself, with pixels
# of both signs (bright positive, dark negative).

# %%
mean, C, variances = working(pca)(known.X, 8)
pictures(C.T, [f"λ = {v:.2f}" for v in variances], alt="a principal axis of the digits", signed=True)

# %% [markdown]
# ## 2 · There and back
#
# The **code** of a sample is its coordinates along the $k$ axes, and from the code you come back to the nearest
# point of the plane they span:
#
# $$y = (x - \bar x)\,C \quad (k,), \qquad \hat x = y\,C^{\mathsf T} + \bar x \quad (n,) .$$
#
# (With many samples at once: the same with rows.) What is lost is at right angles to all of $C$, and its mean
# square is the sum of the variances that you left out:
#
# $$\frac1m\sum_i \lVert x_i - \hat x_i\rVert^2 = \sum_{j>k}\lambda_j .$$
#
# No other plane of $k$ dimensions loses less (Eckart and Young proved it in 1936). Mean and axes are *learned*; you may
# then apply them to samples they have not seen.
#
# ### Exercise · reconstruct

# %% nbgrader={"grade_id": "reconstruct", "solution": true}
def reconstruct(X, mean, C):
    """Return the points of the plane mean + span(C) that lie nearest to the samples.

    Parameters
    ----------
    X : array_like, (m, n)
        Any samples, not only those that mean and C were made from.
    mean, C : array_like, (n,) and (n, k)
        A point of the plane, and orthonormal columns that span it.

    Returns
    -------
    array, (m, n)
    """
    X, mean, C = as_subspace(X, mean, C)
    ### BEGIN SOLUTION
    return (X - mean) @ C @ C.T + mean
    ### END SOLUTION

# %%
check.reconstruct(reconstruct)

# %% nbgrader={"grade_id": "test-reconstruct", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import autoencoders as check
### END HIDDEN TESTS
check.reconstruct(reconstruct).assert_passed()

# %% [markdown]
# A held-out digit from 2, 8, 20 numbers. Error and sum of the variances left out agree on the digits learned
# from; on those held out the error is a little larger. **Explain** why.
#
# <details><summary>Answer</summary>
#
# Mean and axes were chosen to lose least on the known digits, chance included. On others they are not quite the best.
#
# </details>

# %%
variances = working(pca)(known.X, 64)[2]
for k in (2, 8, 20):
    mean, C, _ = working(pca)(known.X, k)
    back = [working(reconstruct)(X, mean, C) for X in (known.X, fresh.X)]
    lost = [np.sum((X - X_hat) ** 2) / len(X) for X, X_hat in zip((known.X, fresh.X), back, strict=True)]
    print(f"k = {k:>2}: lost {lost[0]:.3f} on known, {lost[1]:.3f} on fresh digits; left out {variances[k:].sum():.3f}")

# %%
planes = [working(pca)(known.X, k)[:2] for k in (2, 8, 20)]
back = [working(reconstruct)(fresh.X[:1], *plane)[0] for plane in planes]
pictures([fresh.X[0], *back], ["original", "k = 2", "k = 8", "k = 20"], alt="one digit")

# %% [markdown]
# And the pendulum? **Predict:** one coordinate lies behind the film. How many axes does PCA need to keep 95 % of
# its variance?

# %%
ask("axes_of_the_film")

# %%
everything = working(pca)(film, 144)[2]
kept = np.cumsum(everything) / everything.sum()
print(f"1 axis keeps {kept[0]:.0%}, and 95 % takes {np.searchsorted(kept, 0.95) + 1} axes")

# %% [markdown]
# The film is a curve in 144 dimensions, one-dimensional but bent: each position of the bob lights other pixels.
# A plane that holds a bent curve needs several axes. Remember that number.
#
# ## 3 · A network that copies its input
#
# An **autoencoder** is a network $\mathcal M: x \to \hat x$, trained to give back what it is given. That would be
# trivial, were there not a narrow place in the middle: a layer of $k < n$ units, the code, through which
# everything must pass. The part before is the **encoder**, the part after the **decoder**.

# %%
layers([8, 2, 8], ["x (n,)", "code (k,)", "x̂ (n,)"], ["encoder", "decoder"])

# %% [markdown]
# The simplest one has one layer each way, with *tied weights*: the decoder uses the transpose of the encoder's
# $W$. With our shapes (rows are samples, `W (n, k)`) and without an activation:
#
# $$Y = XW + b \quad (m, k), \qquad \hat X = Y\,W^{\mathsf T} + c \quad (m, n), \qquad
# J = \frac1m \sum_{i=1}^m \lVert \hat x_i - x_i \rVert^2 ,$$
#
# with a bias $b$ `(k,)` for the encoder and **another one**, $c$ `(n,)`, for the decoder.
#
# > **Erratum · the bias.** The lecture slides that this course grew out of write samples as columns, $x$ `(n,)`, and
# > $W$ `(k, n)`, the transpose of ours. Right: $x \to W^{\mathsf T} f(Wx + b) + c$, with a bias $c$ of the *input's*
# > length $n$. Printed: $x \to W^{\mathsf T} f(Wx + b) - b$. There $b$ is added to $k$ numbers and then subtracted from
# > $n$. It "removes the sample mean", they say: that takes $n$ numbers, and $b$ has $k$.
#
# Let the computer judge the printed formula, with $n = 64$ and $k = 2$:

# %%
W, b = C[:, :2], np.ones(2)
try:
    (known.X @ W + b) @ W.T - b
except ValueError as error:
    print(error)

# %% [markdown]
# > Nor can it be saved by sending $b$ back through $W^{\mathsf T}$: then $\hat x = (xW + b)W^{\mathsf T} - bW^{\mathsf T}
# > = x\,WW^{\mathsf T}$, the bias is gone, and the plane must pass through the origin. See what each can reach at
# > best, with the best plane of 2 dimensions through the origin, and with the best one of all:

# %%
through_origin = np.linalg.svd(known.X, full_matrices=False)[2][:2].T
mean, C, _ = working(pca)(known.X, 2)
for name, X_hat in {
    "the bias cancelled": known.X @ through_origin @ through_origin.T,
    "a bias of its own": (known.X @ C - mean @ C) @ C.T + mean,
}.items():
    print(f"{name}: J = {np.sum((X_hat - known.X) ** 2) / len(X_hat):.3f}")

# %% [markdown]
# > With $W = C$, $c = \bar x$ and $b = -\bar x\,C$ the autoencoder is your `reconstruct`. (Since $b$ and $c$ enter only
# > together, as $bW^{\mathsf T} + c$, a *linear* autoencoder could do without $b$. With an activation $f$ in between it
# > could not.)
#
# ### The gradient
#
# Backpropagation (unit 03) in three lines. Let $R = \hat X - X$ `(m, n)`. Then $\partial J/\partial\hat X = \frac2m R$.
# The weights act **twice**, in the encoder and in the decoder, and the chain rule sums over both paths:
#
# $$\frac{\partial J}{\partial W} = \frac2m\Bigl(\underbrace{R^{\mathsf T} Y}_{\text{decoder}} +
# \underbrace{X^{\mathsf T} R\,W}_{\text{encoder}}\Bigr)\;\;(n,k), \qquad
# \frac{\partial J}{\partial b} = \frac2m \sum_i (RW)_i \;\;(k,), \qquad
# \frac{\partial J}{\partial c} = \frac2m \sum_i R_i \;\;(n,).$$
#
# Check the shapes on paper before you type: each gradient has the shape of what it belongs to.
#
# ### Exercise · loss and gradient of the tied autoencoder

# %% nbgrader={"grade_id": "tied_autoencoder_loss_and_gradient", "solution": true}
def tied_autoencoder_loss_and_gradient(X, W, b, c):
    """Loss of the linear autoencoder with tied weights, and its derivatives.

    Parameters
    ----------
    X, W, b, c : array_like, (m, n), (n, k), (k,), (n,)
        Samples; the weights of both layers; the encoder's bias; the decoder's.

    Returns
    -------
    loss : float
        Mean over the samples of the sum of squared differences.
    dW, db, dc : arrays, (n, k), (k,), (n,)
    """
    X, W, b, c = as_tied(X, W, b, c)
    ### BEGIN SOLUTION
    Y = X @ W + b
    R = Y @ W.T + c - X
    loss = np.sum(R**2) / len(X)
    dX_hat = 2 * R / len(X)
    dY = dX_hat @ W
    return loss, dX_hat.T @ Y + X.T @ dY, dY.sum(axis=0), dX_hat.sum(axis=0)
    ### END SOLUTION

# %%
check.tied_autoencoder_loss_and_gradient(tied_autoencoder_loss_and_gradient)

# %% nbgrader={"grade_id": "test-tied_autoencoder_loss_and_gradient", "grade": true, "points": 4}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import autoencoders as check
### END HIDDEN TESTS
check.tied_autoencoder_loss_and_gradient(tied_autoencoder_loss_and_gradient).assert_passed()

# %% [markdown]
# ## 4 · Does descent find PCA?
#
# The same slides say: "with a linear activation, the optimal solution is PCA". Take that with care. If $W = C$ is
# optimal, so is $W = CQ$ for any rotation $Q$ `(k, k)` of the code, since $WW^{\mathsf T} = C QQ^{\mathsf T} C^{\mathsf T}$ is the
# same. Descent finds the **subspace** that the principal axes span. It does not find the axes.
#
# So comparing $W$ with $C$ number by number proves nothing. Compare the *subspaces*, by the largest angle
# between them. Turn both bases orthonormal (`np.linalg.qr(A)[0]` gives $Q_A$, with the same span). The singular values
# of $Q_A^{\mathsf T} Q_B$ `(k, k)` are the cosines $\cos\varphi_1 \ge \dots \ge \cos\varphi_k$ of the **principal angles**:
# the first is between the two closest directions of the two subspaces, the next between the closest at right
# angles to those. The largest, $\varphi_k$, is 0 only if the subspaces are one and the same.
#
# A computer may give $\cos\varphi = 1.0000000000000002$, and `np.arccos` of that is NaN: `np.clip` first.
#
# ### Exercise · the largest angle

# %% nbgrader={"grade_id": "largest_angle", "solution": true}
def largest_angle(A, B):
    """Return the largest principal angle between the spans of the columns of A and of B.

    Parameters
    ----------
    A, B : array_like, (n, k)
        Independent columns, of any length and at any angle.

    Returns
    -------
    float
        In radians, from 0 to π/2; never NaN.
    """
    A, B = as_bases(A, B)
    ### BEGIN SOLUTION
    cosines = np.linalg.svd(np.linalg.qr(A)[0].T @ np.linalg.qr(B)[0], compute_uv=False)
    return np.arccos(np.clip(cosines.min(), -1, 1))
    ### END SOLUTION

# %%
check.largest_angle(largest_angle)

# %% nbgrader={"grade_id": "test-largest_angle", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import autoencoders as check
### END HIDDEN TESTS
check.largest_angle(largest_angle).assert_passed()

# %% [markdown]
# Now descend, from a random start, along your own gradient. **Predict:** which falls to its end first, the loss or the
# angle?

# %%
k, rng = 2, np.random.default_rng(8)
mean, C, variances = working(pca)(known.X, k)
differentiate, angle_between = working(tied_autoencoder_loss_and_gradient), working(largest_angle)
W, b, c = 0.1 * rng.normal(size=(64, k)), np.zeros(k), np.zeros(64)
for step in range(1501):
    loss, *slopes = differentiate(known.X, W, b, c)
    if step in (0, 50, 150, 500, 1500):
        print(f"step {step:>4}: J = {loss:.4f}, angle to PCA {np.degrees(angle_between(W, C)):.3f}°")
    W, b, c = (p - 0.05 * slope for p, slope in zip((W, b, c), slopes, strict=True))

# %% [markdown]
# The loss is almost there long before the angle is: near the optimum $J$ depends on the *square* of the angle. (At
# step 50 it has most of the mean and one direction of the plane; the angle, the largest of two, tells of the other.)
# Nobody told the network about eigenvectors. And its axes?

# %%
print("angle of the first column of W to the first axis:")
print(f"{np.degrees(working(largest_angle)(W[:, :1], C[:, :1])):.1f}°, and WᵀW =\n{(W.T @ W).round(3)}")

# %% [markdown]
# Orthonormal columns, in the right plane, turned within it. (The learned $c$ plus $bW^{\mathsf T}$ differs from $\bar x$ by
# a vector of that plane only.)
#
# ## 5 · Let it bend
#
# A linear autoencoder is PCA by a slower road. But put a hidden layer with an activation $f$ on either side, and
# the set of all pictures the decoder can draw is no plane any more. It is a bent surface of dimension $k$, a
# **manifold**, and the code is a pair of coordinates on it, like latitude and longitude.
#
# $$x \;(64) \to f(xW_1 + b_1)\;(64) \to \underbrace{y = \dots W_2 + b_2}_{\text{code, } k} \to
# f(yW_3 + b_3)\;(64) \to \hat x \;(64)$$
#
# Below, such networks with $k = 2$ have been trained on the digits. Every point of the plane on the left is
# a code, and the decoder draws what belongs there. Small figures mark where held-out digits land; each is
# written as the digit it is.
#
# **Predict.** What will you see half-way between the 0s and the 1s? And far outside, where no digit lands?
#
# <details><summary>Answer</summary>
#
# Half-way the decoder does not fade one picture into the other: it draws what lives there, with two layers a thin 8 or
# a 1, and passes smoothly from one to the next. Far outside it draws something too, for a decoder cannot say no; but
# nothing there was ever asked of it, and it need not be a digit.
#
# </details>

# %%
from course.explore import LatentPlane

LatentPlane()

# %% [markdown]
# **Move.** Click in the plane, or drag the mark from one cluster to another; arrow keys move the sliders. Then
# [take the hidden layers away](#latent?depth=0) and come back [one](#latent?depth=1) by
# [one](#latent?depth=3).
#
# **Explain.** Nobody told the network which digit is which, and yet it lays them out in clusters. Which digits
# overlap at depth 0, and come apart with depth? And what does the error on the right say about a third hidden
# layer?
#
# <details><summary>Answer</summary>
#
# At depth 0 the 7s lie on the 8s and the 4s beside the 6s: of a digit's five nearest neighbours 52 % are of its kind.
# With one, two and three layers it is 69 %, 80 % and 79 %. The error falls from 3.41 to 2.36, 1.94 and 1.86: the third
# layer gains little more.
#
# </details>
#
# ### In Keras
#
# Import Keras now: it brings TensorFlow along, and that takes some seconds, once.

# %% nbgrader={"grade_id": "import-keras", "locked": true}
keras = quiet_keras()

# %% [markdown]
# Two models in a row make a third, and all three share their layers: train the third, and the two are trained.
#
# ```python
# encoder = keras.Sequential([keras.Input((n,)), ..., keras.layers.Dense(k)])
# decoder = keras.Sequential([keras.Input((k,)), ..., keras.layers.Dense(n, activation="sigmoid")])
# both = keras.Sequential([encoder, decoder])
# ```
#
# - Give each one hidden layer of 64 units, with ReLU.
# - The code has **no activation**: it is a coordinate, and takes any sign.
# - Pixels lie in $[0, 1]$, so a sigmoid suits the output.
# - `both.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")`, and `both.fit(inputs, targets, epochs=…,
#   batch_size=32, verbose=0)`.
#
# What goes in and what is to come out need not be the same: `targets` will serve you in the last section.
#
# ### Exercise · an autoencoder that beats PCA
#
# It is judged on images that it has not seen, of a spot of light that lies somewhere on 8 × 8 pixels. Two numbers
# say where, yet no plane of few axes holds such images: with equally many numbers in the code, the error must be
# clearly below PCA's. (The check trains twice: a few seconds.)

# %% nbgrader={"grade_id": "fit_autoencoder", "solution": true}
def fit_autoencoder(X, k, epochs, targets=None):
    """Train an autoencoder: each way one hidden layer of 64 units, with ReLU or another activation.

    Parameters
    ----------
    X : array_like, (m, n)
        What goes in.
    k, epochs : int
        Numbers in the code; how often training goes through the data.
    targets : array_like, (m, n), optional
        What is to come out; X itself if not given.

    Returns
    -------
    encoder, decoder : keras.Model
        From (m, n) to codes (m, k), of any sign, and from codes back to (m, n).
    """
    X, targets = as_training(X, k, epochs, targets)
    ### BEGIN SOLUTION
    n = X.shape[1]
    hidden, Dense = {"units": 64, "activation": "relu"}, keras.layers.Dense
    encoder = keras.Sequential([keras.Input((n,)), Dense(**hidden), Dense(k)])
    decoder = keras.Sequential(
        [keras.Input((k,)), Dense(**hidden), Dense(n, activation="sigmoid")]
    )
    both = keras.Sequential([encoder, decoder])
    both.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
    both.fit(X, targets, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder
    ### END SOLUTION

# %%
check.fit_autoencoder(fit_autoencoder)

# %% nbgrader={"grade_id": "test-fit_autoencoder", "grade": true, "points": 5}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import autoencoders as check
### END HIDDEN TESTS
check.fit_autoencoder(fit_autoencoder).assert_passed()

# %% [markdown]
# Your own plane, with your own models in the explorable's last position:

# %%
encoder, decoder = working(fit_autoencoder)(known.X, 2, epochs(60))
LatentPlane(encoder=encoder, decoder=decoder, depth=4)

# %% [markdown]
# ## 6 · Take the noise away
#
# A copy that must squeeze through a narrow place learns what digits look like, and *only* that. So feed it a
# noisy digit and ask for the clean one: a **denoising autoencoder**. What it must learn is the way from
# anywhere nearby back onto the manifold. (With $k = n$ this still works: the task itself forbids plain copying.)
#
# To train one you need pairs: a noisy image, and the clean one it was made from. Add normal noise of
# standard deviation $\sigma$ to every pixel, afresh in every copy: $\tilde x = x + \sigma\,\varepsilon$, with
# $\varepsilon$ of mean 0 and variance 1. Each image goes in several times, each time with **another** noise, so that
# the noise cannot be learned by heart. The target is always the clean image.
#
# ### Exercise · pairs to learn from

# %% nbgrader={"grade_id": "denoising_pairs", "solution": true}
def denoising_pairs(X, noise, copies, rng):
    """Return noisy images and the clean ones they were made from.

    Parameters
    ----------
    X : array_like, (m, n)
    noise : float
        Standard deviation of the normal noise, 0 or above; nothing is clipped.
    copies : int
        How often each image is there, each time with fresh noise.
    rng : numpy.random.Generator
        The only source of chance.

    Returns
    -------
    noisy, clean : arrays, (copies · m, n)
        Row i of noisy is row i of clean with noise, in whatever order.
    """
    X = as_array(X, "X", ndim=2)
    require_whole(least=1, copies=copies)
    noise = require_spread(noise)
    ### BEGIN SOLUTION
    clean = np.repeat(X, copies, axis=0)
    return clean + rng.normal(0, noise, size=clean.shape), clean
    ### END SOLUTION

# %%
check.denoising_pairs(denoising_pairs)

# %% nbgrader={"grade_id": "test-denoising_pairs", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import autoencoders as check
### END HIDDEN TESTS
check.denoising_pairs(denoising_pairs).assert_passed()

# %% [markdown]
# ## The finale
#
# **First question: is there an angle in the film?** Train an autoencoder with a code of *one* number on 300
# frames. A bad start lays the frames along that one number in the wrong order, and for two of them to change places
# descent must first give both the same code, which costs error. So start three times, and keep what has the smallest error on the frames *learned from*.

# %%
def error(X, models):
    encoder, decoder = models
    return np.sum((np.asarray(decoder(encoder(X))) - X) ** 2) / len(X)

frames = film.astype("float32")
starts = [working(fit_autoencoder)(frames[:300], 1, epochs(120))]

# %% [markdown]
# That is one start. Two more take some seconds:

# %%
starts += [working(fit_autoencoder)(frames[:300], 1, epochs(120)) for _ in range(2)]
best = min(starts, key=lambda models: error(frames[:300], models))
[round(float(error(frames[:300], models)), 3) for models in starts]

# %% [markdown]
# Now ask how its code for the other 100 frames goes with the true angle, which it has never been told: +1 or −1 says
# that both put the frames in the same order.

# %%
mean, C, _ = working(pca)(film[:300], 1)
straight = ((film[300:] - mean) @ C)[:, 0]
code = np.asarray(best[0](frames[300:]))[:, 0]
ranks = [np.argsort(np.argsort(values)) for values in (angle[300:], straight, code)]
correlations = np.corrcoef(ranks)[0, 1:]
print(f"with the angle: PCA's axis {correlations[0]:+.3f}, the code {correlations[1]:+.3f}")

# %%
alt = "The code of a hundred frames against the true angle: one curve, which rises or falls all the way"
scatter(angle[300:], code, "angle (rad)", "code", alt)

# %%
lost = np.sum((film[300:] - working(reconstruct)(film[300:], mean, C)) ** 2) / 100
print(f"one axis of PCA loses {lost:.2f}, one bent coordinate {error(frames[300:], best):.2f}")

# %% [markdown]
# **Yes.** With a correlation of $+1$ or $-1$ the code runs through the frames in the very order of the angle: the
# machine has found the generalised coordinate, up to a sign and a stretch, which may differ from place to place; it cannot know about either. PCA's first axis
# mixes some frames up. (Should the code do so too, all three starts were bad, which happens once in a while: run the
# cell of the two starts again, for two more. The error on the frames learned from tells.)
#
# **Second question: how many coordinates does a digit have?** Held-out digits, PCA beside your autoencoder:

# %%
for k in (2, 4, 8):
    linear = working(reconstruct)(fresh.X, *working(pca)(known.X, k)[:2])
    lost = np.sum((fresh.X - linear) ** 2) / len(linear)
    bent = error(fresh.X.astype("float32"), working(fit_autoencoder)(known.X, k, epochs(40)))
    print(f"k = {k}: PCA loses {lost:.2f}, the autoencoder {bent:.2f} of {fresh.X.var(axis=0).sum():.2f}")

# %% [markdown]
# No sharp end, as for the pendulum: each further number still pays, but eight bent coordinates do about as well as
# thirteen straight ones. Handwriting has perhaps a dozen: slant, width, how far a loop is closed, …
#
# **Third:** digits drowned in noise, from your own pairs.

# %%
noisy, clean = working(denoising_pairs)(known.X, 0.4, 4, np.random.default_rng(3))
encoder, decoder = working(fit_autoencoder)(noisy, 20, epochs(15), clean)
seen = fresh.X + np.random.default_rng(4).normal(0, 0.4, size=fresh.X.shape)
mended = np.asarray(decoder(encoder(seen.astype("float32"))))

# %%
shown = np.clip(np.concatenate([seen[:8], mended[:8], fresh.X[:8]]), 0, 1)
captions = ["noisy"] * 8 + ["mended"] * 8 + ["truth"] * 8
pictures(shown, captions, alt="eight digits held out", across=8)

# %% [markdown]
# Beside what? Projecting on PCA's plane takes away the noise that sticks out of it, and keeps all of it within. A
# linear map can do better: along an axis with variance $\lambda$, a measured value with noise $\sigma$ is best
# shrunk towards the mean by $\lambda/(\lambda + \sigma^2)$ (Wiener's filter; where the signal is weak, believe the
# mean). **Predict:** how much of the network's success will that explain?

# %%
mean, C, variances = working(pca)(known.X, 64)
shrink = variances / (variances + 0.4**2)
linear = mean + (seen - mean) @ (C * shrink) @ C.T
plane = working(reconstruct)(seen, mean, C[:, :20])
for name, X_hat in {"nothing": seen, "PCA": plane, "shrunk": linear, "yours": mended}.items():
    print(f"{name:>8}: {np.sum((fresh.X - X_hat) ** 2) / len(seen):.2f} left of the noise")

# %% [markdown]
# Nearly all of it. No linear map does better than shrinking, whatever it knows. (Were the data Gaussian, no map at all
# would.) What the network gains beyond, about a tenth of what the filter leaves, is the part that is not linear: digits
# fill only some *parts* of that space. And
# where it fails, it draws some digit all the same, clean, convincing and wrong. Remember that when somebody shows you
# a sharpened photograph.

# %% [markdown]
# ## Reflect
#
# *2 points, read by a person. Six to ten sentences.*
#
# 1. A colleague trains an autoencoder with $k = 3$ on the frames of a film, one at a time, of a *double* pendulum whose
#    arms never go over the top. Its state has two angles and two angular velocities. How many numbers must the code
#    have so that the frame can be drawn again, and why not four? What would you feed in to find the velocities too?
# 2. When would you keep PCA, although an autoencoder has the smaller error? Give two reasons, and an example from
#    your own field.

# %% [markdown] nbgrader={"grade_id": "reflection", "grade": true, "solution": true, "points": 2}
# *Write here, in place of this line.*

# %% [markdown]
# ## Take away
#
# - PCA turns the axes so that few of them hold most of the variance; the loss is the variance left out.
# - A linear autoencoder finds PCA's subspace, not its axes. Its decoder needs a bias of its own.
# - Compare subspaces by angles, not by numbers in a matrix.
# - Bent data need a bent decoder. With an activation, equally many numbers say more.
# - To learn to denoise, ask for the clean image, and never show the same noise twice.
#
# ## Read next
#
# - I. Jolliffe, J. Cadima, *Principal component analysis: a review and recent developments*, Phil. Trans. R. Soc. A
#   374 (2016) 20150202.
# - P. Baldi, K. Hornik, *Neural networks and principal component analysis*, Neural Networks 2 (1989) 53: the proof that
#   every minimum of the linear autoencoder is PCA's plane.
# - C. Eckart, G. Young, *The approximation of one matrix by another of lower rank*, Psychometrika 1 (1936) 211.
# - G. Hinton, R. Salakhutdinov, *Reducing the dimensionality of data with neural networks*, Science 313 (2006) 504.
# - R. Iten and others, *Discovering physical concepts with neural networks*, Physical Review Letters 124 (2020) 010508:
#   the question of this unit, asked of real mechanics.
#
# This is the last unit. The map of unit 00 shows the roads that lead on.
