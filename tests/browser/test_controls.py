"""The README's table of sliders for learning rate and depth is true: each moves what it says."""

from __future__ import annotations

import re

import pytest

from autograder import paths
from course import explore
from course.explore.base.explorable import Explorable
from tests.browser.lab import Show
from tools.pictures import explorables

KEYS = ("learning_rate", "depth")
"""Of the two columns."""
ROW = re.compile(r"\*\*([\d, ]+)\*\* `(\w+)`: (.+)")


def table() -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """Return the README's table: for each explorable and key the units, and the panels it moves."""
    text = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^\| moving the learning rate.*\n.*\n\| (.+) \|$", text, re.MULTILINE)
    assert found
    rows = {}
    for key, cell in zip(KEYS, found[1].split(" | "), strict=True):
        for line in cell.split("<br>"):
            row = ROW.fullmatch(line)
            assert row, line
            rows[row[2], key] = row[1].split(", "), row[3].split("; ")
    return rows


def test_the_table_has_every_slider_of_learning_rate_and_depth() -> None:
    declared: dict[tuple[str, str], list[str]] = {}
    for unit in paths.units():
        for name in explorables(unit):
            for control in getattr(explore, name)().controls:
                if control.key in KEYS:
                    declared.setdefault((name, control.key), []).append(unit[:2])
    assert {row: units for row, (units, _) in table().items()} == declared


@pytest.mark.parametrize("name", sorted({name for name, _ in table()}))
def test_each_slider_moves_what_the_table_says(show: Show, name: str) -> None:
    kind: type[Explorable] = getattr(explore, name)
    made = kind()
    titles = [panel.title for panel in made.make_panels()]
    explored = show(f"from course.explore import {name}\n{name}()").explorable(kind.name)
    for key in [key for of, key in table() if of == name]:
        explored.button("reset").click()
        if made.timeline and not made.timeline.drives:
            explored.show_end()
        explored.wait_settled()
        before = explored.pictures()
        [control] = [control for control in made.controls if control.key == key]
        opens_lowest = getattr(made, key) == control.positions()[0]
        explored.press(key, "End" if opens_lowest else "Home")
        explored.wait_settled()
        assert [titles[panel] for panel in explored.moved(before)] == table()[name, key][1], key
