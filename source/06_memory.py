# %% [markdown]
# # 06 · Memory and imagination
#
# *90 minutes · 19 points*
#
# A nail holds some $10^{23}$ spins. In the simplest model of it, Ising's, each points up or down and pulls at its
# neighbours, and all obey one number, the energy. Cooled slowly, this magnet settles in one of two states: all up or
# all down. (Iron itself splits into domains that point in many directions. So nails do not stick to one another.)
#
# Now let the couplings be of either sign and reach between any two spins. Can you choose them so that the
# states in which the magnet settles are pictures *you* want it to keep? And if you warm it up: will it
# wander between pictures that resemble yours, but that nobody has ever shown it?
#
# **By the end of this unit a magnet of yours finds a letter in noise, and another one, warm, dreams
# handwritten digits.** It is one and the same physics, the Ising model's. J. Hopfield and G. Hinton were
# given the Nobel prize in physics of 2024 for such machines.
#
# **At the end you can**
# - store patterns in couplings by Hebb's rule, and say when recall must come to rest, and why;
# - see how much a network can hold, and how it forgets;
# - sample from a Boltzmann distribution, and check the sample against the exact one;
# - say why learning in a general Boltzmann machine is hard, and what a restricted one makes easier;
# - train a restricted Boltzmann machine by contrastive divergence.
#
# {timetable}

# %% nbgrader={"grade_id": "setup", "locked": true}
from itertools import product

import numpy as np

from course.checks import memory as check
from course.data.glyphs import binary_digits, letters
from course.figures import layers, pictures, scatter
from course.grading_mode import shortened
from course.models.fallback import working
from course.validation.arrays import require_not_negative, require_positive, require_whole
from course.validation.boltzmann import (
    as_bits,
    as_hopfield,
    as_rbm,
    as_spins,
    require_few_units,
    require_training,
)

# %% [markdown]
# ## Part one: memory
#
# Below the exercises, `working(recall)` is your `recall`; while you have not written it, it is the course's own, and
# a line says so. So you can go on wherever you are stuck.
#
# ### The data
#
# Four letters, each a picture of $N = 100$ spins: $+1$ is ink and $-1$ is paper.

# %% nbgrader={"grade_id": "letters", "locked": true}
alphabet = letters("ETXV")
pictures(alphabet, alt="the letters E, T, X and V, 10 by 10 squares each", low=-1)

# %% [markdown]
# ### A magnet that remembers
#
# A *Hopfield network* (1982) is $N$ spins, every one coupled to every other.
#
# | symbol | meaning | shape |
# |---|---|---|
# | `s` | state: spins $s_i = \pm1$ | `(N,)` |
# | `W` | couplings $W_{ij}$: symmetric, $W_{ii}=0$ | `(N, N)` |
# | `theta`, θ | thresholds | `(N,)` |
# | `patterns`, $\xi^\mu$ | what is to be stored, one row a pattern | `(p, N)` |
#
# A positive $W_{ij}$ wants $s_i$ and $s_j$ to agree, a negative one wants them to differ. So let every
# pattern vote: *neurons that fire together, wire together*. That is Hebb's rule,
#
# $$W_{ij} = \frac1N\sum_{\mu=1}^{p}\xi^\mu_i\,\xi^\mu_j \quad (i\ne j),\qquad W_{ii}=0 .$$
#
# The diagonal is cleared: a spin coupled to itself with strength $c$ keeps its state until the field of the others
# exceeds $c$. Hebb's sum would give $c = p/N$, too little to matter. But of 200 letters with a quarter of the spins
# turned, 98 % came back with $c = 0$ and with $c = p/N = 0.04$, 44 % with $c = 0.5$, and none with $c = 1$.

# %% [markdown]
# ### Exercise 1 · hebbian_weights
#
# As in unit 01, the first line of each stub turns lists into arrays and refuses what does not fit. Leave it
# in place and write below it.

# %% nbgrader={"grade_id": "hebbian_weights", "solution": true}
def hebbian_weights(patterns):
    """Return couplings that store patterns.

    Parameters
    ----------
    patterns : array_like, shape (p, N)
        Spins −1 and +1, one row for each pattern.

    Returns
    -------
    ndarray, shape (N, N)

    Raises
    ------
    ValueError
        If an entry is not a spin or the patterns differ in length.
    """
    patterns = as_spins(patterns, "patterns", ndim=2)
    ### BEGIN SOLUTION
    W = patterns.T @ patterns / patterns.shape[1]
    np.fill_diagonal(W, 0)
    return W
    ### END SOLUTION

# %%
check.hebbian_weights(hebbian_weights)

# %% nbgrader={"grade_id": "test-hebbian_weights", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.hebbian_weights(hebbian_weights).assert_passed()

# %% [markdown]
# ### The energy
#
# $$E(s) = -\frac12\sum_{i,j}W_{ij}\,s_i s_j + \sum_i\theta_i s_i .$$
#
# The double sum meets each pair twice, as $(i,j)$ and as $(j,i)$; the ½ puts that right. Compare with the
# Ising model as usually written,
#
# $$E = -\sum_{\langle ij\rangle}J_{ij}\,s_i s_j-\mu\sum_i h_i s_i .$$
#
# Here each pair of neighbours $\langle ij\rangle$ counts once, so there is no ½. The coupling $J_{ij}$ is
# our $W_{ij}$; $h_i$ is a magnetic field and μ the spins' moment (no pattern's number here), so $\theta_i=-\mu h_i$: a threshold is a
# field that points down. But in the network *every* pair are neighbours.
#
# **Predict.** Two spins, coupling 1, no thresholds. Which states have the lowest energy, and how low is it?
#
# <details><summary>Answer</summary>
#
# Those in which the two agree, at −1. Where they differ it is +1.
#
# </details>

# %% [markdown]
# ### Exercise 2 · hopfield_energy

# %% nbgrader={"grade_id": "hopfield_energy", "solution": true}
def hopfield_energy(s, W, theta):
    """Return the energy of a state, one number.

    Parameters
    ----------
    s : array_like, shape (N,)
        Spins −1 and +1.
    W : array_like, shape (N, N)
        Symmetric, zeros on the diagonal.
    theta : array_like, shape (N,)

    Raises
    ------
    ValueError
        If shapes disagree, W is not symmetric or not 0 on its diagonal, or s holds anything but spins.
    """
    W, theta, s = as_hopfield(W, theta, s)
    ### BEGIN SOLUTION
    return -0.5 * s @ W @ s + theta @ s
    ### END SOLUTION

# %%
check.hopfield_energy(hopfield_energy)

# %% nbgrader={"grade_id": "test-hopfield_energy", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.hopfield_energy(hopfield_energy).assert_passed()

# %%
for s in product([-1, 1], repeat=2):
    print(s, working(hopfield_energy)(s, [[0, 1], [1, 0]], [0, 0]))

# %% [markdown]
# ### Recall is rolling downhill
#
# Each spin looks at the field of all the others and follows it:
#
# $$s_i \leftarrow \begin{cases}+1 & \text{if } \sum_j W_{ij}s_j \ge \theta_i\\ -1 & \text{otherwise.}\end{cases}$$
#
# What does one such update do to the energy? Only the terms with $s_i$ change. If $s_i$ becomes $s_i'$,
#
# $$E' - E = -(s_i'-s_i)\Bigl(\sum_j W_{ij}s_j-\theta_i\Bigr)\le 0,$$
#
# for $s_i'$ was given the sign of the bracket. We used that $W$ is symmetric (the two halves of the double
# sum are equal) and that $W_{ii}=0$ (the bracket does not hold $s_i$ itself). So **one spin at a time, the
# energy never rises.** If the bracket is 0, a tie, $E$ stays as it is; but then ≥ turns the spin up, never down. So with each
# change either $E$ falls, or $E$ stays and one more spin is up: no state comes twice. There are finitely many, so at
# some point nothing changes any more. The magnet has come to rest in a local minimum: an *attractor*. That is a
# memory.

# %% [markdown]
# ### Exercise 3 · recall
#
# A *sweep* updates every spin once, one after the other, in an order drawn anew from `rng` (unit 01's
# `rng.permutation` serves again). Two things to think about:
# - A spin whose field is exactly at its threshold becomes $+1$: that is what ≥ says. What would
#   `np.sign` make of it?
# - The field must be that of the *present* spins, those already updated in this sweep included.

# %% nbgrader={"grade_id": "recall", "solution": true}
def recall(s0, W, theta, rng, max_sweeps):
    """Update spin by spin, in a new order each sweep, until a whole sweep changes nothing.

    Parameters
    ----------
    s0 : array_like, shape (N,)
        Where to start; it is not changed.
    W, theta : array_like, shapes (N, N) and (N,)
    rng : numpy.random.Generator
    max_sweeps : int
        The largest number of sweeps, at least 1.

    Returns
    -------
    s : ndarray, shape (N,)
    energies : ndarray, shape (sweeps + 1,)
        The energy at the start and after every sweep, also after the one that changed nothing.

    Raises
    ------
    ValueError
        If shapes disagree, W is not symmetric or not 0 on its diagonal, or s0 holds anything but spins.
    """
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    ### BEGIN SOLUTION
    energies = [hopfield_energy(s, W, theta)]
    for _ in range(max_sweeps):
        before = s.copy()
        for i in rng.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
    ### END SOLUTION

# %%
check.recall(recall)

# %% nbgrader={"grade_id": "test-recall", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.recall(recall).assert_passed()

# %% [markdown]
# Now spoil an X: turn a quarter of its spins at random.
#
# **Predict.** Which letter comes back? How many sweeps does it take?

# %%
rng = np.random.default_rng(6)
W, none = working(hebbian_weights)(alphabet), np.zeros(100)
spoilt = alphabet[2] * np.where(rng.random(100) < 0.25, -1, 1)
found, energies = working(recall)(spoilt, W, none, rng, 50)
pictures([spoilt, found], alt="a noisy X, and the X that recall finds", low=-1)

# %%
np.round(energies, 1)

# %% [markdown]
# The energy falls, then repeats once: the sweep that changed nothing. You asked for a letter by a part of
# it, and not by an address. Such a memory is called *associative*.

# %% [markdown]
# > **Erratum box · when does it converge?** The lecture slides that this course grew out of say: "under repeated
# > updates, the network converges to a local minimum in the energy function". *Which* updates? Take two spins that
# > want to differ, $W=\begin{pmatrix}0&-1\\-1&0\end{pmatrix}$, from $(1,1)$. Below both are updated **at once**,
# > each by the rule above, on the old state of the other.
# >
# > **Predict** the five states. Then the last line: where does your `recall`, one spin at a time, end?

# %%
differ, s = np.array([[0, -1], [-1, 0]]), np.array([1, 1])
for _ in range(5):
    print(s, "E =", working(hopfield_energy)(s, differ, [0, 0]))
    s = np.where(differ @ s >= 0, 1, -1)
print("one at a time:", working(recall)([1, 1], differ, [0, 0], rng, 20)[0])

# %% [markdown]
# > All at once, the pair is for ever in step and for ever wrong: it cycles between the two *highest* states.
# > The sentence is **right for asynchronous updates (one spin after the other), with symmetric $W$ and zero
# > diagonal**: the three things the proof above used. (A diagonal above 0 would do no harm to it; with
# > $W_{11}=-1$ a single spin flips for ever.)

# %% [markdown]
# ### How much fits in?
#
# Ask whether a stored pattern stays where it is. The field on spin $i$ of pattern ν is
#
# $$\sum_j W_{ij}\,\xi^\nu_j = \underbrace{\xi^\nu_i}_{\text{signal (almost)}} +
# \underbrace{\frac1N\sum_{\mu\ne\nu}\sum_{j\ne i}\xi^\mu_i\,\xi^\mu_j\,\xi^\nu_j}_{\text{crosstalk}} .$$
#
# For random patterns the crosstalk is a sum of about $pN$ random signs, over $N$: its spread is
# $\sqrt{p/N}$, against a signal of 1. So what counts is the *load* $p/N$, not $p$.
#
# **Predict.** Recall starts *on* one of the patterns. Does the share of spins that are wrong in the end rise gently with
# the load, or is there a cliff? Where?

# %%
from course.predictions import ask

ask("load_of_the_cliff")

# %%
N, loads, wrong = shortened(500, graded=60), np.arange(0.06, 0.25, 0.02), []
couplings, settle = working(hebbian_weights), working(recall)
for load in loads:
    xi = rng.choice([-1, 1], size=(round(load * N), N))
    J = couplings(xi)
    ends = [settle(x, J, np.zeros(N), rng, 20)[0] for x in xi[:10]]
    wrong.append(np.mean(ends != xi[:10]))
scatter(loads, wrong, "load p/N", "share of wrong spins", alt="near 0 up to about 0.14, then a cliff")

# %% [markdown]
# A cliff, and in an infinite network it stands at $p/N\approx0.138$ (Amit, Gutfreund and Sompolinsky, 1985):
# a phase transition, from a memory to a spin glass. Below it at most a spin or two in a hundred is wrong,
# above it recall slides away, until about a third are (chance would be a half). With 500 spins the edge is soft, and some patterns are lucky a little
# above it: run the cell a few times. With 100 spins there is hardly an edge.
#
# Besides your patterns there are *spurious* minima that nobody stored: the negative of each pattern (turn
# all spins, and $E$ without thresholds is the same) and mixtures such as the majority vote of three patterns.
#
# **Explain.** Store the two letters $\xi^1$ and $\xi^2$. How many minima do you expect at least?
#
# <details><summary>Answer</summary>
#
# Four: the two letters and their negatives, since turning all spins leaves $E$ as it is. With three patterns the
# majority votes of $\pm\xi^1, \pm\xi^2, \pm\xi^3$ come in: eight more, of which four are the negatives of the others.
#
# </details>

# %% [markdown]
# ### See it move
#
# The explorable below keeps letters, by *your* couplings, and updates one spin after the other. **Predict** what
# happens when you store two more patterns; when you turn half of all spins; when the temperature is above 0.
#
# **Move.** [A noisy letter](#hopfield?preset=noisy%20letter) · [too many](#hopfield?preset=too%20many) ·
# [a mixture](#hopfield?preset=mixture) · [its negative](#hopfield?preset=negative) ·
# [warm](#hopfield?preset=warm) · [drawn by hand](#hopfield?preset=drawn). Draw a letter of your own.
#
# **Explain.** The energy curve has steps that never go up at $T=0$. Which steps go up in the warm network,
# and what use could that be?
#
# <details><summary>Answer</summary>
#
# Those in which a spin turns against its field, by chance. They carry the network out of shallow minima, and mixtures
# are mostly shallower than memories; too warm, it leaves those too. With half of the spins turned, a start is as far
# from the letter as from its negative: nothing of the letter is left in it, and where it ends is a matter of chance. With
# two letters more this X ends in a mixture, at a load of 0.06: the cliff at 0.138 is for *random* patterns. Letters resemble
# one another (H and N agree in 84 of 100 squares), so that their crosstalk adds up where that of random ones averages out.
#
# </details>

# %%
from course.explore import RBM, Hopfield, Ising

hopfield = Hopfield(hebbian_weights=hebbian_weights)
hopfield

# %% [markdown]
# ## Part two: temperature
#
# A magnet at temperature $T$ does not sit in one state. With $\beta = 1/T$ (and Boltzmann's constant set
# to 1) the state $s$ turns up with probability
#
# $$P_\beta(s) = \frac{e^{-\beta E(s)}}{Z_\beta},\qquad Z_\beta=\sum_{s}e^{-\beta E(s)} .$$
#
# $Z$, the *partition function*, sums over all $2^N$ states. A *Boltzmann machine* is a Hopfield network at
# $\beta<\infty$: its answer is no longer a state but a distribution over states.
#
# To sample, update one unit at a time as before, but by chance. Let
#
# $$\Delta E_i = E(s_i=+1)-E(s_i=-1) = -2\Bigl(\sum_j W_{ij}s_j-\theta_i\Bigr)$$
#
# be the energy that it costs unit $i$ to be *on* ($+1$) and not *off* ($-1$), the others as they are. All
# other factors cancel, and $p_\text{on}/p_\text{off}=e^{-\beta\Delta E_i}$. With
# $p_\text{on}+p_\text{off}=1$,
#
# $$p_\text{on} = \frac{1}{1+e^{\,\beta\Delta E_i}} = \sigma(-\beta\Delta E_i),\qquad
# \sigma(x)=\frac1{1+e^{-x}} .$$
#
# The network, unit 02's logistic unit and the magnet have become one thing.

# %% [markdown]
# ### Exercise 4 · p_on
#
# One trap: for $\beta\Delta E=1000$ some ways of writing σ give `nan`.

# %% nbgrader={"grade_id": "p_on", "solution": true}
def p_on(delta_e, beta):
    """Return the probability that a unit is on; one number, or an array like delta_e.

    Parameters
    ----------
    delta_e : float or array_like
        E(on) − E(off).
    beta : float
        Inverse temperature, not below 0.

    Raises
    ------
    ValueError
        If beta is below 0.
    """
    require_not_negative(beta=beta)
    ### BEGIN SOLUTION
    return np.exp(-np.logaddexp(0, beta * np.asarray(delta_e)))
    ### END SOLUTION

# %%
check.p_on(p_on)

# %% nbgrader={"grade_id": "test-p_on", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.p_on(p_on).assert_passed()

# %% [markdown]
# ### Exercise 5 · partition_function
#
# For a few units you can do what nobody can do for a bar of iron: add up all states.
# `itertools.product([-1, 1], repeat=N)` runs through them.

# %% nbgrader={"grade_id": "partition_function", "solution": true}
def partition_function(W, theta, beta):
    """Return Z, the sum of exp(−βE) over all 2^N states of spins.

    Parameters
    ----------
    W, theta : array_like, shapes (N, N) and (N,)
        At most 20 units.
    beta : float
        Inverse temperature, not below 0.

    Raises
    ------
    ValueError
        If shapes disagree, W is not symmetric or not 0 on its diagonal, beta is below 0 or N above 20.
    """
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    ### BEGIN SOLUTION
    states = product([-1, 1], repeat=len(theta))
    return sum(np.exp(-beta * hopfield_energy(s, W, theta)) for s in states)
    ### END SOLUTION

# %%
check.partition_function(partition_function)

# %% nbgrader={"grade_id": "test-partition_function", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.partition_function(partition_function).assert_passed()

# %% [markdown]
# > **Erratum box · the sign of a Boltzmann unit.** The slides print, with $\Delta E_i = E(\text{on})-E(\text{off})$,
# >
# > $$\beta\Delta E_i=\ln p_\text{on}-\ln p_\text{off},\qquad
# > p_\text{on}=\frac1{1+\exp(-\beta\Delta E_i)}=\sigma(-\beta\Delta E_i)\quad\text{(as printed)}.$$
# >
# > The two halves of the second line contradict each other. Right is
# >
# > $$\beta\Delta E_i=\ln p_\text{off}-\ln p_\text{on},\qquad
# > p_\text{on}=\frac1{1+\exp(\beta\Delta E_i)}=\sigma(-\beta\Delta E_i) .$$
# >
# > Let your own $Z$ decide. A single unit with threshold $\theta=1$ has $E(\text{on})=1$, $E(\text{off})=-1$, so
# > $\Delta E=2$. **Predict:** is it more often on or off? By which formula?

# %%
Z = working(partition_function)([[0]], [1], beta=1)
yours = working(p_on)(2, 1)
print(f"exact {np.exp(-1) / Z:.3f}, printed {1 / (1 + np.exp(-2)):.3f}, yours {yours:.3f}")

# %% [markdown]
# ### Exercise 6 · boltzmann_sample
#
# Now let a network live at inverse temperature β. A sweep sets every unit anew, one after the other (in any
# order), each by chance with its own `p_on`. Note the state after every sweep.
#
# Two traps: $\Delta E_i$ is a difference of spins $+1$ and $-1$, so a factor 2 comes in. And a row of the
# result must be a *copy* of the state, or all rows become the last one.

# %% nbgrader={"grade_id": "boltzmann_sample", "solution": true}
def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    """Sample states of a Boltzmann machine.

    Parameters
    ----------
    s0, W, theta : array_like, shapes (N,), (N, N) and (N,)
        Start, couplings, thresholds; none is changed.
    beta : float
        Inverse temperature, not below 0.
    n_sweeps : int
        At least 1; each sweep sets every unit once.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray, shape (n_sweeps, N)
        The state after each sweep.

    Raises
    ------
    ValueError
        If shapes disagree, W is not as in a Hopfield network, s0 holds anything but spins, or beta is below 0.
    """
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    ### BEGIN SOLUTION
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        for i in rng.permutation(len(s)):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if rng.random() < p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
    ### END SOLUTION

# %%
check.boltzmann_sample(boltzmann_sample)

# %% nbgrader={"grade_id": "test-boltzmann_sample", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.boltzmann_sample(boltzmann_sample).assert_passed()

# %% [markdown]
# Three units, eight states: hold the sample against exact probabilities, from your own $Z$ and $E$.
#
# **Predict.** How far apart may the columns be, with 4000 sweeps?
#
# <details><summary>Answer</summary>
#
# A share $q$ out of 4000 independent draws scatters by $\sqrt{q(1-q)/4000}$: 0.008 for $q = 0.4$ and 0.002 for
# $q = 0.012$. Sweeps remember the one before, so it is somewhat more.
#
# </details>

# %%
J, field = [[0, 1, 0], [1, 0, -1], [0, -1, 0]], [0.2, 0, 0]
rows = working(boltzmann_sample)([1, 1, 1], J, field, 0.8, 4000, rng)
energy, Z3 = working(hopfield_energy), working(partition_function)(J, field, 0.8)
for s in product([-1, 1], repeat=3):
    seen = (rows == s).all(axis=1).mean()
    print(s, f"sampled {seen:.3f}, exact {np.exp(-0.8 * energy(s, J, field)) / Z3:.3f}")

# %% [markdown]
# ### Sixty-four by sixty-four
#
# With couplings between neighbours on a square lattice only, this is the Ising model. Onsager solved it in
# 1944: order sets in below $T_c = 2/\ln(1+\sqrt2) = 2.269$ (in units of the coupling).
#
# **Predict.** How does the lattice look far above, far below and at $T_c$?

# %%
ask("order_by_temperature")

# %% [markdown]
# **Move.** [Hot](#ising?preset=hot&play=true) · [cold](#ising?preset=cold&play=true) ·
# [critical](#ising?preset=critical&play=true) · [a field turned over](#ising?preset=against%20the%20field&play=true).
# A link stops after 120 sweeps; *play* goes on.
#
# **Explain.** Cold, it often stops with two stripes. Is that a minimum of the energy? Which of Part one's words
# fits it?
#
# <details><summary>Answer</summary>
#
# A local one. A spin beside a straight wall has three like neighbours and one unlike: to turn it costs 4 units of
# energy, though the wall as a whole costs some. So it is an attractor, a *spurious* one; only all up and all down lie
# lowest.
#
# </details>

# %%
Ising()

# %% [markdown]
# ## Part three: imagination
#
# A Boltzmann machine can *learn*: choose the couplings so that what it samples looks like the data. Such a
# model, of how inputs are distributed, is *generative*; a classifier is *discriminative*. Let $p(v)$ be its probability of a picture $v$. The slope of $\ln p$ in a coupling is, at $\beta=1$,
#
# $$\frac{\partial\ln p}{\partial W_{ij}}=\langle s_i s_j\rangle_\text{data}-\langle s_i s_j\rangle_\text{model},$$
#
# a mean over the data minus a mean over the machine's own states. *Wake, and do as the world does; sleep, and
# unlearn what you dream.*
#
# <details><summary>Derivation: the slope of ln p in a coupling</summary>
#
# With $\ln p(s) = -E(s) - \ln Z$ differentiate both terms. In $-E$ the coupling of the pair $i,j$ stands beside
# $s_is_j$ once (the double sum meets it twice, with a ½), so the first gives $s_is_j$, averaged over the data. The
# second gives
#
# $$\frac{\partial\ln Z}{\partial W_{ij}} = \frac1Z\sum_s e^{-E(s)}\,s_is_j = \langle s_is_j\rangle_\text{model},$$
#
# as $\ln Z$ gives every mean in statistical mechanics. If only some units are seen, $\ln p(v) = \ln\sum_h e^{-E(v,h)}
# - \ln Z$, and the first sum differentiates like the second: a mean over $h$ *given* $v$.
#
# **Erratum** · One lecture has the probability that both units are *on* in place of $\langle s_is_j\rangle$. With
# units 0 and 1 the two are one, as there a product is 1 only then. With spins $\pm1$ two that are *off* count too.
#
# </details>
#
# But the second mean wants equilibrium samples, after **every** step of learning, from
# a network coupled in all ways. With hidden units the first wants them too, with the data
# held fixed. That is why learning is hard.
#
# The way out: forbid most couplings. A *restricted Boltzmann machine* (RBM) has *visible* units $v$, where the
# data go, and *hidden* ones $h$, and couples only visible to hidden.
#
# $$E(v,h)=-\sum_i a_i v_i-\sum_j b_j h_j-\sum_{i,j}v_i W_{ij}h_j .$$
#
# | symbol | meaning | shape |
# |---|---|---|
# | `v`, `h` | visible and hidden units, 0 or 1, one row a sample | `(m, n_v)`, `(m, n_h)` |
# | `W` | weights; no longer square | `(n_v, n_h)` |
# | `a`, `b` | visible and hidden biases (a bias is minus a threshold) | `(n_v,)`, `(n_h,)` |

# %%
layers([5, 3], ["v (5,)", "h (3,)"], ["W (5, 3)"], directed=False)

# %% [markdown]
# Given $v$, no hidden unit knows of another: all can be drawn **at once**. For units 0 and 1 being on costs
# $\Delta E_j=-b_j-\sum_i v_iW_{ij}$, without a factor 2. So with your own $p_\text{on}$ at
# $\beta=1$,
#
# $$p(h_j=1\mid v)=\sigma\Bigl(b_j+\sum_i v_iW_{ij}\Bigr),\qquad
# p(v_i=1\mid h)=\sigma\Bigl(a_i+\sum_j W_{ij}h_j\Bigr).$$

# %% [markdown]
# ### Exercise 7 · rbm_conditionals
#
# The finale calls these functions many thousand times: let matrix products do the sums.

# %% nbgrader={"grade_id": "rbm_conditionals", "solution": true}
def p_hidden(v, W, b):
    """Return p(h = 1 | v), shape (m, n_h), for v (m, n_v), W (n_v, n_h), b (n_h,).

    Raises ValueError if shapes disagree or a unit is neither 0 nor 1.
    """
    W, b, v = as_rbm(W, b=b, v=v)
    ### BEGIN SOLUTION
    return np.exp(-np.logaddexp(0, -(v @ W + b)))
    ### END SOLUTION


def p_visible(h, W, a):
    """Return p(v = 1 | h), shape (m, n_v), for h (m, n_h), W (n_v, n_h), a (n_v,).

    Raises ValueError if shapes disagree or a unit is neither 0 nor 1.
    """
    W, a, h = as_rbm(W, a=a, h=h)
    ### BEGIN SOLUTION
    return np.exp(-np.logaddexp(0, -(h @ W.T + a)))
    ### END SOLUTION

# %%
check.rbm_conditionals(p_hidden, p_visible)

# %% nbgrader={"grade_id": "test-rbm_conditionals", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.rbm_conditionals(p_hidden, p_visible).assert_passed()

# %% [markdown]
# ### Free energy
#
# The hidden units can be summed out by hand. What remains is a *free energy* $F(v)$, in the sense of
# thermodynamics:
#
# $$e^{-F(v)} = \sum_h e^{-E(v,h)}\quad\Longrightarrow\quad
# F(v) = -\sum_i a_iv_i-\sum_j\ln\bigl(1+e^{\,b_j+\sum_i v_iW_{ij}}\bigr),\qquad p(v)=\frac{e^{-F(v)}}{Z}.$$
#
# One factor for each hidden unit, because none knows of the others: a sum over $2^{n_h}$ states has become a
# product of $n_h$ factors.
#
# ### Exercise 8 · rbm_energy and free_energy
#
# One trap: $e^{800}$ is infinite in a computer, though $\ln(1+e^{800})$ is just 800. `np.logaddexp(0, x)`
# knows.

# %% nbgrader={"grade_id": "rbm_energy", "solution": true}
def rbm_energy(v, h, W, a, b):
    """Return the energies E(v, h) of m pairs (rows of v and h), shape (m,).

    Raises ValueError if shapes disagree or a unit is neither 0 nor 1.
    """
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    ### BEGIN SOLUTION
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)
    ### END SOLUTION


def free_energy(v, W, a, b):
    """Return the free energies F(v) of m rows of v, shape (m,).

    Raises ValueError if shapes disagree or a unit is neither 0 nor 1.
    """
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    ### BEGIN SOLUTION
    return -v @ a - np.logaddexp(0, v @ W + b).sum(axis=1)
    ### END SOLUTION

# %%
check.rbm_energy(rbm_energy, free_energy)

# %% nbgrader={"grade_id": "test-rbm_energy", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.rbm_energy(rbm_energy, free_energy).assert_passed()

# %% [markdown]
# ### Contrastive divergence
#
# For the RBM the slopes of $\ln p$, averaged over the data, are
#
# $$\frac{\partial\ln p}{\partial W_{ij}}=\langle v_ih_j\rangle_\text{data}-\langle v_ih_j\rangle_\text{model},\qquad
# \frac{\partial\ln p}{\partial a_i}=\langle v_i\rangle_\text{data}-\langle v_i\rangle_\text{model},\qquad
# \frac{\partial\ln p}{\partial b_j}=\langle h_j\rangle_\text{data}-\langle h_j\rangle_\text{model}.$$
#
# In the data part $v$ is given, and $h_j$ may enter by its exact mean $p(h_j=1\mid v)$. The model part is
# sampled by **block Gibbs sampling**: draw all of $h$ from $v$, all of $v$ from $h$, and so on. In principle,
# until equilibrium.
#
# Hinton's idea (2002): start the chain *at the data* and take only $k$ steps. Even $k=1$ shows in which
# direction the machine wants to drift away from the data, and that drift is what has to be corrected. The
# result is called CD-$k$. It is not the slope of anything, but it tends to the exact gradient as $k$ grows.
#
# For one step of the chain:
# 1. draw $h$ from $p(h\mid v)$: each unit is 1 where `rng.random(...)` is below its probability;
# 2. draw $v$ from $p(v\mid h)$ likewise.
#
# After $k$ steps, let $h$ enter the model part by its probabilities given the last $v$.
#
# ### Exercise 9 · cd_gradient

# %% nbgrader={"grade_id": "cd_gradient", "solution": true}
def cd_gradient(v, W, a, b, k, rng):
    """Return the CD-k estimate of the gradient of ln p, a direction uphill.

    Parameters
    ----------
    v : array_like, shape (m, n_v)
        A batch of data, units 0 and 1. One chain starts from each row.
    W, a, b : array_like, shapes (n_v, n_h), (n_v,) and (n_h,)
    k : int
        Steps of the chain, at least 1.
    rng : numpy.random.Generator

    Returns
    -------
    dW, da, db : ndarrays of the shapes of W, a and b; means over the batch

    Raises
    ------
    ValueError
        If shapes disagree, a unit is neither 0 nor 1, or k is below 1.
    """
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    ### BEGIN SOLUTION
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        h = rng.random(data.shape) < p_hidden(model, W, b)
        model = (rng.random(v.shape) < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
    ### END SOLUTION

# %%
check.cd_gradient(cd_gradient)

# %% nbgrader={"grade_id": "test-cd_gradient", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.cd_gradient(cd_gradient).assert_passed()

# %% [markdown]
# ### Exercise 10 · train_rbm
#
# All that is left is unit 01's mini-batches with the sign turned round: we climb $\ln p$. Shuffle at the start of
# each epoch, cut into batches of `batch_size` (the last may be short), take one step a batch.
#
# Start with biases 0 and *small random* weights, normal with standard deviation 0.01. With weights exactly 0 all
# hidden units would start alike, be told alike, and stay alike.

# %% nbgrader={"grade_id": "train_rbm", "solution": true}
def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    """Train an RBM by contrastive divergence, from biases 0 and small random weights.

    Every epoch takes all samples in a new order, drawn from rng.

    Parameters
    ----------
    V : array_like, shape (m, n_v)
        Data, units 0 and 1.
    n_hidden, epochs : int
    alpha : float
        Learning rate, above 0.
    batch_size : int
        From 1 to m; the last batch of an epoch may be short.
    k : int
        Steps of the chain, at least 1.
    rng : numpy.random.Generator

    Returns
    -------
    W, a, b : ndarrays, shapes (n_v, n_hidden), (n_v,), (n_hidden,)

    Raises
    ------
    ValueError
        If a unit is neither 0 nor 1 or a number is out of range.
    """
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    ### BEGIN SOLUTION
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    for _ in range(epochs):
        order = rng.permutation(len(V))
        for start in range(0, len(V), batch_size):
            v = V[order[start : start + batch_size]]
            dW, da, db = cd_gradient(v, W, a, b, k, rng)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
    ### END SOLUTION

# %%
check.train_rbm(train_rbm)

# %% nbgrader={"grade_id": "test-train_rbm", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import memory as check
### END HIDDEN TESTS
check.train_rbm(train_rbm).assert_passed()

# %% [markdown]
# ### Watch it learn
#
# **Predict.** What will a hidden unit look for: single pixels, strokes, whole digits? What do dreams look like
# early in training?
#
# **Move.** [As it comes](#rbm?preset=as%20it%20comes&play=true) · [few hidden units](#rbm?preset=few%20units&play=true) ·
# [too fast](#rbm?preset=too%20fast&play=true) · [longer chains](#rbm?preset=longer%20chains&play=true).
# A link stops after some epochs; *play* goes on.
#
# **Explain.** The reconstruction error falls at once, long before the dreams are any good. Why is it a poor judge
# of an RBM?
#
# <details><summary>Answer</summary>
#
# A reconstruction is one step away from a digit, so it tells about the neighbourhood of the data only. A machine may
# give back every digit and still have deep valleys elsewhere, which no chain of one step visits; free chains fall
# into them.
#
# </details>

# %%
RBM(cd_gradient=cd_gradient)

# %% [markdown]
# ## Finale: a machine that dreams digits
#
# The opening question had two halves. A letter found in noise was the first. Here is the second: 1797 digits
# written by hand, 8 × 8 pixels, black and white.

# %%
V, labels = binary_digits()
pictures(V[:20], alt="twenty handwritten digits")

# %% [markdown]
# Train a machine with 64 hidden units: 40 epochs, some seconds, all of them in your own functions.

# %%
rng = np.random.default_rng(2024)
epochs = shortened(40, graded=2)
W, a, b = working(train_rbm)(V, 64, epochs, alpha=0.1, batch_size=20, k=1, rng=rng)
pictures(W.T[:20], alt="what 20 of the hidden units look for: strokes, edges, loops", signed=True)

# %% [markdown]
# Each square shows the weights of one hidden unit: bright pixels switch it on, dark ones switch it off. You see
# strokes, edges, loops. Nobody asked for them.
#
# Has it understood anything? $Z$ is out of reach (64 hidden units have $2^{64}$ states), but it cancels when two
# pictures are compared: $\ln p(v)-\ln p(v')=F(v')-F(v)$.
#
# **Predict.** Take the true digits, and the same digits with their pixels shuffled. Which will have the
# lower free energy, and is a true digit $e$, $e^{10}$ or $e^{50}$ times as probable?

# %%
shuffled = rng.permuted(V[:200], axis=1)
for name, pixels in {"digits": V[:200], "shuffled": shuffled}.items():
    print(f"{name} {working(free_energy)(pixels, W, a, b).mean():.0f}")

# %% [markdown]
# Now let it dream. Start from pure noise, and let the chain run freely: hidden, visible, hidden, visible, with
# nothing from outside. We look at the probabilities of the pixels, which are smoother than the draws.

# %%
up, down = working(p_hidden), working(p_visible)

def step(v):
    """Take one step of each chain; return the pixels drawn and their probabilities."""
    p = down(rng.random((len(v), len(b))) < up(v, W, b), W, a)
    return (rng.random(p.shape) < p).astype(float), p

v = (rng.random((20, 64)) < 0.5).astype(float)
for _ in range(1000):
    v, dream = step(v)
pictures(dream, alt="twenty digits that the machine dreams")

# %% [markdown]
# Like the magnet's states they are drawn from $e^{-F}/Z$; only the couplings were learned and not set.
#
# Did it just learn some digits by heart? Which digit of the data is nearest to each dream, and in how many pixels do
# they differ? A number needs something beside it: how far is a *real* digit from the nearest other one? And a picture
# whose pixels are drawn one by one, each as often on as in the data?

# %%
def pixels_apart(u, v):
    return u.sum(axis=1)[:, None] + v.sum(axis=1) - 2 * u @ v.T

nearest, others = pixels_apart(v, V), pixels_apart(V, V) + 64 * np.eye(len(V))
one_by_one = pixels_apart(rng.random((500, 64)) < V.mean(axis=0), V)
print("dreams:", nearest.min(axis=1).astype(int))
print(f"real digits {others.min(axis=1).mean():.1f}, one by one {one_by_one.min(axis=1).mean():.1f}")
print(f"{np.sum(others.min(axis=1) == 0)} of {len(V)} digits have a twin")
pictures(V[nearest.argmin(axis=1)], alt="the nearest digit of the data for each dream")

# %% [markdown]
# A dream is some four pixels from the nearest digit; a real digit is 3.1 from the nearest other, and pixels without
# the machine's couplings are 8 from one. So the dreams lie nearly as close to the data as the data to one another: neither copies nor chance.
#
# **Predict.** A chain starts at a digit of the data. For how many steps does it stay with the same kind of digit?

# %%
v = V[rng.permutation(len(V))[:500]]
first = labels[pixels_apart(v, V).argmin(axis=1)]
for number in range(1, 201):
    v, _ = step(v)
    if number in (1, 10, 50, 100, 200):
        same = labels[pixels_apart(v, V).argmin(axis=1)] == first
        print(f"after {number:3d} steps {same.mean():.0%} of 500 chains are nearest to a digit of their first kind")

# %% [markdown]
# Within a hundred steps the machine has forgotten: some 10 % is what chance gives. Trained ten times as long, it
# keeps about 35 % after 50 steps, and needs 200 to 300 to forget. (Two such machines were trained for these numbers.)
# Learning deepens the valleys, and the mountains of free energy between them keep a chain in. This slow *mixing* is
# the standing problem of such models, and well known from every simulation of a magnet below $T_c$.
#
# Stacking RBMs, each trained on the hidden units of the one below, gives a *deep belief network*. In 2006 it showed
# that deep networks of full layers can be trained, and brought depth back. (Convolutional ones had been trained since
# 1989, and none of today's needs such a start.)

# %% [markdown]
# ## Reflect
#
# *2 points, read by a person. Six to ten sentences.*
#
# 1. Recall and your Gibbs chain both update by differences of an energy. What does each do at a local minimum, and
#    what does that make each of them good for?
# 2. Your finale measured how well the machine does in three ways: free energies, dreams, nearest digits. For each
#    of them, describe a bad machine that would pass it.

# %% [markdown] nbgrader={"grade_id": "reflection", "grade": true, "solution": true, "points": 2}
# *Write here, in place of this line.*

# %% [markdown]
# ## Take away
#
# - One energy function serves memory (its minima) and imagination (its Boltzmann distribution).
# - One unit at a time, symmetric couplings, zero diagonal: then the energy never rises. All at once, it may.
# - A Hebbian memory of $N$ spins holds about $0.138\,N$ random patterns, and breaks down at a cliff.
# - Learning compares the world with the dream. A restricted machine makes the world's mean exact and a step of the
#   dream cheap; the dream's mean still needs a chain that mixes.
# - Whatever is random can be checked exactly where it is small.
#
# ## Read next
#
# - J. Hopfield, *Neural networks and physical systems with emergent collective computational abilities*,
#   PNAS 79 (1982) 2554. Five pages.
# - D. Amit, H. Gutfreund, H. Sompolinsky, *Storing infinite numbers of patterns in a spin-glass model of neural
#   networks*, Phys. Rev. Lett. 55 (1985) 1530: where 0.138 comes from.
# - G. Hinton, *Training products of experts by minimizing contrastive divergence*, Neural Computation 14 (2002)
#   1771.
# - P. Mehta and others, *A high-bias, low-variance introduction to machine learning for physicists*, Physics
#   Reports 810 (2019) 1, sections XV and XVI.
#
# **Next:** unit 07. Dreams live on a thin sheet in the space of all pictures. How many coordinates has it?
