"""Terminal output of the command line: progress bars, tables, and errors in one sentence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from types import MappingProxyType

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

from autograder.grading.gradebook import Entry
from autograder.grading.lateness import describe_lateness
from autograder.grading.plan import Plan
from autograder.grading.rules.unit_rules import (
    UnitRules,
    configured_late,
    own_plugin,
    show_date,
)
from autograder.grading.verdict import Verdict
from autograder.selftest.mutation.survivors import MutantTally
from autograder.selftest.rewriting.rewrites import RewriteTally
from autograder.selftest.verdicts import UnitTally
from autograder.templates import show_points

screen = Console()
errors = Console(stderr=True)


def report_error(error: Exception | str) -> typer.Exit:
    """Print an error in one sentence; return the exception to raise, with exit code 2."""
    errors.print(f"autograder: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(2)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show progress bars on stderr, so that stdout can be piped.

    Yields
    ------
    callable
        Takes the name of a bar, the number done, and the total.
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
    """Progress of grading a class: first what will be graded and why, then a bar.

    Attributes
    ----------
    done, total : int
        Submissions graded so far, and to grade.
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
        self._start = 0.0

    def __enter__(self) -> "GradingBar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def add(self, plan: Plan) -> None:
        """Print a unit's plan and add its submissions to the total."""
        for line in plan.explain():
            self.say(f"{plan.unit}: {line}")
        self.total += len(plan.todo)
        self._bar.update(self._task, total=self.total)
        self._start = errors.get_time()

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        errors.print(line, markup=False, highlight=False, soft_wrap=True)

    def advance(self, verdict: Verdict) -> None:
        """Count a graded submission."""
        self.done += 1
        rate = self.done / max(errors.get_time() - self._start, 1e-3)
        shown = f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.1f} a minute"
        self._bar.update(self._task, advance=1, description=verdict.unit, rate=shown)


def report_interrupt(bar: GradingBar) -> typer.Exit:
    """Print how to continue; return the exception to raise, with exit code 130."""
    errors.print(
        f"Interrupted: {bar.done} of {bar.total} graded and saved. Run the same command to "
        "continue.",
        highlight=False,
        soft_wrap=True,
    )
    return typer.Exit(130)


def verdict_table(
    verdicts: Sequence[Verdict],
    entries: Mapping[str, Mapping[str, Entry]],
    missing: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Table:
    """Return a table of verdicts with the points of the gradebook's entries, by unit and student.

    Who has handed in nothing for a unit, in `missing`, has a row without points.
    """
    table = Table("student", "unit", title="Grades", title_justify="left")
    table.add_column("points", justify="right")
    table.add_column("unusual, or to grade by hand")
    for verdict in verdicts:
        notes, points = list(verdict.reasons), "–"
        if entry := entries[verdict.unit].get(verdict.student):
            points = " / ".join(map(show_points, (entry.total.points, entry.total.max_points)))
            notes += [late] if (late := describe_lateness(entry)) else []
            if waiting := [name for name, score in entry.scores.items() if score.waits]:
                notes.append(f"to grade by hand: {', '.join(waiting)}")
        style = "yellow" if verdict.reasons else None
        row = verdict.student, verdict.unit, points, "; ".join(notes)
        table.add_row(*map(Text, row), style=style)  # a student's text is not markup
    for unit, students in missing.items():
        for student in students:
            table.add_row(*map(Text, (student, unit, "–", "not handed in")), style="dim")
    return table


def rules_table(
    units: Mapping[str, UnitRules], extensions: Mapping[str, Mapping[str, timedelta]]
) -> Table:
    """Return a table of rules by unit, with those who have more time."""
    table = Table("unit", "due", "late work costs", "attempts", "counts", "before it is due")
    table.add_column("more time for")
    table.title, table.title_justify = "Rules", "left"
    usual = f"as {own_plugin()} says" if own_plugin() else configured_late()
    for unit, rules in units.items():
        more = [
            f"{student} until {show_date(rules.due + more)}"
            for student, more in sorted(extensions[unit].items())
            if rules.due
        ]
        table.add_row(
            *(unit, show_date(rules.due), rules.late or usual, str(rules.attempts or "any")),
            *(rules.counts, rules.before_due, Text("; ".join(more))),
        )
    return table


def warn_unsandboxed(verdicts: Sequence[Verdict]) -> None:
    """Print in red how many submissions ran without a sandbox."""
    unsandboxed = sum(not verdict.sandboxed for verdict in verdicts)
    if unsandboxed:
        errors.print(
            f"Not sandboxed: {unsandboxed} of {len(verdicts)} submissions ran without a sandbox "
            "and could read and write everything that this account can.",
            style="bold red",
        )


def warn(lines: Sequence[str]) -> None:
    """Print what a teacher should know, one line each."""
    for line in lines:
        errors.print(line, style="yellow", markup=False, highlight=False, soft_wrap=True)


def selftest_table(units: dict[str, UnitTally]) -> Table:
    """Return a table of the self-test's results."""
    table = Table(
        "unit",
        "exercise",
        title="Self-test: verdicts on catalogued answers and attacks",
        title_justify="left",
    )
    for heading in ("right accepted", "wrong caught", "hints matched", "hostile withstood"):
        table.add_column(heading, justify="right")
    for unit, tally in units.items():
        for name in tally.right:
            pairs = [tally.right[name], tally.wrong[name], tally.hints[name]]
            pairs += [tally.hostile[name]] if name in tally.hostile else []
            table.add_row(unit, name, *(f"{hit} / {of}" for hit, of in pairs))
        for label, (got, most) in (("solution", tally.solution), ("released", tally.blank)):
            table.add_row(unit, f"[i]{label} notebook[/i]", f"{got:g} of {most:g} points")
        for verdict, (hit, of) in tally.hostile.items():
            if verdict not in tally.right:
                table.add_row(unit, f"[i]hostile: {verdict}[/i]", "", "", "", f"{hit} / {of}")
    return table


def mutant_table(units: dict[str, MutantTally]) -> Table:
    """Return a table of mutants: how many were made, caught, listed as right, and survived."""
    table = Table("unit", "exercise", title="Self-test: mutants of right answers")
    table.title_justify = "left"
    for heading in ("mutants", "caught", "equivalent", "survivors"):
        table.add_column(heading, justify="right")
    for unit, tally in units.items():
        for name, made in tally.made.items():
            caught, equivalent = tally.caught[name], tally.equivalent[name]
            counts = (made, caught, equivalent, made - caught - equivalent)
            table.add_row(unit.partition("_")[0], name, *map(str, counts))
        table.add_section()
    return table


def rewrite_table(units: dict[str, RewriteTally]) -> Table:
    """Return a table of rewritten right answers: how many of each kind were accepted."""
    table = Table("kind of rewriting", title="Self-test: right answers rewritten")
    table.title_justify = "left"
    for unit in units:
        table.add_column(unit.partition("_")[0], justify="right")
    for kind in dict.fromkeys(kind for tally in units.values() for kind in tally.kinds):
        counts = [tally.kinds.get(kind) for tally in units.values()]
        table.add_row(kind, *("" if pair is None else f"{pair[0]} / {pair[1]}" for pair in counts))
    return table
