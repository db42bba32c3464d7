"""A page of its own carries all it needs, small enough for a phone, and the colours hold."""

from __future__ import annotations

import html
import re

import numpy as np
import pytest

from course import explore
from course.colours import BOTH, ROLES, plotly_template, rgb
from course.explore import Batches, Descent
from course.explore.base import picture, script
from course.explore.base.controls import Toggle
from course.explore.base.drawn import PointList, Strokes
from course.explore.base.explorable import Explorable


@pytest.mark.parametrize("explorable", [Descent(), Batches()], ids=["descent", "batches"])
def test_page_is_self_contained_and_small(explorable: Descent, tmp_path) -> None:
    path = tmp_path / "page.html"
    page = explorable.to_html(path)
    assert path.read_text(encoding="utf-8") == page
    assert not re.search(r"https?:|//[a-z]+\.|<link|<img|@import|url\((?!#)", page)
    assert len(page) < 1_500_000
    assert "This page carries" in page
    assert explorable.about in html.unescape(page)
    assert not explorable.about_live or explorable.about_live not in html.unescape(page)
    assert page == explorable.to_html()


@pytest.mark.parametrize("kind", [getattr(explore, name) for name in explore.__all__])
def test_what_only_a_kernel_can_do_is_told_apart(kind: type[Explorable]) -> None:
    asked = {PointList: "“points”", Strokes: "[Dd]raw with", Toggle: "[Tt]ick"}
    words = [text for drawn, text in asked.items() for c in kind().controls if type(c) is drawn]
    words += ["goes on|trains on"] * kind.streams
    for text in words:
        assert re.search(text, kind.about_live)
    only_live = "|".join([*asked.values(), "goes on", "trains on", "opens the"])
    assert not re.search(only_live, kind.about)


def test_lattice_holds_every_preset_and_the_present_state() -> None:
    descent = Descent(learning_rate=0.123, theta0=33.0)
    axes = dict(descent.lattice().axes)
    assert 0.123 in axes["learning_rate"]
    assert 33.0 in axes["theta0"]
    for preset in descent.presets.values():
        for key, value in preset.items():
            assert value in axes[key]
    for key in ("learning_rate", "theta0", "theta1", "momentum"):
        assert axes[key] == sorted(axes[key])


def test_lattice_runs_fastest_along_its_last_axis() -> None:
    batches = Batches()
    block = batches.lattice()
    sizes = [len(values) for _, values in block.axes]
    place = np.ravel_multi_index((1, 2, 3), sizes)
    picked = {key: values[i] for (key, values), i in zip(block.axes, (1, 2, 3), strict=True)}
    alone = batches.compute(batches.state_class(**picked))
    np.testing.assert_array_equal(block.frames[place].arrays["path0"], alone.arrays["path0"])


def test_every_layer_declared_in_python_is_drawn_in_the_browser() -> None:
    kinds = {
        name.lower()
        for name, value in vars(picture).items()
        if isinstance(value, type)
        and issubclass(value, picture.Layer)
        and value is not picture.Layer
    }
    source = script.shared_script()
    drawn = re.search(r"const LAYERS = \{(.*?)\};", source, re.S)
    assert drawn
    assert set(re.findall(r"(\w+):", drawn[1])) == kinds


def test_roles_are_the_same_in_both_themes() -> None:
    assert ROLES["light"].keys() == ROLES["dark"].keys()


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_marks_stand_out_from_the_page(theme: str) -> None:
    roles = ROLES[theme]
    page = luminance("#ffffff" if theme == "light" else "#111111")

    def contrast(role: str) -> float:
        low, high = sorted([luminance(roles[role]), page])
        return (high + 0.05) / (low + 0.05)

    assert min(contrast(role) for role in ("text", "quiet")) >= 4.5
    assert min(contrast(role) for role in ("data", "model", "path", "ghost", "train")) >= 3


def test_the_words_of_a_saved_figure_are_read_on_light_and_dark_pages() -> None:
    for page in ("#ffffff", "#111111"):
        low, high = sorted([luminance(BOTH), luminance(page)])
        assert (high + 0.05) / (low + 0.05) >= 4


def test_plotly_template_is_accepted() -> None:
    import plotly.graph_objects as go

    figure = go.Figure(layout={"template": plotly_template()})
    assert figure.layout.template.layout.font.size == 14
    with pytest.raises(ValueError, match="'#RRGGBB', not 'red'"):
        rgb("red")
