# %% [markdown]
# # 05 · How good is it? ROC and AUC
#
# *90 minutes · 18 points*
#
# A year of collisions is on disk. If a certain new particle exists, 150 of the events come from it.
# Twenty thousand others look much the same and do not. Counting everything gives an excess of
# $150/\sqrt{20\,000} \approx 1.1$ standard deviations: nothing to write home about.
#
# A trained network gives each event a *score*, high for those like the particle. Keep only events with a
# high score, and the background melts. So does the signal, more slowly.
#
# **Where do you cut, is what is left a discovery (five standard deviations), and how sure are you? By the
# end of this unit your own functions answer.**
#
# **At the end you can**
# - turn scores into decisions, and count the four ways a decision can end;
# - draw the ROC curve from a single sort, ties included, and say what its area means in two ways;
# - say why accuracy deceives when signal is rare, and what precision adds;
# - choose a working point by $s/\sqrt b$, and attach an honest uncertainty to an AUC;
# - judge a classifier by its worst case, and not by its average.
#
# {timetable}

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np

from course.checks import roc as check
from course.data.collider import EXPECTED, FEATURES, collisions
from course.grading_mode import shortened
from course.models.fallback import working
from course.validation.arrays import require_generator, require_positive, require_whole
from course.validation.scores import as_curve, as_groups, as_scored, require_background, require_cut

# %% [markdown]
# ## The data
#
# The events are made up by this course, from a seed, with every rule written in `course/data/collider.py`.
# Each one is a pair of light particles. In a *signal* event they come from a resonance of mass
# $M_0 = 500$ GeV and width $\Gamma = 10$ GeV; in a *background* event their mass $M$ follows a falling
# $e^{-M/150\,\mathrm{GeV}}$. The detector then smears energies and angles, more coarsely at the two ends
# ("forward", pseudorapidity $|\eta| > 1.5$) than in the middle.
#
# <details><summary>The words: pT, rapidity, η, cos θ*</summary>
#
# The beam runs along $z$, $\theta$ is the angle to it; energies, momenta and masses are in GeV.
#
# - **Transverse momentum** $p_T = \sqrt{p_x^2 + p_y^2}$. The beams carry none, so a large one comes from the collision.
# - **Rapidity** $\frac12\ln\frac{E + p_z}{E - p_z}$. Seen from a frame that moves along the beam, all rapidities are
#   shifted by one number: differences stay.
# - **Pseudorapidity** $\eta = -\ln\tan\frac\theta2$: the rapidity of a massless particle, known from its direction. It
#   is 0 across the beam, and 1.5 at 25° to it.
# - **Mass** of the pair: $M^2 = (E_1 + E_2)^2 - (\vec p_1 + \vec p_2)^2$.
# - **cos θ\***: of the angle between a particle and the beam where the pair is at rest. Flat for the signal, which has
#   no spin; $1 + \cos^2\theta^*$ for the background, which goes through a vector particle. The detector gives
#   $|\tanh\frac{\eta_1 - \eta_2}2|$, which equals it for two massless particles if the pair has no transverse
#   momentum, and nearly otherwise.
#
# </details>
#
# | symbol | meaning | shape |
# |---|---|---|
# | `X` | six measured features of each event | `(m, 6)` |
# | `y` | truth: 1 signal, 0 background | `(m,)` |
# | `group` | how many of the two particles went forward: 0, 1 or 2 | `(m,)` |

# %% nbgrader={"grade_id": "data", "locked": true}
train, test = collisions(3000, 3000, seed=1), collisions(1000, 10_000, seed=2)
X, y, group = test.X, test.y, test.group
dict(zip(FEATURES, X[0].round(2).tolist(), strict=True))

# %% [markdown]
# There are as many signal as background events in `train`, but ten times fewer in `test`, and 133 times
# fewer in the year on disk. That is a property of the *sample*: a good measure of a *classifier* should not
# care.
#
# In the measured mass of the pair the two look like this:

# %%
from course.figures import curves, histogram, reliability, staircase

classes = {"background": X[y == 0, 0], "signal": X[y == 1, 0]}
alt = "The background falls steeply; on its slope the signal is a narrow peak at 500 GeV"
histogram(classes, "mass (GeV)", "events", alt)

# %% [markdown]
# Here is a first score, with no training at all: how near the measured mass is to 500 GeV. The minus sign
# makes it larger for events more like signal. That is all a score has to do; it need not be a probability.

# %%
score = -np.abs(X[:, 0] - 500)
print(f"mean score of signal {score[y == 1].mean():.0f}, of background {score[y == 0].mean():.0f}")

# %% [markdown]
# ## 1 · A threshold turns a score into a decision
#
# Choose a **threshold** $t$ and call an event *positive* when its score $f$ reaches it, $f \ge t$. Each of
# the $m$ events then falls into one of four boxes of the **confusion matrix**:
#
# | | called positive, $f \ge t$ | called negative, $f < t$ |
# |---|---|---|
# | **signal**, $y=1$ | true positive, TP | false negative, FN |
# | **background**, $y=0$ | false positive, FP | true negative, TN |
#
# Two rates sum them up, each within one true class:
#
# $$\mathrm{TPR} = \frac{\mathrm{TP}}{\mathrm{TP}+\mathrm{FN}}, \qquad
# \mathrm{FPR} = \frac{\mathrm{FP}}{\mathrm{FP}+\mathrm{TN}} .$$
#
# TPR, the *true positive rate*, is the signal efficiency of a physicist. FPR, the *false positive rate*, is
# the background efficiency. Because each counts within its own class, neither changes when you mix in more
# background.
#
# **Predict.** You pull the threshold down. Which of the two rates goes up, and which goes down?

# %%
from course.predictions import ask

ask("a_lower_threshold")

# %%
from course.explore import Threshold

Threshold()

# %% [markdown]
# **Move.** Drag the dotted line in the left panel, or press play and watch the threshold climb. The point
# in the middle panel leaves a trail: that trail is the ROC curve. (The right panel is for section 5.) Then make
# the classes [hard to separate](#threshold?separation=0.5) and [easy](#threshold?separation=3), and the
# [signal rare](#threshold?threshold=1.5&separation=1.5&signal_share=0.002).
#
# **Explain.** Which panels change when the signal becomes rare, and which do not? The last line tells the
# *precision*, the share of signal in what passes. What happens to it, and why?
#
# <details><summary>Answer</summary>
#
# Only the histogram of the signal sinks. The curve, the point on it and the gain TPR/√FPR count within each class, and
# stay, up to chance. The precision falls from 46 % to 1.5 % (at $t = 1.5$ and separation 1.5): the same 7 % of the background passes, beside
# far less signal.
#
# </details>
#
# > **Erratum · what the threshold does.** Right: a lower threshold lets
# > through more of *both* classes, so **TPR and FPR rise together**, and fall together when it is raised.
# > The lecture slides that this course grew out of print: "Reducing threshold: TPR ↗ FPR ↘. Increasing threshold:
# > ↘ TPR ↗ FPR". If that were so there would be nothing to trade: you would simply reduce the threshold. Below
# > the exercise, your own counts decide.
#
# ### Exercise · count

# %% nbgrader={"grade_id": "counts_at", "solution": true}
def counts_at(y, score, threshold):
    """Count the four outcomes of the decision score ≥ threshold.

    Parameters
    ----------
    y, score, threshold : array_like (m,), array_like (m,), float
        Truth (1 signal, 0 background) and score of each event, and where to cut.

    Returns
    -------
    tp, fp, fn, tn : int

    Raises ValueError if lengths differ, a score or the threshold is NaN, or a label is neither 0 nor 1.
    """
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    ### BEGIN SOLUTION
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, fp, np.sum(y == 1) - tp, np.sum(y == 0) - fp
    ### END SOLUTION

# %%
check.counts_at(counts_at)

# %% nbgrader={"grade_id": "test-counts_at", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import roc as check
### END HIDDEN TESTS
check.counts_at(counts_at).assert_passed()

# %% [markdown]
# Now settle the erratum. Down the table the threshold falls. Which way does each rate go? (Below the exercises,
# `working(counts_at)` is your `counts_at`; while you have not written it, the course's own, and a line says so.)

# %%
for t in (0, -5, -10, -20, -50, -100):
    tp, fp, fn, tn = working(counts_at)(y, score, t)
    print(f"threshold {t:>4}: TPR {tp / (tp + fn):.3f}   FPR {fp / (fp + tn):.3f}")

# %% [markdown]
# ## 2 · All thresholds at once: the ROC curve
#
# The **receiver operating characteristic** is the curve of all points (FPR, TPR), one for each threshold. It
# begins at (0, 0), where $t = \infty$ and nothing passes, and ends at (1, 1), where everything does.
#
# Asking `counts_at` for each of $m$ thresholds costs $m$ passes over $m$ events: $O(m^2)$. Instead **sort the
# events by falling score, once**. Walk down the list. Every signal event moves the point one step up, by
# $1/n_1$; every background event one step right, by $1/n_0$, with $n_1$ and $n_0$ the numbers of events in
# each class. The sort costs $O(m \log m)$ and the walk $O(m)$.
#
# **Ties.** Events with *equal* scores pass the threshold together: no threshold takes one and leaves the
# other. So they make **one** step, a slanted one if both classes are among them. Whoever splits a tie draws a
# curve that depends on the order of the events in the file. Nine events, of which two tie:

# %%
staircase([1, 1, 0, 1, 1, 0, 0, 1, 0], [9, 8, 7, 6, 5, 5, 4, 3, 2])

# %% [markdown]
# **Predict.** A silly classifier gives every event the score 0.7. What is its ROC curve?

# %%
ask("equal_scores")

# %% [markdown]
# <details><summary>Answer</summary>
#
# All events tie, so they make one step, from (0, 0) to (1, 1): the diagonal, as for guessing.
#
# </details>
#
# ### Exercise · one sort
#
# The sort stands in the stub. Then `np.diff(score) != 0` says after which events the score changes, that is, where
# a row of ties ends (the last event ends one too); and `np.cumsum` counts as you walk. An answer that asks
# every threshold by itself is refused for being slow.

# %% nbgrader={"grade_id": "roc_curve", "solution": true}
def roc_curve(y, score):
    """Return the ROC curve, with one point for each of the k distinct scores, by a single sort.

    Parameters
    ----------
    y, score : array_like, (m,)

    Returns
    -------
    fpr, tpr, thresholds : array, (k + 1,)
        From (0, 0) at np.inf to (1, 1); point i is what passes score ≥ thresholds[i].

    Raises ValueError if lengths differ, a score is NaN, a label is not 0 or 1, or a class is missing.
    """
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    ### BEGIN SOLUTION
    last = np.append(np.diff(score) != 0, True)
    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return fpr, tpr, np.append(np.inf, score[last])
    ### END SOLUTION

# %%
check.roc_curve(roc_curve)

# %% nbgrader={"grade_id": "test-roc_curve", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import roc as check
### END HIDDEN TESTS
check.roc_curve(roc_curve).assert_passed()

# %% [markdown]
# Look at your curve, beside that of a score which knows only the transverse momentum of the pair.

# %%
scores = {"mass": score, "pair pT": X[:, 1]}
drawn = {name: working(roc_curve)(y, f)[:2] for name, f in scores.items()}
axes = ("false positive rate", "true positive rate")
curves(drawn, *axes, alt="Two ROC curves; the one by mass bows far towards the upper left")

# %% [markdown]
# **Build a slider of your own** (unit 00 shows how): over the index of the threshold, on *your* `roc_curve`. It says which
# point of the curve that is and at what threshold, and draws the curve up to it. It earns no points.
#
# <details><summary>One way</summary>
#
# ```python
# fpr, tpr, thresholds = roc_curve(y, score)
#
# @interact(i=(1, len(thresholds) - 1))
# def point(i=1000):
#     print(f"threshold {thresholds[i]:.3f}: TPR {tpr[i]:.3f}, FPR {fpr[i]:.3f}")
#     return curves({"all": (fpr, tpr), "passed so far": (fpr[:i], tpr[:i])}, *axes, alt="the curve up to the threshold")
# ```
#
# </details>

# %%
from ipywidgets import interact


@interact(i=(1, 5000))
def point(i=1000):
    print(i)  # in this place: the point and its threshold, and the curve up to it



# %% [markdown]
# ## 3 · One number: the area under the curve
#
# The **AUC** is the area between the curve and the FPR axis. If every signal event outscores every background
# event, it is 1. A score that guesses runs along the diagonal and has 1/2; a score well below 1/2, by more than chance, knows
# something and says the opposite: turn its sign.
#
# Between neighbouring points the curve is straight, so the **trapezoid rule** is exact,
#
# $$\mathrm{AUC} = \sum_i \bigl(\mathrm{FPR}_{i+1} - \mathrm{FPR}_i\bigr)\,
# \frac{\mathrm{TPR}_{i+1} + \mathrm{TPR}_i}{2} .$$
#
# Mind the direction. Some programs list the points from (1, 1) back to (0, 0); each width is then negative.
# The area is not.
#
# ### Exercise · the area

# %% nbgrader={"grade_id": "auc", "solution": true}
def auc(fpr, tpr):
    """Return the area, never negative, under a curve by the trapezoid rule.

    Parameters
    ----------
    fpr, tpr : array_like, (k,)
        Points in order along the curve, from either end.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If lengths differ, k < 2, a rate is outside [0, 1], or fpr both rises and falls.
    """
    fpr, tpr = as_curve(fpr, tpr)
    ### BEGIN SOLUTION
    return abs(np.trapezoid(tpr, fpr))
    ### END SOLUTION

# %%
check.auc(auc)

# %% nbgrader={"grade_id": "test-auc", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import roc as check
### END HIDDEN TESTS
check.auc(auc).assert_passed()

# %% [markdown]
# ### The same number, as a probability
#
# Take one signal event and one background event at random. **The AUC is the chance that the signal event has
# the higher score**, a tie counting one half:
#
# $$\mathrm{AUC} = \frac{1}{n_1 n_0} \sum_{i:\,y_i=1}\; \sum_{j:\,y_j=0}
# \Bigl( [f_i > f_j] + \tfrac12 [f_i = f_j] \Bigr),$$
#
# where $f_i$ is the score of event $i$ and a bracket is 1 if what it holds is true, else 0. Statisticians know
# the double sum as the Mann–Whitney statistic $U$.
#
# Why are the two the same? Cut the area under the staircase into $n_0$ columns, one for each background
# event, as in the drawing of section 2. A column is as high as the share of signal that came before it in the sorted list, and that is the
# share with a higher score. A tie makes a slanted step, whose column is filled by one half.
#
# With *ranks* the double sum costs one sort. Number the events from 1 by *rising* score; events that tie all
# get the mean of their numbers. If $R_1$ is the sum of the ranks of the signal, then
# $U = R_1 - n_1(n_1+1)/2$.
#
# ### Exercise · the probability
#
# In the stub `place` says which of the distinct scores each event has, and `highest` the largest of the numbers
# that events with this score take up. Still missing: the mean of those numbers, and $U$.

# %% nbgrader={"grade_id": "auc_rank", "solution": true}
def auc_rank(y, score):
    """Return the chance that signal outscores background, ties counting one half.

    Parameters
    ----------
    y, score : array_like, (m,)
        Truth (1 signal, 0 background) and score of each event.

    Returns
    -------
    float

    Raises ValueError if lengths differ, a score is NaN, a label is not 0 or 1, or a class is missing.
    """
    y, score = as_scored(y, score)
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    highest = np.cumsum(counts)
    ### BEGIN SOLUTION
    ranks = (highest - (counts - 1) / 2)[place]
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * n0)
    ### END SOLUTION

# %%
check.auc_rank(auc_rank)

# %% nbgrader={"grade_id": "test-auc_rank", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import roc as check
### END HIDDEN TESTS
check.auc_rank(auc_rank).assert_passed()

# %% [markdown]
# Two roads, one number. And the AUC does not care how many events of each class there are, nor how the score
# is scaled: only the order counts.

# %%
fpr, tpr, thresholds = working(roc_curve)(y, score)
area, chance = working(auc), working(auc_rank)
print(f"area {area(fpr, tpr):.6f}, probability {chance(y, score):.6f}")
print(f"stretched {chance(y, np.exp(score / 50)):.6f}, turned round {chance(y, -score):.6f}")

# %% [markdown]
# ## 4 · When signal is rare
#
# In the year on disk one event in 134 is signal. The classifier "never positive" is right 99.3 % of the
# time. Its **accuracy**, $(\mathrm{TP}+\mathrm{TN})/m$, is splendid, and it finds nothing.
#
# Two other numbers ask from the positive side:
#
# $$\mathrm{precision} = \frac{\mathrm{TP}}{\mathrm{TP}+\mathrm{FP}}, \qquad
# \mathrm{recall} = \frac{\mathrm{TP}}{\mathrm{TP}+\mathrm{FN}} .$$
#
# *Recall* is TPR under another name. *Precision*, a physicist's **purity**, is the share of signal in what
# you keep. It mixes the classes, so it belongs to the classifier *and* the sample. If a share $\pi$ of all
# events is signal,
#
# $$\mathrm{precision} = \frac{\pi\,\mathrm{TPR}}{\pi\,\mathrm{TPR} + (1-\pi)\,\mathrm{FPR}} .$$
#
# **Predict.** At FPR = 0.01 and TPR = 0.5 your sample is 98 % pure if both classes are equally common. How
# pure is it with one signal event in 134?

# %%
ask("purity_of_a_rare_signal")

# %%
for share in (1 / 2, 1 / 11, 1 / 134):
    print(f"π = {share:.4f}: precision {share * 0.5 / (share * 0.5 + (1 - share) * 0.01):.2f}")

# %% [markdown]
# ### Exercise · precision and recall

# %% nbgrader={"grade_id": "precision_recall", "solution": true}
def precision_recall(y, score):
    """Return precision and recall at each of the k distinct scores.

    Parameters
    ----------
    y, score : array_like, (m,)

    Returns
    -------
    precision, recall, thresholds : array, (k,)
        Thresholds fall and none is infinite: where nothing passes, precision is 0/0.

    Raises ValueError if lengths differ, a score is NaN, a label is not 0 or 1, or a class is missing.
    """
    y, score = as_scored(y, score)
    fpr, tpr, thresholds = roc_curve(y, score)
    ### BEGIN SOLUTION
    tp, fp = tpr[1:] * np.sum(y == 1), fpr[1:] * np.sum(y == 0)
    return tp / (tp + fp), tpr[1:], thresholds[1:]
    ### END SOLUTION

# %%
check.precision_recall(precision_recall)

# %% nbgrader={"grade_id": "test-precision_recall", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import roc as check
### END HIDDEN TESTS
check.precision_recall(precision_recall).assert_passed()

# %% [markdown]
# Thin out the signal of the same test sample and compare. The ROC curves lie on each other, up to chance; the
# precision does not.

# %%
few = (y == 0) | (np.cumsum(y) <= 200)
drawn = {}
for name, keep in {"1 in 11": y >= 0, "1 in 51": few}.items():
    precision, recall, _ = working(precision_recall)(y[keep], score[keep])
    drawn[name] = recall, precision
curves(drawn, "recall", "precision", alt="The precision curve drops as signal becomes rare")

# %% [markdown]
# **Calibration.** A classifier is *calibrated* if, among all events with score near 0.8, about 80 % are
# signal. ROC and AUC cannot see that: square every score in $[0, 1]$ and the order, hence the curve, stays. A
# **reliability diagram** can: it draws the share of signal against the score. Below, one network, trained on half
# signal and half background, judges a sample like that, and `test`, which has one signal event in 11.

# %%
from course.models.classifiers import score_samples

even = collisions(5000, 5000, seed=8)
of_even, of_test = score_samples(train, [even, test], depth=2)
samples = {"1 in 2": (even.y, of_even), "1 in 11": (y, of_test)}
reliability(samples, alt="Near the diagonal for 1 in 2, far below it for 1 in 11")

# %% [markdown]
# So calibration belongs to the classifier *and* the sample, as precision does: this network says 0.5 where,
# in the year on disk, the odds are 1 to 133. For choosing a cut it does not matter.
#
# ## 5 · The working point
#
# Which threshold? That depends on what you want. In a search you expect $s$ signal events on top of $b$
# background events after the cut, and $b$ by itself fluctuates by $\sqrt b$ (Poisson). The **significance**
#
# $$\frac{s}{\sqrt b} = \frac{S\cdot\mathrm{TPR}(t)}{\sqrt{B\cdot\mathrm{FPR}(t)}}$$
#
# says how many such fluctuations the signal is worth, $S$ and $B$ being the numbers expected before any cut.
# Five of them count as a discovery. The right panel of [Threshold](#threshold?preset=rare%20signal) draws how much a
# cut multiplies the $s/\sqrt b$ you have without one.
#
# Two edges need a decision. Where *no* background event of your sample passes, the formula says infinity, but
# you have only run out of simulated events. And one lucky survivor is hardly better: $k$ survivors estimate $b$
# to a relative $1/\sqrt k$: ten to about a third. So use only thresholds that **at least 10 background events of the sample** pass. If
# two thresholds do equally well, take the **higher**, which leaves fewer events to look at. A count made from a
# rate, FPR times $n_0$, can miss 10 by its last digit: round it to a whole number.
#
# ### Exercise · choose

# %% nbgrader={"grade_id": "best_threshold", "solution": true}
def best_threshold(y, score, signal, background):
    """Return the threshold with the largest s/√b, and that significance.

    Parameters
    ----------
    y, score : array_like, (m,)
        Truth (1 signal, 0 background) and score of each event; at least 10 of background.
    signal, background : float
        The numbers of events S and B expected before any cut.

    Returns
    -------
    threshold : float
        A score that at least 10 background events reach; of equally good ones the highest.
    significance : float
        S · TPR / √(B · FPR) there.

    Raises
    ------
    ValueError
        If y and score do not fit, there are too few events, or S or B is not above 0.
    """
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    ### BEGIN SOLUTION
    enough = np.round(fpr * np.sum(y == 0)) >= 10
    significance = signal * tpr[enough] / np.sqrt(background * fpr[enough])
    best = np.argmax(significance)
    return thresholds[enough][best], significance[best]
    ### END SOLUTION

# %%
check.best_threshold(best_threshold)

# %% nbgrader={"grade_id": "test-best_threshold", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import roc as check
### END HIDDEN TESTS
check.best_threshold(best_threshold).assert_passed()

# %%
t, significance = working(best_threshold)(y, score, EXPECTED["signal"], EXPECTED["background"])
print(f"keep masses within {-t:.1f} GeV of 500 GeV: s/√b = {significance:.2f}")

# %% [markdown]
# A window around the mass takes the excess from 1.1 to almost five standard deviations. Almost. Note that the
# best threshold does not depend on $S$ and $B$, which only multiply what is compared. With $s/\sqrt{s+b}$, the usual choice for *measuring* a
# known signal, it would.
#
# ## 6 · How sure are you? The bootstrap
#
# An AUC from $m$ events is itself uncertain: another $m$ events would give another number. You have no other
# events. The **bootstrap** lets the sample stand for the world: draw $m$ events from it *with replacement*
# (some twice, some never), compute the AUC of the draw, repeat $n$ times. The spread of these $n$ values
# estimates how far your AUC would move from experiment to experiment.
#
# The central **95 % interval** runs from the 2.5 % to the 97.5 % quantile of the $n$ values.
#
# An event is a pair $(y_i, f_i)$: draw *indices*, so that pairs stay together. Both classes are drawn, for each adds
# its own fluctuation. In one draw from the whole sample their numbers fluctuate too, and a small draw may by chance
# hold one class only; it has no AUC: draw again. The loop and the quantiles stand in the stub: write one draw.
#
# ### Exercise · an interval

# %% nbgrader={"grade_id": "bootstrap_auc", "solution": true}
def bootstrap_auc(y, score, n, rng):
    """Return the central 95 % bootstrap interval of the AUC.

    Parameters
    ----------
    y, score : array_like, (m,)
        Truth (1 signal, 0 background) and score of each event.
    n : int
        How many times the sample is drawn anew.
    rng : numpy.random.Generator

    Returns
    -------
    low, high : float
        The 2.5 % and 97.5 % quantiles of the n AUCs.

    Raises
    ------
    ValueError
        If y and score do not fit, a class is missing, n is not a whole number ≥ 1, or rng no generator.
    """
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        ### BEGIN SOLUTION
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
        ### END SOLUTION
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high

# %%
check.bootstrap_auc(bootstrap_auc)

# %% nbgrader={"grade_id": "test-bootstrap_auc", "grade": true, "points": 3}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import roc as check
### END HIDDEN TESTS
check.bootstrap_auc(bootstrap_auc).assert_passed()

# %% [markdown]
# ### Does 95 % mean 95 %?
#
# A promise about uncertainty can be tested where the truth is known. Let background scores be normal with mean
# 0 and signal scores normal with mean $d$, both with variance 1. Then the difference of two scores is normal
# with mean $d$ and variance 2, and the true AUC is $\Phi(d/\sqrt2)$, with $\Phi$ the normal distribution
# function. Run 100 little experiments of 40 + 40 events, and count how many of your intervals **cover** the
# truth.
#
# **Predict.** How many of the 100 will miss? Will those that miss lie on one side?

# %%
from course.figures.coverage import coverage

coverage(working(bootstrap_auc), trials=shortened(100, graded=5), events=40, n=200, seed=7)

# %% [markdown]
# With 100 trials the share itself is uncertain by about $\sqrt{0.95\cdot0.05/100} \approx 2\,\%$. More
# of those that miss lie above the truth than below: an AUC cannot exceed 1, so its distribution is lopsided. And with
# 200 draws a quantile of 2.5 % rests on five values: take 2000, and the cover comes nearer to 95 %.
#
# ## 7 · Compare classifiers
#
# Now the networks of unit 02, trained on the collider sample: depth 0 is logistic regression, which can only
# draw one straight boundary through six features.
#
# **Predict.** The signal sits in a narrow *band* of mass, with background on both sides. What can a straight
# boundary do about that? How many hidden layers does it take?

# %%
from course.explore import Classifiers

Classifiers()

# %% [markdown]
# **Move.** Press play to watch the network learn: its ROC curve rises off the line of guessing while the loss
# falls. (The axis of FPR is logarithmic, to show the corner where searches work. There the diagonal is bent.)
# Then leave [one hidden layer](#classifiers?depth=1&events=1000), [none](#classifiers?depth=0&events=1000), and train with [few
# events](#classifiers?depth=2&events=100).
#
# **Explain.** The shaded bands are 95 % bootstrap bands: how far one curve would move on other events. All
# curves here come from the *same* events, and move together: bands that overlap do not say that two
# classifiers are equally good. Look at the difference itself, as the finale does. Which costs you more: one
# layer fewer, or ten times fewer events?
#
# <details><summary>Answer</summary>
#
# The events. Two layers and 1,000 events reach an AUC of 0.963, one layer 0.951; two layers and 100 events 0.898,
# hardly more than the straight boundary's 0.880. Layers can bend the boundary round a band, but only events can tell
# where the band is.
#
# </details>
#
# ## 8 · Judge by the worst case
#
# An average hides. The **minimax** view: of all classifiers take the one whose *poorest* result is best. A lift is
# certified for its heaviest load, not for its usual one. In our experiment the worst case has a place: where both particles go forward, the detector is coarse, the mass peak is smeared, and
# signal drowns more easily.
#
# Split the *signal* events by `group`. Each group $g$ has its own $\mathrm{TPR}_g$ at the common threshold,
# and the minimax figure of merit is the smallest of them, $\min_g \mathrm{TPR}_g$. A group without a signal
# event has no TPR, and stays out.
#
# ### Exercise · the worst group

# %% nbgrader={"grade_id": "worst_group_tpr", "solution": true}
def worst_group_tpr(y, score, group, threshold):
    """Return the smallest true positive rate of any group, and which group has it.

    Parameters
    ----------
    y, score : array_like, (m,)
        Truth (1 signal, 0 background) and score of each event.
    group : array_like, (m,)
        A whole number for each event.
    threshold : float

    Returns
    -------
    tpr, group : float, int
        Of groups with at least one signal event; of equally bad ones the smallest number.

    Raises
    ------
    ValueError
        If y, score and group do not fit together, a class is missing, or the threshold is NaN.
    """
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    ### BEGIN SOLUTION
    passed = score >= threshold
    rates = [(np.mean(passed[(group == g) & (y == 1)]), g) for g in np.unique(group[y == 1])]
    return min(rates)
    ### END SOLUTION

# %%
check.worst_group_tpr(worst_group_tpr)

# %% nbgrader={"grade_id": "test-worst_group_tpr", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import roc as check
### END HIDDEN TESTS
check.worst_group_tpr(worst_group_tpr).assert_passed()

# %% [markdown]
# ## Is it a discovery?
#
# **Three samples, three jobs.** `train` teaches the classifiers. On a second sample you choose the cut. What you
# *quote* comes from a third, which nothing was chosen on: the best of many cuts looks too good on the events
# that chose it. And the two need background enough. With the 10,000 of `test`, a hard cut leaves some ten
# events, and $b$ is known to a third at best. So make 200,000.

# %%
samples = collisions(10_000, 200_000, seed=3), collisions(10_000, 200_000, seed=4)
scores = {"mass only": [-np.abs(each.X[:, 0] - 500) for each in samples]}
scores["logistic"] = score_samples(train, samples, depth=0)
scores["network"] = score_samples(train, samples, depth=2)
choose, fresh = samples

# %% [markdown]
# **Predict.** On `test` the mass alone had an AUC of 0.97. Will the network's be larger by more than chance? And
# where does the straight boundary of logistic regression end, which sees all six features?
#
# First the AUCs. Two classifiers judged by the same events are compared **in pairs**: draw the events once, take
# both AUCs of that draw, look at the *difference*. What the events have in common drops out.

# %%
part = slice(20_000)  # of the fresh events: enough for an AUC
truth, first, second = fresh.y[part], scores["mass only"][1][part], scores["network"][1][part]
rng, differences = np.random.default_rng(5), []
for _ in range(shortened(100, graded=5)):
    rows = rng.integers(len(truth), size=len(truth))
    pair = [working(auc_rank)(truth[rows], f[rows]) for f in (first, second)]
    differences.append(pair[1] - pair[0])
for name, (_, f) in scores.items():
    print(f"{name:>9}: AUC {working(auc_rank)(fresh.y, f):.4f}")
low, high = np.quantile(differences, [0.025, 0.975])
print(f"network minus mass, paired: {low:.4f} to {high:.4f}")
alt = "The difference scatters from draw to draw, and stays far above 0"
histogram({"all draws": differences}, "AUC of the network minus AUC of the mass", "draws", alt, bins=12)

# %% [markdown]
# Now the cut: chosen on one sample by your `best_threshold`, quoted on the other. Beside $s/\sqrt b$ stands the
# **Asimov significance**, what a likelihood ratio gives when the data are just as expected:
#
# $$Z_A = \sqrt{2\left[(s+b)\ln\left(1+\frac{s}{b}\right) - s\right]} .$$
#
# For $s \ll b$ it is $s/\sqrt b$ (expand the logarithm); the next term takes off the share $s/6b$. Where $s$ is no small part
# of $b$ it is clearly less, because a Poisson distribution has a longer tail above its mean than a normal one.
#
# Both have an error, since $s$ and $b$ are known from a finite number of simulated survivors. At a *fixed* cut an
# event of a bootstrap draw passes or does not, so the number that pass is binomial: no loop over events needed.

# %%
S, B = EXPECTED["signal"], EXPECTED["background"]

def asimov(s, b):
    return np.sqrt(2 * ((s + b) * np.log1p(s / b) - s))

def quote(f, t):
    tp, fp, fn, tn = working(counts_at)(fresh.y, f, t)
    n1, n0, rng = tp + fn, fp + tn, np.random.default_rng(6)
    s, b = S * tp / n1, B * fp / n0
    drawn = asimov(S * rng.binomial(n1, tp / n1, 2000) / n1, B * rng.binomial(n0, fp / n0, 2000) / n0)
    low, high = np.quantile(drawn, [0.025, 0.975])
    print(f"{'':>9}  s = {s:.1f}, b = {b:.1f} ({fp} survivors)", end=", ")
    print(f"s/√b = {s / np.sqrt(b):.1f}, Asimov {asimov(s, b):.1f} ({low:.1f} to {high:.1f})")

cuts = {}
for name, (f, g) in scores.items():
    cuts[name], chosen = working(best_threshold)(choose.y, f, S, B)
    print(f"{name:>9}: cut at {cuts[name]:.3f} promises s/√b = {chosen:.1f}")
    quote(g, cuts[name])

# %% [markdown]
# From 1.1 standard deviations without a cut, to 2.3 with a straight boundary, which cannot single out a band; to
# 4.4 with a window around the mass (on `test`, which had chosen it, it was 4.92). And the network's 6.6? On fresh
# events it is 5.9; and with four background events left, $s/\sqrt b$ is the wrong formula: the same cut is worth
# 4.5. Choose by what you quote, then.

# %%
f, g = scores["network"]
fpr, tpr, thresholds = working(roc_curve)(choose.y, f)
enough = np.round(fpr * np.sum(choose.y == 0)) >= 10
by_asimov = thresholds[enough][np.argmax(asimov(S * tpr[enough], B * fpr[enough]))]
cuts["network"] = by_asimov
print(f"  network: cut at {by_asimov:.3f}, chosen by Asimov")
quote(g, by_asimov)

# %% [markdown]
# Where is that? The odds $f/(1-f)$ spread out the crowded end of the score. The cut lies where the background, though
# twenty times as large here, has nearly run out, and the signal has not.

# %%
log_odds = np.log(g / (1 - g))
print(f"the cut is at {np.log(by_asimov / (1 - by_asimov)):.1f}")
classes = {"background": log_odds[fresh.y == 0], "signal": log_odds[fresh.y == 1]}
alt = "From left to right background falls and signal rises; at the right end little but signal"
histogram(classes, "ln f/(1 − f)", "events", alt, log=True)

# %% [markdown]
# **So is it a discovery?** Almost, and that is the honest answer: 4.8 expected, 4.5 to 5.1 by what the simulation
# itself can tell. The data of one year fluctuate by one more standard deviation around it, so that somewhat
# less than half of all such years would show five. The mass alone stays at 4.2. The events are the same; only the
# question put to them is better. The two AUCs differ by one hundredth, far more than chance, and yet do not tell
# this: a cut so hard uses the left end of the ROC curve, which the AUC hardly weighs.
#
# Two things stand between this number and a paper.
# - **Systematic errors.** If the simulation has the background wrong by 10 %, that error does not shrink with
#   more events; below, it is put into $s/\sqrt{b + (0.1\,b)^2}$, and costs the mass window far more
#   than the network, whose $b$ is small. Nor do you know that simulated scores look like real ones.
# - **Look elsewhere.** You knew where to look: 500 GeV. Whoever scans the spectrum through some twenty windows
#   has twenty chances of a fluctuation, and five standard deviations here are worth 4.4 anywhere.

# %%
from statistics import NormalDist

normal = NormalDist()
for name in ("mass only", "network"):
    tp, fp, fn, tn = working(counts_at)(fresh.y, scores[name][1], cuts[name])
    s, b = S * tp / (tp + fn), B * fp / (fp + tn)
    print(f"{name:>9}: s/√b {s / np.sqrt(b):.1f}, with 10 % on b {s / np.sqrt(b + (0.1 * b) ** 2):.1f}")
print(f"twenty places to look: 5 becomes {-normal.inv_cdf(20 * normal.cdf(-5)):.1f}")

# %% [markdown]
# **And the worst case?** Each classifier at its own cut, and all at a cut that lets the same background through,
# $b = 100$.

# %%
worst = working(worst_group_tpr)
for name, (_, f) in scores.items():
    same = np.sort(f[fresh.y == 0])[-int(100 / B * np.sum(fresh.y == 0))]
    own = worst(fresh.y, f, fresh.group, cuts[name])
    equal = worst(fresh.y, f, fresh.group, same)
    print(f"{name:>9}: own cut {own[0]:.2f} (group {own[1]}), at b = 100 {equal[0]:.3f} (group {equal[1]})")

# %% [markdown]
# **The minimax verdict.** Judged by its worst group at its own cut, logistic regression wins, because its cut is
# loose: most of the signal passes, and far more background. A worst case must be compared at equal cost. At equal background the network keeps most in the
# worst group, as it does over all groups: no conflict here, and it is the one to take. But where both particles go
# forward it finds one event in nine at $b = 100$, and one in twenty-six at the cut of the discovery, where the middle still
# gives one in six. What you discover, you discover in the middle of the detector.

# %% [markdown]
# ## Reflect
#
# *2 points, read by a person. Four to six sentences.*
#
# A colleague reports: "My classifier has an AUC of 0.98 (test sample with as many signal as background events), and
# on the year on disk its accuracy is 99.2 %. So we shall see the particle."
#
# 1. What do the two numbers tell you about the year on disk, and what not? What would you ask for instead?
# 2. Your cut finds 80 % of the signal in the middle of the detector and 30 % in the forward groups. When is the
#    average the right thing to optimise, and when the worst group? Give one example of each, one of them from
#    outside physics.

# %% [markdown] nbgrader={"grade_id": "reflection", "grade": true, "solution": true, "points": 2}
# *Write here, in place of this line.*

# %% [markdown]
# ## Take away
#
# - A score orders events; a threshold decides. TPR and FPR rise and fall together, and the ROC curve is the
#   price list.
# - The AUC is an area and a probability. It knows the order of the scores and nothing else.
# - Precision, accuracy and significance depend on how common each class is. Ask which mixture a number is for.
# - No number without an interval. Test the interval where the truth is known.
# - Look at the working point you will use, and at the worst group, before you believe an average.
#
# ## Read next
#
# - T. Fawcett, *An introduction to ROC analysis*, Pattern Recognition Letters 27 (2006) 861.
# - G. Cowan and others, *Asymptotic formulae for likelihood-based tests of new physics*, European Physical
#   Journal C 71 (2011) 1554: where $s/\sqrt b$ comes from, and what replaces it when $s$ is not small beside $b$.
# - B. Efron, R. Tibshirani, *An Introduction to the Bootstrap* (1993), chapters 1 to 6.
#
# **Next:** unit 06. A network that remembers, and one that dreams.
