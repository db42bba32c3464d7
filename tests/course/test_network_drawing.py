"""A drawing of a network shows each unit and line once, and says in words what is drawn."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from typing import Any

import pytest

from course.figures import layers
from course.figures.network_drawing import MAX_DRAWN, LayersDrawing


def count(drawing: LayersDrawing, kind: str) -> int:
    return len(ElementTree.fromstring(drawing._repr_html_()).findall(kind))


def texts(drawing: LayersDrawing) -> list[str | None]:
    return [text.text for text in ElementTree.fromstring(drawing._repr_html_()).findall("text")]


def test_inputs_are_squares_and_every_unit_is_joined_to_all_of_the_next_layer() -> None:
    drawing = layers([2, 4, 3], ["x", "h", "y"], ["W < 1", "U"], ["", "Σ", "Σ"])
    assert (count(drawing, "rect"), count(drawing, "circle")) == (2, 7)
    assert count(drawing, "line") == 2 * 4 + 4 * 3
    assert texts(drawing) == ["Σ"] * 7 + ["x", "h", "y", "W < 1", "U"]


def test_without_direction_all_units_are_alike_and_no_line_is_an_arrow() -> None:
    drawing = layers([3, 2], ["v", "h"], directed=False)
    assert (count(drawing, "rect"), count(drawing, "circle")) == (0, 5)
    assert "marker" not in drawing._repr_html_()
    assert "without direction" in drawing.alt


def test_of_a_large_layer_the_middle_is_left_out() -> None:
    drawing = layers([64, 2], ["x", "code"])
    assert count(drawing, "rect") == MAX_DRAWN - 1
    assert count(drawing, "line") == 2 * (MAX_DRAWN - 1)
    assert "⋮" in texts(drawing)
    assert "x with 64 units" in drawing.alt


def test_the_words_say_what_is_drawn() -> None:
    drawing = layers([3, 1], ["x (3,)", "ŷ"], ["w"])
    assert drawing.alt == (
        "From left to right: x (3,) with 3 units, ŷ with 1 unit. Each unit has an arrow to every "
        "unit of the next layer, and none to its own. The lines carry w."
    )
    assert ElementTree.fromstring(drawing._repr_html_()).findtext("title") == drawing.alt
    assert repr(drawing) == f"<figure: {drawing.alt}>"


@pytest.mark.parametrize(
    ("sizes", "names", "more", "problem"),
    [
        ([3], ["x"], {}, "two or more layers"),
        ([3, 0], ["x", "y"], {}, "two or more layers"),
        ([3, 1], ["x"], {}, "names holds 1 words; for 2 layers expected 2"),
        ([3, 1], ["x", "y"], {"between": ["a", "b"]}, "between holds 2 words"),
        ([3, 1], ["x", "y"], {"inside": ["a"]}, "inside holds 1 words"),
    ],
)
def test_what_does_not_fit_is_told(
    sizes: Sequence[int], names: Sequence[str], more: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        layers(sizes, names, **more)
