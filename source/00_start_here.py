# %% [markdown]
# # 00 · Start here
#
# *20 minutes · 1 point*
#
# This notebook shows you how all the others work. You run a cell, move a slider, break something
# and mend it, write one line of physics, and see what becomes of your work once you hand it in. Then
# it unfolds a map: what machine learning is made of, and where each unit lies.
#
# **At the end you can**
# - run, edit and restart a notebook;
# - move an explorable and read what it says;
# - use an instant check, and Validate;
# - tell whether this computer is ready for the course;
# - say of a problem what kind of learning it asks for, and which unit teaches it.
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
# **Predict.** On the left a path is to run downhill. Its step length is set by the *learning rate* α. What
# will the path look like if you make α much smaller? Run the next cell, choose, and commit: what you predicted
# stays beside what is so, in this notebook and for your teacher, who sees how the class thought. It is never
# graded, and *Esc* skips it.

# %%
from course.predictions import ask

ask("path_of_tiny_steps")

# %% [markdown]
# **Move.** Run the next cell first: it draws the picture, and only then do the links below work. Press *play*.
# Then drag the slider, or choose it with the Tab key and press the arrow keys. A link can move it
# as well: [make α very small](#descent?preset=too%20small), then
# [make it too large](#descent?preset=diverges).
#
# **Explain.** Read the last line of the picture. It says in words what is seen. What does it say of each of the
# two?
#
# <details><summary>Answer</summary>
#
# Of the small α it says that *each step rolls down*, and that after 60 steps some of the excess cost is left: the path is
# down in the valley, and creeps along its floor. Of the large one, that *every step overshoots and J grows*: the path lands
# higher on the other side, each time farther out. Answers like this one stand folded below the questions of every unit:
# open them when you have given yours.
#
# </details>

# %%
from course.explore import Descent

descent = Descent()
descent

# %% [markdown]
# Python knows where you left the slider. Run this cell, move the slider, and run it again. You can set it as well:
# `descent.learning_rate = 0.1`.

# %%
descent.learning_rate

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
# Commit, then break the cell, read, and mend it again. (In the first line there is no error to see: Python
# remembers the right name from before.)

# %%
ask("last_line_of_an_error")

# %% [markdown]
# <details><summary>Answer</summary>
#
# It ends in `NameError: name '…' is not defined`, with your spelling in the place of the dots. The
# arrow has moved to the second line.
#
# </details>
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
# ## A slider on a function of yours
#
# `interact` takes a function and makes a control for each of its arguments: here a slider from 0.1 m to 4 m in steps
# of 0.1 m. Whenever you move it, the function runs again. **Move.** Which length swings once in two seconds? And
# how much longer is one that takes twice as long?
#
# <details><summary>Answer</summary>
#
# One metre, to within a step: the old pendulum clocks. Twice the time takes four times the length, for the root.
#
# </details>

# %%
from ipywidgets import interact


@interact(length=(0.1, 4.0, 0.1))
def swing(length=0.5):
    print(f"{length:.1f} m: {period(length):.2f} s")


# %% [markdown]
# An explorable is a widget too, as `interact` makes them, and each of its sliders has a name. So sliders can be tied together, and
# pictures put side by side. **Move.** Press *play* in both, then move one learning rate: the other follows. (The
# right one has its feature *standardised*, which unit 01 explains.)

# %%
from ipywidgets import HBox, jslink

twin = Descent(features="standardised")
jslink((descent, "learning_rate"), (twin, "learning_rate"))
HBox([descent, twin])

# %% [markdown]
# In later units a cell waits for three such lines of your own. They count nothing.
#
# ## Validate, then hand in
#
# In the toolbar above there is a button **Validate**. It saves the notebook, runs a copy of it from the top in a fresh Python,
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
# The next cell looks at everything the course needs. Each row says what it found and, where something
# is wrong, how to fix it. After *Run All* the row about explorables always has a ✗, since nobody has moved
# one: move a slider once, and run this cell again.

# %%
readiness.check(descent)

# %% [markdown]
# ## A map of the course
#
# Machine learning is fitting: a formula with open numbers, and a rule that sets them by looking at data. What kind
# of fitting it is, you find out with three questions. (Most of the formulas are decades old. What makes them work so well
# today: masses of data, graphics cards that multiply whole tables at once, activations and optimisers under which deep
# networks train, and free libraries.)
#
# **What do you have?**
#
# | you have | the kind of learning | in physics | units |
# |---|---|---|---|
# | inputs, each with its right answer (a *label*) | supervised | collisions, simulated so that the truth is known | 01 to 05 |
# | inputs alone | unsupervised | a film of something that moves: how many coordinates has it? | 06, 07 |
# | many inputs, answers for a few | semi-supervised | a sky full of galaxies, some of them classified by hand | a question below |
# | a law that the answer must obey | physics-informed: breaking the law costs | a network that is to solve a differential equation | beyond |
# | no data, but rules and a goal | reinforcement: try, and be rewarded | steering an experiment, playing Go | beyond |
#
# **What is to come out?** A number, such as the speed of a nebula, is *regression*. A class, such as signal or
# background, is *classification*: what most classifiers really give is a probability for each class.
#
# **What is learnt?** A *discriminative* model learns the answer that belongs to an input. A *generative* model learns
# how the inputs themselves are distributed, and can draw new ones.
#
# ### Where each unit lies
#
# Click a name to open the unit.
#
# | unit | you have | what comes out | the question |
# |---|---|---|---|
# | [01 · A straight line downhill](../01_linear_regression/01_linear_regression.ipynb) | labels: supervised | a number; discriminative | How old is the universe? |
# | [02 · One neuron is not enough](../02_perceptron/02_perceptron.ipynb) | labels: supervised | a class; discriminative | Can a circuit of thresholds see opposite charges? |
# | [03 · Backpropagation by hand](../03_backpropagation/03_backpropagation.ipynb) | any formula | its derivatives: the motor of all training | Which nebula decides Hubble's constant? |
# | [04 · Keras on MNIST](../04_keras_mnist/04_keras_mnist.ipynb) | labels: supervised | a class; discriminative | Which cells of a detector tell two classes apart? |
# | [05 · How good is it?](../05_roc/05_roc.ipynb) | scores and labels | a verdict on any classifier | Have you discovered a particle, and how sure are you? |
# | [06 · Memory and imagination](../06_memory/06_memory.ipynb) | inputs alone: unsupervised | memories, then new inputs; generative | What has a magnet to do with memory? |
# | [07 · Finding the coordinates](../07_autoencoders/07_autoencoders.ipynb) | inputs alone: unsupervised | a few coordinates | How many numbers does a pendulum's film need? |
#
# ### The recipe, in five steps
#
# 1. **Choose the data**, and divide them: to train on, to choose by, and to judge by once. (01, 04)
# 2. **Choose how an input is written.** In which units? As an image (then convolution suits), a sequence
#    (recurrent networks, transformers), a graph (graph networks)? Columns of unlike size are
#    made alike. (01, 04)
# 3. **Build and train.** Take a model with open numbers θ and a loss $J(\theta)$ that says how wrong it is; walk downhill
#    on $J$. (01 the walk, 02 the model, 03 the slope)
# 4. **Judge it** on data that it has never seen. (05)
# 5. **Improve it.** What training does not set (learning rate, depth, width) you choose by the data set aside for that.
#    Then go back to step 2. (04)
#
# ### Three languages
#
# Three crafts gave names to the same things.
#
# | a statistician says | a physicist says | machine learning says |
# |---|---|---|
# | independent variable, covariate | coordinate, observable | input, feature |
# | dependent variable, response | measured value | target, label |
# | fitted value, estimate | prediction of the theory | output, prediction |
# | observation (a *sample* is all of them) | event | sample, example |
# | coefficient; intercept | coupling; offset | weight; bias |
# | estimation | fit | training, learning |
# | negative log-likelihood | χ², energy | loss, cost |
# | multinomial logit probabilities | Boltzmann distribution | softmax |
# | normalising constant | partition function $Z$ | the same |
# | power, sensitivity | signal efficiency | true positive rate, recall |
# | positive predictive value | purity | precision |
#
# Two words mislead. *Bias* is a weight here, and an error that averaging does not remove in statistics.
# *Parameters* are what training sets; what you set is a *hyperparameter*.
#
# **Predict.** Your telescope has recorded a million light curves of stars. An expert has marked two hundred of them as
# "has a planet" or "has none". What kind of learning is it, and what is to come out? Which units do you need
# first?
#
# <details><summary>Answer</summary>
#
# With the two hundred alone it is supervised, and classification: units 02 to 05. The million without labels makes it
# semi-supervised: first learn from all of them what light curves look like (07), then the two classes in those few
# coordinates. Planets are rare, so unit 05 decides whether it is any good.
#
# </details>
#
# ### Notation
#
# There are more things than letters, so some letters change their meaning from unit to unit: crafts that grew apart gave
# them, and you will meet them so in books. Within a section of a unit each has one meaning. In the boxes about mistakes
# the letters are those of the page that is quoted.
#
# <details><summary>What each letter means, and where</summary>
#
# *Where* gives the unit, and the section if the unit needs the letter twice. What is measured in 1 is a plain number. A hat marks an
# estimate, a bar a mean; $i$ and $j$ number samples, units or classes; as indices *c* does so too in 03, and *l* in its section 4.
# A layer's weights have the shape
# (inputs, outputs) in all units, as in Keras; many texts write the transpose.
#
# | symbol | meaning | measured in | shape | where |
# |---|---|---|---|---|
# | $A$ | matrix of curvatures, $X^{\mathsf T}X/m$ | square of a feature | `(n, n)` | 01 |
# | $A$ | values of a layer, $f(Z)$ | 1 | `(m, n_out)` | 03, 04 |
# | $\alpha$ | learning rate | depends on the loss | number | 01, 03 |
# | $a$ | value of a unit, $f(z)$ | 1 | number | 02 |
# | $a$ | a node | 1 | number | 03 9 |
# | $a$ | half-width of a uniform distribution | 1 | number | 03 6 |
# | $a$, $c$ | two classes | 1 | numbers | 04 Finale |
# | $a$ | visible biases | 1 | `(n_v,)` | 06 |
# | $B$, $S$ | background and signal events expected before a cut | 1 | numbers | 05 |
# | $b$ | bias, one for each unit | 1 | number or `(n_out,)` | 02, 03, 04, 06, 07 |
# | $b$ | background events expected after a cut | 1 | number | 05 |
# | $\beta$ | how much of the memory is kept in a step | 1 | number | 03 |
# | $\beta$ | inverse temperature, $1/T$ | 1 over energy | number | 06 |
# | $C$ | confusion matrix; rows are the truth | events | `(n, n)` | 04 |
# | $C$ | principal axes, as columns | 1 | `(n, k)` | 07 |
# | $c$ | longest gradient that clipping lets pass | as the gradient | number | 03 6 |
# | $c$ | number of an output | 1 | number | 03 5 |
# | $c$ | coupling of a spin to itself | 1 | number | 06 |
# | $c$ | bias of the decoder | as a feature | `(n,)` | 07 |
# | $D$ | Jacobian of a layer | 1 | `(n_out, n_in)` | 03 |
# | $d$ | step away from the minimum | as θ | `(n,)` | 01 Downhill |
# | $d$ | degree of a polynomial | 1 | number | 01 Finale |
# | $d$ | distance of two means, in standard deviations | 1 | number | 05 |
# | $\delta$ | derivative of the loss by a layer's $Z$ | loss | `(m, n_out)` | 03 |
# | $\Delta$ | change of what follows; $\Delta E$: energy that being on costs | energy | number | 06 |
# | $E$ | energy of a particle | GeV | number | 05 |
# | $E$ | energy of a state | of a coupling | number | 06 |
# | $e$ | base of the natural logarithm | 1 | number | 01, 02, 03 3, 03 4, 03 9, 05, 06 |
# | $e$ | $e_i$: unit vector along axis $i$ | 1 | `(n,)` | 03 2 |
# | $\epsilon$ | keeps a division from being by zero | as the divisor | number | 03 |
# | $\varepsilon$ | noise of a measurement | as a target | `(m,)` | 01 |
# | $\varepsilon$ | normal noise of variance 1 | 1 | `(m, n)` | 07 |
# | $\eta$ | pseudorapidity | 1 | number | 05 |
# | $F$ | free energy of a picture | of a coupling | `(m,)` | 06 |
# | $f$ | activation | 1 | as its argument | 02, 03 5, 03 6, 04, 07 |
# | $f$ | any function | 1 | numbers to numbers | 03 2, 03 8 |
# | $f$ | score of an event | 1 | `(m,)` | 05 |
# | $\varphi$ | angle of a pendulum | radian | number | 07 The data |
# | $\varphi$ | angle between two subspaces | radian | number | 07 4 |
# | $\Phi$ | normal distribution function | 1 | number | 05 |
# | $G$ | gradient of all arrays together, to be clipped | as the gradient | several arrays | 03 |
# | $g$ | acceleration of gravity | m/s² | number | 00, 07 |
# | $g$ | gradient; $\hat g$: the same, measured | as the gradient | `(n,)` | 03 2, 03 7 |
# | $g$ | gain of the first weights | 1 | number | 03 6 |
# | $g$ | group of events | 1 | number | 05 |
# | $\Gamma$ | width of a resonance | GeV | number | 05 |
# | $\gamma$ | gap between classes | as an input | number | 02 |
# | $H$ | Hubble's constant | km/s per Mpc | number | 01, 03 |
# | $h$ | hypothesis: predictions | as a target | `(m,)` | 01 |
# | $h$ | height of a bump | 1 | number | 02 |
# | $h$ | step of a central difference | as θ | number | 03 |
# | $h$ | magnetic field | energy per moment | `(N,)` | 06 Part one |
# | $h$ | hidden units, 0 or 1 | 1 | `(m, n_h)` | 06 Part three |
# | $J$ | cost, loss | as declared there | number | 00, 01, 03, 04, 07 |
# | $J$ | coupling of Ising's model | energy | `(N, N)` | 06 |
# | $k$ | number of outputs, of classes | 1 | number | 03 |
# | $k$ | number of cells that are kept | 1 | number | 04 |
# | $k$ | number of simulated events that survive a cut | 1 | number | 05 |
# | $k$ | steps of a chain | 1 | number | 06 |
# | $k$ | numbers in the code | 1 | number | 07 |
# | $L$ | length of a pendulum | m | number | 00 |
# | $L$ | number of layers | 1 | number | 02, 03 |
# | $\mathcal L$ | likelihood | 1 | number | 01, 03 |
# | $l$ | number of a layer, as an index | 1 | number | 02 5, 03 5, 03 8 |
# | $l$, $r$ | left and right edge of a bump | as the input | numbers | 02 7 |
# | $l$ | class, as an index | 1 | number | 04 |
# | $\ell$ | length of a pendulum | m | number | 07 |
# | $\lambda$ | curvature along an eigenvector of $A$ | square of a feature | number | 01, 04 |
# | $\lambda$ | factor by which all distances grow | 1 | number | 03 |
# | $\lambda$ | variance along a principal axis | square of a feature | `(k,)` | 07 |
# | $M$ | mass of a pair; $M_0$: of the resonance | GeV | number | 05 |
# | $\mathcal M$ | an autoencoder | 1 | `(n,)` to `(n,)` | 07 |
# | $m$ | number of samples, of events | 1 | number | 01, 03 3, 03 4, 03 5, 04, 05, 07 |
# | $m$ | Adam's running mean of the gradient, so called by its authors | as the gradient | `(n,)` | 03 7 |
# | $\mu$ | mean of a column | as the feature | `(n,)` | 01 |
# | $\mu$ | magnetic moment of a spin; as an index, number of a pattern | energy per field | number | 06 |
# | $N$ | number of spins | 1 | number | 06 |
# | $n$ | number of features, of inputs | 1 | number | 01, 02 2, 03, 04 Step 2, 07 |
# | $n$ | number of bumps | 1 | number | 02 7 |
# | $n$ | number of classes | 1 | number | 04 Step 4 |
# | $n$ | $n_1$, $n_0$: events of signal, of background | 1 | numbers | 05 2, 05 3, 05 5 |
# | $n$ | number of bootstrap draws | 1 | number | 05 6 |
# | $n$ | $n_v$, $n_h$: visible, hidden units | 1 | numbers | 06 |
# | $O$ | order of the cost in time | 1 | number | 05 |
# | $\omega$ | $\omega_0$: threshold of a unit | 1 | number | 02 |
# | $P$ | probability of each class | 1 | `(m, k)` | 03, 04 |
# | $P$ | probability of a state | 1 | number | 06 |
# | $p$ | probability that the label is 1 | 1 | `(m,)` | 03 |
# | $p$ | share of values that dropout sets to 0 | 1 | number | 04 Step 3 |
# | $p$ | probability of a right answer | 1 | number | 04 Reflect |
# | $p$ | momentum | GeV | `(3,)` | 05 |
# | $p$ | number of patterns | 1 | number | 06 Part one |
# | $p$ | probability of what stands behind it | 1 | number | 06 Part two, 06 Part three, 06 Finale |
# | $\pi$ | half a turn, in radians | 1 | number | 00, 01 |
# | $\pi$ | share of signal in a sample | 1 | number | 05 |
# | $Q$ | rotation; $Q_A$: orthonormal basis | 1 | `(k, k)`, `(n, k)` | 07 |
# | $q$ | input, as an index | 1 | number | 03 |
# | $q$ | share of draws | 1 | number | 06 |
# | $R$ | length of the longest sample | as an input | number | 02 |
# | $R$ | sum of ranks | 1 | number | 05 |
# | $R$ | what is wrong in a reconstruction, $\hat X - X$ | as a feature | `(m, n)` | 07 |
# | $r$ | distance of a nebula | Mpc | `(m,)` | 01, 03 |
# | $\rho$ | residuals at the minimum | as a target | `(m,)` | 01 |
# | $S$ | scores less the largest of their row | 1 | `(m, k)` | 03 |
# | $S$ | covariance matrix | square of a feature | `(n, n)` | 07 |
# | $s$ | standard deviation of the noise | as a target | number | 01 |
# | $s$ | steepness of a bump | 1 over the input | number | 02 |
# | $s$ | sum or running mean of squared gradients | square of a gradient | `(n,)` | 03 |
# | $s$ | signal events expected after a cut | 1 | number | 05 |
# | $s$ | spins, −1 or +1 | 1 | `(N,)` | 06 |
# | $s$ | singular values | as a feature | `(k,)` | 07 |
# | $\sigma$ | standard deviation of a column, or of noise | as the feature | `(n,)`, number | 01, 07 |
# | $\sigma$ | sigmoid, $1/(1+e^{-z})$ | 1 | as its argument | 02, 03, 06 |
# | $T$ | period of a pendulum | s | number | 00 |
# | $T$ | temperature; $T_c$: where order sets in | energy | number | 06 |
# | $t$ | a node, $x^2$ | 1 | number | 03 1 |
# | $t$ | steps taken | 1 | number | 03 7 |
# | $t$ | threshold of a score | as the score | number | 05 |
# | $t$ | coordinate along a direction | as a feature | `(m,)` | 07 |
# | $\theta$ | parameters, what training sets | target over feature | `(n,)` | 00, 01, 03 |
# | $\theta$ | angle to the beam; $\theta^*$: in the pair's rest frame | radian | number | 05 |
# | $\theta$ | thresholds of spins | energy | `(N,)` | 06 |
# | $U$ | Mann and Whitney's statistic | 1 | number | 05 |
# | $U$, $V$ | rotations of a singular value decomposition | 1 | `(m, k)`, `(n, k)` | 07 |
# | $u$ | nodes | 1 | numbers | 03 1 |
# | $u$, $v$ | any two rows of numbers | 1 | `(m,)`, `(n,)` | 03 3 |
# | $u$ | direction, of length 1 | 1 | `(n,)` | 07 |
# | $V$ | values that a layer takes in | 1 | `(m, n_in)` | 02, 03, 04 |
# | $v$ | velocity of a nebula | km/s | `(m,)` | 01, 03 10 |
# | $v$ | momentum's memory, a velocity too | as the gradient | `(n,)` | 03 7 |
# | $v$ | visible units, 0 or 1 | 1 | `(m, n_v)` | 06 |
# | $W$, $w$ | weights: inputs first, outputs second | 1 | `(n_in, n_out)`, `(n,)` | 02 |
# | $W$ | weights: inputs first, outputs second | 1 | `(n_in, n_out)` | 03, 04, 07 |
# | $W$ | couplings; of a restricted machine its weights | energy | `(N, N)`, `(n_v, n_h)` | 06 |
# | $X$ | inputs, one row a sample | as the features | `(m, n)` | 01, 02, 03, 04, 07 |
# | $x$ | one sample, or one input | as the features | `(n,)`, number | 00, 01, 02, 03, 07 |
# | $x$ | what the sigmoid is taken of | 1 | number | 06 |
# | $\xi$ | patterns to be stored | 1 | `(p, N)` | 06 |
# | $Y$ | targets, one column an output | as an output | `(m, k)` | 03 |
# | $Y$ | codes, one row a sample | as a feature | `(m, k)` | 07 |
# | $y$ | targets: what was measured, or the label | as measured | `(m,)` | 01, 02, 03, 04, 05 |
# | $y$ | code of a sample | as a feature | `(k,)` | 07 |
# | $Z$ | partition function | 1 | number | 00, 06 |
# | $Z$ | features, standardised | 1 | `(m, n)` | 01 |
# | $Z$ | what goes into the activations of a layer | 1 | `(m, n_out)` | 02, 03, 04 |
# | $Z$ | $Z_A$: Asimov's significance | 1 | number | 05 |
# | $z$ | distance, standardised | 1 | number | 01 |
# | $z$ | what goes into an activation | 1 | number | 02, 03, 04 |
# | $z$ | axis along the beam | – | – | 05 |
#
# </details>
#
# ### Beyond the last unit
#
# <details><summary>Four roads that lead on</summary>
#
# - **Anomalies.** Look for what nobody has thought of, with no example of it. Train an autoencoder (07), or a
#   density (06), on what you know well. What it rebuilds badly, or thinks unlikely, is worth a look.
# - **Geometric machine learning.** Tracks, molecules and galaxies are sets and graphs, and physics does not care how you
#   number or turn them. Networks can be built so that their answer does not care either: graph networks, transformers, and
#   networks with a symmetry built in.
# - **Hardware.** A trigger beside the detector decides in microseconds. Networks are pruned, their weights
#   rounded to a few bits, and the rest wired into a programmable chip: unit 02's circuit, grown up.
# - **The string landscape.** String theory has more candidate universes than anyone can list. Supervised networks guess the
#   topology of extra dimensions, physics-informed ones find their metric, and reinforcement and genetic algorithms walk
#   from candidate to candidate and look for one like ours.
#
# </details>
#
# <details><summary>What to read along with the course</summary>
#
# *Reviews for physicists*
# - P. Mehta and others, *A high-bias, low-variance introduction to machine learning for physicists*, Physics Reports 810
#   (2019) 1. If you read one thing, read this.
# - F. Ruehle, *Data science applications to string theory*, Physics Reports 839 (2020) 1, chapters 2 and 3; its programs are
#   at [github.com/ruehlef/Physics-Reports](https://github.com/ruehlef/Physics-Reports). Chapter 2 there has unit 02's
#   $x_1 x_2 < 0$.
# - R. Schneider, *Heterotic compactifications in the era of data science*, thesis, Uppsala (2022), chapter 2.
# - The [Living Review of machine learning for particle physics](https://iml-wg.github.io/HEPML-LivingReview/) lists what
#   appears, by subject.
# - A. G. Baydin and others, *Automatic differentiation in machine learning: a survey*,
#   [arXiv:1502.05767](https://arxiv.org/abs/1502.05767).
#
# *Books*
# - I. Goodfellow, Y. Bengio and A. Courville, *Deep learning* (2016), chapters 6 and 7.
# - S. Raschka and others, *Machine learning with PyTorch and scikit-learn* (2022), chapter 11: a network from nothing.
# - D. Foster, *Generative deep learning*; J. Babcock and R. Bali, *Generative AI with Python and TensorFlow 2*.
#
# *Mathematics*
# - J. Berner, P. Grohs, G. Kutyniok and P. Petersen, *The modern mathematics of deep learning*, in *Mathematical aspects of
#   deep learning*, Cambridge University Press (2022) 1.
# - A. Jentzen, B. Kuckuck and P. von Wurstemberger, *Mathematical introduction to deep learning*,
#   [arXiv:2310.20360](https://arxiv.org/abs/2310.20360).
#
# *The lectures that this course grew out of*
# - M. Larfors, *Machine learning in string theory*, Nordita Winter School (2024).
# - J. Gonski, *Machine learning and artificial intelligence for physics*, African School of Physics (2024).
# - J. Walsh, *Machine learning beyond physics, from a physicist's perspective*.
# - I. Jablonski, *Experimental techniques in physics supported with AI/ML*, lecture 11 (2024).
# - M. Hjorth-Jensen, *Advanced machine learning and data analysis for the physical sciences*, 30 January 2024.
#
# You need none of these five. Where one of them misprints a formula that you will need, a box in the unit usually shows
# both forms and lets you find out which is right.
#
# </details>

# %% [markdown]
# ## Take away
#
# Run from the top. Predict before you move. Read errors from the last line. Check as often as you
# like. Before you train anything, ask: what do I have, what is to come out, what is learnt?
#
# **Next:** unit 01, in which a straight line slides downhill and the universe turns out to have an age.
