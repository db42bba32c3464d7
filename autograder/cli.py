"""The command `autograder`: build, grade and report on the course."""

import json
import logging
import os
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from autograder import classroom_commands, paths, permissions, rules_commands
from autograder.board.board_command import board
from autograder.kernels import kernel_commands
from autograder.kit.kit_command import kit
from autograder.school import school_commands

# Each command imports what it needs when it runs: importing nbgrader takes a second.

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Build, grade and report on the course.",
)
app.add_typer(kernel_commands.app, name="kernels")
app.add_typer(school_commands.app, name="school")

Units = Annotated[
    list[str] | None, typer.Argument(help="Names or numbers of units; all if omitted.")
]

Workers = Annotated[
    int | None, typer.Option(min=1, help="Number of processes; the number of cores if omitted.")
]

AsJson = Annotated[bool, typer.Option("--json", help="Print figures as JSON.")]

OnlyExercises = Annotated[
    list[str] | None, typer.Option("--exercise", help="Only this exercise; may be repeated.")
]

TrustStudents = Annotated[
    bool,
    typer.Option(
        "--trust-students",
        help="Run students' code without a sandbox: it can do anything that this account can.",
    ),
]


def resolve_units(units: list[str] | None) -> list[str]:
    """Return the full names of the given units, or of all units."""
    try:
        return [paths.unit_named(name) for name in units] if units else paths.units()
    except paths.UnknownNameError as error:
        typer.echo(f"autograder: {error}", err=True)
        raise typer.Exit(2) from error


FOR_STUDENTS = ("build", "kernels", "kit", "school", "update")
"""Commands that write what students read, with the caller's own umask."""


@app.callback()
def main(context: typer.Context) -> None:
    """Build, grade and report on the course."""
    warnings.filterwarnings("ignore", module="nbgrader|traitlets|nbconvert|zmq")
    walls = permissions.close()
    if walls.closed:
        listed = ", ".join(map(str, walls.closed))
        typer.echo(f"closed to other accounts of this machine: {listed}", err=True)
    for sentence in walls.open:
        typer.echo(f"autograder: {sentence}", err=True)
    if context.invoked_subcommand not in FOR_STUDENTS:
        context.with_resource(permissions.umask(permissions.denied()))
    folder = paths.classroom()
    # The terminal shows tables only; the log of nbgrader and the kernels goes to a file.
    log = logging.FileHandler(folder / "grading.log") if folder.is_dir() else logging.NullHandler()
    logging.basicConfig(handlers=[log], level=logging.WARNING)


@app.command()
def build(
    units: Units = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Change nothing; fail if any derived file is out of date."),
    ] = False,
) -> None:
    """Derive notebooks, solutions, stored outcomes and tables of clauses from the units' texts."""
    from autograder.authoring import build as building
    from autograder.authoring import build_check

    if paths.INSTALLED:
        typer.echo(
            "autograder: this installed copy holds built units; run `build` in the source tree",
            err=True,
        )
        raise typer.Exit(2)
    names = resolve_units(units)
    if check:
        problems = list(build_check.find_problems(names))
        for problem in problems:
            typer.echo(problem, err=True)
        if problems:
            raise typer.Exit(1)
        typer.echo(f"{len(names)} units: all derived files are up to date.")
        return
    for built in building.build_all(names):
        for path in built.files:
            typer.echo(path.relative_to(paths.ROOT))
        for problem in built.problems:
            typer.echo(problem, err=True)


@app.command()
def grade(
    units: Units = None,
    student: Annotated[
        list[str] | None, typer.Option(help="Grade only this student; may be repeated.")
    ] = None,
    exercise: Annotated[
        str, typer.Option(help="Grade this exercise again for everybody; keep all other points.")
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Grade unchanged submissions too.")
    ] = False,
    workers: Workers = None,
    scheduler: Annotated[
        str, typer.Option(help="Address of a Dask cluster to grade on; see docs/clusters.md.")
    ] = "",
    slurm: Annotated[
        int,
        typer.Option(min=0, help="Number of Slurm jobs; `autograder slurm` shows their script."),
    ] = 0,
    trust_students: TrustStudents = False,
) -> None:
    """Grade submissions that are new or have changed, and print a table.

    If interrupted or killed, run it again to resume.
    """
    from autograder.grading.pool import preload

    workers = workers or _default_workers()
    if workers > 1 and not (scheduler or slurm):
        preload.start_preload()  # imports in parallel to this process
    from autograder import console
    from autograder.exam.process import SlowMachineError
    from autograder.grading import gradebook, intake, lateness, roster, run
    from autograder.grading.pool.task import TreeMismatchError
    from autograder.plugins.examine import NoSandboxError

    names = resolve_units(units)
    bar = console.GradingBar()
    try:
        with bar:
            verdicts = run.grade(
                names,
                student or None,
                bar.advance,
                workers,
                trust_students,
                scheduler=scheduler,
                jobs=slurm,
                again=again,
                exercise=exercise,
                on_plan=bar.add,
                on_wait=bar.say,
            )
        ungraded = intake.describe_ungraded(student)
        if not verdicts:
            what = f"no submissions for {', '.join(names)} below {intake.submissions_folder()}"
            raise gradebook.GradingError("\n".join((what, *ungraded)))
        lateness.update_penalties(names)
        entries = {name: gradebook.read_entries(name) for name in names}
        missing = {} if student else {name: roster.not_handed_in(name) for name in names}
        ungraded += [] if student else roster.describe_strangers()
    except (
        gradebook.GradingError,
        paths.UnknownNameError,
        NoSandboxError,
        SlowMachineError,
        TreeMismatchError,
        ImportError,
    ) as error:
        raise console.report_error(error) from error
    except KeyboardInterrupt as interrupt:
        raise console.report_interrupt(bar) from interrupt
    console.screen.print(console.verdict_table(verdicts, entries, missing))
    console.warn_unsandboxed(verdicts)
    console.warn(ungraded)


@app.command()
def slurm() -> None:
    """Print the job script that `autograder grade --slurm` submits."""
    from autograder import console
    from autograder.grading.gradebook import GradingError

    try:
        from autograder.grading.pool.slurm import job_script

        typer.echo(job_script())
    except (GradingError, ImportError) as error:
        raise console.report_error(error) from error


@app.command()
def feedback(units: Units = None) -> None:
    """Write feedback for students: a page each, and their annotated notebooks.

    Only what has changed since is written again.
    """
    from autograder import console
    from autograder.feedback.pages import write_feedback
    from autograder.grading.gradebook import GradingError

    names = resolve_units(units)
    try:
        with console.progress() as show:
            written = write_feedback(names, show)
    except GradingError as error:
        raise console.report_error(error) from error
    console.warn(written.unknown)
    typer.echo(
        f"feedback for {len(written.pages)} students: {written.folder} "
        f"({written.rendered} notebooks written, all others were up to date)"
    )
    if written.failed:
        raise console.report_error("no feedback could be written on " + "; ".join(written.failed))


@app.command()
def report(units: Units = None) -> None:
    """Write the instructor's report: results, common mistakes, and who needs help."""
    from autograder import console
    from autograder.grading.gradebook import GradingError
    from autograder.report.render import write_report

    try:
        typer.echo(f"report: {write_report(resolve_units(units))}")
    except GradingError as error:
        raise console.report_error(error) from error


@app.command()
def export(
    to: Annotated[
        Path | None, typer.Option(help="The file to write; classroom/grades.csv if omitted.")
    ] = None,
    units: Units = None,
) -> None:
    """Export all grades as CSV, in the format of `nbgrader export`."""
    from autograder import console
    from autograder.grading.export import export as export_grades
    from autograder.grading.gradebook import GradingError

    try:
        typer.echo(export_grades(to, resolve_units(units) if units else []))
    except GradingError as error:
        raise console.report_error(error) from error


@app.command()
def demo(units: Units = None, trust_students: TrustStudents = False) -> None:
    """Build units, then grade and report on a made-up class in build/demo."""
    from autograder.selftest import demo as demo_class
    from autograder.selftest.temporary_classroom import classroom_at

    names = resolve_units(units)
    with classroom_at(paths.BUILD / "demo", demo_class.SECRET) as folder:
        demo_class.remove_classroom(folder)
        if not paths.INSTALLED:
            with permissions.umask(0o022):  # the released notebooks are for all to read
                build(names)
        for name in names:
            demo_class.make_class(name)
        grade(names, trust_students=trust_students)
        feedback(names)
        report(names)


for command in (
    *(kit, board, school_commands.update),
    *(*classroom_commands.COMMANDS, *rules_commands.COMMANDS),
):
    app.command()(command)


selftest = typer.Typer(no_args_is_help=True, help="Test the grader itself.")
app.add_typer(selftest, name="selftest")


@app.command()
def verdicts(
    units: Units = None,
    as_json: AsJson = False,
    trust_students: TrustStudents = False,
) -> None:
    """Grade the answer catalogue; exit with an error if any verdict is wrong.

    Attacks never run without a sandbox: --trust-students skips them.
    """
    from autograder import console
    from autograder.exam.process import SlowMachineError
    from autograder.plugins.examine import NoSandboxError
    from autograder.selftest.verdicts import judge_units

    try:
        with console.progress() as show:
            tallies = judge_units(resolve_units(units), show, _default_workers(), trust_students)
    except (NoSandboxError, SlowMachineError) as error:
        raise console.report_error(error) from error
    if as_json:
        typer.echo(
            json.dumps({"units": {name: tally.as_json() for name, tally in tallies.items()}})
        )
    else:
        console.screen.print(console.selftest_table(tallies))
    if trust_students:
        typer.echo("Attacks were skipped: they need a sandbox.", err=True)
    _complain(miss for tally in tallies.values() for miss in tally.misses)


@selftest.command()
def mutants(
    units: Units = None,
    exercise: OnlyExercises = None,
    workers: Workers = None,
    as_json: AsJson = False,
    as_toml: Annotated[
        bool, typer.Option("--toml", help="Print survivors as entries for equivalent.toml.")
    ] = False,
) -> None:
    """Make wrong answers from right ones; exit with an error if a check accepts one.

    A wrong answer that is right after all is listed in answers/UNIT/equivalent.toml.
    """
    from autograder import console
    from autograder.selftest.mutation import survivors
    from autograder.selftest.mutation.equivalents import EquivalentsError
    from autograder.selftest.mutation.own_process import run_units

    names, at_once = resolve_units(units), workers or _default_workers()
    try:
        with console.progress() as show:
            tallies = run_units(survivors.tally_unit, names, exercise or (), at_once, show)
    except EquivalentsError as error:
        raise console.report_error(error) from error
    if as_json:
        figures = {name: tally.as_json() for name, tally in tallies.items()}
        typer.echo(json.dumps({"units": figures}))
    elif as_toml:
        for tally in tallies.values():
            typer.echo(survivors.as_toml(tally))
    else:
        console.screen.print(console.mutant_table(tallies))
    _complain(line for name, tally in tallies.items() for line in tally.complaints(name))


@selftest.command()
def rewrites(
    units: Units = None,
    exercise: OnlyExercises = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Rewrite right answers without a change of meaning; exit with an error if one is refused."""
    from autograder import console
    from autograder.selftest.mutation.own_process import run_units
    from autograder.selftest.rewriting.rewrites import tally_rewrites

    names, at_once = resolve_units(units), workers or _default_workers()
    with console.progress() as show:
        tallies = run_units(tally_rewrites, names, exercise or (), at_once, show)
    if as_json:
        figures = {name: tally.as_json() for name, tally in tallies.items()}
        typer.echo(json.dumps({"units": figures}))
    else:
        console.screen.print(console.rewrite_table(tallies))
    _complain(line for name, tally in tallies.items() for line in tally.complaints(name))


def _complain(lines: Iterable[str]) -> None:
    """Print what is wrong to stderr; exit with an error if anything is."""
    complaints = list(lines)
    for line in complaints:
        typer.echo(line, err=True)
    if complaints:
        raise typer.Exit(1)


def _default_workers() -> int:
    return max(1, os.cpu_count() or 1)
