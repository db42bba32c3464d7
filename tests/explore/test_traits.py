"""An explorable is a widget like any other: its controls are traits, and its state is these."""

from __future__ import annotations

from typing import Any

import ipywidgets
import numpy as np
import pytest
import traitlets

from course import explore
from course.explore import Batches, Descent, Graph, Regions, TrainLive
from course.explore.base.explorable import Explorable

EXPLORABLES = [getattr(explore, name) for name in explore.__all__]


@pytest.mark.parametrize("kind", EXPLORABLES, ids=lambda kind: kind.name)
def test_every_control_is_a_trait_of_its_key(kind: type[Explorable]) -> None:
    made = kind()
    for control in made.controls:
        assert made.trait_metadata(control.key, "sync"), control.key
        if kind is TrainLive and control.key == "training":
            continue
        for value in (control.positions()[0], control.positions()[-1]):
            setattr(made, control.key, value)
            assert getattr(made.state, control.key) == getattr(made, control.key) == value


def test_what_sets_it_is_seen_by_who_observes_it() -> None:
    descent = Descent()
    seen: list[tuple[str, Any]] = []
    descent.observe(lambda change: seen.append((change.name, change.new)), ["momentum", "features"])
    descent.momentum = 0.25
    descent.set(momentum=0.5, features="standardised", learning_rate=0.1)
    descent.preset("diverges")
    assert seen[:3] == [("momentum", 0.25), ("momentum", 0.5), ("features", "standardised")]
    assert descent.state == descent.state_with({})
    assert descent.state_with({"momentum": 0.75}).momentum == 0.75
    assert descent.momentum != 0.75, "nothing moves"


def test_what_is_set_together_is_seen_together() -> None:
    descent = Descent()
    seen = []
    descent.observe(lambda _: seen.append((descent.theta0, descent.theta1)), "theta0")
    descent.set(theta0=1, theta1=2)
    assert seen == [(1, 2)]


def test_a_number_of_numpy_or_of_another_kind_becomes_the_control_s_own() -> None:
    regions = Regions()
    regions.depth = np.float64(2.0)
    assert (regions.depth, type(regions.depth)) == (2, int)
    regions.learning_rate = np.float32(0.5)
    assert type(regions.learning_rate) is float


def test_a_slider_and_two_explorables_are_linked() -> None:
    slider = ipywidgets.FloatLogSlider(value=0.2, min=-2, max=0)
    one, other = Descent(), Descent(features="standardised")
    ipywidgets.link((slider, "value"), (one, "learning_rate"))
    ipywidgets.dlink((one, "learning_rate"), (other, "learning_rate"))
    assert (one.learning_rate, other.learning_rate) == (0.2, 0.2)
    one.learning_rate = 0.5
    assert (slider.value, other.learning_rate) == (0.5, 0.5)
    link = ipywidgets.jslink((one, "momentum"), (other, "momentum"))
    assert link.source == (one, "momentum")


@pytest.mark.parametrize(
    ("made", "key", "value", "message"),
    [
        (Descent(), "learning_rate", 9, "learning_rate = 9 is out of range; expected a number "
         "from 0.01 to 5: 5 comes nearest"),
        (Descent(), "learning_rate", "0.3", "learning_rate = '0.3' is str; expected a number from "
         "0.01 to 5: write it without quotation marks"),
        (Descent(), "features", "row", "features = 'row' is no option; did you mean 'raw'?"),
        (Batches(), "batch_size", 3.5, "batch_size = 3.5 is not whole; expected a whole number "
         "from 1 to 24: take 3 or 4"),
        (TrainLive(), "training", 1, "training = 1; expected True or False"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_in_words(
    made: Explorable, key: str, value: object, message: str
) -> None:
    before = made.state
    with pytest.raises(traitlets.TraitError) as refused:
        setattr(made, key, value)
    assert str(refused.value).startswith(message)
    assert made.state == before
    with pytest.raises(traitlets.TraitError, match=key):
        type(made)(**{key: value})


def test_it_stands_in_boxes_and_tabs_and_opens_only_then() -> None:
    one, other, third = Descent(), Batches(), Descent()
    assert one.comm is None, "what nobody shows, the browser does not hear of"
    ipywidgets.Tab([ipywidgets.HBox([one]), ipywidgets.VBox([other])])
    assert one.comm is not None
    assert one._header["summaries"] == [one.frame().summary]
    assert one._spec == one.spec()
    assert third.comm is None
    one.close()
    assert one.comm is None


def test_it_is_shown_as_a_widget_with_words_for_where_there_is_none() -> None:
    bundle, *_ = Descent()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"].startswith("Descent: a straight line downhill. α = 0.9")


def test_its_name_in_a_box_is_how_it_would_be_made() -> None:
    assert repr(Batches(seed=3)) == "Batches(learning_rate=0.1, batch_size=1, seed=3)"
    assert type(Batches(seed=3))(seed=4).state == Batches(seed=4).state


def test_moves_of_the_browser_reach_those_who_observe() -> None:
    descent = Descent()
    seen = []
    descent.observe(lambda change: seen.append(change.new), "learning_rate")
    descent.set_state({"learning_rate": 0.3})
    descent.set_state({"learning_rate": 0.3, "theta0": -20})
    assert seen == [0.3]
    assert (descent.state.learning_rate, descent.state.theta0) == (0.3, -20.0)
    with pytest.raises(traitlets.TraitError, match=r"theta0 = -1000000\.0 is out of range"):
        descent.set_state({"theta0": -1e6})
    assert descent.theta0 == -20


def test_an_input_whose_name_is_taken_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no control can be called 'layout'.*take another"):
        Graph("layout * 2")
