"""The limits of a submission stand in one place; documents and deployments say the same."""

import re
from dataclasses import fields

import pytest
import yaml

from autograder import nbgrader_bridge, paths
from autograder.exam import broker, proxies
from autograder.exam.guest import models, values
from autograder.exam.limits import CELLS_OF_OUTPUT, MEGABYTE, Limits
from autograder.plugins.examine import Examine
from autograder.sandbox.supervision import POLL_INTERVAL
from autograder.selftest import hostile

LIMITS = Limits()
PAGE = (paths.ROOT / "docs" / "exam.md").read_text(encoding="utf-8")
GIBI = 1 << 30


def mb(size: int) -> str:
    return f"{size / MEGABYTE:g} MB"


ROWS = {
    "a message": [
        mb(LIMITS.message),
        mb(values.MAX_TREE),
        f"{values.MAX_ITEMS:,}",
        f"{values.MAX_DEPTH}",
    ],
    "references": [f"{LIMITS.references:,}"],
    "a call · a cell · a notebook": [
        f"{seconds:g} s"
        for seconds in (
            *(LIMITS.call_cpu, LIMITS.cell_cpu, LIMITS.cpu),
            *(LIMITS.call_wall, LIMITS.cell_wall, LIMITS.wall),
            LIMITS.grace,
        )
    ],
    "output": [mb(LIMITS.output), mb(CELLS_OF_OUTPUT * LIMITS.output), f"{broker.FLOOD_FACTOR}"],
    "a Keras model": [f"{len(models.LAYERS)}"],
    "scratch": [mb(LIMITS.scratch), f"{LIMITS.files:,}"],
    "watch": [f"{POLL_INTERVAL * 1000:g} ms", f"{LIMITS.memory / GIBI:g} GB", f"{LIMITS.cpu} s"],
}


@pytest.mark.parametrize("row", ROWS)
def test_the_page_about_the_examination_gives_the_figures(row: str) -> None:
    (reported,) = re.findall(rf"^\| {re.escape(row)} \|(.*)\|$", PAGE, re.MULTILINE)
    assert re.findall(r"\d[\d,.]*\b(?: (?:[MG]B|m?s)\b)?", reported) == ROWS[row]


def test_the_page_says_how_far_one_iteration_goes() -> None:
    assert f"at most {proxies.MAX_ITEMS:,} items" in PAGE


def test_what_nbgrader_is_configured_with_is_these_limits() -> None:
    assert Examine(config=nbgrader_bridge.config())._limits() == Examine()._limits() == LIMITS


def test_a_school_sets_its_own_and_a_call_gets_half_of_a_cell() -> None:
    settings = nbgrader_bridge.config()
    settings.Examine.timeout = 100
    settings.Examine.limits = {"memory": GIBI}
    limits = Examine(config=settings)._limits()
    differing = {
        f.name for f in fields(Limits) if getattr(limits, f.name) != getattr(LIMITS, f.name)
    }
    assert differing == {"cell_cpu", "cell_wall", "call_cpu", "call_wall", "memory"}
    assert limits.call_cpu == 50
    assert (limits.cell_wall, limits.call_wall) == (300, 150)


def test_hostile_submissions_are_tried_with_tighter_ones() -> None:
    settings = nbgrader_bridge.config()
    settings.Examine.update(hostile.TIME_LIMITS)
    settings.Examine.limits = hostile.LIMITS
    tight = Examine(config=settings)._limits()
    for name in (*hostile.LIMITS, "cell_cpu"):
        assert getattr(tight, name) < getattr(LIMITS, name), name


def test_a_worker_has_memory_for_a_submission_and_for_the_grader() -> None:
    text = (paths.ROOT / "docs" / "clusters" / "kubernetes.yaml").read_text(encoding="utf-8")
    (worker,) = [
        part["spec"]["template"]["spec"]["containers"][0]
        for part in yaml.safe_load_all(text)
        if part["metadata"]["name"] == "descent-worker"
    ]
    memory = worker["resources"]["limits"]["memory"]
    assert int(memory.removesuffix("Gi")) * GIBI >= LIMITS.memory + GIBI
    page = (paths.ROOT / "docs" / "clusters.md").read_text(encoding="utf-8")
    assert f"{LIMITS.memory / GIBI:g} GB a core suffice" in page
