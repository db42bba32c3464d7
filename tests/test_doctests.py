"""The examples in docstrings run and give what they show."""

import doctest
import importlib
from pathlib import Path
from types import ModuleType

import pytest

from autograder.paths import ROOT

PROMPT = ">>> "


def with_examples(root: Path = ROOT) -> list[str]:
    """Return the modules of the product whose text has examples; no other is imported."""
    paths = [path for top in ("course", "autograder") for path in (root / top).rglob("*.py")]
    return sorted(
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in paths
        if PROMPT in path.read_text(encoding="utf-8")
    )


def failures(module: ModuleType, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the examples of a module print besides what they should; empty if they hold."""
    results = doctest.testmod(module)
    assert results.attempted > 0, f"no docstring of {module.__name__} has an example"
    return capsys.readouterr().out


@pytest.mark.parametrize("name", with_examples())
def test_examples_hold(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert not failures(importlib.import_module(name), capsys)


def test_no_example_stands_in_a_program() -> None:
    """To import a program is to run it."""
    assert not [name for name in with_examples() if name.endswith("__main__")]


def test_a_false_example_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    module = ModuleType("half", f"{PROMPT}1 / 2\n0")
    assert "Got:\n    0.5" in failures(module, capsys)
