"""Explorables: interactive figures in a notebook, or on a page of their own.

A new explorable is one Python module, and no browser code unless it needs a new kind of layer::

    @dataclass(frozen=True)
    class State:                              # everything a reader can move
        temperature: float = 2.0
        seed: int = 0

    class Ising(Explorable):
        name = "ising"                        # permalinks begin with it
        title = "Ising: order out of noise"
        about = "Each square is a spin. Cool the lattice and watch domains grow."
        about_live = "Play goes on for ever."  # where a kernel runs
        state_class = State
        timeline = Timeline("sweep", 60)      # time inside a frame, scrubbed in the browser
        readout = "after sweep {now}: E = {energy}"
        presets = {"cold": {"temperature": 1.0}, "critical": {"temperature": 2.27}}

        def make_controls(self):              # one for each field of State
            return (
                Slider(key="temperature", name="temperature", symbol="T", low=0.5, high=5),
                Slider(key="seed", name="seed", high=9, steps=10, whole=True, carried=2),
            )

        def make_panels(self):                # one of them a cost or an energy over time
            side = Axis("column", 0, 32), Axis("row", 0, 32)
            energy = Axis("sweep", 0, 61), Axis("E", -2, 0)
            return (
                Panel("Spins", *side, [Field("spins", low=-1, high=1, smooth=False)]),
                Panel("Energy over time", *energy, [Path("time", "energy", label="E")]),
            )

        def compute(self, state):             # pure: the same state gives the same frame
            spins, energy = simulate(state.temperature, np.random.default_rng(state.seed))
            arrays = {"spins": spins, "energy": energy, "time": np.arange(61)}
            summary = f"T = {state.temperature:.2f}: {words(energy)}"
            return Frame(arrays, summary, opening="The spins are drawn by chance. Press play.")

- It opens at the start of its time, and ``reset`` goes back there. What comes of the run shows once
  it has been seen: the rest of a path, the summary (until then ``opening``, if there is one) and
  layers with ``outcome=True``. A student's mistake is said at once: leave ``opening`` empty. Moving
  a control before anything has been seen shows the whole run.
- If ``compute`` is slow, set ``swept=False`` on a control: the kernel is asked on each move and
  nothing is prefetched. Or give a coarser frame for passing by: ``preview(state)``.
- Without an end? ``streams = True`` and ``next_frame(state, frame)`` continue it while it plays.
- A read-only array counts as background: a page gets it once.
- ``carried`` is the number of positions in a page without a kernel; keep pages below 1.5 MB.
- Call a student's function through `call_student`, which describes what it did wrong, and take it
  through `written_or_none`: while it is not written, the course's own code runs, and says so.
- Where one choice changes the ground, a landscape or the data, name it in ``Panel(ground=…)``: no
  ghost is left on another ground.
- A panel with a third axis, ``Panel(z=Axis(…))``, shows a `Surface` that the reader turns; a `Path`
  and a `Marker` lie on it, `Points` stand over it.
- A new kind of layer is one class in ``base/picture.py`` and one function in ``js/layers/``, which
  ``js/layers/registry.js`` names; what is read off it is one function in ``js/readable.js``.
- ``Panel(explained="spin")`` and a method ``arithmetic(state, frame, pick)`` open the numbers
  behind what is picked: sums, term by term. The kernel works them out when they are asked for.
- A ``PointList`` among the controls and ``Points(sets=("points",))`` let the reader paint, drag and
  paste the data. The points are a text in the state: "" for the course's own.
- It is a widget: ``ising.temperature`` is a trait, to be set, observed and linked, by ``jslink``
  too, and ``HBox`` and ``Tab`` take it. The traits are the state, and there is no other: a linked
  widget that asks for more than a control has leaves the control at its end.
- Test ``compute`` against an independent reference, without a browser.

In prose, ``[try 0.9](#descent?learning_rate=0.9)`` and ``#descent?preset=diverges&play=true`` set
the sliders of the next explorable of that name and show its whole run, or play it once.
"""

from course.explore.autoencoders.latent_plane import LatentPlane
from course.explore.autoencoders.rotate import Rotate
from course.explore.backpropagation.gradient_by_layer import GradientByLayer
from course.explore.backpropagation.graph import Graph
from course.explore.backpropagation.loss_landscape import LossLandscape
from course.explore.backpropagation.optimiser_race import OptimiserRace
from course.explore.keras_mnist.confusion import Confusion
from course.explore.keras_mnist.draw_digit import DrawDigit
from course.explore.keras_mnist.learning_rates import LearningRates
from course.explore.keras_mnist.train_live import TrainLive
from course.explore.linear_regression.batches import Batches
from course.explore.linear_regression.bowl import Bowl
from course.explore.linear_regression.descent import Descent
from course.explore.memory.hopfield import Hopfield
from course.explore.memory.ising import Ising
from course.explore.memory.rbm import RBM
from course.explore.perceptron.answer_surface import AnswerSurface
from course.explore.perceptron.bumps import Bumps
from course.explore.perceptron.perceptron import Perceptron
from course.explore.perceptron.regions import Regions
from course.explore.roc.classifiers import Classifiers
from course.explore.roc.threshold import Threshold

__all__ = [
    "RBM",
    "AnswerSurface",
    "Batches",
    "Bowl",
    "Bumps",
    "Classifiers",
    "Confusion",
    "Descent",
    "DrawDigit",
    "GradientByLayer",
    "Graph",
    "Hopfield",
    "Ising",
    "LatentPlane",
    "LearningRates",
    "LossLandscape",
    "OptimiserRace",
    "Perceptron",
    "Regions",
    "Rotate",
    "Threshold",
    "TrainLive",
]
