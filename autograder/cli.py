"""The command `autograder`: what staff does with the course."""

import json
import logging
import os
import warnings
from pathlib import Path
from typing import Annotated

import typer

from autograder import paths

# Commands import what they need when they run: nbgrader takes a second to import.

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Build, grade and report on the course.",
)

Units = Annotated[
    list[str] | None, typer.Argument(help="Names or numbers of units; all when left out.")
]

TrustStudents = Annotated[
    bool,
    typer.Option(
        "--trust-students",
        help="Run students' code without a sandbox: it can do whatever this account can.",
    ),
]


def chosen(units: list[str] | None) -> list[str]:
    """Return the full names of the units asked for, or of all."""
    try:
        return [paths.unit_named(name) for name in units] if units else paths.units()
    except paths.UnknownNameError as error:
        typer.echo(f"autograder: {error}", err=True)
        raise typer.Exit(2) from error


@app.callback()
def main() -> None:
    """Build, grade and report on the course."""
    warnings.filterwarnings("ignore", module="nbgrader|traitlets|nbconvert|zmq")
    room = paths.classroom()
    # What nbgrader and the kernels report in passing; the tables say what matters.
    log = logging.FileHandler(room / "grading.log") if room.is_dir() else logging.NullHandler()
    logging.basicConfig(handlers=[log], level=logging.WARNING)


@app.command()
def build(
    units: Units = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail where anything is not as built.")
    ] = False,
) -> None:
    """Derive notebooks, solutions and check values from the course's text."""
    from autograder.authoring import build as building
    from autograder.authoring import build_check

    if paths.INSTALLED:
        typer.echo(
            "autograder: units are built in the source tree; here they are as built", err=True
        )
        raise typer.Exit(2)
    names = chosen(units)
    if check:
        found = list(build_check.problems(names))
        for problem in found:
            typer.echo(problem, err=True)
        if found:
            raise typer.Exit(1)
        typer.echo(f"{len(names)} units: everything derived is as built.")
        return
    for files in building.build_all(names):
        for path in files:
            typer.echo(path.relative_to(paths.ROOT))


@app.command()
def grade(
    units: Units = None,
    student: Annotated[
        list[str] | None, typer.Option(help="Grade this student only; may be given more than once.")
    ] = None,
    exercise: Annotated[
        str, typer.Option(help="Grade this exercise again for all; all other points stay.")
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Grade also what has not changed since it was graded.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="How many processes mark; the cores when left out.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(help="Address of a Dask cluster whose workers mark: docs/clusters.md.")
    ] = "",
    slurm: Annotated[
        int, typer.Option(min=0, help="How many Slurm jobs mark; `autograder slurm` shows one.")
    ] = 0,
    trust_students: TrustStudents = False,
) -> None:
    """Grade what students handed in, or changed since; end with a table.

    Stopped or killed, it goes on where it was when it is started again.
    """
    from autograder.grading.pool import preload

    workers = workers or _workers()
    if workers > 1 and not (scheduler or slurm):
        preload.start_preload()  # it imports beside us, on another core
    from autograder import console
    from autograder.grading import gradebook, run
    from autograder.grading.pool.task import OtherTreeError
    from autograder.plugins.examine import NoSandboxError

    names = chosen(units)
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
            )
        if not verdicts:
            raise gradebook.GradingError(
                f"nothing was handed in for {', '.join(names)} below {run.submitted()}"
            )
        scores = {name: gradebook.scores(name) for name in names}
    except (
        gradebook.GradingError,
        paths.UnknownNameError,
        NoSandboxError,
        OtherTreeError,
        ImportError,
    ) as error:
        raise console.fail(error) from error
    except KeyboardInterrupt as stopped:
        raise console.stopped(bar) from stopped
    console.screen.print(console.verdict_table(verdicts, scores))
    console.warn_of_trust(verdicts)


@app.command()
def slurm() -> None:
    """Show the job that `autograder grade --slurm` hands in, by dask-jobqueue's settings."""
    from autograder import console
    from autograder.grading.gradebook import GradingError

    try:
        from autograder.grading.pool.slurm import script

        typer.echo(script())
    except (GradingError, ImportError) as error:
        raise console.fail(error) from error


@app.command()
def feedback(units: Units = None) -> None:
    """Write what students may read of their graded work: one page each, and their notebooks."""
    from autograder import console
    from autograder.feedback.pages import write
    from autograder.grading.gradebook import GradingError

    try:
        pages = write(chosen(units))
    except GradingError as error:
        raise console.fail(error) from error
    typer.echo(f"feedback for {len(pages)} students: {pages[0].parents[1]}")


@app.command()
def report(units: Units = None) -> None:
    """Write the instructor's page: how the class did, what it misunderstood, who needs help."""
    from autograder import console
    from autograder.grading.gradebook import GradingError
    from autograder.report.render import write

    try:
        typer.echo(f"report: {write(chosen(units))}")
    except GradingError as error:
        raise console.fail(error) from error


@app.command()
def export(
    to: Annotated[
        Path | None, typer.Option(help="The file; classroom/grades.csv if left out.")
    ] = None,
    units: Units = None,
) -> None:
    """Write all grades as CSV, with the columns of nbgrader's own export."""
    from autograder import console
    from autograder.grading.export import export as write
    from autograder.grading.gradebook import GradingError

    try:
        typer.echo(write(to, chosen(units) if units else []))
    except GradingError as error:
        raise console.fail(error) from error


@app.command()
def demo(units: Units = None, trust_students: TrustStudents = False) -> None:
    """Release units, then grade and report on a made-up class in build/demo."""
    from autograder.selftest import demo as made_up
    from autograder.selftest.temporary_classroom import classroom_at

    names = chosen(units)
    with classroom_at(paths.BUILD / "demo", made_up.SECRET) as room:
        made_up.clear(room)
        if not paths.INSTALLED:
            build(names)
        for name in names:
            made_up.make_class(name)
        grade(names, trust_students=trust_students)
        feedback(names)
        report(names)


@app.command()
def verdicts(
    units: Units = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures for a program.")] = False,
    trust_students: TrustStudents = False,
) -> None:
    """Grade every answer of known verdict; fail where one gets another.

    Hostile answers are never run without a sandbox: --trust-students leaves them out.
    """
    from autograder import console
    from autograder.plugins.examine import NoSandboxError
    from autograder.selftest.verdicts import judge

    try:
        with console.progress() as show:
            judged = judge(chosen(units), show, _workers(), trust_students)
    except NoSandboxError as error:
        raise console.fail(error) from error
    if as_json:
        typer.echo(json.dumps({"units": {name: item.as_json() for name, item in judged.items()}}))
    else:
        console.screen.print(console.judged_table(judged))
    if trust_students:
        typer.echo("Hostile answers need a sandbox and were not judged.", err=True)
    misses = [miss for item in judged.values() for miss in item.misses]
    for miss in misses:
        typer.echo(miss, err=True)
    if misses:
        raise typer.Exit(1)


kernels = typer.Typer(no_args_is_help=True, help="Kernels for students that are ready at once.")
app.add_typer(kernels, name="kernels")


@kernels.command("install")
def install_kernels(
    prefix: Annotated[
        Path | None, typer.Option(help="Where to; into this environment if left out.")
    ] = None,
    socket: Annotated[
        str, typer.Option(help="Where `autograder kernels serve` listens, on a server of many.")
    ] = "",
) -> None:
    """Install kernelspecs whose kernels are forked from a process that has imported everything."""
    from autograder.kernels.install import install

    for folder in install(prefix, socket):
        typer.echo(folder)


@kernels.command("serve")
def serve_kernels(
    socket: Annotated[Path, typer.Argument(help="The path of the socket to listen at.")],
) -> None:
    """Fork kernels for all users of this machine, whose memory they share; run it as root."""
    from autograder.kernels.install import serve

    serve(socket)


def _workers() -> int:
    return max(1, os.cpu_count() or 1)
