"""What the units' texts quote of an explorable stands in its summary, at the text's sliders."""

import re
from typing import Any

import numpy as np
import pytest

from course.data.glyphs import letters
from course.explore import (
    AnswerSurface,
    Bumps,
    Classifiers,
    GradientByLayer,
    Hopfield,
    LatentPlane,
    LossLandscape,
    OptimiserRace,
    Perceptron,
    Regions,
    Rotate,
    Threshold,
)
from course.explore.backpropagation.optimiser_race import LANDSCAPES
from course.explore.backpropagation.weight_plane import stretch, train_run
from course.explore.base.explorable import Explorable
from course.models.latent_planes import held_out, stored_plane


def summary(explorable: type[Explorable], **state: Any) -> str:
    return explorable(**state).frame().summary


def percent(text: str) -> float:
    return float(text.removesuffix(" %"))


def test_perceptron_needs_more_looks_with_a_narrow_gap() -> None:
    wide = summary(Perceptron, dataset="two clouds", margin=0.3)
    assert wide.startswith("After 4 mistakes the line is right about every sample")
    narrow = summary(Perceptron, dataset="two clouds", margin=0.05)
    assert narrow.startswith("After 160 looks 18 mistakes, and no clean epoch yet")


@pytest.mark.parametrize(
    ("dataset", "depth", "width", "share"),
    [
        ("XOR", 0, 4, "50 %"),
        ("circle", 1, 2, "84 %"),
        ("circle", 1, 3, "99 %"),
        ("spiral", 1, 8, "85 %"),
        ("spiral", 3, 8, "100 %"),
    ],
)
def test_regions_after_500_epochs(dataset: str, depth: int, width: int, share: str) -> None:
    seen = summary(Regions, dataset=dataset, depth=depth, width=width, activation="tanh")
    assert f"{share} of the points end on the right side" in seen
    assert depth == 0 or "after 500 epochs" in seen


def test_without_a_hidden_layer_the_grid_keeps_its_squares() -> None:
    arrays = Regions(dataset="XOR", depth=0).frame().arrays
    grid = np.stack([arrays["mesh_x"], arrays["mesh_y"]], axis=-1).astype(float)
    lines = grid[:, :, -2] - grid[:, :, 0]  # the last place parts a line from the next
    upright, level = lines[:, 0], lines[:, -1]
    lengths = np.linalg.norm(upright, axis=1), np.linalg.norm(level, axis=1)
    np.testing.assert_allclose(*lengths, rtol=1e-4)
    assert np.abs(np.sum(upright * level, axis=1)).max() < 1e-4 * lengths[0].max() ** 2
    assert lengths[0][-1] > 1.5 * lengths[0][0], "enlarged"
    assert np.ptp(np.arctan2(upright[:, 1], upright[:, 0])) > 0.3, "turned"


def test_two_folds_are_too_few() -> None:
    few = AnswerSurface(depth=1, width=2)
    assert few.frame().arrays["right"][-1] == pytest.approx(percent("70 %"), abs=3)
    x1, x2 = (side.ravel() for side in np.meshgrid(*[np.linspace(-1, 1, 31)] * 2))
    end = few.frame().arrays["answers"][-1].ravel()
    means = sorted(end[(x1 * a > 0) & (x2 * b > 0)].mean() for a in (-1, 1) for b in (-1, 1))
    assert means == pytest.approx([0.1, 0.5, 0.5, 0.9], abs=0.06)
    for state in ({}, {"seed": 3}, {"gain": 4.0}):
        assert "after 80 epochs about 100 %" in summary(AnswerSurface, **state)


def test_one_network_sharp_and_flat() -> None:
    def shares(plane: str, stretch: float) -> tuple[float, float]:
        seen = summary(LossLandscape, plane=plane, stretch=stretch)
        assert seen.startswith("337 weights")
        better, way = re.findall(r"([0-9.]+) % of", seen)
        return float(better), float(way)

    assert shares("random, plain", 1.0)[0] > 90
    assert shares("random, plain", 4.0)[0] < 10
    for factor in (1.0, 4.0):
        assert shares("random, by neuron", factor)[0] == pytest.approx(percent("30 %"), abs=3)
    trained = train_run(2, 16).weights
    before, after = (
        [np.linalg.norm(W) for W, _ in layers] for layers in (trained, stretch(trained, 4.0))
    )
    grown = np.linalg.norm(after) / np.linalg.norm(before)
    assert round(float(grown), 1) == 2.6
    assert round(float(grown * before[1] / after[1])) == 10
    assert 1 < shares("random, by neuron", 1.0)[1] < 6
    assert shares("along the path", 1.0)[1] > percent("99 %")


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ({"n_bumps": 12, "steepness": 2}, "0.73"),
        ({"n_bumps": 12, "steepness": 80}, "0.62"),
        ({"n_bumps": 12, "steepness": 8}, "0.2"),
        ({"n_bumps": 8}, "0.76"),
        ({"n_bumps": 16}, "0.43"),
        ({"n_bumps": 8, "steepness": 40}, "0.9"),
        ({"n_bumps": 40, "steepness": 80, "curve": "jump"}, "1.3"),
    ],
)
def test_bumps_miss_the_curve_by(state: dict[str, Any], error: str) -> None:
    assert f"largest error {error}." in summary(Bumps, **state)


def test_gradients_by_layer() -> None:
    assert "the first receives 0.2 of the last" in summary(GradientByLayer, gain=0.5, depth=3)
    assert "receives 1.1 × 10⁻⁹" in summary(GradientByLayer, gain=0.5, depth=30)
    weak = {"activation": "sigmoid", "gain": 1, "depth": 30}
    assert "a factor 0.23 for each layer" in summary(GradientByLayer, **weak)
    for activation, gain in (("tanh", 1.3), ("sigmoid", 11)):
        at_the_edge = {"activation": activation, "gain": gain, "depth": 30}
        assert "This is the edge." in summary(GradientByLayer, **at_the_edge)
    assert round(np.log10(0.23**29)) == round(np.log10(1e-19))


def test_the_race_on_the_saddle_and_in_the_double_well() -> None:
    slope = LANDSCAPES["saddle"].gradient(np.array([[-1.7, 1.0]]))[0]
    assert np.round(slope, 2).tolist() == [-1.70, 1.00]
    race = OptimiserRace(landscape="saddle")
    assert 1 - race.memory == pytest.approx(1 - 0.99) == pytest.approx(0.1**2)
    arrays = race.frame().arrays
    step = [arrays[f"rmsprop_{axis}"][1] - arrays[f"rmsprop_{axis}"][0] for axis in "xy"]
    assert np.round(step, 2).tolist() == [0.5, -0.5]
    near = np.hypot(arrays["gd_x"], arrays["gd_y"]) < 0.3
    assert 75 < near.sum() < 85  # some eighty steps
    well = {"landscape": "double well"}
    assert summary(OptimiserRace, **well, momentum=0.85).startswith("At the bottom to stay: mom")
    assert "nobody rests at the bottom" in summary(OptimiserRace, **well, momentum=0.8)


def test_the_race_in_the_ravine() -> None:
    race = OptimiserRace(learning_rate=0.05)
    assert race.timeline is not None
    assert race.timeline.length == 140
    resting, running = race.frame().summary.split("Not yet: ")
    assert "RMSprop (step 11), momentum (step 70), Adam (step 72)" in resting
    assert running == "GD, AdaGrad."
    arrays = race.frame().arrays
    last = {key: arrays[f"{key}_height"][-1] for key in ("gd", "adagrad")}
    assert last["adagrad"] > 2 * last["gd"]
    assert 2 * arrays["adagrad_y"][-1] ** 2 > last["adagrad"] / 2, "the wall's part of it"
    assert abs(arrays["gd_y"][-1]) < 1e-6, "on the floor"


def test_thresholds_keep_the_same_background_beside_less_signal() -> None:
    common = summary(Threshold, threshold=1.5)
    rare = summary(Threshold, threshold=1.5, **Threshold.presets["rare signal"])
    assert "6.67 % of the background; 45.7 % of what is kept" in common
    assert "6.69 % of the background; 1.45 % of what is kept" in rare


@pytest.mark.parametrize(
    ("state", "area"),
    [
        ({"depth": 2, "events": 1000}, "AUC = 0.963"),
        ({"depth": 1, "events": 1000}, "AUC = 0.951"),
        ({"depth": 2, "events": 100}, "AUC = 0.898"),
        ({"depth": 2, "events": 100}, "logistic regression (0.880)"),
    ],
)
def test_classifiers_by_layers_and_events(state: dict[str, int], area: str) -> None:
    assert area in summary(Classifiers, **state)


def test_letters_that_resemble_one_another_fill_a_memory_early() -> None:
    assert summary(Hopfield).endswith("the stored X.")
    full = summary(Hopfield, stored=6)
    assert "load p/N = 0.06" in full
    assert "minus C: a mixture" in full
    h, n = letters("HN")
    assert (np.sum(h == n), len(h)) == (84, 100)


def test_turned_axes_of_the_pancake_and_the_bow() -> None:
    given, turned = Rotate().frame().arrays["variances"][[0, -1]]
    assert turned[0] > 1.5 * given[0]
    assert 1 < turned[1] / given[1] < 1.2
    assert turned[2] < given[2] / 20
    assert "after the turn 84 %" in summary(Rotate, cloud="bow")
    assert Rotate(cloud="bow").frame().arrays["variances"][-1, 2] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("depth", "error", "alike"),
    [(0, 3.41, 0.52), (1, 2.36, 0.69), (2, 1.94, 0.80), (3, 1.86, 0.79)],
)
def test_digits_of_a_kind_lie_together_in_the_latent_plane(
    depth: int, error: float, alike: float
) -> None:
    assert f"error {error:.2f}" in summary(LatentPlane, depth=depth)
    codes = stored_plane(depth).codes
    labels = held_out().labels[: len(codes)]
    apart = np.linalg.norm(codes[:, None] - codes, axis=2) + 1e9 * np.eye(len(codes))
    nearest = np.argsort(apart, axis=1)[:, :5]
    assert round(float((labels[nearest] == labels[:, None]).mean()), 2) == alike
