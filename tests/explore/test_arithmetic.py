"""The numbers behind a unit, a spin, a node, a point are those of the picture, and add up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import norm

from course.data.gates import gate
from course.explore import Graph, Hopfield, Ising, Perceptron, Regions, Threshold
from course.explore.base.explorable import Explorable
from course.explore.base.student import StudentMistakeError
from course.explore.base.sums import Arithmetic, Pick, Sum
from course.explore.memory.hopfield import SIDE, UPDATES
from course.explore.perceptron.perceptron import LOOKS
from course.explore.perceptron.trained_network import GRID, grid_points
from course.models.hopfield import hebbian_couplings
from course.models.ising import energy
from tests.explore.message_schema import errors
from tests.explore.test_perceptron import log_odds


def picked(
    explorable: Explorable, x: float, y: float, time: float = 1.0, **more: Any
) -> Arithmetic:
    """Return the numbers behind a place; they keep to the schema and add up."""
    given = {"panel": 0, "layer": -1, "item": -1, "start": 0.0} | more
    frame = explorable.frame()
    found = explorable.arithmetic(explorable.state, frame, Pick(x=x, y=y, time=time, **given))
    assert errors(found.to_wire(), "Arithmetic") == []
    for one in found.sums:
        assert one.total == pytest.approx(sum(term.value for term in one.terms))
    return found


def number_in(lines: Sum, start: str) -> float:
    """Return the number at the end of the line that begins so."""
    (line,) = [line for line in lines.then if line.startswith(start)]
    return float(line.split(" at T")[0].split(" = ")[-1].replace("−", "-"))


def test_every_explained_panel_has_an_answer() -> None:
    for kind in (Graph, Hopfield, Ising, Perceptron, Regions, Threshold):
        assert any(panel.explained for panel in kind().make_panels()), kind.name


# ---- networks ----


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "softplus", "linear"])
@pytest.mark.parametrize(("depth", "time"), [(0, 1.0), (2, 0.0), (2, 0.4), (2, 1.0)])
def test_a_network_s_units_give_its_picture(activation: str, depth: int, time: float) -> None:
    regions = Regions(depth=depth, width=3, activation=activation)
    place = 17 * GRID + 29
    x, y = grid_points()[place].tolist()
    found = picked(regions, x, y, time)
    assert len(found.sums) == 3 * depth + 1
    regions_now = regions.frame().arrays["region"]
    row = round(time * (len(regions_now) - 1))
    coded = log_odds(regions_now[row].ravel()[place])
    assert found.sums[-1].total == pytest.approx(coded, rel=0.05, abs=0.003)
    p = number_in(found.sums[-1], "p =")
    assert p == pytest.approx(expit(found.sums[-1].total), rel=1e-3)
    assert number_in(found.sums[-1], "dp/dz") == pytest.approx(p * (1 - p), rel=2e-3)


def test_a_hidden_unit_s_derivative_is_that_of_its_activation() -> None:
    from course.models import network

    for name in ("tanh", "relu", "sigmoid", "softplus", "linear"):
        unit = picked(Regions(depth=1, width=2, activation=name), 0.4, -0.3).sums[1]
        z = np.array([unit.total - 1e-5, unit.total, unit.total + 1e-5])
        below, here, above = network.activate(name, z)
        assert number_in(unit, "a =") == pytest.approx(here, rel=1e-3)
        assert number_in(unit, "da/dz") == pytest.approx((above - below) / 2e-5, rel=1e-3)


def test_a_point_of_the_data_has_a_loss() -> None:
    regions = Regions(dataset="XOR", depth=1)
    frame = regions.frame()
    x, y = (float(frame.arrays[name][5]) for name in ("x1", "x2"))
    label = int(frame.arrays["classes"][5])
    output = picked(regions, x, y).sums[-1]
    p = number_in(output, "p =")
    assert number_in(output, "derivative of the loss") == pytest.approx(p - label, abs=1e-3)
    assert number_in(output, "its class is") == pytest.approx(
        -np.log(p if label else 1 - p), rel=0.02, abs=1e-3
    )
    assert not any("class" in line for line in picked(regions, x + 0.05, y).sums[-1].then)


def test_your_own_network_s_answer_stands_beside() -> None:
    def mlp_forward(X: Any, weights: Any, activations: Any) -> list[Any]:
        values = [X]
        for W, b in weights:
            values.append(0 * (values[-1] @ W + b) + 0.25)
        return values

    output = picked(Regions(forward=mlp_forward), 0.1, 0.2).sums[-1]
    assert output.then[-1] == "your mlp_forward gives 0.25 here"


def test_the_neuron_s_sum_and_its_new_weights_are_those_of_the_run() -> None:
    perceptron = Perceptron(dataset="AND")
    arrays = perceptron.frame().arrays
    mistakes = np.flatnonzero(np.diff(arrays["mistakes"]) > 0) + 1
    X, y = gate("AND")
    for look in mistakes[:4].tolist():
        x = arrays["looked_at"][look].astype(float)
        found = picked(perceptron, *x.tolist(), look / LOOKS)
        w1, w2, b = (float(arrays[name][look - 1]) for name in ("w1", "w2", "b"))
        label = float(y[(x == X).all(axis=1)][0])
        assert found.sums[0].total == pytest.approx(w1 * x[0] + w2 * x[1] + b)
        assert f"{'−1' if label < 0 else '1'}: a mistake" in found.sums[0].then[-1]
        new = [one.total for one in found.sums[1:]]
        assert new == [float(arrays[name][look]) for name in ("w1", "w2", "b")]
    elsewhere = picked(perceptron, 0.31, 0.7, 1.0)
    assert len(elsewhere.sums) == 1
    assert len(elsewhere.sums[0].then) == 2, "no sample is here, so nothing is right or wrong"


# ---- spins ----


@pytest.mark.parametrize(("time", "temperature"), [(0.0, 0.0), (0.3, 0.0), (1.0, 0.5)])
def test_turning_a_hopfield_spin_costs_what_is_written(time: float, temperature: float) -> None:
    hopfield = Hopfield(stored=3, noise=0.2, temperature=temperature)
    spins = hopfield.frame().arrays["spins"][round(time * UPDATES)].astype(float) * 2 - 1
    s = spins[::-1].ravel()
    column, row = 3, 6  # from below
    found = picked(hopfield, column + 0.5, row + 0.5, time, panel=1)
    i = (SIDE - 1 - row) * SIDE + column
    from course.data.glyphs import letters

    W = hebbian_couplings(letters("ETX"))
    turned = s.copy()
    turned[i] *= -1
    cost = 0.5 * (s @ W @ s - turned @ W @ turned)
    memories, couplings = found.sums
    assert len(couplings.terms) == SIDE**2 - 1
    assert len(memories.terms) == 3 + 1
    assert memories.total == pytest.approx(couplings.total, abs=1e-9)
    assert number_in(couplings, "turning it over") == pytest.approx(cost, rel=1e-3, abs=1e-3)
    if temperature:
        up = number_in(couplings, "p(+1)")
        assert up == pytest.approx(expit(2 * (W @ s)[i] / temperature), rel=1e-3)


def test_your_own_couplings_are_summed() -> None:
    def hebbian_weights(patterns: Any) -> Any:
        return np.ones((SIDE**2, SIDE**2))

    (only,) = picked(Hopfield(hebbian_weights=hebbian_weights), 0.5, 0.5, 0.0, panel=1).sums
    assert len(only.terms) == SIDE**2, "a coupling to itself counts"
    with pytest.raises(StudentMistakeError):
        picked(Hopfield(hebbian_weights=lambda patterns: 3), 0.5, 0.5, panel=1)


@pytest.mark.parametrize(("column", "row"), [(5, 9), (0, 0), (63, 40)])
def test_turning_an_ising_spin_costs_what_is_written(column: int, row: int) -> None:
    ising = Ising(temperature=2.0, field=-0.2)
    spins = ising.frame().arrays["spins"][60].astype(float) * 2 - 1
    turned = spins.copy()
    turned[row, column] *= -1
    cost = (energy(turned, -0.2) - energy(spins, -0.2)) * spins.size
    (found,) = picked(ising, column + 0.5, row + 0.5, 0.5).sums
    assert len(found.terms) == 5
    assert number_in(found, "turning it over") == pytest.approx(cost, abs=1e-6)
    assert ("over the edge" in str(found.terms)) == (column in (0, 63) or row in (0, 63))
    up = number_in(found, "p(up next)")
    assert up == pytest.approx(expit(2 * found.total / 2.0), rel=1e-3)


# ---- the ROC ----


def test_a_point_of_the_roc_counts_its_events() -> None:
    threshold = Threshold(threshold=1.5)
    scalars = threshold.frame().scalars
    tp, fp, follows = picked(threshold, scalars["fpr"], scalars["tpr"]).sums
    assert (tp.total, fp.total) == (scalars["tp"], scalars["fp"])
    assert number_in(follows, "TPR") == pytest.approx(scalars["tpr"], rel=1e-3)
    assert number_in(follows, "FPR") == pytest.approx(scalars["fpr"], rel=1e-3)
    assert number_in(follows, "precision") == pytest.approx(scalars["precision"], rel=1e-3)
    assert number_in(follows, "accuracy") == pytest.approx(scalars["accuracy"], rel=1e-3)
    slope = number_in(follows, "derivative of the curve")
    d, t, h = threshold.separation, 1.5, 1e-4
    rise = norm.sf(t - d - h) - norm.sf(t - d + h)
    assert slope == pytest.approx(rise / (norm.sf(t - h) - norm.sf(t + h)), rel=1e-3)


def test_another_point_of_the_trail_has_its_own_counts() -> None:
    threshold = Threshold(threshold=1.5)
    curve = threshold.frame().arrays
    there = 40
    found = picked(threshold, float(curve["fpr"][there]), float(curve["tpr"][there]))
    t = float(curve["thresholds"][there])
    other = Threshold(threshold=round(t, 6)).frame().scalars
    assert found.sums[0].total == other["tp"]
    assert f"t = {t:.4g}".replace("-", "−") in found.title


def test_your_own_counts_stand_beside_the_course_s() -> None:
    def counts_at(y: Any, score: Any, threshold: float) -> tuple[int, ...]:
        return 7, 5, int(y.sum()) - 7, int((1 - y).sum()) - 5

    tp, _, _ = picked(Threshold(counts_at=counts_at), 0.1, 0.1).sums
    assert "your counts_at gives 7" in tp.then


# ---- a graph ----


def test_a_node_s_derivative_is_a_sum_over_its_arrows() -> None:
    graph = Graph(x=1.3)
    program = graph.program
    names = [node.name for node in graph.nodes]
    found = picked(graph, 0, 0, layer=0, item=names.index("t"))
    value, derivative = found.sums
    assert value.total == pytest.approx(1.3**2)
    assert len(derivative.terms) == 2
    # By t alone: J = cos(sin t + 3 t).
    t, h = 1.3**2, 1e-6
    outer = [np.cos(np.sin(s) + 3 * s) for s in (t - h, t + h)]
    assert derivative.total == pytest.approx((outer[1] - outer[0]) / (2 * h), rel=1e-4)
    assert program.inputs == ["x"]


def test_a_node_tells_no_more_than_its_step_does() -> None:
    graph = Graph(x=1.3)
    steps = len(graph.steps)
    last = len(graph.nodes) - 1
    with pytest.raises(ValueError, match="no value yet"):
        picked(graph, 0, 0, 1 / steps, item=last)
    with pytest.raises(ValueError, match="pick a box"):
        picked(graph, 0, 0, 1.0)
    (value,) = picked(graph, 0, 0, (last + 1) / steps, item=last).sums
    assert value.total == pytest.approx(graph.frame().arrays["values"][last])
    names = [node.name for node in graph.nodes]
    stages = graph.frame().arrays["stages"][:, names.index("t")]
    half = int(np.flatnonzero(stages == 2)[0])
    _, derivative = picked(graph, 0, 0, half / steps, item=names.index("t")).sums
    assert len(derivative.terms) == 1
    assert "1 more to come" in derivative.then[0]


@pytest.mark.parametrize("program", ["x - 2*x**3", "exp(x) / (1 + x*x)", "log(x + 4) * tanh(x)"])
def test_the_values_of_all_nodes_are_written(program: str) -> None:
    graph = Graph(program, x=0.7)
    values = graph.frame().arrays["values"]
    for item, expected in enumerate(values):
        value, derivative = picked(graph, 0, 0, item=item).sums
        assert value.total == pytest.approx(float(expected), rel=1e-6)
        final = float(graph.frame().arrays["derivatives"][-1, item])
        assert derivative.total == pytest.approx(final, rel=1e-5)
