"""Unit 00's map leads to every other unit, along links as JupyterLab follows them."""

import re

import nbformat
import pytest

from autograder import paths

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+\.ipynb)\)")
START, *OTHERS = paths.units()


def texts(unit: str) -> list[str]:
    notebook = nbformat.read(paths.RELEASED / unit / f"{unit}.ipynb", as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def test_the_map_names_each_unit_and_leads_to_it() -> None:
    (the_map,) = [text for text in texts(START) if "# A map" in text]
    found = LINK.findall(the_map)
    assert len(found) == len(OTHERS)
    for unit, (title, link) in zip(OTHERS, found, strict=True):
        assert texts(unit)[0].startswith(f"# {title}")
        reached = (paths.RELEASED / START / link).resolve()
        assert reached == paths.RELEASED / unit / f"{unit}.ipynb"


@pytest.mark.parametrize("unit", paths.units())
def test_a_link_to_a_notebook_leads_to_one(unit: str) -> None:
    for text in texts(unit):
        for _, link in LINK.findall(text):
            assert (paths.RELEASED / unit / link).is_file(), link
