"""The README's pictures can be drawn, and say what the README says of them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from autograder.paths import ROOT
from tools.pictures import drawn, table


@pytest.mark.parametrize("unit", ["00_start_here", "05_roc"], ids=["time", "a driven control"])
def test_a_picture_is_drawn_with_the_words_of_the_readme(
    browser: Browser, tmp_path: Path, unit: str
) -> None:
    words = drawn(browser, unit, tmp_path)
    assert (tmp_path / f"{unit}.png").stat().st_size > 10_000
    cell = table({unit: words}).splitlines()[-1].split("|")[1].strip()
    assert cell in (ROOT / "README.md").read_text(encoding="utf-8")
