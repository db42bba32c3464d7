"""A plugin of pytest: wherever nbgrader would call `Execute` in autograding, it calls `Examine`."""

from typing import Any

from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from traitlets import default

from autograder.plugins.examine import Examine

EXAMINED = "notebooks examined:"

examined = 0
unsandboxed = False


class Counted(Examine):
    """Counts, so that nobody takes tests of something else for tests of it."""

    @default("trust_students")
    def _trust(self) -> bool:
        return unsandboxed

    def preprocess(self, *arguments: Any, **named: Any) -> Any:
        global examined
        examined += 1
        return super().preprocess(*arguments, **named)


def pytest_addoption(parser: Any) -> None:
    """Say whether students are trusted."""
    parser.addoption("--trust-students", action="store_true")


def pytest_configure(config: Any) -> None:
    """Change the defaults, which are what holds where a test configures nothing."""
    global unsandboxed
    unsandboxed = config.getoption("--trust-students")
    steps = Autograde.autograde_preprocessors
    steps.default_args = ([Counted if step is Execute else step for step in steps.default_args[0]],)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many notebooks were examined."""
    terminalreporter.write_line(f"{EXAMINED} {examined}")
