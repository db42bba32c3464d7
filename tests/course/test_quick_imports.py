"""What the course and the grader import does without what only takes time."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "imports",
    [
        "from course.figures import scatter; scatter([1], [1], 'x', 'y', alt='a point')",
        "import autograder.nbgrader_bridge",
    ],
)
def test_no_grammar_of_web_addresses_is_compiled(imports: str) -> None:
    program = (
        f"{imports}\nimport sys\nassert 'nbformat' in sys.modules\nprint('lark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr
