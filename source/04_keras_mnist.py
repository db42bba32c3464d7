# %% [markdown]
# # 04 · Keras on MNIST
#
# *90 minutes · 18 points*
#
# A detector is a grid of cells. Something passes through, some cells light up, and you want to know what it
# was. The oldest such detector that everybody can read is a sheet of paper: 28 × 28 cells, ink or no ink, and
# ten classes of event called 0 to 9.
#
# **Which cells tell one class from another? Could you switch most of them off and still know?** By the end of
# this unit your own functions answer that, and you have trained, chosen and judged a network the way it is
# done in earnest.
#
# Until now you wrote every line of the network yourself. From here on a library does: *Keras*. You will see
# that its core is what you have built.
#
# **At the end you can**
# - go five steps: data, input, model, judgement, optimisation;
# - build, count and train a dense network in Keras, and stop it before it over-fits;
# - say what batch size, dropout and learning rate do to time and error;
# - read a confusion matrix;
# - search for good settings without ever looking at the test set.
#
# {timetable}
#
# Below the exercises, `working(prepare)` is your `prepare`; while you have not written it, it is the course's own, and a
# line says so. So you can go on wherever you are stuck.

# %% nbgrader={"grade_id": "setup", "locked": true}
import itertools

import numpy as np

from course.checks import keras_mnist as check
from course.data import load_mnist
from course.figures import confusion, heatmap, histogram, pictures
from course.models.fallback import working
from course.models.keras_training import SealedTestSet, epochs, quiet_keras, timed, train_by_hand
from course.validation.images import as_counts, as_images, as_labels, as_sizes, require_share

# %% [markdown]
# ## Step 1 · The data
#
# MNIST holds 70,000 digits that employees of the American Census Bureau and high-school students wrote around
# 1990. The line below says
# which file you have. Without a network connection it is a smaller set of real digits, 8 × 8 pixels:
# everything here works with those too; only the numbers differ.
#
# You learn from the first 10,000 training images, so that all training of this unit takes a minute or so. With
# more, it takes in proportion longer.

# %%
(images, labels), (test_images, test_labels) = load_mnist()
images, labels = images[:10_000], labels[:10_000]
images.shape, images.dtype, images.min(), images.max()

# %%
pictures(images[:8], labels[:8], alt="a handwritten digit")

# %% [markdown]
# An image is a table of whole *grey levels*, from 0 (paper) to 255 (ink). `images` has shape
# `(m, rows, columns)`, `labels` shape `(m,)`.
#
# **Predict.** Add up all images of the digit 1 and divide by their number. What do you see? And for the 8?
# Where are the cells that are never lit?

# %%
means = [images[labels == digit].mean(axis=0) for digit in range(10)]
pictures(means, range(10), alt="the mean image of a digit")

# %% [markdown]
# ## Step 2 · The input
#
# What shape have your data of their own? Images are grids, signals are sequences, molecules are graphs, and there are
# networks that know it: convolutional, recurrent, graph networks. You meet the first at the end. Here you take the
# plainest road. Each image
# becomes one row of a table, so that `X` has shape `(m, n)` with $n = 28\cdot 28 = 784$ features.
#
# **Scale.** A weight's gradient goes with the feature's size (unit 01). Divide by 255, and all features lie in
# $[0, 1]$. Divide by 255 *always*, not by the largest level you happen to find: the ruler must not depend on
# the sample.
#
# **Split, and let nothing leak.** A part of the images, the *validation set*, is kept back to choose by. An
# image must not be in both sets. The split is *stratified* when every class gives the same fraction of its
# images; otherwise chance decides how many 5s you are judged on.
#
# The file's own test images you put in an envelope. It notes each time it is opened.

# %% [markdown]
# ### Exercise 1 · prepare

# %% nbgrader={"grade_id": "prepare", "solution": true}
def prepare(images, labels, rng, fraction=0.1):
    """Scale and flatten images, and share them out to a training and a validation set.

    Parameters
    ----------
    images : array_like, shape (m, rows, columns)
        Grey levels, 0 to 255.
    labels : array_like, shape (m,)
    rng : numpy.random.Generator
        Decides which images of a class are chosen; the only source of chance.
    fraction : float
        The share of every class that goes to the validation set, to within one image.

    Returns
    -------
    dict
        Under "train" and "validation" one pair (X, y) each: X (k, rows·columns) from 0 to 1,
        y (k,). Every image is in exactly one of them.

    Raises
    ------
    ValueError
        If the images are not as described, or not as many as the labels.
    """
    images, labels = as_images(images, labels)
    require_share(fraction=fraction)
    ### BEGIN SOLUTION
    X = (images.reshape(len(images), -1) / 255).astype("float32")
    order = rng.permutation(len(labels))
    chosen = np.zeros(len(labels), dtype=bool)
    for digit in np.unique(labels):
        rows = order[labels[order] == digit]
        chosen[rows[: round(fraction * len(rows))]] = True
    train, validation = order[~chosen[order]], order[chosen[order]]
    return {
        "train": (X[train], labels[train]),
        "validation": (X[validation], labels[validation]),
    }
    ### END SOLUTION

# %%
check.prepare(prepare)

# %% nbgrader={"grade_id": "test-prepare", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import keras_mnist as check
### END HIDDEN TESTS
check.prepare(prepare).assert_passed()

# %%
data = working(prepare)(images, labels, np.random.default_rng(4))
data["test"] = SealedTestSet((test_images.reshape(len(test_images), -1) / 255, test_labels))
data["train"][0].shape, data["validation"][0].shape, data["test"]

# %% [markdown]
# ## Step 3 · The model
#
# This is a first network, in Keras:
#
# | layer | what it does | shape of its values |
# |---|---|---|
# | `Input((784,))` | | `(m, 784)` |
# | `Dense(512, activation="relu")` | $V_1 = \mathrm{ReLU}(V_0 W_1 + b_1)$ | `(m, 512)` |
# | `Dropout(0.2)` | explained below | `(m, 512)` |
# | `Dense(10, activation="softmax")` | $P = \mathrm{softmax}(V_1 W_2 + b_2)$ | `(m, 10)` |
#
# A `Dense` layer is `mlp_forward` of unit 02, to the letter: a matrix $W$ of shape `(n_in, n_out)`, a row $b$
# of shape `(n_out,)`, an activation. Row $i$ of $P$ holds ten numbers above 0 that sum to 1: the network's
# probabilities for the ten classes. The loss is the mean cross-entropy,
#
# $$J = -\frac1m\sum_{i=1}^m \ln P_{i,\,y_i},$$
#
# where $y_i$, from 0 to 9, is the label of image $i$. Keras calls it `sparse_categorical_crossentropy`:
# *sparse*, because you give the number of the class and not a row of nine zeros and a one.
#
# **Count first.** How many numbers can gradient descent turn in this network? Guess within a factor of two.
#
# ### Exercise 2 · count_parameters
#
# `sizes` lists the units of every layer, the inputs first: `[784, 512, 10]`.

# %% nbgrader={"grade_id": "count_parameters", "solution": true}
def count_parameters(sizes):
    """Return how many weights and biases a dense network has.

    Parameters
    ----------
    sizes : sequence of int
        Units of each layer, inputs first; two layers at least.

    Raises
    ------
    ValueError
        If there are fewer than two sizes, or one is no whole number above 0.
    """
    sizes = as_sizes(sizes)
    ### BEGIN SOLUTION
    return sum((n_in + 1) * n_out for n_in, n_out in itertools.pairwise(sizes))
    ### END SOLUTION

# %%
check.count_parameters(count_parameters)

# %% nbgrader={"grade_id": "test-count_parameters", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import keras_mnist as check
### END HIDDEN TESTS
check.count_parameters(count_parameters).assert_passed()

# %% [markdown]
# Many times more parameters than images. A straight line with two parameters and 24 nebulae could not learn the
# points by heart. This can.
#
# > **Erratum box · must an activation be differentiable?** The lecture slides that this course grew out of ask it
# > to be "*differentiable*, ideally continuously differentiable". Some slides on, their model, the one above, uses
# > $\mathrm{ReLU}(z) = \max(0, z)$. Measure its slope at $z = 0$ from the right and from the left:

# %%
def relu(z):
    return max(0.0, z)


h = 1e-6
(relu(h) - relu(0)) / h, (relu(0) - relu(-h)) / h

# %% [markdown]
# > Two slopes, so no derivative there. Any number from 0 to 1 is a *subgradient* at that point, and libraries
# > take 0. That serves: a sum of 784 terms hits 0 exactly hardly ever. What an activation must be
# > is *non-linear*: without it, all layers together are one matrix.
#
# ### Dropout
#
# `Dropout(p)` sets each value, with probability $p$, to 0 during training, and divides the others by $1-p$, so
# that the mean stays. In every step another thinned network learns; no unit can rely on any particular other.
# When the model is used, dropout does nothing. Keras switches it off by itself.
#
# ### Exercise 3 · build_model
#
# Now import Keras. It brings TensorFlow along, and that takes some seconds, once. (`quiet_keras` is an `import keras`
# that keeps TensorFlow's log off the page, and makes short trainings faster.)

# %% nbgrader={"grade_id": "import-keras", "locked": true}
keras = quiet_keras()

# %% [markdown]
# Build the network of the table with any number of hidden layers: `depth` times a `Dense` layer with ReLU, each
# followed by `Dropout`, and softmax at the end. With `depth=0` only the last layer is left. What you need:
# `keras.Sequential([...])`, `keras.Input((n,))`, `keras.layers.Dense`, `keras.layers.Dropout`,
# `keras.optimizers.Adam(learning_rate)`, and
# `model.compile(optimizer=…, loss="sparse_categorical_crossentropy", metrics=["accuracy"])`.

# %% nbgrader={"grade_id": "build_model", "solution": true}
def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    """Return a dense Keras network for ten classes, compiled and not trained yet.

    Parameters
    ----------
    depth : int
        Hidden layers, from 0 up, each with ReLU and a Dropout after it.
    width : int
        Units in each hidden layer.
    dropout : float
        The share of values that is dropped, from 0 to below 1.
    learning_rate : float
        For Adam.
    n_inputs : int

    Returns
    -------
    keras.Model
        Its loss is the sparse categorical cross-entropy; it records the accuracy.

    Raises
    ------
    ValueError
        If width, dropout or n_inputs is out of range.
    """
    as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    ### BEGIN SOLUTION
    layers = [keras.Input((n_inputs,))]
    for _ in range(depth):
        layers.append(keras.layers.Dense(width, activation="relu"))
        layers.append(keras.layers.Dropout(dropout))
    layers.append(keras.layers.Dense(10, activation="softmax"))
    model = keras.Sequential(layers)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
    ### END SOLUTION

# %%
check.build_model(build_model)

# %% nbgrader={"grade_id": "test-build_model", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import keras_mnist as check
### END HIDDEN TESTS
check.build_model(build_model).assert_passed()

# %%
n = data["train"][0].shape[1]
model = working(build_model)(1, 512, 0.2, 0.001, n)
model.count_params(), working(count_parameters)([n, 512, 10])

# %% [markdown]
# Keras and you agree. Now train it for five epochs, in batches of 128 for the sake of time (Keras takes 32 by
# default), and record the loss on the validation set.

# %%
options = {"batch_size": 128, "epochs": epochs(5), "verbose": 0}
run = timed("training", model.fit, *data["train"], validation_data=data["validation"], **options)
[f"{accuracy:.3f}" for accuracy in run.history["val_accuracy"]]

# %% [markdown]
# About 0.95 of the validation images are named rightly after training on 9,000 images. With all that MNIST has,
# nearly seven times as many, the same five epochs give about 0.98: that is two medicines at once, more images and
# nearly seven times the steps. 33 epochs on your 9,000, as many steps, reach about 0.97.
#
# **Predict.** A step on 128 images does four times the arithmetic of a step on 32, and an epoch has a quarter
# as many steps. So is an epoch as long? Measure.

# %%
for batch_size in (32, 128):
    fresh = working(build_model)(1, 512, 0.2, 0.001, n)
    options = {"batch_size": batch_size, "epochs": 1, "verbose": 0}
    timed(f"one epoch in batches of {batch_size}", fresh.fit, *data["train"], **options)

# %% [markdown]
# On two cores an epoch of MNIST took 2.0 s of processor time in batches of 32 and 0.9 s in batches of 128. Each step
# costs a fixed overhead (calling the graph, updating 400,000 parameters with Adam) besides its arithmetic. (On the
# 8 × 8 digits you see next to nothing of it, 0.58 s and 0.53 s: so small an epoch is mostly getting ready.) Why not a
# single batch of all images then? Count the steps downhill that an epoch would have.
#
# One more choice you do not see: Keras can compile a model with *XLA*, which fuses operations
# (`jit_compile=True`). Measured on the same two cores, the first epoch then takes about 11 s instead of 1 s, for
# the compilation, and no later epoch is faster. So it stays off, as Keras has it on a CPU by default.

# %% [markdown]
# ### Beside your own network
#
# You have written all this before. Paste `init_weights` and `mlp_backward` of your **unit 03** notebook over the
# two stubs below. What they used there is at hand: `as_layers`, `pairwise`, and the tables `activate`, $f(Z)$,
# and `slope`, $f'(Z)$ from the value $A = f(Z)$. Nothing later needs the two, and they are not graded: without
# them, the course's own stand in.

# %%
from itertools import pairwise

from course.validation.layers import as_layers


def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


activate = {"relu": lambda Z: np.maximum(Z, 0), "softmax": softmax}
slope = {"relu": lambda A: (A > 0).astype(float), "softmax": np.ones_like}

# %% nbgrader={"grade_id": "unit03", "solution": true}
def init_weights(sizes, scheme, rng):
    ### BEGIN SOLUTION
    return [
        (rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(sizes)
    ]
    ### END SOLUTION


def mlp_backward(X, Y, weights, activations):
    ### BEGIN SOLUTION
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate[name](values[-1] @ W + b))
    upstream, gradients = (values[-1] - Y) / len(X), []
    for (W, _), name in zip(reversed(weights), reversed(activations), strict=True):
        delta = upstream * slope[name](values.pop())
        gradients.append((values[-1].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients[::-1]
    ### END SOLUTION

# %%
start, backward = working(init_weights), working(mlp_backward)
by_hand = train_by_hand(data, start, backward, width=64, epochs=epochs(3))
small = working(build_model)(1, 64, 0.0, 0.001, n)
descent = keras.optimizers.SGD(0.5)  # what train_by_hand does, in place of Adam
small.compile(descent, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
timed("Keras", small.fit, *data["train"], batch_size=128, epochs=epochs(3), verbose=0)
small.evaluate(*data["validation"], verbose=0)[1]

# %% [markdown]
# Same data, same width, same steps, same number of epochs. Your network is not slower by much, and not worse. What you
# buy with Keras is not speed on a laptop: it is layers, optimisers and derivatives that somebody has already
# tested, and graphics cards.

# %% [markdown]
# ## Over-fitting, and when to stop
#
# **Predict.** Train without dropout for a long time. What becomes of the loss on the training set? On the
# validation set? Sketch both.
#
# **Move.** Tick *train* below, and watch. Then [widen](#train?width=512&dropout=0) the network without dropout
# and train again; then give it [dropout](#train?width=512&dropout=0.5). Untick *train* to stop: the best
# weights are kept. A slider moved meanwhile is not lost: it counts from the next run on. (On the 8 × 8 digits twenty
# epochs at α = 0.001 are some two hundred steps, too few to over-fit. There train
# [at α = 0.03](#train?width=512&dropout=0&learning_rate=0.03).)
#
# **Explain.** Which of the two losses tells you when to stop? What does dropout do to the gap between them?
#
# <details><summary>Answer</summary>
#
# That on the validation set: the other one falls whether or not anything is learned that holds elsewhere. Dropout
# narrows the gap from both sides. It raises the training loss, which is measured with units missing, and puts off the
# rise of the validation loss.
#
# </details>

# %%
from course.explore import Confusion, DrawDigit, LearningRates, TrainLive

live = TrainLive(data, epochs=epochs(20))
live

# %% [markdown]
# The training loss falls for ever. The validation loss falls, reaches a lowest point, and rises again: from
# there on the network learns the accidents of the training images. *Early stopping* watches the validation
# loss. When it has not fallen below its best for `patience` epochs in a row, training ends, and the weights
# of the best epoch are put back.
#
# Three other tools, in a sentence each. *Batch normalisation* (`keras.layers.BatchNormalization`) brings the values of a
# layer to mean 0 and variance 1 within each batch, then scales and shifts them by learned numbers (once trained, it takes
# running means in place of the batch's), so that deep networks train faster. A *learning-rate schedule* makes α smaller as
# training goes on: large steps to get near, small ones to settle. And, against over-fitting, a *weight penalty* adds a small
# multiple of $\sum W^2$ to the loss.
#
# ### Exercise 4 · train
#
# Use `keras.callbacks.EarlyStopping`; look up in its documentation what it watches, and how the best weights
# come back. (It does not do that by itself: the history then looks right, and the weights are those of the last
# epoch.)

# %% nbgrader={"grade_id": "train", "solution": true}
def train(model, data, epochs, patience):
    """Train a compiled model and stop early.

    Parameters
    ----------
    model : keras.Model
    data : dict
        Pairs (X, y) under "train", which the weights learn from, and "validation", which decides
        when to stop. What else it holds is not touched.
    epochs : int
        The largest number of epochs, in batches of 128.
    patience : int
        Stop after so many epochs in a row without a validation loss below the best so far.

    Returns
    -------
    model : keras.Model
        With the weights of the epoch whose validation loss was lowest.
    history : dict
        One list for each quantity, such as "loss" and "val_loss": one number for each epoch.
    """
    ### BEGIN SOLUTION
    stop = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=patience, restore_best_weights=True
    )
    run = model.fit(
        *data["train"],
        batch_size=128,
        epochs=epochs,
        validation_data=data["validation"],
        callbacks=[stop],
        verbose=0,
    )
    return model, run.history
    ### END SOLUTION

# %%
check.train(train)

# %% nbgrader={"grade_id": "test-train", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import keras_mnist as check
### END HIDDEN TESTS
check.train(train).assert_passed()

# %%
alpha = 0.001 if len(data["train"][0]) > 5000 else 0.03  # few images make few steps in an epoch
model = working(build_model)(1, 256, 0.3, alpha, n)
best, history = working(train)(model, data, epochs(25), patience=3)
lowest = int(np.argmin(history["val_loss"]))
print(f"{len(history['loss'])} epochs; best was number {lowest + 1}, "
      f"accuracy there {history['val_accuracy'][lowest]:.3f}")

# %% [markdown]
# ### Good, bad, ugly, once more
#
# In unit 01 you knew the largest learning rate that works: $2/\lambda_{\max}$. A network has no single
# $\lambda_{\max}$, for its curvature changes on the way. So one tries.
#
# **Predict.** Adam's default is α = 0.001. What happens at 0.1? At 0.00001? Draw it.

# %%
from course.predictions import ask

ask("loss_by_rate")

# %% [markdown]
# **Move.** [good](#rates?preset=good) · [bad](#rates?preset=bad) · [ugly](#rates?preset=ugly). These runs were
# made beforehand, on the 8 × 8 digits.
#
# **Explain.** Why does the loss at the ugly end not grow without bound, as it did in unit 01? (Think of what
# Adam divides by.)
#
# <details><summary>Answer</summary>
#
# Adam divides each gradient by the size it has had of late, so no weight moves by much more than α in a step, however steep
# the ground; in unit 01 a step grew with the slope, and the slope with every step. The loss does shoot up, in the first few
# steps. They carry most ReLUs to where they are 0 for every image, and there no gradient reaches them any more: few units
# are left to learn, and the loss does not fall far below that of guessing.
#
# </details>

# %%
LearningRates()

# %% [markdown]
# ## Step 4 · How good is it, and where does it fail?
#
# One number hides who pays for the errors. The *confusion matrix* $C$ has shape `(n, n)` for $n$ classes. Its
# entry $C_{ij}$ counts the samples of true class $i$ that were given class $j$. **Rows are the truth, columns
# the answer.** (Half of the literature has it the other way round: always say which.)
#
# ### Exercise 5 · confusion_matrix

# %% nbgrader={"grade_id": "confusion_matrix", "solution": true}
def confusion_matrix(y_true, y_pred, n):
    """Count how often each class was given each answer.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (m,)
        Classes from 0 to n − 1: the truth and the answer. Others raise ValueError.
    n : int
        Number of classes, also of those that never occur.

    Returns
    -------
    ndarray, shape (n, n)
        Entry [i, j]: samples of class i that were called j.
    """
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    ### BEGIN SOLUTION
    matrix = np.zeros((n, n), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix
    ### END SOLUTION

# %%
check.confusion_matrix(confusion_matrix)

# %% nbgrader={"grade_id": "test-confusion_matrix", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import keras_mnist as check
### END HIDDEN TESTS
check.confusion_matrix(confusion_matrix).assert_passed()

# %% [markdown]
# ### Exercise 6 · per_class_accuracy
#
# Which share of the true 3s is called a 3? That is an entry of the diagonal, divided by a sum. Over which
# axis? A class without a single sample has no accuracy: it gets NaN, not 0.

# %% nbgrader={"grade_id": "per_class_accuracy", "solution": true}
def per_class_accuracy(matrix):
    """Return the share of each true class that was given the right answer.

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        A confusion matrix, rows the truth; ValueError if it is not square or has negative counts.

    Returns
    -------
    ndarray, shape (n,)
        From 0 to 1; NaN for a class with no sample.
    """
    matrix = as_counts(matrix)
    ### BEGIN SOLUTION
    total = matrix.sum(axis=1)
    return np.divide(np.diag(matrix), total, out=np.full(len(total), np.nan), where=total > 0)
    ### END SOLUTION

# %%
check.per_class_accuracy(per_class_accuracy)

# %% nbgrader={"grade_id": "test-per_class_accuracy", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import keras_mnist as check
### END HIDDEN TESTS
check.per_class_accuracy(per_class_accuracy).assert_passed()

# %% [markdown]
# **Predict.** Which two digits does a network confuse most often? Before you run the next cell: which would *you*
# confuse?

# %%
X_validation, y_validation = data["validation"]
P = best.predict(X_validation, verbose=0)
given = P.argmax(axis=1)
C = working(confusion_matrix)(y_validation, given, 10)
print(np.round(working(per_class_accuracy)(C), 3))
confusion(C)

# %% [markdown]
# **Move.** Press a cell of the matrix, or move the two sliders, and see the very images that are in it.
#
# **Explain.** Find an image whose label you would dispute. What is the largest accuracy that any method can
# reach on such a set?
#
# <details><summary>Answer</summary>
#
# One minus the share of images whose label nobody could know from the image, give or take the luck of a guess. If you
# dispute 3 labels of 1,000, that is 0.997. A method that claims more has learned the labeller's slips.
#
# </details>

# %%
Confusion(X_validation, y_validation, given)

# %% [markdown]
# Now bring a digit of your own. **Draw** one, with the mouse, a finger, or the keyboard (arrow keys move the
# pen, space sets it down and lifts it). What you draw is treated as MNIST's images were: fitted into 20 × 20
# cells, then shifted so that its centre of mass is in the middle of the 28 × 28.
#
# **Predict.** What does the network say to an empty sheet? To a letter A? Does it ever say "I do not know"?

# %%
ask("a_letter")

# %% [markdown]
# <details><summary>Answer</summary>
#
# It names a digit, for both. Softmax shares out 1 among ten classes, and none of them is called "none". Ten numbers near
# 0.1 come closest to "I do not know", but nothing was trained to give them.
#
# </details>

# %%
DrawDigit(best)

# %% [markdown]
# **Predict.** When the network is wrong, is it less sure of its answer than when it is right?

# %%
sure, right = P.max(axis=1), given == y_validation
alt = "Right answers crowd at 1; wrong ones are spread out, some of them far above one half"
histogram({"wrong": sure[~right], "right": sure[right]}, "largest probability", "images", alt, log=True)

# %% [markdown]
# **Build a slider of your own** (unit 00 shows how): over a threshold that the largest probability must reach; below
# it the network says "I do not know". Print which share of the images is answered, and how many of them rightly; draw
# the matrix of what is answered, by *your* `confusion_matrix`. It earns no points. What does the last error cost?
#
# <details><summary>One way</summary>
#
# ```python
# @interact(threshold=(0.2, 0.99, 0.01))
# def answer(threshold=0.5):
#     kept = sure >= threshold
#     print(f"{kept.mean():.1%} answered, {right[kept].sum()} of {kept.sum()} rightly")
#     return confusion(confusion_matrix(y_validation[kept], given[kept], 10))
# ```
#
# Each step up turns away right answers as well, more and more of them for each wrong one: the last errors are surer
# than many a right answer is. Unit 05 makes a curve of such a trade.
#
# </details>

# %%
from ipywidgets import interact


@interact(threshold=(0.2, 0.99, 0.01))
def answer(threshold=0.5):
    print(threshold)  # in this place: how much is answered, how much of it rightly, and the matrix



# %% [markdown]
# ## Step 5 · Optimise, honestly
#
# Depth, width, dropout, learning rate, batch size: what you set by hand are the *hyperparameters*. Which are
# best? Try, and compare on the validation set. Not on the training set, where the largest network always wins.
# And not on the test set: if it has chosen, it can no longer judge.
#
# ### Exercise 7 · search
#
# `grid` names the values to try, `{"width": [32, 128], "learning_rate": [0.001, 0.01]}`. Try every combination
# (`itertools.product` makes them), here $2\cdot2$. The function below does one trial. It gets two pairs `(X, y)`:
# what to learn from, and what to be judged on.

# %% nbgrader={"grade_id": "fit", "locked": true}
def fit(settings, train_pair, judge_pair):
    """Train a model with these settings and return its accuracy on `judge_pair`."""
    options = {"depth": 1, "width": 32, "dropout": 0.2, "learning_rate": 0.001, **settings}
    model = working(build_model)(n_inputs=train_pair[0].shape[1], **options)
    pairs = {"train": train_pair, "validation": judge_pair}
    model, _ = working(train)(model, pairs, epochs(3), patience=2)
    return model.evaluate(*judge_pair, verbose=0)[1]

# %% nbgrader={"grade_id": "search", "solution": true}
def search(grid, data, fit=fit):
    """Try every combination of settings and choose by the validation set.

    Parameters
    ----------
    grid : dict
        A list of values for each name.
    data : dict
        Pairs (X, y) under "train" and "validation", and a SealedTestSet under "test".
    fit : callable
        ``fit(settings, train_pair, judge_pair)`` takes a dict with one value for each name and
        returns an accuracy. Call it once for each combination.

    Returns
    -------
    best : dict
        The settings with the highest accuracy on the validation set.
    results : list of pairs (settings, accuracy)
        All that was tried.
    """
    ### BEGIN SOLUTION
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values, strict=True))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    best = max(results, key=lambda result: result[1])[0]
    return best, results
    ### END SOLUTION

# %%
check.search(search)

# %% nbgrader={"grade_id": "test-search", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import keras_mnist as check
### END HIDDEN TESTS
check.search(search).assert_passed()

# %%
grid = {"width": [32, 128], "learning_rate": [0.001, 0.01]}
chosen, results = timed("search", working(search), grid, data, fit)
accuracy = {(tried["width"], tried["learning_rate"]): found for tried, found in results}
table = [[accuracy[width, alpha] for alpha in grid["learning_rate"]] for width in grid["width"]]
names = ("width", "learning rate", "accuracy on the validation set")
heatmap(table, *grid.values(), *names, alt="What was tried")

# %% [markdown]
# The best of many trials looks a little better than it is: among equals, luck wins. So train once more with
# the chosen settings, and now, **once**, open the envelope.

# %%
model = working(build_model)(1, dropout=0.2, n_inputs=n, **chosen)
final, _ = working(train)(model, data, epochs(15), patience=2)
X_test, y_test = data["test"]()
print(f"test accuracy {final.evaluate(X_test, y_test, verbose=0)[1]:.3f}; {data['test']}")

# %% [markdown]
# ## Finale: which cells tell one class from another?
#
# A network with no hidden layer is the easiest to question. Its score for class $l$ is
# $z_l = \sum_j X_j W_{jl} + b_l$. Between two classes $a$ and $c$ only the difference counts:
#
# $$z_a - z_c = \sum_j X_j\,(W_{ja} - W_{jc}) + b_a - b_c .$$
#
# $X_j$ is the ink in cell $j$ (from 0 to 1), and $W$ has shape `(784, 10)`. The map $W_{ja} - W_{jc}$, reshaped
# to the image, shows which cells speak for $a$ (bright) and which for $c$ (dark).
#
# First let your confusion matrix name the pair that is hardest.

# %%
model = working(build_model)(0, 1, 0.0, 0.003, n)
linear, _ = working(train)(model, data, epochs(15), patience=2)
given = linear.predict(X_validation, verbose=0).argmax(axis=1)
C = working(confusion_matrix)(y_validation, given, 10)
errors = C + C.T - 2 * np.diag(np.diag(C))
a, c = np.unravel_index(errors.argmax(), errors.shape)
print(f"hardest pair: {a} and {c}, confused {errors[a, c]} times")

# %% [markdown]
# **Predict.** Write the two digits one over the other. Where do they differ? That is where the map should be
# brightest and darkest.

# %%
W = linear.get_weights()[0]
speaks = (W[:, a] - W[:, c]).reshape(images[0].shape)
spread = data["train"][0].std(axis=0).reshape(images[0].shape)
pictures([speaks * spread], [f"bright: {a}, dark: {c}"], alt="what each cell says", signed=True)

# %% [markdown]
# The weight alone misleads: a cell in the corner that is never lit can have any weight. So it was multiplied
# by the standard deviation of its ink, the *spread*: what a cell *usually* contributes.
#
# Now switch cells off. Keep the $k$ that speak loudest, put all others at their mean, and tell $a$ from $c$ by
# the sign of $z_a - z_c$.
#
# **Predict.** How many of the cells do you need for 90 % of what all of them give?

# %%
pair = np.isin(y_validation, (a, c))
X_pair, y_pair = X_validation[pair], y_validation[pair]
mean = data["train"][0].mean(axis=0)
bias = linear.get_weights()[1]
loudest = np.argsort(-np.abs(speaks * spread).ravel())

for k in [k for k in (1, 5, 10, 20, 40, 80) if k < n] + [n]:
    kept = np.isin(np.arange(n), loudest[:k])
    score = np.where(kept, X_pair, mean) @ (W[:, a] - W[:, c]) + bias[a] - bias[c]
    counts = working(confusion_matrix)(y_pair == a, score > 0, 2)
    accuracy = working(per_class_accuracy)(counts)
    print(f"{k:4d} cells: {accuracy.mean():.3f}")

# %% [markdown]
# Ten to thirty cells give nine tenths of the accuracy of all, and twenty to forty give nine tenths of what all have beyond
# a coin's 0.5; a single one lies anywhere from 0.5 to 0.75, as pair and run decide. (Of the 8 × 8 digits there are so few
# of a pair that chance decides.) A trigger that has time for a few channels asks the same question: which of them tell
# most?
#
# But look at what kind of answer you got. It is a statement about *this network* on *these images*, where every
# digit is centred and upright. With all images three cells farther right the pair's 0.95 became 0.79, and
# of all ten digits 0.93 right became 0.41, when this was tried. A *convolutional*
# layer looks for the same small pattern everywhere, with the same weights (stacked, such layers build on one another:
# edges first, parts of things later, and nobody tells the network these levels): for images, it is the better
# input model of step 2. With it, MNIST goes to 0.99 and beyond.

# %% [markdown]
# ## Reflect
#
# *2 points, read by a person. Six to ten sentences.*
#
# A colleague trains 200 networks with other settings, evaluates each on the 10,000 test images, and publishes
# the best: 98.6 %. She has no validation set, "because the test images never entered a gradient".
#
# 1. In which direction is her number wrong, and by roughly how much? (If all 200 were truly equally good at
#    98.3 %, how far would their measured accuracies scatter, for 10,000 images drawn anew for each? On one and the
#    same set they scatter less. Forty networks that differed in their seed alone, trained for 60 epochs on 8 × 8 digits,
#    gave a spread of 0.007 on the same 360 test images; $\sqrt{p(1-p)/360}$ is 0.015 for their mean of 0.907. Why?)
# 2. What should she do, if she cannot get more data?

# %% [markdown] nbgrader={"grade_id": "reflection", "grade": true, "solution": true, "points": 2}
# *Write here, in place of this line.*

# %% [markdown]
# ## Take away
#
# - A dense layer in Keras is the line you wrote in unit 02; the rest is bookkeeping, well tested.
# - Scale by a fixed ruler, stratify, and let no image stand on both sides.
# - The validation loss says when to stop; `restore_best_weights` must be asked for.
# - Validation chooses, the test set judges, once.
# - A confusion matrix says who pays for the errors. Say which axis is the truth.
#
# ## Read next
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-based learning applied to document recognition*,
#   Proceedings of the IEEE 86 (1998) 2278: MNIST, and the convolutional network that reads it.
# - N. Srivastava and others, *Dropout: a simple way to prevent neural networks from overfitting*, Journal of
#   Machine Learning Research 15 (2014) 1929.
# - F. Chollet, *Deep Learning with Python*, chapters 2 to 4, by the author of Keras.
#
# **Next:** unit 05. Accuracy is a poor judge when signal is rare. ROC curves are a better one.
