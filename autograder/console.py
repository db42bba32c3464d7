"""What the command line shows: progress, tables, and errors in one sentence."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from autograder.grading.gradebook import Score
from autograder.grading.plan import Plan
from autograder.grading.verdict import Verdict
from autograder.selftest.verdicts import Judged

screen = Console()
errors = Console(stderr=True)


def fail(error: Exception | str) -> typer.Exit:
    """Say what is wrong in one sentence; raise what is returned to leave with exit code 2."""
    errors.print(f"autograder: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(2)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show bars on the error channel, so that tables and JSON can be piped away.

    Yields
    ------
    callable
        Takes what is under way, how many of it are done, and of how many.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done)

        yield show


class GradingBar:
    """What is seen while a class is graded: what is graded and why, then how far it is.

    Attributes
    ----------
    done, total : int
    """

    def __init__(self) -> None:
        self.done = self.total = 0
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=errors,
            transient=True,
        )
        self._task = self._bar.add_task("grading", total=None, rate="")
        self._began = 0.0

    def __enter__(self) -> "GradingBar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def add(self, plan: Plan) -> None:
        """Say what is to be done in a unit and why."""
        for line in plan.explained():
            errors.print(f"{plan.unit}: {line}", markup=False, highlight=False, soft_wrap=True)
        self.total += len(plan.todo)
        self._bar.update(self._task, total=self.total)
        self._began = errors.get_time()

    def advance(self, verdict: Verdict) -> None:
        """Count a submission that was graded."""
        self.done += 1
        rate = self.done / max(errors.get_time() - self._began, 1e-3)
        shown = f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.1f} a minute"
        self._bar.update(self._task, advance=1, description=verdict.unit, rate=shown)


def stopped(bar: GradingBar) -> typer.Exit:
    """Say what is done and how to go on; raise what is returned to leave with exit code 130."""
    errors.print(
        f"Stopped. {bar.done} of {bar.total} are graded and recorded; say the same again to grade "
        "the others.",
        highlight=False,
        soft_wrap=True,
    )
    return typer.Exit(130)


def verdict_table(
    verdicts: Sequence[Verdict], scores: dict[str, dict[str, dict[str, Score]]]
) -> Table:
    """Tabulate verdicts; `scores`, by unit, student and exercise, hold points given by hand."""
    table = Table("student", "unit", title="Grades", title_justify="left")
    table.add_column("points", justify="right")
    table.add_column("unusual, or waiting")
    for verdict in verdicts:
        rows = scores[verdict.unit].get(verdict.student, {})
        points = sum(score.points for score in rows.values())
        most = sum(score.max_points for score in rows.values())
        notes = list(verdict.reasons)
        waiting = [name for name, score in rows.items() if score.waits]
        if waiting:
            notes.append(f"to grade by hand: {', '.join(waiting)}")
        style = "yellow" if verdict.reasons else None
        row = verdict.student, verdict.unit, f"{points:g} / {most:g}", "; ".join(notes)
        table.add_row(*map(Text, row), style=style)  # what students wrote is no markup
    return table


def warn_of_trust(verdicts: Sequence[Verdict]) -> None:
    """Say in red how many submissions ran without a sandbox."""
    trusted = sum(not verdict.confined for verdict in verdicts)
    if trusted:
        errors.print(
            f"Students were trusted: {trusted} of {len(verdicts)} submissions ran without a "
            "sandbox and could read and write whatever this account can.",
            style="bold red",
        )


def judged_table(units: dict[str, Judged]) -> Table:
    """Tabulate how the catalogue fared."""
    table = Table("unit", "exercise", title="Answers of known verdict", title_justify="left")
    for heading in ("right accepted", "wrong caught", "hints matched", "hostile withstood"):
        table.add_column(heading, justify="right")
    for unit, judged in units.items():
        for name in judged.right:
            pairs = [judged.right[name], judged.wrong[name], judged.hints[name]]
            pairs += [judged.hostile[name]] if name in judged.hostile else []
            table.add_row(unit, name, *(f"{hit} / {of}" for hit, of in pairs))
        for label, (got, most) in (("solution", judged.solution), ("released", judged.blank)):
            table.add_row(unit, f"[i]{label} notebook[/i]", f"{got:g} of {most:g} points")
        for verdict, (hit, of) in judged.hostile.items():
            if verdict not in judged.right:
                table.add_row(unit, f"[i]hostile: {verdict}[/i]", "", "", "", f"{hit} / {of}")
    return table
