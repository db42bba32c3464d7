"""nbgrader's own tests pass with the examination in the place of `Execute`.

They come with nbgrader: those of autograding and feedback, of the programming interface and of all
preprocessors. pytest runs them in a process of its own, with a plugin that changes one default.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbgrader
import pytest

from autograder import paths
from tests.exam.outside.in_place_of_execute import EXAMINED

CANNOT = {
    "test_side_effects": "a file that a student's code writes must stay in the submission's "
    "folder; in the sandbox that is a copy, and nothing stays",
}
"""What cannot apply, and why. Where students are trusted it does, and passes."""

PARTS = {
    "apps.test_nbgrader_autograde": (39, 30),
    "apps.test_nbgrader_generate_feedback": (15, 12),
    "apps.test_api": (30, 6),
    "preprocessors": (140, 0),
}
"""How many pass, and how many notebooks are examined, at least; nbgrader skips some itself."""


def run(folder: Path, part: str, *options: str) -> tuple[dict[str, int], int]:
    """Run a part of nbgrader's tests; return how its tests ended, and how many were examined."""
    guide = Path("nbgrader", "docs", "source", "user_guide")  # some look there, from where they run
    shutil.copytree(Path(nbgrader.__file__).parents[1] / guide, folder / guide)
    programs = str(Path(sys.executable).parent)
    environment = os.environ | {
        "PATH": os.pathsep.join((programs, os.environ["PATH"])),
        "PYTHONPATH": str(paths.ROOT),
        "HOME": str(folder),  # nbgrader's tests leave a cache there
    }
    found = folder / "found.xml"
    plugin = ("-p", "tests.exam.outside.in_place_of_execute", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, "-c", os.devnull, "--rootdir", str(folder),
         f"--junitxml={found}", "--pyargs", f"nbgrader.tests.{part}", *options],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=3000,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    (suite,) = ElementTree.parse(found).getroot()
    ends = {name: int(suite.get(name, "")) for name in ("tests", "failures", "errors", "skipped")}
    (number,) = re.findall(rf"{EXAMINED} (\d+)", done.stdout)
    return ends, int(number)


@pytest.mark.parametrize("part", PARTS)
def test_nbgraders_own_tests_pass(part: str, tmp_path: Path) -> None:
    pass_at_least, examined_at_least = PARTS[part]
    ends, examined = run(tmp_path, part, "-k", " and ".join(f"not {name}" for name in CANNOT))
    assert ends["failures"] == ends["errors"] == 0
    assert ends["tests"] - ends["skipped"] >= pass_at_least
    assert examined >= examined_at_least


@pytest.mark.parametrize("name", CANNOT)
def test_what_cannot_apply_in_a_sandbox_does_without(name: str, tmp_path: Path) -> None:
    part = "apps.test_nbgrader_autograde"
    ends, examined = run(tmp_path, part, "--trust-students", "-k", name)
    assert (ends["tests"], ends["failures"], ends["errors"], ends["skipped"]) == (1, 0, 0, 0)
    assert examined == 1
